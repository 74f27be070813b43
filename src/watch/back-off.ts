/** When to try again. Pure. */

export interface BackOff {
  readonly intervalMilliseconds: number;
  /** The longest pause after failures; the interval, where that is longer. */
  readonly mostMilliseconds: number;
}

/** Doublings beyond this change nothing, and would leave the range of numbers. */
const mostDoublings = 30;

/**
 * Milliseconds from the beginning of a round to the next one, after so many
 * failures in a row: the interval, then twice that, up to the most. What the
 * service asks for is given to it, however long that is.
 */
export const pauseAfter = (failures: number, { intervalMilliseconds, mostMilliseconds }: BackOff, restMilliseconds = 0): number => {
  const doublings = Math.min(mostDoublings, Math.max(0, failures - 1));
  const grown = Math.min(intervalMilliseconds * 2 ** doublings, Math.max(intervalMilliseconds, mostMilliseconds));
  return Math.max(grown, restMilliseconds);
};

const spread = 0.05;

/** A twentieth more or less by chance, so that many watchers do not come at once. @param random 0 to 1 */
export const jittered = (milliseconds: number, random: number): number => milliseconds * (1 - spread + 2 * spread * random);
