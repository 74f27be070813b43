import type { Style } from '../report/index.ts';
import type { Environment } from '../settings.ts';
import type { Veil } from '../veil.ts';

/** What a command may do to the outside, given by the one file that prints. */
export interface Terminal {
  /** Standard output: the result. */
  readonly print: (text: string) => void;
  /** Standard error: progress and messages. */
  readonly say: (text: string) => void;
  /** What is being done. On a terminal the next one replaces it; elsewhere only steps make a line. */
  readonly progress: (text: string, weight?: 'passing' | 'step') => void;
  /** Tells of a pause, and counts it down where the terminal can; absent: it is said once. */
  readonly pause?: (reason: string, seconds: number) => void;
  readonly style: Style;
  readonly sayStyle: Style;
  /** How messages look: lines of JSON, for a service; absent: text. */
  readonly messages?: 'json' | 'text';
  /** Asks, and waits for a yes; absent where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** All of standard input; absent where there is none. */
  readonly input?: () => Promise<Uint8Array>;
  /** Hides secret values in all that is printed; told of more of them as they turn up. */
  readonly veil: Veil;
  readonly environment: Environment;
  readonly home: string;
  /** Told when nothing more shall be sent. */
  readonly signal: AbortSignal;
  /** Milliseconds, from any start: for durations. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Exit codes (product.md 4). */
export const exitCodes = { done: 0, failed: 1, changes: 2, refused: 3, partial: 4, stale: 5, interrupted: 130 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Which of the three forms a result takes. */
export type Format = 'text' | 'json' | 'markdown';
