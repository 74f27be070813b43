/**
 * The order of one app's rules. Managed rules keep as many places as they can:
 * the heaviest set that already stands in the wanted relative order stays, the
 * rest move, each once, directly behind its predecessor in the order list (the
 * first of the list: directly before the next that stays). Rules that no file
 * describes never move; with "*" in the list they stand together there, so the
 * managed ones before and after it must stand on their side of all of them.
 *
 * New rules arrive at the bottom (rules.md 8) in the wanted order, so that a
 * rule whose place is the bottom needs no call. Rules with one and the same
 * position are in no order at all: at most one of them stays.
 */
import { heaviestRising, type Ranked } from '../model/index.ts';

/** A rule in its list as it will be before any rule is placed: live ones as reported, then the new ones. */
export interface Standing<T> {
  readonly item: T;
  /** Index in the order list; undefined for rules that no file describes. */
  readonly rank: number | undefined;
  /** Must not be moved: not ours, or outside the targets of this run. */
  readonly fixed: boolean;
  readonly isNew: boolean;
  readonly position: number;
}

export interface Arrangement<T> {
  /** The list as it shall be. */
  readonly after: readonly T[];
  /** Rules to be placed (new ones included), in the order of the list. */
  readonly movers: readonly T[];
}

/** @param star the rank at which undescribed rules stand together, as a number between two ranks; undefined without "*" */
export const arrange = <T>(standing: readonly Standing<T>[], star: number | undefined): Arrangement<T> => {
  const rankOf = (rule: Standing<T>): number | undefined => rule.rank ?? star;
  const kept = keep(standing, rankOf);
  const list = standing.filter((rule) => rule.fixed || kept.has(rule));
  const movers = standing.filter((rule) => !rule.fixed && !kept.has(rule)).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  for (const mover of movers) list.splice(placeFor(mover, list, rankOf), 0, mover);
  return { after: list.map(({ item }) => item), movers: movers.map(({ item }) => item) };
};

const keep = <T>(standing: readonly Standing<T>[], rankOf: (rule: Standing<T>) => number | undefined): ReadonlySet<Standing<T>> => {
  const ranked = standing.filter((rule) => rankOf(rule) !== undefined);
  // One kept rule more beats everything below it; a live one is kept rather than a new one; a fixed one outweighs all others together.
  const newRule = ranked.length + 1;
  const liveRule = newRule + 1;
  const fixedRule = liveRule * (ranked.length + 1);
  const sequence = ranked.map(
    (rule): Ranked => ({
      rank: rankOf(rule) ?? 0,
      weight: rule.fixed ? fixedRule : rule.isNew ? newRule : liveRule,
      group: rule.position,
      repeats: rule.rank === undefined,
    }),
  );
  return new Set(
    heaviestRising(sequence)
      .map((index) => ranked[index])
      .filter((rule) => rule !== undefined),
  );
};

/** Where a rule goes among those that have their place: behind the nearest one that comes before it, or before the next. */
const placeFor = <T>(mover: Standing<T>, list: readonly Standing<T>[], rankOf: (rule: Standing<T>) => number | undefined): number => {
  const rank = mover.rank ?? 0;
  const nearest = (side: 'before' | 'after'): number | undefined => {
    let best: number | undefined;
    for (const rule of list) {
      const other = rankOf(rule);
      if (other === undefined || (side === 'before' ? other >= rank : other <= rank)) continue;
      if (best === undefined || (side === 'before' ? other > best : other < best)) best = other;
    }
    return best;
  };
  const before = nearest('before');
  if (before !== undefined) return list.findLastIndex((rule) => rankOf(rule) === before) + 1;
  const after = nearest('after');
  return after === undefined ? list.length : list.findIndex((rule) => rankOf(rule) === after);
};
