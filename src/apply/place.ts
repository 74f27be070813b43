/**
 * Puts one app's list in order by single calls, learning from what the service
 * then reports what such a call does (positions.ts). Where shifting places are
 * confirmed to the last number, the rest is computed without reading between,
 * and read once at the end; otherwise each call is followed by a read.
 */
import type { OutcomeError } from '../model/index.ts';
import { areHome, type Goal, isInOrder, type Move } from './goal.ts';
import { homeward, nextMove, trialMoves } from './next-move.ts';
import { numberingsFor } from './numbers.ts';
import { type Patience, readUntil } from './patience.ts';
import { allSemantics, explaining, isShift, type Placed, predict, type Semantics, samePlaces } from './positions.ts';
import type { Sent } from './send.ts';

/** What is known of a kind's calls: the readings that explain all that was seen, and whether numbers are foretold exactly. */
export interface Lesson {
  readonly alive: readonly Semantics[];
  readonly exact: boolean;
}

export const noLesson: Lesson = { alive: allSemantics, exact: false };

export interface PlaceInput {
  readonly goal: Goal;
  /** The whole family as last read. */
  readonly rules: readonly Placed[];
  readonly lesson: Lesson;
  readonly send: (move: Move) => Promise<Sent>;
  readonly read: () => Promise<readonly Placed[]>;
  readonly patience: Patience;
}

export interface PlaceResult {
  readonly state: 'placed' | 'failed' | 'stopped' | 'unknown';
  readonly rules: readonly Placed[];
  readonly lesson: Lesson;
  readonly error?: OutcomeError;
}

const noRoom: OutcomeError = {
  message: 'the service leaves no room for this place without moving a rule that is not ours',
  hint: 'Move it by hand in SalesIQ, describe the rules around it in the files, or change the order list.',
};

const notKept: OutcomeError = {
  message: 'the service accepted the new place and did not keep it',
  hint: 'Read the list in SalesIQ, then run apply again.',
};

/** How long an unclear call is given to show before it is sent again. */
const unclearMilliseconds = 2_000;

const isBatch = ({ alive, exact }: Lesson): boolean => exact && alive.length > 0 && alive.every(isShift);

export const placeList = async (input: PlaceInput): Promise<PlaceResult> => {
  const result = await learnAndPlace(input);
  if (result.state !== 'failed' || !isTrying(result.lesson)) return result;
  // What a try has displaced goes home, whether the try led anywhere or not.
  const rules = await sendHome(input, result.rules);
  return isDone(rules, input.goal, result.lesson) ? { state: 'placed', rules, lesson: result.lesson } : { ...result, rules };
};

const sendHome = async (input: PlaceInput, rules: readonly Placed[]): Promise<readonly Placed[]> => {
  let seen = rules;
  const astray = rules.filter(({ id, position }) => (input.goal.homes.get(id) ?? position) !== position).length;
  for (let calls = 0; calls < 2 * astray + 4 && !areHome(seen, input.goal); calls += 1) {
    const move = homeward(seen, input.goal);
    if (move === undefined || (await input.send(move)).state !== 'landed') break;
    seen = await input.read();
  }
  return seen;
};

