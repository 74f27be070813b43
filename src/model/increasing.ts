/** One entry of a sequence: `rank` is where it belongs; entries of one `group` stand at one place and cannot both be kept. */
export interface Ranked {
  readonly rank: number;
  readonly weight: number;
  readonly group: number;
  /** Entries of one rank may follow each other only where all of them allow it. */
  readonly repeats: boolean;
}

/**
 * The heaviest subsequence whose ranks rise: the entries that may keep their
 * places. Returns the indexes kept, in order. Ties are broken the same way
 * every time. O(n log n): a Fenwick tree of best weights over ranks.
 */
export const heaviestRising = (sequence: readonly Ranked[]): readonly number[] => {
  const ranks = [...new Set(sequence.map((entry) => entry.rank))].sort((a, b) => a - b);
  const slotOf = new Map(ranks.map((rank, index) => [rank, index + 1]));
  const best: (number | undefined)[] = new Array<number | undefined>(ranks.length + 1).fill(undefined);
  const total: number[] = [];
  const before: (number | undefined)[] = [];
  const heavier = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined ? b : b === undefined || (total[a] ?? 0) >= (total[b] ?? 0) ? a : b;

  const upTo = (slot: number): number | undefined => {
    let found: number | undefined;
    for (let at = slot; at > 0; at -= at & -at) found = heavier(found, best[at]);
    return found;
  };
  const enter = (slot: number, index: number): void => {
    for (let at = slot; at <= ranks.length; at += at & -at) best[at] = heavier(best[at], index);
  };

  for (const index of inGroups(sequence)) {
    const entry = sequence[index];
    if (entry === undefined) continue;
    const slot = slotOf.get(entry.rank) ?? 0;
    const previous = upTo(entry.repeats ? slot : slot - 1);
    before[index] = previous;
    total[index] = entry.weight + (previous === undefined ? 0 : (total[previous] ?? 0));
    enter(slot, index);
  }

  const kept: number[] = [];
  for (let at = upTo(ranks.length); at !== undefined; at = before[at]) kept.push(at);
  return kept.reverse();
};

/** Within a group the higher ranks come first, so that a rising pair inside a group is never found. */
const inGroups = (sequence: readonly Ranked[]): readonly number[] =>
  sequence
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => a.entry.group - b.entry.group || b.entry.rank - a.entry.rank || a.index - b.index)
    .map(({ index }) => index);
