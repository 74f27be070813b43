/** The clock, the waiting and the chance of this folder: one record, so that tests can bring their own. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Timing {
  /** Time of day, in epoch milliseconds: for what is kept on disk. */
  readonly now: () => number;
  /** Milliseconds that only ever grow: for pace and pauses. */
  readonly elapsed: () => number;
  /** Returns after that many milliseconds, or at once when the signal is given; never throws. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** At least 0, less than 1. */
  readonly random: () => number;
}

export const systemTiming: Timing = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await wait(Math.ceil(ms), undefined, signal === undefined ? {} : { signal });
    } catch {
      // The only failure of a timer is its signal; whoever sleeps looks at the signal next.
    }
  },
  random: () => Math.random(),
};
