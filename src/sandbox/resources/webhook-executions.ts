/**
 * Failed executions of a webhook (webhooks-and-more.md 2.3, 12 to 17). Those
 * whose time has run out are gone. A retry is counted at once and delivered
 * afterwards; its outcome is not in the answer.
 */
import { alive } from '../executions.ts';
import { isRecord, type Json, print, toJson } from '../json.ts';
import { wholeQuery } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Route } from '../route.ts';
import { child, elements, id, optional, type Spot, text, texts, whole } from '../spot.ts';
import type { Execution } from '../state.ts';
import { onWebhook, webhookOf } from './webhook-row.ts';

const mostRetries = 99;
const mostIds = 300;

const show = (row: Execution, webhook: string, call: Call): Json => ({
  event: row.event,
  remote_server_status: row.remote_server_status,
  id: row.id,
  number_of_retries: row.number_of_retries,
  entity_id: idAs(call, 'string', row.entity_id),
  entity: row.entity,
  entity_label: { id: idAs(call, 'string', row.entity_id) },
  app_id: idAs(call, 'string', row.app_id),
  webhook_id: idAs(call, 'string', webhook),
  payload: row.payload,
  last_execution_time: row.last_execution_time,
});

/** Two calls on one path: `mode=meta` counts. A page past the end is empty. */
const list = (call: Call): Reply => {
  const { id: webhook } = webhookOf(call);
  const executions = alive(webhookOf(call), call.now);
  if (call.query('mode') === 'meta') return summary(executions);
  const limit = wholeQuery(call, 'limit', 50);
  if (limit < 5 || limit > 50) refuse(1011, { param: 'limit' });
  const page = wholeQuery(call, 'pageno', 1);
  if (page < 1) refuse(1011, { param: 'pageno' });
  const events = call.query('events')?.split(',');
  const [from, to] = [wholeQuery(call, 'from_time', 0), wholeQuery(call, 'to_time', Number.MAX_SAFE_INTEGER)];
  const rows = executions.filter(
    (row) => (events?.includes(row.event) ?? true) && Number(row.last_execution_time) >= from && Number(row.last_execution_time) <= to,
  );
  return { kind: 'list', object: 'list', url: call.fullPath, data: print(rows.slice((page - 1) * limit, page * limit).map((row) => show(row, webhook, call))) };
};

const summary = (rows: readonly Execution[]): Reply => {
  const apps = [...new Set(rows.map((row) => row.app_id))];
  const based = Object.fromEntries(apps.map((app) => [app, String(rows.filter((row) => row.app_id === app).length)]));
  return { kind: 'fixed', object: 'summary', data: print({ all: String(rows.length), app_based: based }) };
};

const chosen = (wanted: readonly string[], culprit: { readonly json_key: string } | { readonly param: string }): readonly string[] =>
  wanted.length > 0 && wanted.length <= mostIds ? wanted : refuse('json_key' in culprit ? 1015 : 1011, culprit);

/** Retry and export are one call; only the Accept header tells them apart. */
const retry = (call: Call, wanted: readonly string[]): Reply => {
  const row = webhookOf(call);
  const executions = alive(row, call.now);
  for (const one of wanted) if (!executions.some(({ id: known }) => known === one)) refuse(1019);
  const picked = executions.filter((one) => wanted.includes(one.id));
  if (call.accept.includes('application/vnd.sealed.xlsx')) return exported(picked);
  const skipped = picked.filter((one) => one.number_of_retries >= mostRetries).map((one) => one.id);
  const retries = picked.map((one) => one.id).filter((one) => !skipped.includes(one));
  const counted = (one: Execution): Execution => (retries.includes(one.id) ? { ...one, number_of_retries: one.number_of_retries + 1 } : one);
  const { state } = onWebhook(call, (before) => ({ ...before, executions: before.executions.map(counted) }));
  return { kind: 'fixed', object: 'webhook', synced: true, data: print({ skipped }), state, retries: { webhook: row.id, executions: retries } };
};

/** A table of the rows under the type of the documentation; no real workbook. */
const exported = (rows: readonly Execution[]): Reply => ({
  kind: 'fixed',
  object: 'list',
  data: '[]',
  file: {
    type: 'application/vnd.sealed.xlsx',
    text: rows.map((row) => [row.id, row.event, row.remote_server_status, row.number_of_retries].join('\t')).join('\n'),
  },
});

/** `ids` is documented as a query parameter and as a body; both are taken. */
const remove = (call: Call): Reply => {
  const query = call.query('ids');
  const gone = query === undefined ? chosen(texts(child(call.body, 'ids')), { json_key: 'ids' }) : chosen(query.split(','), { param: 'ids' });
  const { row, state } = onWebhook(call, (before) => ({ ...before, executions: before.executions.filter((one) => !gone.includes(one.id)) }));
  return { kind: 'delete', object: 'webhook', id: row.id, data: print({}), state };
};

export const readExecutions = (spot: Spot, now: string): Execution[] =>
  elements(spot).map((entry) => ({
    id: text(child(entry, 'id')),
    event: text(child(entry, 'event')),
    remote_server_status: optional(child(entry, 'remote_server_status'), whole, 500),
    number_of_retries: optional(child(entry, 'number_of_retries'), whole, 3),
    entity: optional(child(entry, 'entity'), text, text(child(entry, 'event')).split('.')[0] ?? ''),
    entity_id: optional(child(entry, 'entity_id'), id, '0'),
    app_id: optional(child(entry, 'app_id'), id, '0'),
    last_execution_time: optional(child(entry, 'last_execution_time'), id, now),
    payload: optional(child(entry, 'payload'), readPayload, {}),
  }));

const readPayload = (spot: Spot): { [key: string]: Json } =>
  isRecord(spot.value) ? Object.fromEntries(Object.entries(spot.value).map(([key, value]) => [key, toJson(value)])) : {};

export const executionRoutes: readonly Route[] = [
  { method: 'GET', path: 'webhooks/:id/executions', scope: 'webhooks.READ', run: list },
  {
    method: 'POST',
    path: 'webhooks/:id/executions',
    scope: 'webhooks.CREATE',
    body: 'json',
    run: (call) => retry(call, chosen(texts(child(call.body, 'ids')), { json_key: 'ids' })),
  },
  { method: 'POST', path: 'webhooks/:id/executions/:execution', scope: 'webhooks.CREATE', run: (call) => retry(call, [call.param('execution')]) },
  { method: 'DELETE', path: 'webhooks/:id/executions', scope: 'webhooks.DELETE', body: 'either', run: remove },
];
