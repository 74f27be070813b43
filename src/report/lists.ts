/** What the ordered lists of a plan tell about its changes: places now, neighbours that shift, the rule that stays last. */
import type { Address, Change, ListPlace, ListPlan } from '../model/index.ts';

export type Move = Extract<Change, { readonly action: 'move' }>;

export interface ListFacts {
  /** Place of a live rule before the plan, from 1; undefined where it stands in no list of the plan. */
  readonly placeNow: (address: Address) => number | undefined;
  readonly movement: (move: Move) => Movement;
  /** The last rule, where it stays last although the list around it changes. */
  readonly staysLast: { readonly rule: ListPlace; readonly place: number } | undefined;
}

/** Rules that nobody writes to, and that a moved rule passes on its way. */
export interface Movement {
  readonly direction: 'up' | 'down';
  readonly neighbours: number;
}

const placesOf = (places: readonly ListPlace[]): ReadonlyMap<Address, number> => new Map(places.map(({ address }, index) => [address, index + 1]));

/** Live rules under one address occur where the service has two with one name; then places by name mean nothing, and the plan has errors anyway. */
export const factsOf = (list: ListPlan | undefined, changes: readonly Change[]): ListFacts => {
  const before = placesOf(list?.before ?? []);
  const after = placesOf(list?.after ?? []);
  const moved = new Set(changes.flatMap((change) => (change.action === 'move' ? [change.address] : [])));
  const still = [...before].flatMap(([address, was]) => {
    const becomes = after.get(address);
    return becomes === undefined || moved.has(address) ? [] : [{ was, becomes }];
  });
  return {
    placeNow: (address) => before.get(address),
    movement: (move) => (before.has(move.address) && after.has(move.address) ? passing(move, still) : byPlaces(move)),
    staysLast: lastOf(list, changes),
  };
};

const passing = (move: Move, still: readonly { readonly was: number; readonly becomes: number }[]): Movement => {
  let above = 0;
  let below = 0;
  for (const { was, becomes } of still) {
    if (was < move.from && becomes > move.to) above += 1;
    if (was > move.from && becomes < move.to) below += 1;
  }
  return above === below ? { ...byPlaces(move), neighbours: above + below } : { direction: above > below ? 'up' : 'down', neighbours: above + below };
};

const byPlaces = ({ from, to }: Move): Movement => ({ direction: to < from ? 'up' : 'down', neighbours: Math.abs(from - to) });

const lastOf = (list: ListPlan | undefined, changes: readonly Change[]): ListFacts['staysLast'] => {
  const rule = list?.after.at(-1);
  if (list === undefined || rule === undefined || list.before.at(-1)?.address !== rule.address) return undefined;
  const touched = changes.some(({ address }) => address === rule.address);
  const reordered = changes.some(({ action }) => action !== 'update');
  return touched || !reordered ? undefined : { rule, place: list.after.length };
};
