/**
 * The next call that brings one app's list nearer to its order, under one
 * reading of what such a call does (positions.ts). Under shifting places the
 * fewest rules move, each once, and in a sequence that keeps every pair whose
 * order is the same before and after, wherever there is one. Under the other
 * readings rules that are not ours keep their numbers, so that ours can only
 * trade places among themselves or take free numbers.
 */
import { heaviestRising, type ListPlace } from '../model/index.ts';
import { byPosition, isShift, type Placed, type Semantics } from './positions.ts';

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

const ofApp = (rules: readonly Placed[], goal: Goal): readonly Placed[] => rules.filter((rule) => rule.app === goal.app).sort(byPosition);

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

/** Rules that must be moved for the list to be the goal, as few as can be; fixed ones never are. */
const moversOf = (now: readonly Placed[], goal: Goal): ReadonlySet<string> => {
  const indexOf = new Map(goal.places.map((place, index) => [place.id, index]));
  const fixed = new Set(goal.places.filter((place) => place.fixed).map((place) => place.id));
  const known = now.filter((rule) => indexOf.has(rule.id));
  const kept = new Set(
    heaviestRising(
      known.map((rule) => ({ rank: indexOf.get(rule.id) ?? 0, weight: fixed.has(rule.id) ? known.length + 1 : 1, group: rule.position, repeats: false })),
    ).map((index) => known[index]?.id),
  );
  return new Set(known.map((rule) => rule.id).filter((id) => !kept.has(id) && !fixed.has(id)));
};

/** Above this many rules to move the search for the kindest sequence gives way to a plain one. */
const mostSearched = 250;

interface Step {
  readonly id: string;
  /** The index in the list it shall have after the move. */
  readonly index: number;
  /** Pairs whose order is the same before and after, and would be turned for a while. */
  readonly broken: number;
}

/** The best index for one mover: between its settled neighbours, on the right side of as many unsettled rules as can be. */
const stepFor = (
  id: string,
  now: readonly string[],
  movers: ReadonlySet<string>,
  goalIndex: ReadonlyMap<string, number>,
  startIndex: ReadonlyMap<string, number>,
  avoided: (index: number) => boolean,
): Step => {
  const mine = goalIndex.get(id) ?? 0;
  const rest = now.filter((other) => other !== id);
  const settled = (other: string): boolean => goalIndex.has(other) && !movers.has(other);
  let low = 0;
  let high = rest.length;
  for (const [index, other] of rest.entries()) {
    if (!settled(other)) continue;
    if ((goalIndex.get(other) ?? 0) < mine) low = index + 1;
    else {
      high = Math.min(high, index);
    }
  }
  // The pairs with unsettled rules: +1 for each that stands on the wrong side of a place.
  const cares = (other: string): boolean =>
    movers.has(other) && Math.sign((startIndex.get(other) ?? 0) - (startIndex.get(id) ?? 0)) === Math.sign((goalIndex.get(other) ?? 0) - mine);
  let broken = 0;
  for (const [index, other] of rest.entries()) if (cares(other) && (goalIndex.get(other) ?? 0) < mine === index >= low) broken += 1;
  let best: Step = { id, index: low, broken };
  for (let index = low; index < high; index += 1) {
    const passed = rest[index];
    if (passed !== undefined && cares(passed)) broken += (goalIndex.get(passed) ?? 0) < mine ? -1 : 1;
    if (broken < best.broken || (broken === best.broken && avoided(best.index) && !avoided(index + 1))) best = { id, index: index + 1, broken };
  }
  return best;
};

/**
 * @param caution `ours first`: while it is not known whether places shift, a
 * place that one of our own rules has is asked for before that of another's,
 * because a service that exchanges places would move who stands there
 */
const nextShift = (rules: readonly Placed[], goal: Goal, caution: 'ours first' | 'none'): Move | undefined => {
  const sorted = ofApp(rules, goal);
  const movers = moversOf(sorted, goal);
  if (movers.size === 0) return undefined;
  const now = sorted.map((rule) => rule.id);
  const goalIndex = new Map(goal.places.map((place, index) => [place.id, index]));
  const startIndex = new Map(goal.start.map((id, index) => [id, index]));
  const nowIndex = new Map(now.map((id, index) => [id, index]));
  const inGoalOrder = [...movers].sort((a, b) => (goalIndex.get(a) ?? 0) - (goalIndex.get(b) ?? 0));
  const up = inGoalOrder.filter((id) => (goalIndex.get(id) ?? 0) <= (nowIndex.get(id) ?? 0));
  const down = inGoalOrder.filter((id) => (goalIndex.get(id) ?? 0) > (nowIndex.get(id) ?? 0)).reverse();

  const fixed = new Set(goal.places.filter((place) => place.fixed).map((place) => place.id));
  const avoided = (index: number): boolean => caution === 'ours first' && fixed.has(now[index] ?? '');
  // Where numbers turn out not to shift, a rule that has left the end of the list has drawn in the numbers that can be had.
  const isLast = (id: string): boolean => caution === 'ours first' && now.at(-1) === id;
  const price = (step: Step): number => 3 * step.broken + (avoided(step.index) ? 1 : 0) + (isLast(step.id) ? 1 : 0);
  let best: Step | undefined;
  for (const id of [...up, ...down]) {
    const step = stepFor(id, now, movers, goalIndex, startIndex, avoided);
    if (best === undefined || price(step) < price(best)) best = step;
    if (price(best) === 0 || movers.size > mostSearched) break;
  }
  const position = best === undefined ? undefined : sorted[best.index]?.position;
  return best === undefined || position === undefined ? undefined : { id: best.id, position };
};