const learnAndPlace = async (input: PlaceInput): Promise<PlaceResult> => {
  const { goal, patience } = input;
  let { rules, lesson } = input;
  let computed = false;
  let tried = 0;
  let numbers: ReadonlyMap<string, number> | undefined;
  let ways = 0;
  /** A number that is not taken as it was given: the next way is tried, from the list as it is now. */
  const nextWay = (): boolean => {
    if (numbers === undefined || numbers.size === 0) return false;
    numbers = undefined;
    ways += 1;
    return true;
  };
  const most = 4 * goal.places.length + 20;

  for (let calls = 0; calls <= most; ) {
    if (isDone(rules, goal, lesson)) {
      if (!computed) return { state: 'placed', rules, lesson };
      // Everything was computed: the service has the last word.
      const since = patience.now();
      rules = await readUntil(patience, input.read, (seen) => isInOrder(seen, goal), { since, forMilliseconds: () => patience.settleMilliseconds });
      computed = false;
      if (isInOrder(rules, goal)) return { state: 'placed', rules, lesson };
      lesson = noLesson;
      continue;
    }
    // Once places are known not to shift, and everybody is home, the numbers to reach are worked out once, so that the calls lead to one end.
    if (numbers === undefined && isTrying(lesson) && areHome(rules, goal)) numbers = waysOf(lesson, rules, goal)[ways] ?? noNumbers;
    const planned = firstMove(lesson.alive, rules, goal, numbers ?? noNumbers);
    const move = lesson.alive.length === 0 ? trialMoves(rules, goal)[tried] : planned;
    if (move === undefined) return { state: 'failed', rules, lesson, error: noRoom };
    if (planned === undefined) tried += 1;

    const since = patience.now();
    const sent = await input.send(move);
    calls += 1;
    if (sent.state === 'stopped') return { state: 'stopped', rules, lesson };
    if (sent.state === 'unsent') return { state: 'failed', rules, lesson, error: sent.error };
    if (sent.state === 'refused') {
      // A number that the service refuses is no room, where numbers are being tried; otherwise the call itself failed.
      if (isTrying(lesson) && nextWay()) continue;
      return { state: 'failed', rules, lesson, error: isTrying(lesson) ? noRoom : sent.error };
    }
    const foretold = sent.state === 'landed' && isBatch(lesson) ? agreed(lesson.alive, rules, move) : undefined;
    if (foretold !== undefined) {
      rules = foretold;
      computed = true;
      continue;
    }
    computed = false;
    // A place can be given twice without harm, so an unclear call is not waited for as long as an accepted one.
    const patient =
      sent.state === 'unclear'
        ? Math.min(unclearMilliseconds, patience.settleMilliseconds)
        : isTrying(lesson)
          ? patience.shortMilliseconds()
          : patience.settleMilliseconds;
    const seen = await readUntil(patience, input.read, (list) => !samePlaces(list, rules), { since, forMilliseconds: () => patient });
    if (samePlaces(seen, rules)) {
      if (patience.stopped()) return { state: 'stopped', rules, lesson };
      if (sent.state === 'unclear' || (isTrying(lesson) && nextWay())) continue;
      return { state: 'failed', rules, lesson, error: isTrying(lesson) ? noRoom : notKept };
    }
    patience.noteVisible(patience.now() - since);
    const { alive, exact } = explaining(lesson.alive.length === 0 ? allSemantics : lesson.alive, rules, move.id, move.position, seen);
    if (alive.length === 0 && isTrying(lesson) && lesson.alive.length > 0) {
      rules = seen;
      if (nextWay()) continue;
      return { state: 'failed', rules, lesson, error: noRoom };
    }
    // A number that was drawn in to the list's end is none of those that were worked out.
    if (isTrying(lesson) && seen.find(({ id }) => id === move.id)?.position !== move.position) nextWay();
    lesson = { alive, exact: exact.length > 0 };
    if (alive.length > 0) tried = 0;
    rules = seen;
  }
  return { state: 'failed', rules, lesson, error: notKept };
};

/** What all readings foretell, where they agree. */
const agreed = (readings: readonly Semantics[], rules: readonly Placed[], move: Move): readonly Placed[] | undefined => {
  const [first, ...others] = readings.map((semantics) => predict(semantics, rules, move.id, move.position));
  return first !== undefined && others.every((other) => samePlaces(first, other)) ? first : undefined;
};

/** In order, and nobody displaced: where numbers do not shift by themselves, those of others must be what they were. */
const isDone = (rules: readonly Placed[], goal: Goal, lesson: Lesson): boolean => isInOrder(rules, goal) && (!isTrying(lesson) || areHome(rules, goal));

const noNumbers: ReadonlyMap<string, number> = new Map();

const firstMove = (readings: readonly Semantics[], rules: readonly Placed[], goal: Goal, numbers: ReadonlyMap<string, number>): Move | undefined => {
  for (const semantics of readings) {
    const move = nextMove(semantics, rules, goal, readings.every(isShift) ? 'none' : 'ours first', numbers);
    if (move !== undefined) return move;
  }
  return undefined;
};

/** The numbers that could be reached under the readings that are left, the reading that touches least first. */
const waysOf = ({ alive }: Lesson, rules: readonly Placed[], goal: Goal): readonly ReadonlyMap<string, number>[] =>
  (['assign', 'swap-portal', 'swap-app'] as const)
    .filter((semantics) => alive.includes(semantics))
    .flatMap((semantics) => numberingsFor(rules, goal, semantics));

/** No reading in which places shift is left: numbers are being tried. */
const isTrying = (lesson: Lesson): boolean => lesson.alive.every((semantics) => !isShift(semantics));
