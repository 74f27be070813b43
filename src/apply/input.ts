/** What carrying out a plan takes. */
import type { Address, Kind, Live, Plan, Writer } from '../model/index.ts';
import type { Patience } from './patience.ts';
import type { View } from './run-context.ts';
import type { Journal } from './send.ts';

export interface ApplyInput {
  readonly kinds: readonly Kind[];
  /** What was approved, and the live state that it was made from. */
  readonly plan: Plan;
  readonly live: Live;
  readonly writer: Writer;
  /** Reads these kinds anew, everything else as last read, and plans again with the same files. */
  readonly look: (kinds: readonly string[]) => Promise<View>;
  readonly journal: Journal;
  readonly patience: Patience;
  /** Go on after a failed change with what does not depend on it. */
  readonly keepGoing: 'after-failures' | 'stop';
  readonly onProgress: (progress: Progress) => void;
}

/** What is being done: for a display. */
export interface Progress {
  readonly step: 'write' | 'place' | 'read back';
  readonly address?: Address;
  readonly done: number;
  readonly all: number;
}
