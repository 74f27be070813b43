/**
 * A plan, carried out and proven: the changes are sent, what they touched is
 * read again and planned again, and what is left of them is sent in the other
 * documented form or put in its place, until nothing of the approved plan is
 * left or nothing more can be done. Only addresses of the approved plan are
 * ever written.
 */
import {
  type Address,
  type Change,
  type Kind,
  type ListPlan,
  type Live,
  type Outcome,
  type OutcomeError,
  type Plan,
  partOf,
  pathText,
  ServiceError,
  switchFieldOf,
  type Writer,
} from '../model/index.ts';
import type { Goal } from './goal.ts';
import { enableCall } from './lower.ts';
import { type Patience, readUntil } from './patience.ts';
import { type Lesson, noLesson, placeList } from './place.ts';
import type { Placed } from './positions.ts';
import { fillOpenLists, idKey, type PlainChange, type RunContext, runChange, type View } from './run-changes.ts';
import { type Journal, JournalError, openSender, outcomeError, type Sent } from './send.ts';

export interface ApplyInput {
  readonly kinds: readonly Kind[];
  /** What was approved, and the live state that it was made from. */
  readonly plan: Plan;
  readonly live: Live;
  readonly writer: Writer;
  /** Reads these kinds anew, everything else as last read, and plans again with the same files. */
  readonly look: (kinds: readonly string[]) => Promise<View>;
  readonly journal: Journal;
  readonly patience: Patience;
  /** Go on after a failed change with what does not depend on it. */
  readonly keepGoing: 'after-failures' | 'stop';
  readonly onProgress: (progress: Progress) => void;
}

/** What is being done: for a display. */
export interface Progress {
  readonly step: 'write' | 'place' | 'read back';
  readonly address?: Address;
  readonly done: number;
  readonly all: number;
}

export interface ApplyResult {
  readonly outcomes: readonly Outcome[];
  /** The plan that is left after the last read; absent where reading back failed. */
  readonly left?: Plan;
  /** True where the last read shows that nothing is left to do. */
  readonly settled: boolean;
  readonly stopped: boolean;
  /** How many calls the service accepted. */
  readonly landed: number;
  /** Why no more was sent, or why reading back failed. */
  readonly error?: OutcomeError;
}

const keyOf = (change: { readonly address: Address; readonly action: string }): string => `${change.action}\n${change.address}`;
const listKey = (list: { readonly kind: string; readonly app?: string | undefined }): string => `${list.kind}\n${list.app ?? ''}`;

const isPlain = (change: Change): change is PlainChange => change.action !== 'move';

/** A change needs what an earlier one was to create: by key, in its spec. */
const dependsOn = (change: Change, failed: ReadonlySet<string>, kinds: readonly Kind[]): boolean => {
  if (change.action !== 'create' && change.action !== 'update') return false;
  const refs = kinds.find(({ name }) => name === change.kind)?.refs ?? [];
  const text = JSON.stringify(change.spec);
  return refs.some(({ kind }) => [...failed].some((key) => key.startsWith(`${kind}\n`) && text.includes(JSON.stringify(key.slice(kind.length + 1)))));
};

const maxRounds = 6;