/**
 * Which number each rule of ours could have, where the numbers of others do
 * not change: ways to try in turn, since which numbers a service takes is not
 * known. Their own numbers dealt out anew come first, then numbers between the
 * ends of the list as it is, as it was, and of the whole portal's, then higher
 * ones; those below the lowest come last. None: there is no room.
 */
export const numberingsFor = (
  rules: readonly Placed[],
  goal: Goal,
  semantics: 'assign' | 'swap-portal' | 'swap-app',
): readonly ReadonlyMap<string, number>[] => {
  const position = new Map(ofApp(rules, goal).map((rule) => [rule.id, goal.homes.get(rule.id) ?? rule.position]));
  const places = goal.places.filter((place) => position.has(place.id));
  const fixed = places.filter((place) => place.fixed);
  // Where numbers are traded, the number of another app's rule may not be asked for either: its holder would get ours.
  const others = semantics === 'swap-portal' ? rules.filter(({ app }) => app !== goal.app).map((rule) => rule.position) : [];
  const fixedNumbers = fixed.map((place) => position.get(place.id) ?? 0);
  const taken = new Set([...fixedNumbers, ...others]);
  const mine = places.filter((place) => !place.fixed).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const bounds = mine.map((place): Bound => {
    const lower = fixed.filter((other) => other.rank !== undefined && other.rank < (place.rank ?? 0)).map((other) => position.get(other.id) ?? 0);
    const upper = fixed.filter((other) => other.rank !== undefined && other.rank > (place.rank ?? 0)).map((other) => position.get(other.id) ?? 0);
    return { id: place.id, above: Math.max(-Infinity, ...lower), below: Math.min(Infinity, ...upper) };
  });
  const ends = endsOf(ofApp(rules, goal), bounds);
  const all = rules.map((rule) => rule.position);
  const between = (least: number, most: number): ReadonlyMap<string, number> | undefined => freeNumbers(upTo(bounds, most), position, taken, least, most);
  const slots = mine.map((place) => position.get(place.id) ?? 0).sort((a, b) => a - b);
  const distinct = new Set([...slots, ...fixedNumbers]).size === slots.length + new Set(fixedNumbers).size;
  const traded =
    distinct && bounds.every(({ above, below }, index) => (slots[index] ?? 0) > above && (slots[index] ?? 0) < below)
      ? new Map(bounds.map(({ id }, index) => [id, slots[index] ?? 0]))
      : undefined;
  const inner = between(ends.lowest, ends.highest);
  const ways = [
    ...(semantics === 'assign' && ends.crossed ? [inner, traded] : [traded, inner]),
    between(goal.lowest, goal.highest),
    between(Math.min(...all), Math.max(...all)),
    freeNumbers(bounds, position, taken, goal.lowest, goal.highest),
    goal.lowest > 0 ? freeNumbers(bounds, position, taken, goal.lowest - 1, goal.highest) : undefined,
    goal.lowest > 1 ? freeNumbers(bounds, position, taken, 0, goal.highest) : undefined,
  ];
  return ways.filter((way) => way !== undefined);
};

const upTo = (bounds: readonly Bound[], most: number): readonly Bound[] => bounds.map((bound) => ({ ...bound, below: Math.min(bound.below, most + 1) }));

/**
 * The numbers that stay in use while the first of ours goes to the lowest and
 * the last of ours to the highest; `crossed` where each of the two stands at
 * the other's end, so that whichever goes first draws that end in.
 */
const endsOf = (rules: readonly Placed[], bounds: readonly Bound[]): { readonly lowest: number; readonly highest: number; readonly crossed: boolean } => {
  const first = bounds[0]?.id;
  const last = bounds.at(-1)?.id;
  const others = rules.filter(({ id }) => id !== first || first === last);
  const highest = Math.max(...others.map(({ position }) => position));
  return {
    lowest: Math.min(...rules.map(({ position }) => position)),
    highest,
    crossed: first !== last && rules[0]?.id === last && rules.at(-1)?.id === first,
  };
};

interface Bound {
  readonly id: string;
  /** Its number must be greater and smaller than these. */
  readonly above: number;
  readonly below: number;
}

