/** Keys, events and apps of a webhook, each added and removed by calls of its own (webhooks-and-more.md 2.3, 6 to 11). */
import { print } from '../json.ts';
import { pemOf } from '../key-pairs.ts';
import { listQuery } from '../paging.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';
import { child, ids } from '../spot.ts';
import type { Webhook } from '../state.ts';
import { freshKey, madeKey } from './webhook-keys.ts';
import { answerWebhook, changeWebhook, readEvents, showWebhook, webhookOf } from './webhook-row.ts';

/** At most two keys; which code a third one gets is unknown, so it is the one for limits. */
const addKey = (call: Call): Reply => {
  const keys = webhookOf(call).public_keys;
  if (keys.length >= 2) refuse(1017);
  const key = madeKey(freshKey(call.state, call.now, keys), call.state);
  const { row, state } = changeWebhook(call, (before) => ({ ...before, public_keys: [...before.public_keys, key] }));
  return { ...answerWebhook('fixed', row, call), url: call.path, synced: true, data: print(showWebhook(row, call, key.id)), state };
};

/** The path says id, the example shows a key text: either is taken. */
const removeKey = (call: Call): Reply => {
  const keys = webhookOf(call).public_keys;
  const key =
    keys.find((known) => known.id === call.param('key') || (known.key !== '' && [known.key, pemOf(known.key)].includes(call.param('key')))) ?? refuse(1019);
  if (keys.length === 1) refuse(1026);
  return changed(call, 'delete', (row) => ({ ...row, public_keys: row.public_keys.filter((other) => other.id !== key.id) }));
};

const changed = (call: Call, kind: Reply['kind'], change: (row: Webhook) => Webhook): Reply => {
  const { row, state } = changeWebhook(call, change);
  return { ...answerWebhook(kind, row, call), state };
};

/** The one answer that names the events `ids`. */
const addEvents = (call: Call): Reply => {
  const added = readEvents(child(call.body, 'ids'), call.switches);
  const { row, state } = changeWebhook(call, (before) => ({ ...before, events: [...new Set([...before.events, ...added])] }));
  const { events, ...rest } = showWebhook(row, call);
  return { ...answerWebhook('fixed', row, call), data: print({ ...rest, [call.switches['added-events-key']]: events }), state };
};

const removeEvents = (call: Call, gone: readonly string[]): Reply =>
  changed(call, 'delete', (row) => ({ ...row, events: row.events.filter((event) => !gone.includes(event)) }));

const addApps = (call: Call): Reply => {
  const added = ids(child(call.body, 'ids'));
  if (webhookOf(call).type !== 'data') refuse(1015, { json_key: 'ids' });
  added.forEach((app, index) => {
    if (!call.state.apps.some((known) => known.id === app)) refuse(1019, { json_key: `ids[${index}]` });
  });
  return { ...changed(call, 'fixed', (row) => ({ ...row, app_ids: [...new Set([...row.app_ids, ...added])] })), synced: true };
};

const removeApps = (call: Call, gone: readonly string[]): Reply =>
  changed(call, 'delete', (row) => ({ ...row, app_ids: row.app_ids.filter((app) => !gone.includes(app)) }));

const listed = (call: Call, param: string): readonly string[] => call.param(param).split(',');

export const partRoutes: readonly Route[] = [
  { method: 'POST', path: 'webhooks/:id/keys', scope: 'webhooks.CREATE', run: addKey },
  { method: 'DELETE', path: 'webhooks/:id/keys/:key', scope: 'webhooks.DELETE', run: removeKey },
  { method: 'POST', path: 'webhooks/:id/events', scope: 'webhooks.UPDATE', body: 'json', run: addEvents },
  { method: 'DELETE', path: 'webhooks/:id/events', scope: 'webhooks.DELETE', run: (call) => removeEvents(call, listQuery(call, 'ids')) },
  { method: 'DELETE', path: 'webhooks/:id/events/:ids', scope: 'webhooks.DELETE', run: (call) => removeEvents(call, listed(call, 'ids')) },
  { method: 'POST', path: 'webhooks/:id/apps', scope: 'webhooks.UPDATE', body: 'json', run: addApps },
  {
    method: 'DELETE',
    path: 'webhooks/:id/apps',
    scope: 'webhooks.DELETE',
    run: (call) => removeApps(call, call.query('ids')?.split(',') ?? webhookOf(call).app_ids),
  },
  { method: 'DELETE', path: 'webhooks/:id/apps/:ids', scope: 'webhooks.DELETE', run: (call) => removeApps(call, listed(call, 'ids')) },
];
