/**
 * The next call that brings one app's list nearer to its order, under one
 * reading of what such a call does (positions.ts). Under shifting places the
 * fewest rules move, each once, and in a sequence that keeps every pair whose
 * order is the same before and after, wherever there is one. Under the other
 * readings rules that are not ours keep their numbers, so that ours can only
 * trade places among themselves or take free numbers.
 */
import { heaviestRising } from '../model/index.ts';
import { type Goal, type Move, ofApp } from './goal.ts';
import { couldAssign, rangeOf } from './numbers.ts';
import { byPosition, isShift, type Placed, predict, type Semantics } from './positions.ts';

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

/** How much a move would spoil if it turned out that numbers do not shift: a rule that leaves an end of the list may draw in the numbers that others need. */
const spoiling = (rules: readonly Placed[], goal: Goal): ((move: Move) => number) => {
  const scopes = [(list: readonly Placed[]) => list, (list: readonly Placed[]) => ofApp(list, goal)];
  const open = scopes.filter((scope) => couldAssign(rules, goal, scope(rules)));
  return ({ id, position }) => {
    const after = open.length === 0 ? rules : predict('assign', rules, id, position);
    return open.filter((scope) => !couldAssign(after, goal, scope(after))).length;
  };
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
  const spoils = spoiling(rules, goal);
  const price = (step: Step): number => {
    const position = sorted[step.index]?.position;
    const spoilt = caution === 'none' || position === undefined ? 0 : spoils({ id: step.id, position });
    return 8 * step.broken + 2 * spoilt + (avoided(step.index) ? 1 : 0);
  };
  let best: (Step & { readonly price: number }) | undefined;
  for (const id of [...up, ...down]) {
    const step = stepFor(id, now, movers, goalIndex, startIndex, avoided);
    const cost = price(step);
    if (best === undefined || cost < best.price) best = { ...step, price: cost };
    if (best.price === 0 || movers.size > mostSearched) break;
  }
  const position = best === undefined ? undefined : sorted[best.index]?.position;
  return best === undefined || position === undefined ? undefined : { id: best.id, position };
};

/** Whose number is not yet the one to reach. Numbers beyond the ends first, since they may be refused, then the longest way: who crosses the list makes room at its ends. */
const wrongOnes = (sorted: readonly Placed[], numbers: ReadonlyMap<string, number>): readonly Move[] => {
  const { lowest, highest } = rangeOf(sorted);
  const wrong = sorted.flatMap(({ id, position }) => {
    const wanted = numbers.get(id);
    return wanted === undefined || wanted === position ? [] : [{ id, position: wanted, way: Math.abs(wanted - position) }];
  });
  const isBeyond = ({ position }: Move): boolean => position < lowest || position > highest;
  return wrong.sort((a, b) => Number(isBeyond(b)) - Number(isBeyond(a)) || b.way - a.way).map(({ id, position }) => ({ id, position }));
};

/** The first move that leaves the numbers of the others within reach, if numbers beyond the ends of these rules are drawn in or refused. */
const kindestMove = (among: readonly Placed[], moves: readonly Move[]): Move | undefined => {
  const { lowest, highest } = rangeOf(among);
  return moves.find(({ id, position }) => {
    const drawnIn = Math.min(highest, Math.max(lowest, position));
    const after = rangeOf(among.map((rule) => (rule.id === id ? { ...rule, position: drawnIn } : rule)));
    return moves.every(
      (other) => other.id === id || other.position < lowest || other.position > highest || (other.position >= after.lowest && other.position <= after.highest),
    );
  });
};

/** Where two rules that stand at the ends must change places, a third one of ours holds the lower end for them until they have. */
const holdEnd = (sorted: readonly Placed[], numbers: ReadonlyMap<string, number>): Move | undefined => {
  const { lowest, highest } = rangeOf(sorted);
  const third = sorted.find(({ id, position }) => numbers.has(id) && position > lowest && position < highest);
  return third === undefined ? undefined : { id: third.id, position: lowest };
};

const nextAssign = (rules: readonly Placed[], goal: Goal, numbers: ReadonlyMap<string, number>): Move | undefined => {
  const sorted = ofApp(rules, goal);
  const wrong = wrongOnes(sorted, numbers);
  return wrong.length === 0 ? undefined : (kindestMove(sorted, wrong) ?? holdEnd(sorted, numbers) ?? kindestMove(rules, wrong) ?? wrong[0]);
};

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
  const fixed = new Set(goal.places.filter((place) => place.fixed).map((place) => place.id));
  const holder = new Map(sorted.map((rule) => [rule.position, rule.id]));
  const wrong = wrongOnes(sorted, numbers).filter(({ position }) => !fixed.has(holder.get(position) ?? ''));
  // Two that trade numbers draw no end in.
  return wrong.find(({ position }) => holder.has(position)) ?? kindestMove(sorted, wrong) ?? wrong[0];
};

/**
 * The next call, or nothing: the list is as it shall be, or there is no room
 * for it under this reading.
 * @param numbers what numberingsFor gave when the list was first seen not to shift
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
