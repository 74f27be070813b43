/** Callbacks of bots, widgets and form controllers that went pending (webhooks-and-more.md 3). Unknown, finished and expired requests are 1019. */

import { isRecord, type Json, toJson } from '../json.ts';
import type { PendingRequest } from '../operation-state.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';
import { child, complain, keysOf, text } from '../spot.ts';
import { isWaiting, withRequest } from './callback-requests.ts';
import { checkWidgetResponse } from './widget-responses.ts';

const waiting = (call: Call, forWidgets: readonly string[]): PendingRequest => {
  const found = call.state.pending_requests.find((one) => one.id === call.param('request'));
  return found !== undefined && forWidgets.includes(found.kind) && isWaiting(found, call.now) ? found : refuse(1019);
};

const answer = (call: Call, request: PendingRequest): Reply => ({
  kind: 'fixed',
  object: 'callbacks',
  data: '{}',
  state: withRequest(call.state, request),
  ...(call.switches['callback-answer'] === 'none' ? { silent: true } : {}),
});

const progress = (call: Call): Reply => {
  const request = waiting(call, ['bot']);
  const words = text(child(call.body, 'text'));
  if (words === '') complain(child(call.body, 'text'), 'value', 'must not be empty');
  return answer(call, { ...request, progress: [...request.progress, words] });
};

const ended = (call: Call, request: PendingRequest): Reply => {
  const { value } = call.body;
  const response: { [key: string]: Json } = isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)])) : {};
  return answer(call, { ...request, response, ended_time: String(call.now) });
};

/** Whatever a bot may return; it says what to do. */
const response = (call: Call): Reply => {
  const request = waiting(call, ['bot']);
  if (keysOf(call.body).length === 0) refuse(1015);
  text(child(call.body, 'action'));
  return ended(call, request);
};

const widgetResponse = (call: Call): Reply => {
  const request = waiting(call, ['widget', 'form']);
  checkWidgetResponse(call.body);
  return ended(call, request);
};

/** The pages tell no method: clients POST, and the scope is UPDATE. */
const both = (path: string, run: Route['run']): readonly Route[] =>
  (['POST', 'PUT'] as const).map((method) => ({
    method,
    path: `callbacks/:request/${path}`,
    scope: 'callbacks.UPDATE',
    body: 'json',
    run: (call) => (call.switches['callback-method'] === 'both' || call.switches['callback-method'] === method ? run(call) : refuse(1004)),
  }));

export const callbackRoutes: readonly Route[] = [...both('progress', progress), ...both('response', response), ...both('widgetresponse', widgetResponse)];
