/**
 * One call, until it is known what became of it: a write that brought no clear
 * answer is looked for before it is sent again, so that nothing is made twice.
 */
import { type Kind, type OutcomeError, partOf, switchFieldOf } from '../model/index.ts';
import { findCreated } from './find-created.ts';
import type { Call } from './lower.ts';
import { readUntil } from './patience.ts';
import { idKey, type PlainChange, type RunContext, type View, type Witness } from './run-context.ts';
import type { Sent } from './send.ts';

const mostTries = 3;

interface Looked {
  readonly landed: boolean;
  /** More than one thing could be it, or it cannot be told. */
  readonly undecided?: boolean;
  readonly id?: string;
}

const isOpen = (change: PlainChange, { plan }: View): boolean => plan.changes.some((left) => left.address === change.address && left.action !== 'move');

/** The witness of a change that is done. */
export const witnessOf = (context: RunContext, kind: Kind, change: PlainChange): Witness => {
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
export const lookFor = async (
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

/** What became of a call in the end. */
export type Settled =
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
export const settleCall = async (
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
