/** Order lists that are there: entries go, come, change their name and move, each with the comment lines above it; all others stay where they are. */
import { heaviestRising } from '../model/index.ts';
import { dashColumn, isFlowNode, memberLinesAt, type SeqNode, spanOf } from './edit-nodes.ts';
import { breakOf, type Edit } from './edit-text.ts';
import type { ReadableKind } from './run.ts';
import { nameText } from './write-orders.ts';

/** An entry as it stands: `"*"`, a rule with its place in the portal, or one that this portal has nothing to do with. */
export interface OrderEntry {
  /** Index in the list as written; absent for new ones. */
  readonly index?: number;
  readonly type: 'star' | 'rule' | 'other';
  /** The rule's place in the portal's list. */
  readonly rank?: number;
  /** Out of the export's scope: never moved. */
  readonly fixed?: boolean;
  /** A name that differs from the one written, or that of a new entry. */
  readonly name?: string;
}

/** The entries in the order that the portal has, with as few of them moved as can be. */
export const arranged = (written: readonly OrderEntry[], fresh: readonly OrderEntry[]): readonly OrderEntry[] => {
  const ranked = written.filter(({ rank }) => rank !== undefined);
  const kept = new Set(
    heaviestRising(ranked.map(({ rank = 0, fixed }, index) => ({ rank, weight: fixed === true ? ranked.length + 1 : 1, group: index, repeats: false }))).map(
      (index) => ranked[index],
    ),
  );
  const stays = (entry: OrderEntry): boolean => entry.rank === undefined || entry.fixed === true || kept.has(entry);
  const list = written.filter(stays);
  const movers = [...written.filter((entry) => !stays(entry)), ...fresh].sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  for (const mover of movers) {
    const rank = mover.rank ?? 0;
    let before = -1;
    let best = -1;
    for (const [index, entry] of list.entries())
      if (entry.rank !== undefined && entry.rank < rank && entry.rank > best) {
        best = entry.rank;
        before = index;
      }
    const next = before === -1 ? list.findIndex((entry) => entry.rank !== undefined) : before + 1;
    list.splice(next === -1 ? list.length : next, 0, mover);
  }
  return list;
};

/**
 * The list with `"*"` where the rules that no file describes stand; undefined
 * where they do not stand together, so that no `"*"` can say where they are.
 * @param strangers ranks of those rules
 */
export const withStar = (list: readonly OrderEntry[], strangers: readonly number[]): readonly OrderEntry[] | undefined => {
  const star = list.findIndex(({ type }) => type === 'star');
  const found = list[star];
  if (found === undefined || strangers.length === 0) return list;
  const [first, last] = [Math.min(...strangers), Math.max(...strangers)];
  const isRight = (entry: OrderEntry, index: number, at: number): boolean => entry.rank === undefined || (index < at ? entry.rank < first : entry.rank > last);
  if (list.every((entry, index) => isRight(entry, index, star))) return list;
  const others = list.filter((entry) => entry !== found);
  const at = others.findIndex(({ rank }) => rank !== undefined && rank > first);
  const place = at === -1 ? others.length : at;
  return others.every((entry, index) => isRight(entry, index, place)) ? others.toSpliced(place, 0, found) : undefined;
};

const sameOrder = (list: readonly OrderEntry[], count: number): boolean =>
  list.length === count && list.every(({ index, name }, at) => index === at && name === undefined);

/** The edit that makes the written list this one; undefined where nothing changes. */
export const orderEdit = (text: string, seq: SeqNode, list: readonly OrderEntry[], readable: ReadableKind): Edit | undefined => {
  if (sameOrder(list, seq.items.length)) return undefined;
  const nameOf = (index: number): { readonly start: number; readonly end: number } => spanOf(seq.items[index]) ?? { start: 0, end: 0 };
  const whole = spanOf(seq);
  if (whole === undefined) return undefined;
  if (isFlowNode(seq)) {
    const [first, second] = [nameOf(0), seq.items.length > 1 ? nameOf(1) : undefined];
    const comma = second === undefined ? ', ' : text.slice(first.end, second.start);
    const parts = list.map(({ index, name }) =>
      index === undefined || name !== undefined ? nameText(readable, name ?? '', 'flow') : text.slice(nameOf(index).start, nameOf(index).end),
    );
    if (seq.items.length === 0) return { ...whole, text: `[${parts.join(', ')}]` };
    return { start: first.start, end: nameOf(seq.items.length - 1).end, text: parts.join(comma.includes('#') ? ', ' : comma) };
  }
  const regions = seq.items.map((_item, index) => memberLinesAt(text, seq, index));
  const [top] = regions;
  const bottom = regions.at(-1);
  if (top === undefined || bottom === undefined || regions.includes(undefined)) return undefined;
  const eol = breakOf(text);
  const dash = `${' '.repeat(dashColumn(text, seq))}- `;
  const chunks = list.map(({ index, name }): string => {
    const region = index === undefined ? undefined : regions[index];
    if (index === undefined || region === undefined) return `${dash}${nameText(readable, name ?? '', 'block')}${eol}`;
    const end = regions[index + 1]?.start ?? region.end;
    const lines = text.slice(region.start, end);
    const own = nameOf(index);
    const named =
      name === undefined ? lines : lines.slice(0, own.start - region.start) + nameText(readable, name, 'block') + lines.slice(own.end - region.start);
    return named.endsWith('\n') ? named : `${named}${eol}`;
  });
  const joined = chunks.join('');
  return { start: top.start, end: bottom.end, text: text.slice(top.start, bottom.end).endsWith('\n') ? joined : joined.replace(/\r?\n$/, '') };
};
