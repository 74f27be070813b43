/**
 * Delivers events (webhooks-and-more.md 2.5): a signed POST with five seconds
 * to answer; whatever is not below 300 failed and is tried again after a
 * minute, three times; then it is kept as a failed execution until its time
 * runs out. Runs beside the requests, and ends with the sandbox.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { envelopeOf, hearersOf, type Occurrence } from './events.ts';
import { alive, executionOf, occurrenceOfExecution } from './executions.ts';
import { print } from './json.ts';
import { pemOf, signatureOf } from './key-pairs.ts';
import type { Random } from './random.ts';
import { statusOf } from './reach.ts';
import { signingKey } from './resources/webhook-keys.ts';
import type { Execution, PortalState, Webhook } from './state.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';

/** One call of a receiver. */
export interface Delivery {
  readonly webhook: string;
  readonly url: string;
  readonly event: string;
  readonly attempt: number;
  /** HTTP status; 0 without an answer, 200 also for a receiver that is out of reach. */
  readonly status: number;
  /** Public key in PEM whose other half signed it; absent for an unsigned one. */
  readonly signedWith?: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface Emitted {
  /** Ids of the webhooks that hear of it. */
  readonly webhooks: readonly string[];
  /** When each is delivered or has failed for good. */
  readonly done: Promise<void>;
}

export interface Post {
  readonly emit: (what: Occurrence) => Emitted;
  /** Tries failed executions once more, on demand (webhooks-and-more.md 2.3, 13). */
  readonly retry: (webhook: string, executions: readonly string[]) => void;
  readonly deliveries: () => readonly Delivery[];
  /** Breaks off what is under way. */
  readonly close: () => Promise<void>;
}

const automaticRetries = 3;
const most = 10_000;
const succeeded = (status: number): boolean => status >= 100 && status < 300;

export const openPost = (store: Store, random: Random, switches: () => Switches, clock: () => number): Post => {
  const end = new AbortController();
  const running = new Set<Promise<void>>();
  const log: Delivery[] = [];

  const run = (work: Promise<void>): Promise<void> => {
    const guarded = work.catch(() => undefined).finally(() => running.delete(guarded));
    running.add(guarded);
    return guarded;
  };
  const rewrite = (change: (state: PortalState) => PortalState): Promise<void> => store.inTurn(() => store.commit(change(store.state())));
  const rowOf = (id: string): Webhook | undefined => store.state().webhooks.find((row) => row.id === id && row.status === 'enabled');

  const signed = async (row: Webhook, body: string): Promise<{ readonly key?: string; readonly signature?: string }> => {
    if (!row.secured && switches()['webhook-signing'] === 'secured') return {};
    return store.inTurn(async () => {
      const { key, state } = signingKey(store.state().webhooks.find((other) => other.id === row.id) ?? row, store.state());
      if (state !== store.state()) await store.commit(state);
      return key === undefined ? {} : { key: key.key, signature: signatureOf(key.private_key, body) };
    });
  };

  /** Undefined when there is nobody to call any more. */
  const call = async (id: string, what: Occurrence, attempt: number): Promise<number | undefined> => {
    const row = rowOf(id);
    if (row === undefined || end.signal.aborted) return undefined;
    const body = print(envelopeOf(what, id, attempt, switches()));
    const { key, signature } = await signed(row, body);
    const headers = { 'Content-Type': 'application/json', ...(signature === undefined ? {} : { 'x-siqsignature': signature }) };
    const status = await statusOf({ url: row.url, method: 'POST', headers, body, signal: end.signal }, switches());
    if (end.signal.aborted) return undefined;
    if (log.length >= most) log.shift();
    log.push({ webhook: id, url: row.url, event: what.event, attempt, status, ...(key === undefined ? {} : { signedWith: pemOf(key) }), at: clock() });
    return status;
  };

  const deliver = async (id: string, what: Occurrence): Promise<void> => {
    let status: number | undefined;
    for (let retry = 0; retry <= automaticRetries; retry += 1) {
      if (retry > 0) await sleep(switches()['retry-pause'], undefined, { signal: end.signal });
      status = await call(id, what, retry + 1);
      if (status === undefined || succeeded(status)) return;
    }
    if (status === undefined) return;
    const failed = executionOf(what, uuidOf(random), told(status, switches()), automaticRetries, clock());
    await rewrite((state) => onWebhook(state, id, (row) => ({ ...row, executions: [...alive(row, clock()), failed] })));
  };

  const again = async (id: string, execution: string): Promise<void> => {
    const row = rowOf(id)?.executions.find((one) => one.id === execution);
    if (row === undefined) return;
    const status = await call(id, occurrenceOfExecution(row), row.number_of_retries + 1);
    if (status === undefined) return;
    const after = (one: Execution): readonly Execution[] => {
      if (one.id !== execution) return [one];
      if (succeeded(status) && switches()['retried-executions'] === 'gone') return [];
      return [{ ...one, remote_server_status: told(status, switches()), last_execution_time: String(clock()) }];
    };
    await rewrite((state) => onWebhook(state, id, (before) => ({ ...before, executions: before.executions.flatMap(after) })));
  };

  return {
    emit: (what) => {
      const webhooks = hearersOf(what, store.state(), switches()).map(({ id }) => id);
      return { webhooks, done: Promise.all(webhooks.map((id) => run(deliver(id, what)))).then(() => undefined) };
    },
    retry: (webhook, executions) => {
      for (const execution of executions) void run(again(webhook, execution));
    },
    deliveries: () => [...log],
    close: async () => {
      end.abort();
      await Promise.all(running);
    },
  };
};

const told = (status: number, switches: Switches): number => (status === 0 ? Number(switches['unreachable-status']) : status);

const onWebhook = (state: PortalState, id: string, change: (row: Webhook) => Webhook): PortalState => ({
  ...state,
  webhooks: state.webhooks.map((row) => (row.id === id ? change(row) : row)),
});

const uuidOf = (random: Random): string => random.hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
