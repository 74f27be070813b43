/** One ordered list of a plan: from pairs and the order list to the places before and after, and the moves between. */
import { addressOf, type Change, type DesiredOrder, type Kind, type ListPlace, type ListPlan, type LiveResource } from '../model/index.ts';
import { arrange, type Standing } from './order.ts';
import type { Pair } from './pair.ts';

interface Entry {
  readonly place: ListPlace;
  readonly live: LiveResource | undefined;
  readonly pair: Pair | undefined;
}

export interface ListResult {
  readonly list: ListPlan;
  readonly moves: readonly Change[];
  /** Place after, from 1, by address, for the new rules. */
  readonly places: ReadonlyMap<string, number>;
}

/** Ranks are even, so that "*" has one of its own between two names. */
const rankAt = (index: number): number => 2 * index + 2;

/**
 * @param live the app's rules in reported order
 * @param removed ids that the plan deletes
 * @param isFixed whether a paired rule is outside the run's targets
 */
export const planList = (
  kind: Kind,
  order: DesiredOrder,
  live: readonly LiveResource[],
  pairs: readonly Pair[],
  removed: ReadonlySet<string>,
  isFixed: (pair: Pair) => boolean,
): ListResult => {
  const starRank = order.star === undefined ? undefined : rankAt(order.star) - 1;
  const ranks = new Map(order.keys.map((key, index) => [key, rankAt(index)]));
  const byId = new Map(pairs.flatMap((one) => (one.live === undefined ? [] : [[one.live.id, one] as const])));
  const entryOf = (resource: LiveResource): Entry => {
    const one = byId.get(resource.id);
    const named = one?.desired ?? resource;
    return { live: resource, pair: one, place: { key: named.key, address: addressOf(named), id: resource.id, fixed: one === undefined || isFixed(one) } };
  };
  const before = live.map(entryOf);
  const fresh = pairs
    .filter((one) => one.live === undefined && !isFixed(one))
    .sort((a, b) => (ranks.get(a.desired.key) ?? 0) - (ranks.get(b.desired.key) ?? 0))
    .map((one): Entry => ({ live: undefined, pair: one, place: { key: one.desired.key, address: addressOf(one.desired), fixed: false } }));

  const bottom = live.reduce((most, resource) => Math.max(most, resource.position ?? 0), 0);
  const standing = [...before.filter(({ live: resource }) => resource === undefined || !removed.has(resource.id)), ...fresh].map(
    (entry, index): Standing<Entry> => ({
      item: entry,
      rank: entry.pair === undefined ? undefined : ranks.get(entry.pair.desired.key),
      fixed: entry.place.fixed,
      isNew: entry.live === undefined,
      position: entry.live?.position ?? bottom + 1 + index,
    }),
  );
  const { after, movers } = arrange(standing, starRank);

  const ranked = ({ place, pair: one }: Entry): ListPlace => {
    const rank = one === undefined ? starRank : ranks.get(one.desired.key);
    return rank === undefined ? place : { ...place, rank };
  };
  const placeOf = new Map(after.map((entry, index) => [entry, index + 1]));
  const moves = movers.flatMap((entry): readonly Change[] => {
    const { live: resource, pair: one } = entry;
    if (resource === undefined || one === undefined) return [];
    return [
      {
        action: 'move',
        kind: kind.name,
        address: entry.place.address,
        key: entry.place.key,
        app: order.app,
        id: resource.id,
        origin: one.desired.origin,
        fields: [],
        from: before.indexOf(entry) + 1,
        to: placeOf.get(entry) ?? 0,
      },
    ];
  });
  return {
    list: { kind: kind.name, app: order.app, before: before.map(ranked), after: after.map(ranked), moves: movers.length },
    moves,
    places: new Map(fresh.map((entry) => [entry.place.address, placeOf.get(entry) ?? 0])),
  };
};