export const applyPlan = async (input: ApplyInput): Promise<ApplyResult> => {
  const { plan, kinds, patience, journal } = input;
  const outcomes = new Map<string, Outcome>(
    plan.changes.map((change) => [keyOf(change), { address: change.address, action: change.action, state: 'not_tried' }]),
  );
  const note = (change: { readonly address: Address; readonly action: Change['action'] }, state: Outcome['state'], error?: OutcomeError): void => {
    outcomes.set(keyOf(change), { address: change.address, action: change.action, state, ...(error === undefined ? {} : { error }) });
  };
  const forms = new Map<string, number>();
  const sender = openSender(input.writer, journal, patience.stopped);
  const context: RunContext = {
    kinds,
    sender,
    patience,
    look: input.look,
    form: (kind) => forms.get(kind) ?? 0,
    // What is renamed by this plan is known by its new name from the start.
    created: new Map(
      plan.changes.flatMap((change) => (change.action === 'update' && change.app === undefined ? [[idKey(change.kind, change.key), change.id]] : [])),
    ),
    open: [],
    isDoomed: (kind, key) =>
      plan.changes.some((change) => change.action === 'delete' && change.heir === undefined && change.kind === kind && change.key === key),
    written: new Map(),
  };
  const result = (rest: Partial<ApplyResult>): ApplyResult => ({
    outcomes: [...outcomes.values()],
    settled: false,
    stopped: patience.stopped(),
    landed: sender.counts().landed,
    ...rest,
  });

  await sender.note({ event: 'planned', note: plan.fingerprint, changes: plan.changes.map(({ action, address }) => ({ action, address })) });
  const unwritten = errorIn(sender.broken());
  if (unwritten !== undefined) return result({ error: unwritten });
  const plain = plan.changes.filter(isPlain);
  const failedKeys = new Set<string>();
  let halted = false;
  let halt: OutcomeError | undefined;
  for (const [index, change] of plain.entries()) {
    if (halted || patience.stopped()) break;
    if (dependsOn(change, failedKeys, kinds)) {
      note(change, 'not_tried', { message: 'it needs something that could not be written' });
      continue;
    }
    input.onProgress({ step: 'write', address: change.address, done: index, all: plain.length });
    const { sent } = sender.counts();
    try {
      const done = await runChange(context, change, input.live);
      outcomes.set(keyOf(change), done);
      // A call that never left will not leave the next time either.
      if (done.state === 'not_tried') halt = done.error;
    } catch (error) {
      const why = errorOf(error);
      if (error instanceof JournalError) halt = why;
      note(change, sender.counts().sent > sent ? 'unknown' : 'not_tried', why);
    }
    if (outcomes.get(keyOf(change))?.state !== 'applied') {
      failedKeys.add(idKey(change.kind, change.key));
      halted = input.keepGoing === 'stop' || halt !== undefined;
    }
  }
  if (!halted && !patience.stopped()) {
    try {
      for (const done of await fillOpenLists(context, input.live)) outcomes.set(keyOf(done), done);
    } catch (error) {
      halt = errorOf(error);
    }
  }
  halt ??= errorIn(sender.broken());
  const placing = !halted && !patience.stopped() && halt === undefined;
  const moves = plan.changes.some((change) => change.action === 'move');
  if (sender.counts().sent === 0 && !(placing && moves)) return result(halt === undefined ? {} : { error: halt });

  const landedMoves = new Set<Address>();
  try {
    if (patience.stopped()) throw new ServiceError('interrupted', { method: 'GET', path: '', notSent: true });
    const left = await settle(input, context, forms, outcomes, note, placing ? 'allowed' : 'none', landedMoves);
    for (const done of outcomes.values()) await sender.note({ event: eventOf[done.state], address: done.address, action: done.action, note: 'read back' });
    const open = left.diagnostics.some(({ severity }) => severity === 'error') || left.changes.length > 0;
    halt ??= errorIn(sender.broken());
    return result({ left, settled: !open, ...(halt === undefined ? {} : { error: halt }) });
  } catch (error) {
    const why = errorOf(error);
    if (patience.stopped()) noteStopped(input, outcomes, note, landedMoves);
    else {
      // Written, and not read back: nobody can say that it is kept.
      for (const done of [...outcomes.values()]) {
        if (done.state === 'applied') note(done, 'unknown', { ...why, message: `written, and not read back: ${why.message}` });
      }
      for (const address of landedMoves) note({ address, action: 'move' }, 'unknown', { ...why, message: `moved, and not read back: ${why.message}` });
    }
    return result({ error: halt ?? why });
  }
};

const eventOf = { applied: 'verified', failed: 'failed', unknown: 'unknown', not_tried: 'failed' } as const;

const errorIn = (error: JournalError | undefined): OutcomeError | undefined => (error === undefined ? undefined : errorOf(error));

/** What ended the writing or the reading, in words. A fault of this program too: what was written by then must still be told. */
const errorOf = (error: unknown): OutcomeError => {
  if (error instanceof ServiceError) return outcomeError(error);
  if (!(error instanceof JournalError)) {
    const what = error instanceof Error ? error.message : String(error);
    return { message: `this should not have happened: ${what}`, hint: 'Please report it, with the command and its output.' };
  }
  return { message: `${error.message}, so nothing more was sent`, hint: 'Make room on the disk, then run apply again: it goes on from what is live.' };
};

