/**
 * Sends the changes of a plan, except moves, one after the other; what stays
 * undecided is `unknown`, never `applied`.
 */
import { type Kind, type Live, type Outcome, ShapeError, switchFieldOf, switchStart } from '../model/index.ts';
import { echoedEnabled, idIn } from './find-created.ts';
import { enableCall, type Lowering, lower } from './lower.ts';
import { withoutPending } from './open-lists.ts';
import { idKey, idOfIn, outcome, type PlainChange, type RunContext } from './run-context.ts';
import { lookFor, settleCall, witnessOf } from './settle-call.ts';

const nothing: Lowering['live'] = { spec: {}, raw: {} };

const liveOf = (live: Live, kind: string, id: string): Lowering['live'] => live.resources[kind]?.find((resource) => resource.id === id) ?? nothing;

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
