/**
 * What happens in a portal without anybody calling the API: events, and actions
 * of bots and widgets that go pending. Reached by functions of the sandbox and,
 * for those who only have its address, by calls below `/sandbox/`, which the
 * service does not have.
 */
import { type Answer, jsonAnswer } from './answer.ts';
import type { ApiRequest } from './api.ts';
import { type EventDetails, occurrenceOf, typeOf } from './events.ts';
import { isRecord, type Json, parseJson, print } from './json.ts';
import type { PendingRequest } from './operation-state.ts';
import type { Delivery, Emitted, Post } from './post.ts';
import { openRequest, type PendingKind, pendingKinds, withRequest } from './resources/callback-requests.ts';
import type { Store } from './store.ts';
import { webhookEvents } from './vocabulary.ts';

export interface Controls {
  readonly emit: (event: string, details?: EventDetails) => Emitted;
  readonly openCallback: (kind: PendingKind) => PendingRequest;
  readonly deliveries: () => readonly Delivery[];
  readonly callbacks: () => readonly PendingRequest[];
}

export const controlsOf = (store: Store, post: Post, clock: () => number): Controls => ({
  emit: (event, details = {}) => post.emit(occurrenceOf(event, details, store.state(), clock())),
  openCallback: (kind) => {
    const request = openRequest(kind, clock());
    void store.inTurn(() => store.commit(withRequest(store.state(), request)));
    return request;
  },
  deliveries: post.deliveries,
  callbacks: () => store.state().pending_requests,
});

export const isControl = (path: string): boolean => path.startsWith('/sandbox/');

/** Answers are bare JSON; mistakes are status 400 with a sentence. */
export const controlAnswer = async (request: ApiRequest, controls: Controls): Promise<Answer> => {
  const asked = `${request.method} ${request.path}`;
  if (asked === 'GET /sandbox/events') return shown({ events: [...webhookEvents].map((event) => ({ event, type: typeOf(event) })) });
  if (asked === 'GET /sandbox/deliveries') return shown({ deliveries: controls.deliveries().map((one) => ({ ...one })) });
  if (asked === 'GET /sandbox/callbacks') return shown({ callbacks: controls.callbacks().map((one) => ({ ...one })) });
  if (asked !== 'POST /sandbox/events' && asked !== 'POST /sandbox/callbacks') {
    return mistake(404, 'there are GET and POST /sandbox/events, GET and POST /sandbox/callbacks, and GET /sandbox/deliveries');
  }
  // A page in a browser cannot send this type to another origin without asking first.
  if (!/^application\/json\s*(;|$)/i.test(request.header('content-type') ?? '')) return mistake(400, 'the body must come as application/json');
  const body = bodyOf(request.body);
  if (body === undefined) return mistake(400, 'the body must be a JSON object');
  try {
    return asked === 'POST /sandbox/events' ? await emitted(body, controls) : opened(body, controls);
  } catch (error) {
    return mistake(400, error instanceof Error ? error.message : String(error));
  }
};

const shown = (value: Json): Answer => jsonAnswer(200, print(value));
const mistake = (status: number, sentence: string): Answer => jsonAnswer(status, print({ error: sentence }));

const bodyOf = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value = parseJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** `wait` holds the answer back until each webhook has the event or has failed for good. */
const emitted = async (body: Readonly<Record<string, unknown>>, controls: Controls): Promise<Answer> => {
  const event = body['event'];
  if (typeof event !== 'string') throw new Error('event must be the name of an event');
  const before = controls.deliveries().length;
  const { webhooks, done } = controls.emit(event, detailsOf(body));
  if (body['wait'] !== true) return shown({ event, webhooks });
  await done;
  const mine = controls.deliveries().slice(before);
  return shown({ event, webhooks, deliveries: mine.filter((one) => one.event === event && webhooks.includes(one.webhook)).map((one) => ({ ...one })) });
};

const words = ['app', 'conversation', 'operator', 'department', 'text', 'part'] as const;

const detailsOf = (body: Readonly<Record<string, unknown>>): EventDetails => {
  const strange = Object.keys(body).find((key) => !['event', 'wait', 'entity', ...words].includes(key));
  if (strange !== undefined) throw new Error(`${strange} is not known here; there are event, wait, entity, ${words.join(', ')}`);
  const given = words.flatMap((key) => {
    const value = body[key];
    if (value === undefined) return [];
    if (typeof value !== 'string') throw new Error(`${key} must be a text`);
    return [[key, value] as const];
  });
  const { part, ...plain }: Partial<Record<(typeof words)[number], string>> = Object.fromEntries(given);
  if (part !== undefined && part !== 'rating' && part !== 'feedback') throw new Error('part must be rating or feedback');
  const entity = body['entity'];
  if (entity !== undefined && !isRecord(entity)) throw new Error('entity must be an object');
  return { ...plain, ...(part === undefined ? {} : { part }), ...(entity === undefined ? {} : { entity }) };
};

const opened = (body: Readonly<Record<string, unknown>>, controls: Controls): Answer => {
  const kind = pendingKinds.find((known) => known === body['kind']);
  if (kind === undefined) throw new Error(`kind must be one of ${pendingKinds.join(', ')}`);
  return shown({ ...controls.openCallback(kind) });
};
