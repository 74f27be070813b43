/** One call of the service with all that belongs to it: pace, budget, token, repeats. */
import { type JsonObject, type Query, ServiceError } from '../model/index.ts';
import type { CallRecord, Connection, Hooks } from './connection.ts';
import type { Base } from './endpoints/endpoint.ts';
import { judge } from './envelope.ts';
import type { Exchange, Exchanged } from './exchange.ts';
import type { Call } from './hints.ts';
import type { Pace } from './pace.ts';
import { decide, type History, type Next, noHistory } from './repeat.ts';
import type { Timing } from './timing.ts';
import type { TokenSource } from './token.ts';
import { type Path, serviceUrl, shownPath } from './url.ts';
import { shown, type Veil } from './veil.ts';
import type { Problem, Verdict, WholeAnswer } from './verdict.ts';

/** A call as the caller gives it. */
export interface Ask {
  readonly method: Call['method'];
  readonly path: Path;
  readonly query?: Query | undefined;
  readonly body?: JsonObject | undefined;
  /** Where the path stands; absent: as its text tells. */
  readonly base?: Base | undefined;
  /** A body that is no JSON. */
  readonly content?: Content | undefined;
  /** The Accept header; absent: JSON. */
  readonly accept?: string | undefined;
  readonly wants?: Call['wants'];
}

/** A body in bytes. */
export interface Content {
  readonly type: string;
  readonly bytes: Buffer;
}

/** What the calls of one run share. */
export interface Line {
  readonly connection: Connection;
  readonly hooks: Hooks;
  readonly exchange: Exchange;
  readonly tokens: TokenSource;
  readonly pace: Pace;
  readonly timing: Timing;
  readonly veil: Veil;
  /** Counts a call that is about to be sent; throws when there is no more budget. */
  readonly spend: (call: Call) => void;
}

/** The error of a call, with every secret taken out. */
export const serviceError = (veil: Veil, call: Call, problem: Problem, outcome: 'clear' | 'unclear'): ServiceError =>
  new ServiceError(shown(veil, problem.message), {
    method: call.method,
    path: veil.hide(call.path),
    code: problem.code,
    field: problem.field === undefined ? undefined : shown(veil, problem.field),
    unclear: outcome === 'unclear',
    hint: problem.hint === undefined ? undefined : veil.hide(problem.hint),
    restSeconds: problem.restMs === undefined ? undefined : problem.restMs / 1000,
  });

/** The error of a call that an interrupt kept from being sent, or cut off. */
export const interrupted = (call: Call): ServiceError =>
  new ServiceError('interrupted: the call was not made', { method: call.method, path: call.path, notSent: true });

const failureVerdict = ({ reason, reached, lasting }: Extract<Exchanged, { type: 'failure' }>['failure']): Verdict => {
  const problem = { message: `there was no answer: ${reason}`, hint: 'Check the server address and the network, then run the command again.' };
  if (!reached) return lasting ? { type: 'refused', problem } : { type: 'not-sent', problem };
  return lasting ? { type: 'not-understood', problem } : { type: 'fault', problem, retryAfterMs: 0 };
};

const recordOf = (veil: Veil, call: Call, attempt: number, ms: number, verdict: Verdict): CallRecord => {
  const { status, code } = verdict.type === 'accepted' ? { status: verdict.status, code: undefined } : verdict.problem;
  return {
    to: 'service',
    method: call.method,
    path: veil.hide(call.path),
    attempt,
    ms,
    outcome: verdict.type,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
  };
};

const contentTypeOf = ({ body, content }: Ask): Readonly<Record<string, string>> => {
  const type = content?.type ?? (body === undefined ? undefined : 'application/json');
  return type === undefined ? {} : { 'content-type': type };
};

