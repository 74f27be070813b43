/**
 * A plan, carried out and proven: the changes are sent, what they touched is
 * read again and planned again, and what is left of them is sent in the other
 * documented form or put in its place, until nothing of the approved plan is
 * left or nothing more can be done. Only addresses of the approved plan are
 * ever written.
 */
import { type Address, type Change, type Kind, type Outcome, type OutcomeError, type Plan, ServiceError } from '../model/index.ts';
import type { ApplyInput } from './input.ts';
import { noteOpen, noteStopped } from './judge.ts';
import { fillOpenLists } from './open-lists.ts';
import { isPlain, keyOf, type Note } from './outcomes.ts';
import { runChange } from './run-changes.ts';
import { idKey, type RunContext } from './run-context.ts';
import { JournalError, openSender } from './send.ts';
import { settle } from './settle.ts';
import { errorIn, errorOf } from './tell-error.ts';

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

/** A change needs what an earlier one was to create: by key, in its spec. */
const dependsOn = (change: Change, failed: ReadonlySet<string>, kinds: readonly Kind[]): boolean => {
  if (change.action !== 'create' && change.action !== 'update') return false;
  const refs = kinds.find(({ name }) => name === change.kind)?.refs ?? [];
  const text = JSON.stringify(change.spec);
  return refs.some(({ kind }) => [...failed].some((key) => key.startsWith(`${kind}\n`) && text.includes(JSON.stringify(key.slice(kind.length + 1)))));
};

export const applyPlan = async (input: ApplyInput): Promise<ApplyResult> => {
  const { plan, kinds, patience, journal } = input;
  const outcomes = new Map<string, Outcome>(
    plan.changes.map((change) => [keyOf(change), { address: change.address, action: change.action, state: 'not_tried' }]),
  );
  const note: Note = (change, state, error) => {
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
  noteOpen(context.open, plan, outcomes, note);
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
