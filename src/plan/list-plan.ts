/** One ordered list of a plan: from pairs and the order list to the places before and after, and the moves between. */
import { addressOf, type Change, type DesiredOrder, type Kind, type ListPlace, type ListPlan, type LiveResource, type Side } from '../model/index.ts';
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

export interface ListInput {
  readonly kind: Kind;
  readonly order: DesiredOrder;
  /** The order as last applied. */
  readonly base?: DesiredOrder;
  /** The app's rules in reported order. */
  readonly live: readonly LiveResource[];
  readonly pairs: readonly Pair[];
  /** Ids that the plan deletes. */
  readonly removed: ReadonlySet<string>;
  /** Whether a paired rule is outside the run's targets. */
  readonly isFixed: (pair: Pair) => boolean;
  readonly drift: 'correct' | 'keep';
}

/** The names that both have, in the order of the first. */
const shared = (keys: readonly string[], others: readonly string[]): string => {
  const known = new Set(others);
  return keys.filter((key) => known.has(key)).join('\n');
};

/** Whose change of the order it is: the list that the last apply left is compared with the files and with the portal. */
const sideOfOrder = (wanted: readonly string[], live: readonly string[], base: readonly string[] | undefined): Side | undefined => {
  if (base === undefined) return undefined;
  if (shared(wanted, base) === shared(base, wanted)) return 'drift';
  return shared(live, base) === shared(base, live) ? 'yours' : 'both';
};

/** The order list with the live order in it, new names behind those that they follow in the files. */
const asLive = (wanted: readonly string[], live: readonly string[]): readonly string[] => {
  const known = new Set(wanted);
  const list = live.filter((key) => known.has(key));
  for (const [index, key] of wanted.entries()) {
    if (list.includes(key)) continue;
    const before = index === 0 ? -1 : list.indexOf(wanted[index - 1] ?? '');
    list.splice(before + 1, 0, key);
  }
  return list;
};

export const planList = ({ kind, order, base, live, pairs, removed, isFixed, drift }: ListInput): ListResult => {
  const byId = new Map(pairs.flatMap((one) => (one.live === undefined ? [] : [[one.live.id, one] as const])));
  const liveKeys = live.map((resource) => byId.get(resource.id)?.desired.key ?? '');
  const side = sideOfOrder(order.keys, liveKeys, base?.keys);
  const keys = drift === 'keep' && side === 'drift' && order.star === undefined ? asLive(order.keys, liveKeys) : order.keys;
  const ranks = new Map(keys.map((key, index) => [key, rankAt(index)]));
  const starRank = order.star === undefined ? undefined : rankAt(order.star) - 1;
  const anchorOf = (id: string): number | undefined => {
    const index = order.anchors?.[id];
    return index === undefined ? undefined : rankAt(index);
  };
  const withRank = (rank: number | undefined): { readonly rank?: number } => (rank === undefined ? {} : { rank });
  const entryOf = (resource: LiveResource): Entry => {
    const one = byId.get(resource.id);
    const named = one?.desired ?? resource;
    const rank = one === undefined ? (anchorOf(resource.id) ?? starRank) : ranks.get(one.desired.key);
    const fixed = one === undefined || isFixed(one);
    return { live: resource, pair: one, place: { key: named.key, address: addressOf(named), id: resource.id, fixed, ...withRank(rank) } };
  };
  const before = live.map(entryOf);
  const fresh = pairs
    .filter((one) => one.live === undefined && !isFixed(one))
    .sort((a, b) => (ranks.get(a.desired.key) ?? 0) - (ranks.get(b.desired.key) ?? 0))
    .map((one): Entry => {
      const { desired } = one;
      return { live: undefined, pair: one, place: { key: desired.key, address: addressOf(desired), fixed: false, ...withRank(ranks.get(desired.key)) } };
    });

  const bottom = live.reduce((most, resource) => Math.max(most, resource.position ?? 0), 0);
  const standing = [...before.filter(({ live: resource }) => resource === undefined || !removed.has(resource.id)), ...fresh].map(
    (entry, index): Standing<Entry> => ({
      item: entry,
      rank: entry.pair === undefined ? (entry.live === undefined ? undefined : anchorOf(entry.live.id)) : ranks.get(entry.pair.desired.key),
      fixed: entry.place.fixed,
      isNew: entry.live === undefined,
      position: entry.live?.position ?? bottom + 1 + index,
    }),
  );
  const { after, movers } = arrange(standing, starRank);

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
        ...(side === undefined ? {} : { side }),
        from: before.indexOf(entry) + 1,
        to: placeOf.get(entry) ?? 0,
      },
    ];
  });
  return {
    list: { kind: kind.name, app: order.app, before: before.map(({ place }) => place), after: after.map(({ place }) => place), moves: movers.length },
    moves,
    places: new Map(fresh.map((entry) => [entry.place.address, placeOf.get(entry) ?? 0])),
  };
};
