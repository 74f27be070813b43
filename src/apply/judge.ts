/** What may be said of each change in the end: after reading back, or after a stop without it. */
import { type Address, type Change, type Outcome, type OutcomeError, type Plan, pathText } from '../model/index.ts';
import type { ApplyInput } from './input.ts';
import { asksSwitch, isPlain, keyOf, listKey, type Note } from './outcomes.ts';
import type { OpenList, View } from './run-context.ts';

const goOn = 'Run apply again: it goes on from there.';

/**
 * What was written without all of its members, and will not get them in this
 * run, and those whom that leaves where they should not be: nothing blames the
 * service for what was not sent.
 */
export const noteOpen = (open: readonly OpenList[], plan: Plan, outcomes: ReadonlyMap<string, Outcome>, note: Note): void => {
  const applied = (change: Change): boolean => outcomes.get(keyOf(change))?.state === 'applied';
  for (const { change, kind, field, missing, standIns } of open) {
    if (applied(change)) note(change, 'unknown', { message: `written, but its ${field} are not complete yet`, hint: goOn });
    const named = kind.refs.find(({ path }) => path === `${field}[]`)?.kind;
    const touched = plan.changes.filter((other) => other.kind === named && other.action === 'update' && [...missing, ...standIns].includes(other.key));
    for (const other of touched.filter(applied))
      note(other, 'unknown', { message: `written, but the ${field} of ${change.address} are not complete yet`, hint: goOn });
  }
};

/** After Ctrl-C nothing is read either: what the service accepted counts as done, except for what still lacks its place. */
export const noteStopped = ({ plan, kinds }: ApplyInput, outcomes: ReadonlyMap<string, Outcome>, note: Note, landedMoves: ReadonlySet<Address>): void => {
  for (const change of plan.changes) {
    if (change.action === 'move' && landedMoves.has(change.address)) note(change, 'applied');
    const kind = kinds.find(({ name }) => name === change.kind);
    if (kind === undefined || outcomes.get(keyOf(change))?.state !== 'applied') continue;
    const lacksPlace = change.action === 'create' && kind.order !== undefined && !landedMoves.has(change.address) && !isLast(plan, change);
    // Of two documented forms of one call, only reading shows which is kept.
    const isDoubtful = (kind.requests.enable?.length ?? 0) > 1 && asksSwitch(kind, change);
    if (lacksPlace) note(change, 'unknown', { message: 'created; interrupted before it was put in its place', hint: goOn });
    else if (isDoubtful) note(change, 'unknown', { message: 'switched; interrupted before it was read back', hint: goOn });
  }
};

/** New ones come last by themselves, as far as is known. */
const isLast = ({ lists }: Plan, change: Change): boolean =>
  lists.find((list) => list.kind === change.kind && list.app === change.app)?.after.at(-1)?.address === change.address;

const notKept = (fields: readonly { readonly path: string }[]): OutcomeError => ({
  message: `the service accepted it and did not keep ${fields.map(({ path }) => path).join(', ')}`,
  hint: 'Look at it in SalesIQ: a value that the service does not know is dropped without a word.',
});

/** The last word: what the portal shows, not what was sent. */
export const judge = (
  input: ApplyInput,
  view: View,
  outcomes: ReadonlyMap<string, Outcome>,
  note: Note,
  placed: ReadonlyMap<string, OutcomeError | undefined>,
  placing: boolean,
): void => {
  const left = new Map(view.plan.changes.filter(isPlain).map((change) => [change.address, change]));
  const unplaced = new Map(view.plan.changes.filter((change) => change.action === 'move').map((change) => [change.address, change]));
  for (const change of input.plan.changes) {
    const done = outcomes.get(keyOf(change));
    if (done === undefined) continue;
    const placeError = placed.get(listKey(change));
    if (change.action === 'move') {
      const tried = placed.has(listKey(change));
      if (!unplaced.has(change.address) && placing) note(change, 'applied');
      else if (tried) note(change, 'failed', placeError ?? notKept([{ path: 'its place' }]));
      continue;
    }
    const open = left.get(change.address);
    if (open === undefined) {
      // A write that was refused or unclear, and is there all the same, did land.
      if (done.state === 'unknown') note(change, 'applied');
    } else if (done.state === 'applied') {
      note(
        change,
        'failed',
        open.action === 'update'
          ? notKept(open.fields.map(({ path }) => ({ path: path === '' ? pathText([change.key]) : path })))
          : { message: `the service accepted it, and it is not done: ${open.action} is still to do` },
      );
    }
    if (change.action === 'create' && outcomes.get(keyOf(change))?.state === 'applied' && unplaced.has(change.address) && placed.has(listKey(change)))
      note(change, 'failed', {
        ...(placeError ?? notKept([])),
        message: `created, but not in its place: ${(placeError ?? notKept([{ path: 'its place' }])).message}`,
      });
  }
  // Where the order of a list is not reached although each rule that was to be placed stands right, no placing of it counts as done.
  for (const [list, error] of placed) {
    const mine = input.plan.changes.filter((change) => listKey(change) === list && (change.action === 'move' || change.action === 'create'));
    const open = [...unplaced.values()].some((change) => listKey(change) === list);
    if (error === undefined || !open || mine.some((change) => outcomes.get(keyOf(change))?.state !== 'applied')) continue;
    for (const change of mine) note(change, 'failed', error);
  }
};
