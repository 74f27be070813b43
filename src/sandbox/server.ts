/** HTTP: takes a request in, lets a fault have its way, sends what is left of the answer, and writes the log. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Accounts } from './accounts.ts';
import { type Answer, errorAnswer, plainAnswer } from './answer.ts';
import type { Api, ApiRequest } from './api.ts';
import { type Controls, controlAnswer, isControl } from './controls.ts';
import type { Draw, Effect } from './fault.ts';
import { parseJson } from './json.ts';
import type { Lock } from './lock.ts';
import { oauthAnswer, parametersOf } from './oauth.ts';
import { masked, type RequestLog } from './request-log.ts';
import type { Switches } from './switches.ts';
import { isMultipart } from './upload.ts';

export interface ServerParts {
  readonly api: Api;
  readonly accounts: Accounts;
  readonly controls: Controls;
  readonly lock: Lock;
  readonly log: RequestLog;
  readonly draw: Draw;
  readonly switches: () => Switches;
  readonly now: () => number;
  readonly latency: number;
}

/** How the connection ends: with the whole answer, half of it, or none. */
type Ending = { readonly answer: Answer; readonly how: 'whole' | 'half' } | { readonly how: 'torn' };

type Env = { Bindings: HttpBindings };

export const serverOf = (parts: ServerParts): Hono<Env> => {
  const app = new Hono<Env>();
  app.all('*', async (context) => {
    const at = parts.now();
    const request = await received(context);
    await pause(parts.latency);
    const ending = await endingOf(request, new URL(context.req.url).origin, at, parts);
    parts.log.add({
      method: request.method,
      path: request.path,
      query: masked(request.query),
      body: bodyForLog(request),
      status: ending.how === 'torn' ? 0 : ending.answer.status,
      code: ending.how === 'torn' ? undefined : ending.answer.code,
      at,
    });
    return send(context, ending);
  });
  return app;
};

const received = async (context: Context<Env>): Promise<ApiRequest> => {
  const url = new URL(context.req.url);
  const bytes = new Uint8Array(await context.req.arrayBuffer());
  return {
    method: context.req.method,
    path: url.pathname,
    search: url.search,
    query: new Map(url.searchParams),
    header: (name) => context.req.header(name),
    bytes,
    body: new TextDecoder().decode(bytes),
  };
};

const isOauth = (request: ApiRequest): boolean => request.path.startsWith('/oauth/');

const bodyForLog = (request: ApiRequest): unknown => {
  if (isOauth(request)) return masked(parametersOf(request));
  if (request.body === '') return undefined;
  if (isMultipart(request.header('content-type') ?? '')) return `${request.bytes.length} bytes of multipart/form-data`;
  try {
    return parseJson(request.body);
  } catch {
    return request.body;
  }
};

const pause = async (ms: number): Promise<void> => {
  if (ms > 0) await sleep(ms);
};

const endingOf = async (request: ApiRequest, origin: string, now: number, parts: ServerParts): Promise<Ending> => {
  if (isControl(request.path)) return whole(await controlAnswer(request, parts.controls));
  const effect = parts.draw(request.method, request.path);
  const wait = isOauth(request) ? undefined : parts.lock.waitFor(now, parts.switches()['rate-limit']);
  if (wait !== undefined) return whole(errorAnswer(1023, {}, parts.switches(), wait));
  return withEffect(effect, request, origin, now, parts);
};

const whole = (answer: Answer): Ending => ({ answer, how: 'whole' });

const answered = async (request: ApiRequest, origin: string, now: number, parts: ServerParts, lag: number): Promise<Answer> =>
  (isOauth(request) ? oauthAnswer(request, parts.accounts, origin, now, parts.switches()) : undefined) ?? (await parts.api.answer(request, now, lag));

const withEffect = async (effect: Effect | undefined, request: ApiRequest, origin: string, now: number, parts: ServerParts): Promise<Ending> => {
  const carriedOut = (lag: number): Promise<Answer> => answered(request, origin, now, parts, lag);
  switch (effect?.kind) {
    case undefined:
      return whole(await carriedOut(0));
    case 'error':
      return whole(errorAnswer(effect.code, {}, parts.switches()));
    case 'status':
      return whole(plainAnswer(effect.status, `status ${effect.status}\n`, 'text/plain', effect.status === 429 ? { 'Retry-After': '1' } : {}));
    case 'reset':
      if (effect.when === 'after') await carriedOut(0);
      return { how: 'torn' };
    case 'delay':
      await pause(effect.ms);
      return withEffect(effect.then, request, origin, now, parts);
    case 'cut-body':
      return { answer: await carriedOut(0), how: 'half' };
    case 'html':
      return whole(plainAnswer(200, '<!DOCTYPE html><html><head><title>Please wait</title></head><body>One moment</body></html>', 'text/html'));
    case 'redirect':
      return whole(plainAnswer(302, '', 'text/plain', { Location: effect.location }));
    case 'lock':
      parts.lock.close(now, effect);
      return whole(errorAnswer(1023, {}, parts.switches()));
    case 'list-lag':
      return whole(await carriedOut(effect.ms));
  }
};

/** Half an answer announces its whole length, then the connection ends. */
const send = (context: Context<Env>, ending: Ending): Response => {
  const { incoming, outgoing } = context.env;
  if (ending.how === 'torn') {
    incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
  const { answer } = ending;
  if (ending.how === 'half') {
    const bytes = Buffer.from(answer.body ?? '{}');
    outgoing.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Length': bytes.length });
    outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => incoming.socket.destroy());
    return RESPONSE_ALREADY_SENT;
  }
  const headers = { ...(answer.body === undefined ? {} : { 'Content-Type': answer.type }), ...answer.headers };
  return new Response(answer.body ?? null, { status: answer.status, headers });
};
