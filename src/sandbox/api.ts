/** Carries out API requests: reads at once, writes one after the other, each kept before it is answered. */
import type { Accounts } from './accounts.ts';
import { type Answer, answerOf, errorAnswer } from './answer.ts';
import { type Admitted, admit, type Incoming } from './gate.ts';
import type { Post } from './post.ts';
import { raisedBy } from './raised.ts';
import type { Random } from './random.ts';
import { Refusal } from './refusal.ts';
import type { Call, Reply } from './route.ts';
import type { Store } from './store.ts';
import type { Switches } from './switches.ts';
import { uploadOf } from './upload.ts';

export interface ApiRequest extends Incoming {
  readonly query: ReadonlyMap<string, string>;
  /** `?…` as sent, or nothing. */
  readonly search: string;
  /** The body as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Api {
  /** @param lag ms for which lists do not show what this request writes */
  readonly answer: (request: ApiRequest, now: number, lag: number) => Promise<Answer>;
  /** Forgets the texts made so far; called when switches change. */
  readonly forget: () => void;
}

export const openApi = (store: Store, accounts: Accounts, random: Random, switches: () => Switches, post: Post): Api => {
  let texts = new WeakMap<object, string>();
  let textsFor: object | undefined;

  /** Texts hold names of apps, so they are good for one list of apps. */
  const memo =
    (apps: object): Call['memo'] =>
    (row, make) => {
      if (textsFor !== apps) {
        texts = new WeakMap();
        textsFor = apps;
      }
      const known = texts.get(row);
      if (known !== undefined) return known;
      const made = make();
      texts.set(row, made);
      return made;
    };

  const callOf = (request: ApiRequest, admitted: Admitted, now: number): Call => {
    const state = store.state();
    return {
      state,
      listed: store.listed(admitted.resource, now),
      switches: switches(),
      param: (name) => admitted.params.get(name) ?? '',
      query: (name) => request.query.get(name),
      body: admitted.body,
      path: request.path,
      fullPath: request.path + request.search,
      base: `/api/v2/${state.screenname}`,
      accept: request.header('accept') ?? '',
      upload: () => uploadOf(request.header('content-type') ?? '', request.bytes),
      now,
      random,
      memo: memo(state.apps),
    };
  };

  const tell = (reply: Reply): void => {
    for (const what of reply.events ?? []) post.emit(what);
    if (reply.retries !== undefined) post.retry(reply.retries.webhook, reply.retries.executions);
  };

  const carryOut = async (request: ApiRequest, now: number, lag: number): Promise<Answer> => {
    const admitted = admit(request, accounts, store.state().screenname, now, switches());
    const before = store.state();
    const reply = await admitted.route.run(callOf(request, admitted, now));
    if (reply.state !== undefined) {
      if (lag > 0) store.hold(admitted.resource, now + lag);
      await store.commit(reply.state);
    }
    tell(reply);
    if (reply.state !== undefined && switches()['write-events'] === 'raised') {
      const { method, path } = admitted.route;
      const param = (name: string): string => admitted.params.get(name) ?? '';
      for (const what of raisedBy({ method, path, param, reply, before, after: reply.state }, now)) post.emit(what);
    }
    return answerOf(reply, request.path, now, switches());
  };

  const guarded = async (request: ApiRequest, now: number, lag: number): Promise<Answer> => {
    try {
      return await carryOut(request, now, lag);
    } catch (error) {
      if (error instanceof Refusal) return errorAnswer(error.code, error.culprit, switches());
      throw error;
    }
  };

  return {
    answer: (request, now, lag) =>
      request.method === 'GET' || request.method === 'HEAD' ? guarded(request, now, lag) : store.inTurn(() => guarded(request, now, lag)),
    forget: () => {
      texts = new WeakMap();
    },
  };
};
