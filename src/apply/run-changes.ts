/**
 * Sends the changes of a plan, except moves, one after the other. A write that
 * brought no clear answer is looked for before anything is sent again, so that
 * nothing is made twice; what stays undecided is `unknown`, never `applied`.
 */
import {
  type Change,
  canonicalJson,
  type IdOf,
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Kind,
  type Live,
  type LiveResource,
  lookupOf,
  type Outcome,
  type OutcomeError,
  type Plan,
  partOf,
  ShapeError,
  switchFieldOf,
  switchStart,
} from '../model/index.ts';
import { type Call, type EnableForm, enableCall, type Lowering, lower, memberCalls } from './lower.ts';
import { type Patience, readUntil } from './patience.ts';
import type { Sender, Sent } from './send.ts';

export type PlainChange = Exclude<Change, { readonly action: 'move' }>;

/** The portal as it is now, and the plan that is left from there. */
export interface View {
  readonly live: Live;
  readonly plan: Plan;
}

/** A write that landed, and how to see that a list shows it. */
export interface Witness {
  readonly at: number;
  readonly isShown: (view: View) => boolean;
}

export interface RunContext {
  readonly kinds: readonly Kind[];
  readonly sender: Sender;
  readonly patience: Patience;
  /** Reads these kinds anew, everything else as last read, and plans again. */
  readonly look: (kinds: readonly string[]) => Promise<View>;
  readonly form: EnableForm;
  /** Ids of what this run has created, by kind and key. */
  readonly created: Map<string, string>;
  /** Lists of new ones that lack who was not there yet: filled when all are. */
  readonly open: OpenList[];
  /** Whether the plan deletes what a reference names. */
  readonly isDoomed: (kind: string, key: string) => boolean;
  /** The last write to each kind that is known to have landed: once a list shows it, it tells how prompt the lists are. */
  readonly written: Map<string, Witness>;
}

/** A list of a new resource that is still to be filled, and who stands in until then. */
interface OpenList {
  readonly change: PlainChange;
  readonly kind: Kind;
  readonly id: string;
  readonly field: string;
  readonly missing: readonly string[];
  readonly standIns: readonly string[];
}

export const idKey = (kind: string, key: string): string => `${kind}\n${key}`;

/** References resolve to live ids, and to those of this run. Throws ShapeError for a name that nothing carries. */
export const idOfIn = (live: Live, created: ReadonlyMap<string, string>): IdOf => {
  const lookup = lookupOf(live);
  return (kind, key) => {
    const id = created.get(idKey(kind, key)) ?? lookup(kind, key)[0];
    // `#id` stands for an id that nothing live carries: it is sent back as it came.
    if (id === undefined && key.startsWith('#')) return key.slice(1);
    if (id === undefined) throw new ShapeError(`nothing in ${kind} is called "${key}"`);
    return id;
  };
};

const idIn = (data: Json | undefined): string | undefined => {
  const id = isObject(data) ? data['id'] : data;
  return typeof id === 'number' || (typeof id === 'string' && /^\d+$/.test(id)) ? String(id) : undefined;
};

