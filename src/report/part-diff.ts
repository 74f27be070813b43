/** Which parts of a long value were taken away, which were added, which stayed: the longest common run of parts, kept small. */

export interface PartChange {
  readonly sign: '-' | '+' | '=';
  readonly text: string;
}

/** Cells of the table above which the middle is simply shown as replaced. */
const mostCells = 40_000;

/** The two lists as one: what is in both stands once. */
export const diffParts = (from: readonly string[], to: readonly string[]): readonly PartChange[] => {
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < from.length - head && tail < to.length - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  const same = (texts: readonly string[]): readonly PartChange[] => texts.map((text) => ({ sign: '=', text }));
  return [
    ...same(from.slice(0, head)),
    ...diffMiddle(from.slice(head, from.length - tail), to.slice(head, to.length - tail)),
    ...same(from.slice(from.length - tail)),
  ];
};

const diffMiddle = (from: readonly string[], to: readonly string[]): readonly PartChange[] => {
  const gone = (texts: readonly string[]): readonly PartChange[] => texts.map((text) => ({ sign: '-', text }));
  const come = (texts: readonly string[]): readonly PartChange[] => texts.map((text) => ({ sign: '+', text }));
  if (from.length * to.length === 0 || from.length * to.length > mostCells) return [...gone(from), ...come(to)];

  // lengths[i][j]: how many parts of from[i…] and to[j…] can stay.
  const lengths = Array.from({ length: from.length + 1 }, () => new Array<number>(to.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = from.length - 1; i >= 0; i -= 1) {
    const row = lengths[i];
    if (row === undefined) continue;
    for (let j = to.length - 1; j >= 0; j -= 1) row[j] = from[i] === to[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }

  const changes: PartChange[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length && j < to.length) {
    const text = from[i] ?? '';
    if (text === to[j]) {
      changes.push({ sign: '=', text });
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      changes.push({ sign: '-', text });
      i += 1;
    } else {
      changes.push({ sign: '+', text: to[j] ?? '' });
      j += 1;
    }
  }
  return [...changes, ...gone(from.slice(i)), ...come(to.slice(j))];
};
