/**
 * A service may show a write in its lists only after a while. What does not
 * look as it should is read again, with growing pauses, until it does or the
 * time given for settling has passed; only then is it judged.
 */

export interface Patience {
  /** How long a service may take to show a write, in milliseconds (`--settle-timeout`). */
  readonly settleMilliseconds: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** How long is enough where asking again does no harm, or where this run has seen how prompt the service is. */
  readonly shortMilliseconds: () => number;
  /** A write of this age was visible: how prompt the service is. */
  readonly noteVisible: (ageMilliseconds: number) => void;
  /** True once nothing more shall be sent. */
  readonly stopped: () => boolean;
}

const firstPause = 200;
const longestPause = 5_000;

/**
 * Reads until `good` says yes or `forMilliseconds` have passed since `since`
 * (asked after each read, for a read may teach patience something); gives the last thing read either way. Reads at least once.
 */
export const readUntil = async <T>(
  patience: Patience,
  read: () => Promise<T>,
  good: (seen: T) => boolean,
  limits: { readonly since: number; readonly forMilliseconds: () => number },
): Promise<T> => {
  let pause = firstPause;
  for (;;) {
    const seen = await read();
    const left = limits.since + limits.forMilliseconds() - patience.now();
    if (good(seen) || left <= 0 || patience.stopped()) return seen;
    await patience.sleep(Math.min(pause, left));
    pause = Math.min(pause * 2, longestPause);
  }
};

const shortest = 2_000;

/** Patience that learns: once a write has been seen in a list at some age, four times that age, and at least two seconds, count as enough. */
export const createPatience = (options: Pick<Patience, 'settleMilliseconds' | 'sleep' | 'now' | 'stopped'>): Patience => {
  let youngest = Infinity;
  return {
    ...options,
    noteVisible: (age) => {
      youngest = Math.min(youngest, age);
    },
    shortMilliseconds: () => Math.min(options.settleMilliseconds, Math.max(shortest, 4 * youngest)),
  };
};
