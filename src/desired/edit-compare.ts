/** What a written value means, at whatever path: the kind's one form of it, asked for by wrapping it into a resource of its own. */
import { isList, type Json, type JsonObject, type Kind, type Path, valueAt } from '../model/index.ts';

/** A value at a path, as the only thing of a spec; places of lists become the first. */
export const wrapped = (path: Path, value: Json): JsonObject => {
  const [head, ...rest] = path;
  if (typeof head !== 'string') return {};
  const inner = rest.reduceRight<Json>((one, step) => (typeof step === 'number' ? [one] : { [step]: one }), value);
  return { [head]: inner };
};

/** The kind's one form of a value at a path. */
export const normalAt = (kind: Kind, path: Path, value: Json): Json =>
  valueAt(
    kind.normalise(wrapped(path, value)),
    path.map((step) => (typeof step === 'number' ? 0 : step)),
  ) ?? value;

export const isScalarList = (value: Json | undefined): value is readonly (string | number | boolean | null)[] =>
  isList(value) && value.every((one) => typeof one !== 'object' || one === null);

/** Whether the order of a list of scalars does not count: the kind sorts it. */
export const isSet = (kind: Kind, path: Path, lists: readonly (readonly Json[])[]): boolean =>
  lists.some((list) => {
    const turned = [...list].reverse();
    return JSON.stringify(turned) !== JSON.stringify(list) && JSON.stringify(normalAt(kind, path, list)) === JSON.stringify(normalAt(kind, path, turned));
  });

/** One step from a list to another: an entry stays (both indexes), goes (no `to`), comes (no `from`), or becomes another (`changed`). */
export interface Alignment {
  readonly from?: number;
  readonly to?: number;
  readonly changed?: true;
}

const mostCells = 4_000_000;

/** The longest run of equal entries in order, as pairs of indexes. */
const common = (a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] => {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const rows = a.length - start - end;
  const columns = b.length - start - end;
  const pairs: (readonly [number, number])[] = Array.from({ length: start }, (_none, index) => [index, index] as const);
  if (rows > 0 && columns > 0 && rows * columns <= mostCells) {
    const table = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
    const at = (row: number, column: number): number => table[row]?.[column] ?? 0;
    for (let row = rows - 1; row >= 0; row -= 1)
      for (let column = columns - 1; column >= 0; column -= 1) {
        const line = table[row];
        if (line !== undefined)
          line[column] = a[start + row] === b[start + column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
      }
    for (let row = 0, column = 0; row < rows && column < columns; ) {
      if (a[start + row] === b[start + column]) {
        pairs.push([start + row, start + column]);
        row += 1;
        column += 1;
      } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
      else column += 1;
    }
  }
  for (let index = end; index > 0; index -= 1) pairs.push([a.length - index, b.length - index]);
  return pairs;
};

/** How a list becomes another with the fewest entries touched. What goes and what comes at one place is a change. */
export const aligned = (a: readonly string[], b: readonly string[]): readonly Alignment[] => {
  const steps: Alignment[] = [];
  let from = 0;
  let to = 0;
  for (const [nextFrom, nextTo] of [...common(a, b), [a.length, b.length] as const]) {
    while (from < nextFrom && to < nextTo) steps.push({ from: from++, to: to++, changed: true });
    while (from < nextFrom) steps.push({ from: from++ });
    while (to < nextTo) steps.push({ to: to++ });
    if (nextFrom < a.length) steps.push({ from: from++, to: to++ });
  }
  return steps;
};

/** The same for lists whose order does not count: new entries take the places of those that go. */
export const alignedSets = (a: readonly string[], b: readonly string[]): readonly Alignment[] => {
  const wanted = new Map(b.map((text, index) => [text, index]));
  const there = new Set(a);
  const fresh = b.flatMap((text, index) => (there.has(text) ? [] : [index]));
  const seen = new Set<string>();
  const steps = a.map((text, from): Alignment => {
    const to = seen.has(text) ? undefined : wanted.get(text);
    seen.add(text);
    if (to !== undefined) return { from, to };
    const next = fresh.shift();
    return next === undefined ? { from } : { from, to: next, changed: true };
  });
  return [...steps, ...fresh.map((to) => ({ to }))];
};