/** Whether an echoed resource is on; undefined where the echo does not say. */
const echoedEnabled = (kind: Kind, data: Json | undefined): boolean | undefined => {
  if (!isObject(data)) return undefined;
  try {
    const enabled = kind.fromApi(data, (_kind, id) => `#${id}`).spec[switchFieldOf(kind)];
    return typeof enabled === 'boolean' ? enabled : undefined;
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
};

const nothing: Lowering['live'] = { spec: {}, raw: {} };

const liveOf = (live: Live, kind: string, id: string): Lowering['live'] => live.resources[kind]?.find((resource) => resource.id === id) ?? nothing;

const sameContent = (a: Json | undefined, b: Json | undefined): boolean => canonicalJson(a) === canonicalJson(b);

/** Fields that a resource just created need not show: its switch, what an update brings, and what the service never tells. */
const isOpenYet = (kind: Kind, field: string, { spec }: LiveResource): boolean =>
  field === switchFieldOf(kind) || kind.updateOnly?.includes(field) === true || (kind.writeOnly?.includes(field) === true && spec[field] === undefined);

/** New ones (ids that were not there before) that are what the change creates: by key, or by content where the kind has no name. */
const findCreated = (kind: Kind, change: PlainChange & { readonly action: 'create' }, before: ReadonlySet<string>, live: Live): readonly LiveResource[] => {
  const fresh = (live.resources[kind.name] ?? []).filter((resource) => !before.has(resource.id));
  const { identity } = kind;
  if (identity.by === 'content')
    return fresh.filter((resource) =>
      Object.entries(change.spec).every(([field, value]) => isOpenYet(kind, field, resource) || sameContent(value, resource.spec[field])),
    );
  const key = identity.fields.flatMap((field) => (change.spec[field] === undefined ? [] : [String(change.spec[field])])).join(' ');
  return fresh.filter((resource) => resource.key === key && resource.app === change.app);
};

const outcome = (change: PlainChange, state: Outcome['state'], error?: OutcomeError): Outcome => ({
  address: change.address,
  action: change.action,
  state,
  ...(error === undefined ? {} : { error }),
});

const mostTries = 3;

interface Looked {
  readonly landed: boolean;
  /** More than one thing could be it, or it cannot be told. */
  readonly undecided?: boolean;
  readonly id?: string;
}

const isOpen = (change: PlainChange, { plan }: View): boolean => plan.changes.some((left) => left.address === change.address && left.action !== 'move');

/** The witness of a change that is done. */
const witnessOf = (context: RunContext, kind: Kind, change: PlainChange): Witness => {
  const { created, patience } = context;
  const isThere = ({ live }: View, id: string | undefined): boolean => (live.resources[kind.name] ?? []).some((resource) => resource.id === id);
  const isShown = (view: View): boolean => {
    switch (change.action) {
      case 'create':
        return isThere(view, created.get(idKey(kind.name, change.key)));
      case 'update':
        return isThere(view, change.id) && !isOpen(change, view);
      case 'delete':
        return !isThere(view, change.id);
    }
  };
  return { at: patience.now(), isShown };
};

/**
 * What became of a call that brought no clear answer, found out by reading. A
 * create is looked for as long as the service may take to show it, unless the
 * run has seen by another write that its lists are prompt: sent again too
 * early, it would be there twice.
 */
const lookFor = async (
  context: RunContext,
  kind: Kind,
  change: PlainChange,
  call: Call,
  before: ReadonlySet<string>,
  sentAt: number,
  patient: () => number,
): Promise<Looked> => {
  const judge = ({ live, plan }: View): Looked => {
    if (change.action === 'create' && call.part === 'create') {
      const found = findCreated(kind, change, before, live);
      return found.length > 1 ? { landed: false, undecided: true } : found[0] === undefined ? { landed: false } : { landed: true, id: found[0].id };
    }
    const open = plan.changes.find((left) => left.address === change.address && left.action !== 'move');
    if (change.action === 'delete') return { landed: !(live.resources[kind.name] ?? []).some((resource) => resource.id === change.id) };
    if (open === undefined) return { landed: true };
    return { landed: !open.fields.some(({ path }) => partOf(kind, path) === call.part) };
  };
  const { patience } = context;
  // What this run made of other kinds has no name yet: they are read again with it.
  const looked = [...new Set([kind.name, ...kind.refs.map((ref) => ref.kind).filter((name) => context.written.has(name))])];
  const view = await readUntil(
    patience,
    async () => {
      const seen = await context.look(looked);
      const last = context.written.get(kind.name);
      if (last?.isShown(seen) === true) patience.noteVisible(patience.now() - last.at);
      return judge(seen);
    },
    (looked) => looked.landed || looked.undecided === true,
    { since: sentAt, forMilliseconds: patient },
  );
  return view;
};

type Settled =
  | { readonly state: 'landed'; readonly sent?: Sent & { readonly state: 'landed' }; readonly id?: string }
  | { readonly state: 'failed' | 'unknown' | 'unsent'; readonly error: OutcomeError }
  | { readonly state: 'stopped' };

/** The fields that a call is about. */
const pathsOf = (kind: Kind, change: PlainChange, call: Call): readonly string[] =>
  change.action === 'update'
    ? change.fields.map(({ path }) => path).filter((path) => partOf(kind, path) === call.part)
    : call.part === 'enable'
      ? [switchFieldOf(kind)]
      : [];

/** One call until it is known what became of it. */
const settleCall = async (
  context: RunContext,
  kind: Kind,
  change: PlainChange,
  call: Call,
  before: ReadonlySet<string>,
  id: string | undefined,
): Promise<Settled> => {
  const { patience, sender } = context;
  // Updates, switches and deletes can be sent twice without harm.
  const patient = (): number => (call.part === 'create' ? patience.shortMilliseconds() : Math.min(1_000, patience.settleMilliseconds));
  const paths = pathsOf(kind, change, call);
  let last: OutcomeError | undefined;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const sentAt = patience.now();
    const sent = await sender.send({
      address: change.address,
      action: change.action,
      request: call.request,
      ...(id === undefined ? {} : { id }),
      ...(paths.length === 0 ? {} : { paths }),
    });
    if (sent.state === 'unsent') return last === undefined ? { state: 'unsent', error: sent.error } : { state: 'unknown', error: last };
    if (sent.state === 'stopped') return last === undefined ? { state: 'stopped' } : { state: 'unknown', error: last };
    // Refused the second time, because the first has landed after all? Reading back will tell.
    if (sent.state === 'refused') {
      // The other side of a membership may have been written by another change: then there was nothing left to do.
      if (call.part === 'members' && (await lookFor(context, kind, change, call, before, sentAt, () => 0)).landed) return { state: 'landed' };
      return { state: last === undefined ? 'failed' : 'unknown', error: sent.error };
    }
    if (sent.state === 'landed') return { state: 'landed', sent };
    last = sent.error;
    const looked = await lookFor(context, kind, change, call, before, sentAt, patient);
    if (looked.landed) await sender.note({ event: 'landed', address: change.address, action: change.action, note: 'found by reading' });
    if (looked.landed) return { state: 'landed', ...(looked.id === undefined ? {} : { id: looked.id }) };
    if (looked.undecided === true) break;
  }
  return { state: 'unknown', error: last ?? { message: 'it cannot be told whether the write landed' } };
};

