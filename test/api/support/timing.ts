/** A clock that jumps: whoever sleeps wakes at once, that much later. */
import type { Timing } from '../../../src/api/index.ts';

export interface JumpingClock extends Timing {
  /** The sleeps that were asked for, in milliseconds. */
  readonly sleeps: readonly number[];
  readonly advance: (ms: number) => void;
}

const start = Date.UTC(2031, 4, 17, 8, 30);

/** @param random what every throw of the dice gives; 0.5 leaves pauses as they are */
export const jumpingClock = (random = 0.5): JumpingClock => {
  let elapsed = 5_000;
  const sleeps: number[] = [];
  return {
    now: () => start + elapsed,
    elapsed: () => elapsed,
    random: () => random,
    sleeps,
    advance: (ms) => {
      elapsed += ms;
    },
    sleep: async (ms, signal) => {
      sleeps.push(ms);
      const until = elapsed + ms;
      // Those who sleep at the same time wake at the same time; real answers may come in between.
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted !== true) elapsed = Math.max(elapsed, until);
    },
  };
};
