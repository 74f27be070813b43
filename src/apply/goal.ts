/** The order that one app's list shall have, and whether it has it. */
import type { ListPlace } from '../model/index.ts';
import { byPosition, type Placed } from './positions.ts';

/** A list to be put in order. `goal` are the app's rules as they shall stand; all have ids by now. */
export interface Goal {
  readonly app: string;
  readonly places: readonly (ListPlace & { readonly id: string })[];
  /** The order before the first move: what `keeps every pair` speaks of. */
  readonly start: readonly string[];
  /** The places of rules that are not ours to move here, those of other apps too, before the first move. */
  readonly homes: ReadonlyMap<string, number>;
  /** The lowest and the highest number in the app's list before the first move. */
  readonly lowest: number;
  readonly highest: number;
}

export interface Move {
  readonly id: string;
  readonly position: number;
}

export const ofApp = (rules: readonly Placed[], goal: Goal): readonly Placed[] => rules.filter((rule) => rule.app === goal.app).sort(byPosition);

/** True where the order list holds: ranks never fall down the list, and no two rules that have an order share a place. */
export const isInOrder = (rules: readonly Placed[], goal: Goal): boolean => {
  const ranks = new Map(goal.places.map((place) => [place.id, place.rank]));
  let highest: { readonly rank: number; readonly position: number } | undefined;
  for (const { id, position } of ofApp(rules, goal)) {
    const rank = ranks.get(id);
    if (rank === undefined) continue;
    if (highest !== undefined && (rank < highest.rank || (rank > highest.rank && position === highest.position))) return false;
    highest = { rank, position };
  }
  return true;
};

/** True where every rule that is not ours has the number it had before the first call. */
export const areHome = (rules: readonly Placed[], goal: Goal): boolean => rules.every(({ id, position }) => (goal.homes.get(id) ?? position) === position);