/**
 * The spec without references to what is not there yet, in lists that can be
 * filled later. Until then those that are in it stay; where nobody would be
 * left, somebody live stands in.
 */
const withoutPending = (
  kind: Kind,
  spec: JsonObject,
  idOf: IdOf,
  live: Live,
  was: JsonObject,
): { readonly spec: JsonObject; readonly open: readonly Pick<OpenList, 'field' | 'missing' | 'standIns'>[] } => {
  const isThere = (name: string, key: string): boolean => {
    try {
      return idOf(name, key) !== '';
    } catch (error) {
      if (error instanceof ShapeError) return false;
      throw error;
    }
  };
  const open = kind.refs
    .filter(({ later }) => later === true)
    .flatMap((ref) => {
      const field = ref.path.replace(/\[\]$/, '');
      const list = spec[field];
      const keys = isList(list) ? list.map(String) : [];
      const missing = keys.filter((key) => !isThere(ref.kind, key));
      const there = keys.filter((key) => !missing.includes(key));
      const before = was[field];
      const leaving = (isList(before) ? before.map(String) : []).filter((key) => !keys.includes(key));
      // Nobody leaves before everybody has come: one who changes from one list to another is never in none.
      if (leaving.length > 0) return [{ field, missing, standIns: leaving, left: [...there, ...leaving] }];
      if (missing.length === 0) return [];
      const standIn = (live.resources[ref.kind] ?? []).find((one) => one.retired !== true && one.spec['enabled'] !== false)?.key;
      return [{ field, missing, standIns: there.length > 0 || standIn === undefined ? [] : [standIn], left: there }];
    });
  const filled = Object.fromEntries(open.map(({ field, left, standIns }) => [field, left.length === 0 ? standIns : left]));
  return { spec: { ...spec, ...filled }, open };
};

/** Fills the lists of new ones that had to wait for others; gives what became of those that could not be filled. */
export const fillOpenLists = async (context: RunContext, live: Live): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const { change, kind, id, field, missing, standIns } of context.open) {
    const rule = kind.requests.members?.find((one) => one.field === field);
    const named = kind.refs.find(({ path }) => path === `${field}[]`)?.kind ?? '';
    const known = lookupOf(live);
    const idsOf = (keys: readonly string[]): readonly string[] => keys.flatMap((key) => context.created.get(idKey(named, key)) ?? known(named, key)[0] ?? []);
    const leaving = standIns.filter((key) => !context.isDoomed(named, key));
    for (const call of rule === undefined ? [] : memberCalls(rule, id, idsOf(missing), idsOf(leaving))) {
      const settled = await settleCall(context, kind, change, call, new Set(), id);
      if (settled.state === 'landed') continue;
      outcomes.push(
        settled.state === 'stopped' || settled.state === 'unsent'
          ? outcome(change, 'unknown', { message: `created, and ${field} is not complete yet`, hint: 'Run apply again.' })
          : outcome(change, settled.state, settled.error),
      );
      break;
    }
  }
  return outcomes;
};