/** After Ctrl-C nothing is read either: what the service accepted counts as done, except for what still lacks its place. */
const noteStopped = (
  { plan, kinds }: ApplyInput,
  outcomes: ReadonlyMap<string, Outcome>,
  note: (change: { readonly address: Address; readonly action: Change['action'] }, state: Outcome['state'], error?: OutcomeError) => void,
  landedMoves: ReadonlySet<Address>,
): void => {
  for (const change of plan.changes) {
    if (change.action === 'move' && landedMoves.has(change.address)) note(change, 'applied');
    const lacksPlace = change.action === 'create' && kinds.find(({ name }) => name === change.kind)?.order !== undefined && !landedMoves.has(change.address);
    if (lacksPlace && outcomes.get(keyOf(change))?.state === 'applied' && !isLast(plan, change))
      note(change, 'unknown', { message: 'created; interrupted before it was put in its place', hint: 'Run apply again: it goes on from there.' });
  }
};

/** New ones come last by themselves, as far as is known. */
const isLast = ({ lists }: Plan, change: Change): boolean =>
  lists.find((list) => list.kind === change.kind && list.app === change.app)?.after.at(-1)?.address === change.address;

/** Reads back and mends, round by round; gives the plan that is left. */
const settle = async (
  input: ApplyInput,
  context: RunContext,
  forms: Map<string, number>,
  outcomes: Map<string, Outcome>,
  note: (change: { readonly address: Address; readonly action: Change['action'] }, state: Outcome['state'], error?: OutcomeError) => void,
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
  const isSwitch = (change: { readonly kind: string }, path: string): boolean => {
    const kind = kinds.find(({ name }) => name === change.kind);
    return kind !== undefined && partOf(kind, path) === 'enable';
  };
  const switchable = (change: PlainChange): boolean =>
    change.action === 'update' &&
    change.fields.every(({ path }) => isSwitch(change, path)) &&
    (kinds.find(({ name }) => name === change.kind)?.requests.enable?.length ?? 0) >= (switches.get(change.address) ?? 0);

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
      if (change.action !== 'update' || !switchable(change)) continue;
      const kind = kinds.find(({ name }) => name === change.kind);
      const known = kind?.requests.enable?.length ?? 0;
      const before = approved.get(change.address);
      const field = kind === undefined ? 'enabled' : switchFieldOf(kind);
      const asked =
        before?.action === 'create' ? before.spec[field] === (field !== 'enabled') : before?.fields.some(({ path }) => isSwitch(change, path)) === true;
      const tries = switches.get(change.address) ?? 0;
      // The form that was sent for it and not kept gives way to the other one; the run remembers which is kept.
      const last = sentForms.get(change.address) ?? (asked ? 0 : undefined);
      if (kind !== undefined && known > 1 && last !== undefined) forms.set(kind.name, (last + 1) % known);
      if (kind !== undefined) sentForms.set(change.address, context.form(kind.name));
      switches.set(change.address, tries + 1);
      for (const call of kind === undefined ? [] : enableCall(kind, change.id, change.spec, context.form)) {
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
      const done = await place(input, context, list, latest.get(list.kind) ?? placedIn(current.live, list.kind), lessons, landedMoves);
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

const placedIn = (live: Live, kind: string): readonly Placed[] =>
  (live.resources[kind] ?? []).map((resource) => ({ id: resource.id, app: resource.app ?? '', position: resource.position ?? 0 }));

const place = async (
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

const notKept = (fields: readonly { readonly path: string }[]): OutcomeError => ({
  message: `the service accepted it and did not keep ${fields.map(({ path }) => path).join(', ')}`,
  hint: 'Look at it in SalesIQ: a value that the service does not know is dropped without a word.',
});

/** The last word: what the portal shows, not what was sent. */
const judge = (
  input: ApplyInput,
  view: View,
  outcomes: ReadonlyMap<string, Outcome>,
  note: (change: { readonly address: Address; readonly action: Change['action'] }, state: Outcome['state'], error?: OutcomeError) => void,
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
