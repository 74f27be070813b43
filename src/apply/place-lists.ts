/** Puts the rules of one ordered list in their places. */
import type { Address, ListPlan, Live, OutcomeError } from '../model/index.ts';
import type { Goal } from './goal.ts';
import type { ApplyInput } from './input.ts';
import { type Lesson, noLesson, placeList } from './place.ts';
import type { Placed } from './positions.ts';
import type { RunContext } from './run-context.ts';
import type { Sent } from './send.ts';

/** The rules of a kind with their numbers, of all apps. */
export const placedIn = (live: Live, kind: string): readonly Placed[] =>
  (live.resources[kind] ?? []).map((resource) => ({ id: resource.id, app: resource.app ?? '', position: resource.position ?? 0 }));

/** Places one list, as far as it goes. */
export const placeOne = async (
  input: ApplyInput,
  context: RunContext,
  list: ListPlan,
  rules: readonly Placed[],
  lessons: Map<string, Lesson>,
  landedMoves: Set<Address>,
): Promise<{ readonly error?: OutcomeError; readonly stopped: boolean; readonly rules: readonly Placed[] }> => {
  const kind = input.kinds.find(({ name }) => name === list.kind);
  const order = kind?.order;
  if (kind === undefined || order === undefined) return { stopped: false, rules };
  const places = list.after.flatMap((one) => (one.id === undefined ? [] : [{ ...one, id: one.id }]));
  const addresses = new Map(places.map((one) => [one.id, one.address]));
  const movable = new Set(places.filter(({ fixed }) => !fixed).map(({ id }) => id));
  const goal: Goal = {
    app: list.app,
    places,
    start: list.before.flatMap(({ id }) => (id === undefined ? [] : [id])),
    homes: new Map(rules.filter(({ id }) => !movable.has(id)).map(({ id, position }) => [id, position])),
    lowest: Math.min(...rules.filter(({ app }) => app === list.app).map(({ position }) => position)),
    highest: Math.max(...rules.filter(({ app }) => app === list.app).map(({ position }) => position)),
  };
  let moved = 0;
  const result = await placeList({
    goal,
    rules,
    lesson: lessons.get(list.kind) ?? noLesson,
    patience: input.patience,
    send: async (move): Promise<Sent> => {
      const address = addresses.get(move.id) ?? list.kind;
      moved += 1;
      input.onProgress({ step: 'place', address, done: moved - 1, all: Math.max(moved, list.moves) });
      const sent = await context.sender.send({ address, action: 'move', request: order.place(move.id, move.position), id: move.id });
      if (sent.state === 'landed') landedMoves.add(address);
      return sent;
    },
    read: async () => placedIn((await input.look([list.kind])).live, list.kind),
  });
  lessons.set(list.kind, result.lesson);
  return { stopped: result.state === 'stopped', rules: result.rules, ...(result.error === undefined ? {} : { error: result.error }) };
};
