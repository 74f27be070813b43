/** Work that may go on at once. */

/** Does the work for each, at most so many at once; the results stand in the order of the list. What one throws ends all. */
export const sideBySide = async <T, R>(list: readonly T[], most: number, work: (one: T) => Promise<R>): Promise<readonly R[]> => {
  const results = new Map<number, R>();
  const left = [...list.entries()];
  const lane = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) results.set(next[0], await work(next[1]));
  };
  await Promise.all(Array.from({ length: Math.min(most, list.length) }, lane));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
};