const sendOnce = async (line: Line, call: Call, ask: Ask, url: URL, token: string, attempt: number): Promise<Verdict> => {
  const { exchange, hooks, timing } = line;
  const sentAt = timing.elapsed();
  const exchanged = await exchange.send({
    method: ask.method,
    url,
    headers: { authorization: `Zoho-oauthtoken ${token}`, ...contentTypeOf(ask), ...(ask.accept === undefined ? {} : { accept: ask.accept }) },
    ...(ask.method === 'GET' ? {} : { body: ask.content?.bytes ?? (ask.body === undefined ? '' : JSON.stringify(ask.body)) }),
    // A write that is under way is finished: nobody would know whether it landed.
    ...(ask.method === 'GET' && hooks.signal !== undefined ? { signal: hooks.signal } : {}),
  });
  const verdict = exchanged.type === 'reply' ? judge(call, exchanged.reply) : failureVerdict(exchanged.failure);
  hooks.onCall?.(recordOf(line.veil, call, attempt, timing.elapsed() - sentAt, verdict));
  return verdict;
};

const refuseIfInterrupted = (line: Line, call: Call): void => {
  if (line.hooks.signal?.aborted === true) throw interrupted(call);
};

const tell = ({ hooks, veil }: Line, ms: number, reason: string, { code }: Problem): void =>
  hooks.onPause?.({ reason: shown(veil, reason), seconds: ms / 1000, ...(code === undefined ? {} : { code }) });

/** Waits as decided, and says how the history goes on. */
const prepareRepeat = async (line: Line, next: Extract<Next, { do: 'wait' | 'slow' }>, history: History, sentAt: number): Promise<History> => {
  if (next.do === 'wait') {
    tell(line, next.ms, next.problem.message, next.problem);
    await line.timing.sleep(next.ms, line.hooks.signal);
    return { ...history, faults: history.faults + 1 };
  }
  const longer = line.pace.slowDown({ sentAt, ms: next.ms, leastMs: next.leastMs });
  if (longer > 0) tell(line, longer, 'the service asks for fewer calls', next.problem);
  return { ...history, throttles: history.throttles + 1 };
};

const givenTokenRefused = (problem: Problem): Problem => ({
  ...problem,
  hint: 'The given access token (SALESIQ_ACCESS_TOKEN) cannot be renewed: tokens live for an hour. Give a fresh one, or a refresh token with its client id and secret.',
});

/** Makes the call, as often as its answers allow. Throws ServiceError. */
export const makeCall = async (line: Line, ask: Ask): Promise<WholeAnswer> => {
  const { pace, timing, tokens, veil } = line;
  const call: Call = { method: ask.method, path: shownPath(ask.path, ask.query, ask.base), ...(ask.wants === undefined ? {} : { wants: ask.wants }) };
  const url = serviceUrl(line.connection, ask.method, ask.path, ask.query, ask.base);
  let history = noHistory;
  let throttledAt: number | undefined;
  for (let attempt = 1; ; attempt += 1) {
    refuseIfInterrupted(line, call);
    await pace.turn(line.hooks.signal);
    refuseIfInterrupted(line, call);
    // After the turn, which may take minutes; a token lives for an hour.
    const token = await tokens.get();
    refuseIfInterrupted(line, call);
    line.spend(call);
    const sentAt = timing.elapsed();
    const verdict = await sendOnce(line, call, ask, url, token.text, attempt);
    if (ask.method === 'GET' && verdict.type !== 'accepted') refuseIfInterrupted(line, call);
    if (verdict.type === 'throttled') throttledAt ??= sentAt;
    const next = decide(call, verdict, { ...history, throttledMs: throttledAt === undefined ? 0 : timing.elapsed() - throttledAt }, timing.random());
    switch (next.do) {
      case 'return':
        return next.answer;
      case 'fail':
        throw serviceError(veil, call, next.problem, next.unclear ? 'unclear' : 'clear');
      case 'renew':
        if ((await tokens.renew(token.text)) === undefined) throw serviceError(veil, call, givenTokenRefused(next.problem), 'clear');
        history = { ...history, renewals: history.renewals + 1 };
        break;
      default:
        history = await prepareRepeat(line, next, history, sentAt);
    }
  }
};
