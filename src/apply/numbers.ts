/**
 * Numbers for our rules, where a call that places one does not shift the
 * others: rules that are not ours keep theirs, so that ours can only trade
 * numbers among themselves or take free ones. A service may take numbers
 * between the lowest and the highest in use alone; then a rule that leaves an
 * end of the list draws that end in for good.
 */
import { type Goal, ofApp } from './goal.ts';
import type { Placed } from './positions.ts';

interface Bound {
  readonly id: string;
  /** Its number must be greater and smaller than these. */
  readonly above: number;
  readonly below: number;
}

/** What the numbers of ours must heed. */
interface Terms {
  /** Ours, in the order that they shall have. */
  readonly bounds: readonly Bound[];
  readonly position: ReadonlyMap<string, number>;
  readonly taken: ReadonlySet<number>;
}

/** @param others numbers in use outside the app that may not be asked for */
const termsOf = (rules: readonly Placed[], goal: Goal, others: readonly number[]): Terms => {
  const position = new Map(ofApp(rules, goal).map((rule) => [rule.id, goal.homes.get(rule.id) ?? rule.position]));
  const places = goal.places.filter((place) => position.has(place.id));
  const fixed = places.filter((place) => place.fixed);
  const mine = places.filter((place) => !place.fixed).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const bounds = mine.map((place): Bound => {
    const lower = fixed.filter((other) => other.rank !== undefined && other.rank < (place.rank ?? 0)).map((other) => position.get(other.id) ?? 0);
    const upper = fixed.filter((other) => other.rank !== undefined && other.rank > (place.rank ?? 0)).map((other) => position.get(other.id) ?? 0);
    return { id: place.id, above: Math.max(-Infinity, ...lower), below: Math.min(Infinity, ...upper) };
  });
  return { bounds, position, taken: new Set([...fixed.map((place) => position.get(place.id) ?? 0), ...others]) };
};

/** Their own numbers, dealt out anew. */
const tradedNumbers = ({ bounds, position, taken }: Terms): ReadonlyMap<string, number> | undefined => {
  const slots = bounds.map(({ id }) => position.get(id) ?? 0).sort((a, b) => a - b);
  const fits = bounds.every(({ above, below }, index) => (slots[index] ?? 0) > above && (slots[index] ?? 0) < below);
  const distinct = new Set(slots).size === slots.length && slots.every((slot) => !taken.has(slot));
  return fits && distinct ? new Map(bounds.map(({ id }, index) => [id, slots[index] ?? 0])) : undefined;
};

/**
 * Which number each rule of ours could have: ways to try in turn, since which
 * numbers a service takes is not known. Their own numbers dealt out anew come
 * first, then numbers between the ends of the list as it is, as it was, and of
 * the whole portal's, then higher ones; those below the lowest come last.
 * None: there is no room.
 */
export const numberingsFor = (
  rules: readonly Placed[],
  goal: Goal,
  semantics: 'assign' | 'swap-portal' | 'swap-app',
): readonly ReadonlyMap<string, number>[] => {
  // Where numbers are traded, the number of another app's rule may not be asked for either: its holder would get ours.
  const others = semantics === 'swap-portal' ? rules.filter(({ app }) => app !== goal.app).map((rule) => rule.position) : [];
  const terms = termsOf(rules, goal, others);
  const app = ofApp(rules, goal);
  const traded = tradedNumbers(terms);
  const inner = innerRanges(app, terms.bounds).map((range) => numbersIn(terms, range));
  const ways = [
    ...(semantics === 'assign' && isCrossed(app, terms.bounds) ? [...inner, traded] : [traded, ...inner]),
    numbersIn(terms, rangeOf(app)),
    numbersIn(terms, { lowest: goal.lowest, highest: goal.highest }),
    numbersIn(terms, rangeOf(rules)),
    freeNumbers(terms, goal.lowest, goal.highest),
    goal.lowest > 0 ? freeNumbers(terms, goal.lowest - 1, goal.highest) : undefined,
    goal.lowest > 1 ? freeNumbers(terms, 0, goal.highest) : undefined,
  ].filter((way) => way !== undefined);
  return ways.filter((way, index) => ways.findIndex((other) => [...way].every(([id, number]) => other.get(id) === number)) === index);
};

/**
 * Whether single calls that each set one number could still lead to the goal
 * if no number outside those in use is taken. Two rules that stand at each
 * other's end need numbers between the ends that are left when one has gone;
 * a third one of ours could hold the end for them.
 * @param among the rules whose numbers are the range: the app's or the portal's
 */
export const couldAssign = (rules: readonly Placed[], goal: Goal, among: readonly Placed[]): boolean => {
  const terms = termsOf(rules, goal, []);
  if (numbersIn(terms, rangeOf(among)) === undefined) return false;
  if (terms.bounds.length !== 2 || !isCrossed(among, terms.bounds)) return true;
  return innerRanges(among, terms.bounds).some((range) => numbersIn(terms, range) !== undefined);
};

/** The lowest and the highest number in use. */
export interface Range {
  readonly lowest: number;
  readonly highest: number;
}

export const rangeOf = (rules: readonly Placed[]): Range => {
  let lowest = Infinity;
  let highest = -Infinity;
  for (const { position } of rules) {
    lowest = Math.min(lowest, position);
    highest = Math.max(highest, position);
  }
  return { lowest, highest };
};

/** Whether the first of ours alone has the highest number and the last of ours alone the lowest: whichever goes first draws its end in. */
const isCrossed = (rules: readonly Placed[], bounds: readonly Bound[]): boolean => {
  const { lowest, highest } = rangeOf(rules);
  const holders = (number: number): readonly string[] => rules.filter(({ position }) => position === number).map(({ id }) => id);
  const [first, last] = [bounds[0]?.id, bounds.at(-1)?.id];
  return lowest < highest && holders(lowest).every((id) => id === last) && holders(highest).every((id) => id === first);
};

/** What is left of the numbers in use when the first of ours has left the list's end, and when the last has left its beginning. */
const innerRanges = (rules: readonly Placed[], bounds: readonly Bound[]): readonly Range[] => {
  const [first, last] = [bounds[0]?.id, bounds.at(-1)?.id];
  if (first === last) return [rangeOf(rules)];
  const { lowest, highest } = rangeOf(rules);
  return [
    { lowest, highest: rangeOf(rules.filter(({ id }) => id !== first)).highest },
    { lowest: rangeOf(rules.filter(({ id }) => id !== last)).lowest, highest },
  ];
};

const numbersIn = (terms: Terms, { lowest, highest }: Range): ReadonlyMap<string, number> | undefined =>
  freeNumbers({ ...terms, bounds: terms.bounds.map((bound) => ({ ...bound, below: Math.min(bound.below, highest + 1) })) }, lowest, highest);

/** Rising numbers from `lowest` on, none of them taken; what stands right already keeps its number, unless too few would be left for those that follow. */
const freeNumbers = ({ bounds, position, taken }: Terms, lowest: number, highest: number): ReadonlyMap<string, number> | undefined => {
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