const runCreate = async (context: RunContext, kind: Kind, change: PlainChange & { readonly action: 'create' }, live: Live): Promise<Outcome> => {
  const { patience, sender } = context;
  const before = new Set([...(live.resources[kind.name] ?? []).map(({ id }) => id), ...context.created.values()]);
  const idOf = idOfIn(live, context.created);
  const { spec, open } = withoutPending(kind, change.spec, idOf, live, {});
  const lowering = { live: nothing, idOf, form: context.form, isDoomed: context.isDoomed };
  const [call] = lower({ ...change, spec }, kind, lowering);
  if (call === undefined) return outcome(change, 'failed', { message: `a ${kind.title} cannot be created through the API`, hint: 'Create it in SalesIQ.' });
  const settled = await settleCall(context, kind, change, call, before, undefined);
  if (settled.state === 'stopped') return outcome(change, 'not_tried');
  if (settled.state === 'unsent') return outcome(change, 'not_tried', settled.error);
  if (settled.state !== 'landed') return outcome(change, settled.state, settled.error);

  const data = settled.sent?.answer.data;
  const id = settled.id ?? idIn(data) ?? (await lookFor(context, kind, change, call, before, patience.now(), () => patience.settleMilliseconds)).id;
  if (id === undefined)
    return outcome(change, 'unknown', { message: 'the service accepted it, and no list shows it', hint: 'Run plan to see whether it is there.' });
  context.created.set(idKey(kind.name, change.key), id);
  await sender.note({ event: 'created', address: change.address, action: 'create', note: id });
  context.open.push(...open.map((list) => ({ change, kind, id, ...list })));

  // What a creation does not take follows at once.
  const echoed = echoedEnabled(kind, data);
  const wanted = change.spec[switchFieldOf(kind)];
  const isTaken = (field: string): boolean => field === switchFieldOf(kind) && wanted === (echoed ?? switchStart(kind));
  const rest = (kind.updateOnly ?? []).some((field) => change.spec[field] !== undefined && !isTaken(field))
    ? kind.requests.update?.(id, change.spec, {}, idOf)
    : undefined;
  for (const request of rest === undefined ? [] : 'method' in rest ? [rest] : rest) {
    const updated = await settleCall(context, kind, change, { part: 'details', request }, before, id);
    if (updated.state === 'stopped' || updated.state === 'unsent')
      return outcome(change, 'unknown', { message: 'created, and not all of its fields are written yet', hint: 'Run apply again.' });
    if (updated.state !== 'landed') return outcome(change, updated.state, updated.error);
  }

  // What new ones start as is not documented: one that shall be off is switched off at once, unless the answer says that it is off.
  if (typeof wanted !== 'boolean' || echoed === wanted || (wanted === switchStart(kind) && echoed === undefined)) return outcome(change, 'applied');
  for (const enable of enableCall(kind, id, change.spec, context.form)) {
    const switched = await settleCall(context, kind, change, enable, before, id);
    if (switched.state === 'stopped' || switched.state === 'unsent')
      return outcome(change, 'unknown', { message: `created, and not yet switched ${wanted ? 'on' : 'off'}`, hint: 'Run apply again.' });
    if (switched.state !== 'landed') return outcome(change, switched.state, switched.error);
  }
  return outcome(change, 'applied');
};

const runOther = async (context: RunContext, kind: Kind, change: PlainChange, live: Live): Promise<Outcome> => {
  const was = change.action === 'create' ? nothing : liveOf(live, kind.name, change.id);
  const idOf = idOfIn(live, context.created);
  const lowering = { live: was, idOf, form: context.form, isDoomed: context.isDoomed };
  const { spec, open } = change.action === 'update' ? withoutPending(kind, change.spec, idOf, live, was.spec) : { spec: {}, open: [] };
  const calls = lower(change.action === 'update' ? { ...change, spec } : change, kind, lowering);
  for (const [index, call] of calls.entries()) {
    const settled = await settleCall(context, kind, change, call, new Set(), change.action === 'create' ? undefined : change.id);
    if (settled.state === 'stopped' || settled.state === 'unsent')
      return index === 0
        ? outcome(change, 'not_tried', settled.state === 'unsent' ? settled.error : undefined)
        : outcome(change, 'unknown', { message: 'only a part of it was sent', hint: 'Run apply again.' });
    // Gone already is what a delete wants (1019: unknown id).
    if (settled.state !== 'landed' && change.action === 'delete' && settled.error.code === 1019) continue;
    if (settled.state !== 'landed') return outcome(change, settled.state, settled.error);
  }
  if (change.action === 'update') context.open.push(...open.map((list) => ({ change, kind, id: change.id, ...list })));
  return outcome(change, 'applied');
};

/** One change, from its first call to what is known of it in the end. Throws only where reading back fails. */
export const runChange = async (context: RunContext, change: PlainChange, live: Live): Promise<Outcome> => {
  const kind = context.kinds.find(({ name }) => name === change.kind);
  if (kind === undefined) return outcome(change, 'failed', { message: `this version does not know the kind ${change.kind}` });
  try {
    const result = change.action === 'create' ? await runCreate(context, kind, change, live) : await runOther(context, kind, change, live);
    if (result.state === 'applied') context.written.set(kind.name, witnessOf(context, kind, change));
    return result;
  } catch (error) {
    if (error instanceof ShapeError) return outcome(change, 'failed', { message: error.message });
    throw error;
  }
};
