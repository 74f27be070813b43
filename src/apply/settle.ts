/** Reading back: what the portal shows after the writes, mended until nothing more can be done. */
import { type Address, type Change, type Kind, type Outcome, type OutcomeError, type Plan, switchFieldOf } from '../model/index.ts';
import type { ApplyInput } from './input.ts';
import { judge } from './judge.ts';
import { enableCall } from './lower.ts';
import { asksSwitch, isPlain, isSwitch, keyOf, listKey, type Note } from './outcomes.ts';
import { readUntil } from './patience.ts';
import type { Lesson } from './place.ts';
import { placedIn, placeOne } from './place-lists.ts';
import type { Placed } from './positions.ts';
import type { PlainChange, RunContext, View } from './run-context.ts';

const maxRounds = 6;

/** Reads back and mends, round by round; gives the plan that is left. */
export const settle = async (
  input: ApplyInput,
  context: RunContext,
  forms: Map<string, number>,
  outcomes: Map<string, Outcome>,
  note: Note,
  writing: 'allowed' | 'none',
  landedMoves: Set<Address>,
): Promise<Plan> => {
  const { plan, kinds, patience } = input;
  const placing = writing === 'allowed';
  const touched = [...new Set(plan.changes.map(({ kind }) => kind))];
  const approved = new Map<Address, Change>(plan.changes.filter(isPlain).map((change) => [change.address, change]));
  const lists = new Set(
    plan.changes.filter((change) => change.action === 'move' || kinds.find(({ name }) => name === change.kind)?.order !== undefined).map(listKey),
  );
  const lessons = new Map<string, Lesson>();
  const placed = new Map<string, OutcomeError | undefined>();
  const switches = new Map<Address, number>();
  /** The form in which each was switched last: others may have turned the form of their kind since. */
  const sentForms = new Map<Address, number>();
  const wrote = (change: Change): boolean => outcomes.get(keyOf(approved.get(change.address) ?? change))?.state === 'applied';

  /** What is left of the approved plan, apart from places. */
  const openPlain = (view: View): readonly PlainChange[] => view.plan.changes.filter(isPlain).filter((change) => approved.has(change.address) && wrote(change));
  const kindOf = (change: Change): Kind | undefined => kinds.find(({ name }) => name === change.kind);
  const switchable = (change: PlainChange): boolean => {
    const kind = kindOf(change);
    if (kind === undefined || change.action !== 'update') return false;
    return change.fields.every(({ path }) => isSwitch(kind, path)) && (kind.requests.enable?.length ?? 0) >= (switches.get(change.address) ?? 0);
  };

  let view: View | undefined;
  for (let round = 0; round < maxRounds; round += 1) {
    input.onProgress({ step: 'read back', done: round, all: maxRounds });
    const since = patience.now();
    // What only needs to be switched is not waited for as long: switching twice does no harm.
    const current = await readUntil(
      patience,
      () => input.look(touched),
      (seen) => openPlain(seen).every(switchable),
      { since, forMilliseconds: () => patience.settleMilliseconds },
    );
    view = current;
    if (patience.stopped()) break;
    let progress = false;

    for (const change of context.sender.broken() === undefined ? openPlain(current) : []) {
      const kind = kindOf(change);
      if (kind === undefined || change.action !== 'update' || !switchable(change)) continue;
      const known = kind.requests.enable?.length ?? 0;
      const before = approved.get(change.address);
      const field = switchFieldOf(kind);
      const asked = before !== undefined && asksSwitch(kind, before);
      const tries = switches.get(change.address) ?? 0;
      // The form that was sent for it and not kept gives way to the other one; the run remembers which is kept.
      const last = sentForms.get(change.address) ?? (asked ? 0 : undefined);
      if (known > 1 && last !== undefined) forms.set(kind.name, (last + 1) % known);
      sentForms.set(change.address, context.form(kind.name));
      switches.set(change.address, tries + 1);
      for (const call of enableCall(kind, change.id, change.spec, context.form)) {
        const sent = await context.sender.send({ address: change.address, action: change.action, request: call.request, id: change.id, paths: [field] });
        progress = progress || (sent.state !== 'stopped' && sent.state !== 'unsent');
      }
    }

    // Placing one app's rules may change the numbers of another's: what the last placing has seen is what the next begins with.
    const latest = new Map<string, readonly Placed[]>();
    for (const list of placing ? current.plan.lists : []) {
      const failed = placed.get(listKey(list)) !== undefined;
      if (
        !lists.has(listKey(list)) ||
        failed ||
        list.moves === 0 ||
        !current.plan.changes.some((change) => change.action === 'move' && listKey(change) === listKey(list))
      )
        continue;
      const done = await placeOne(input, context, list, latest.get(list.kind) ?? placedIn(current.live, list.kind), lessons, landedMoves);
      latest.set(list.kind, done.rules);
      placed.set(listKey(list), done.error);
      progress = true;
      if (done.stopped) break;
    }
    if (!progress) break;
  }
  if (view === undefined) throw new TypeError('a settled run reads at least once');
  judge(input, view, outcomes, note, placed, placing);
  return view.plan;
};
