import type { CallRecord, Pool, Timing } from '../api/index.ts';
import type { Format } from './terminal.ts';

/** Flags that most commands share. */
export interface CommonOptions {
  /** The project folder. */
  readonly dir: string;
  readonly portal?: string;
  readonly strict: 'lenient' | 'strict';
  readonly format: Format;
}

/** Flags of what reads the service. */
export interface ServiceOptions extends CommonOptions {
  /** Requests a minute; absent: the default. */
  readonly rate?: number;
  readonly maxCalls?: number;
  /** What this portal shares with others of the command. */
  readonly pool?: Pool;
  /** Told of every call that was sent. */
  readonly onCall?: (call: CallRecord) => void;
  /** Another clock for calls, such as a test brings. */
  readonly timing?: Timing;
  readonly targets: readonly string[];
  readonly excludes: readonly string[];
  readonly showUnmanaged: 'names' | 'count';
  /** Exact counts that were agreed to. */
  readonly allowDeletes?: number;
  readonly allowUpdates?: number;
}