/** Rising numbers from `lowest` on, none of them taken; what stands right already keeps its number, unless too few would be left for those that follow. */
const freeNumbers = (
  bounds: readonly Bound[],
  position: ReadonlyMap<string, number>,
  taken: ReadonlySet<number>,
  lowest: number,
  highest: number,
): ReadonlyMap<string, number> | undefined => {
  const chosen = new Map<string, number>();
  let last = lowest - 1;
  for (const [index, { id, above, below }] of bounds.entries()) {
    const kept = position.get(id) ?? 0;
    const least = Math.max(last, above) + 1;
    const stays = kept >= least && kept < below && !taken.has(kept) && roomLeft(bounds.slice(index + 1), kept, taken);
    // The last takes the highest number in use, so that the end of the list stays where it is.
    const top = index === bounds.length - 1 && highest >= least && highest < below && !taken.has(highest) ? highest : least;
    let next = stays ? kept : top;
    while (taken.has(next)) next += 1;
    if (next >= below) return undefined;
    chosen.set(id, next);
    last = next;
  }
  return chosen;
};

const roomLeft = (rest: readonly Bound[], from: number, taken: ReadonlySet<number>): boolean => {
  let last = from;
  for (const { above, below } of rest) {
    last = Math.max(last, above) + 1;
    while (taken.has(last)) last += 1;
    if (last >= below) return false;
  }
  return true;
};

/** Whose number is not yet the one to reach. The ends first: a service may take numbers between the lowest and the highest in use alone, and a rule that leaves an end draws it in. */
const wrongOnes = (sorted: readonly Placed[], numbers: ReadonlyMap<string, number>): readonly Move[] => {
  const ids = [...numbers.keys()];
  const [first, last] = [ids[0], ids.at(-1)];
  const ends = sorted.at(-1)?.id === first && sorted[0]?.id !== last ? [last, first] : [first, last];
  const at = new Map(sorted.map(({ id, position }) => [id, position]));
  return [...new Set([...ends, ...sorted.map(({ id }) => id)])].flatMap((id) => {
    const position = id === undefined ? undefined : numbers.get(id);
    return id === undefined || position === undefined || at.get(id) === position ? [] : [{ id, position }];
  });
};

const nextAssign = (rules: readonly Placed[], goal: Goal, numbers: ReadonlyMap<string, number>): Move | undefined => wrongOnes(ofApp(rules, goal), numbers)[0];

/**
 * The call that brings a displaced rule of others nearer to its number, where
 * calls trade numbers: whoever of ours stands there trades back. Where two of
 * them have each other's number, one of ours steps between.
 */
export const homeward = (rules: readonly Placed[], goal: Goal): Move | undefined => {
  const movable = new Set(goal.places.filter((place) => !place.fixed).map((place) => place.id));
  const mine = rules.filter((rule) => movable.has(rule.id)).sort(byPosition);
  const stray = rules.filter((rule) => (goal.homes.get(rule.id) ?? rule.position) !== rule.position).sort(byPosition);
  for (const rule of stray) {
    const there = mine.find(({ position }) => position === goal.homes.get(rule.id));
    if (there !== undefined) return { id: there.id, position: rule.position };
  }
  const [first] = stray;
  const [helper] = mine;
  return first === undefined || helper === undefined ? undefined : { id: helper.id, position: first.position };
};

const nextSwap = (rules: readonly Placed[], goal: Goal, numbers: ReadonlyMap<string, number>): Move | undefined => {
  const back = homeward(rules, goal);
  if (back !== undefined) return back;
  const sorted = ofApp(rules, goal);
  const at = new Map(sorted.map((rule) => [rule.position, rule]));
  const fixed = new Set(goal.places.filter((place) => place.fixed).map((place) => place.id));
  for (const move of wrongOnes(sorted, numbers)) {
    const there = at.get(move.position);
    if (there === undefined || !fixed.has(there.id)) return move;
  }
  return undefined;
};

/**
 * The next call, or nothing: the list is as it shall be, or there is no room
 * for it under this reading.
 * @param numbers what numbersFor gave when the list was first seen not to shift
 */
export const nextMove = (
  semantics: Semantics,
  rules: readonly Placed[],
  goal: Goal,
  caution: 'ours first' | 'none',
  numbers: ReadonlyMap<string, number>,
): Move | undefined =>
  isShift(semantics) ? nextShift(rules, goal, caution) : semantics === 'assign' ? nextAssign(rules, goal, numbers) : nextSwap(rules, goal, numbers);

/** Numbers to try in turn where no reading explains what the service does: the wanted place itself, and those beside it. */
export const trialMoves = (rules: readonly Placed[], goal: Goal): readonly Move[] => {
  const first = nextShift(rules, goal, 'ours first');
  if (first === undefined) return [];
  return [0, 1, -1, 2].map((step) => ({ id: first.id, position: first.position + step })).filter(({ position }) => position >= 0);
};
