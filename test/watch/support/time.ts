/** A clock that only waiting moves, and what happens as it goes. */

export interface Happening {
  /** Milliseconds from the beginning. */
  readonly at: number;
  readonly happens: () => Promise<void> | void;
}

export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Since the beginning. */
  readonly passed: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const openTime = (happenings: readonly Happening[] = []): Time => {
  const begin = 1_790_000_000_000;
  const left = [...happenings].sort((a, b) => a.at - b.at);
  let now = begin;
  return {
    now: () => now,
    passed: () => now - begin,
    sleep: async (milliseconds) => {
      now += Math.max(1, Math.ceil(milliseconds));
      for (let next = left[0]; next !== undefined && next.at <= now - begin; next = left[0]) {
        left.shift();
        await next.happens();
      }
      // Lets servers and sockets have their turn.
      await new Promise((done) => setImmediate(done));
    },
  };
};
