/** `webhooks list`, `show` and `summary`: what there is, and how it fares. */
import { isObject, type Json } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import type { WebhookRow } from '../webhooks/index.ts';
import { findWebhook, readWebhooks, type WebhookType, webhookTypes } from './find-webhook.ts';
import { show } from './one-portal.ts';
import type { ServiceOptions } from './options.ts';
import { tableText } from './table.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { withClient } from './with-client.ts';

export const timeText = (at: number): string => (at === 0 ? '' : new Date(at).toISOString().replace('T', ' ').slice(0, 19));

/** A webhook in a document, in the words of the service. */
export const webhookJson = ({ id, url, type, status, events, appIds, secured, failures, keys }: WebhookRow) => ({
  id,
  url,
  type,
  status,
  events,
  app_ids: appIds,
  ...(secured === undefined ? {} : { secured }),
  failures_count: failures,
  public_keys: keys.map((key) => ({ id: key.id, created_time: key.created, ...(key.text === '' ? {} : { key: key.text }) })),
});

const heads = ['ID', 'TYPE', 'STATUS', 'FAILED', 'EVENTS', 'KEYS', 'URL'];

const rowOf = ({ id, type, status, failures, events, keys, url }: WebhookRow): readonly string[] => [
  id,
  type,
  status,
  String(failures),
  String(events.length),
  String(keys.length),
  url,
];

export const runWebhooksList = async (options: ServiceOptions & { readonly type?: WebhookType }, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const rows = await readWebhooks(client, options.type === undefined ? webhookTypes : [options.type]);
    show(options, terminal, {
      json: { portal: portal.name, webhooks: rows.map(webhookJson) },
      text: rows.length === 0 ? 'No webhooks.' : tableText(heads, rows.map(rowOf)),
    });
    return exitCodes.done;
  });

const securedText = (secured: boolean | undefined): string => (secured === undefined ? 'not told' : secured ? 'yes' : 'no');

const keyText = (id: string, created: number, index: number): string =>
  `${id}${created === 0 ? '' : `, made ${timeText(created)}`}${index === 0 ? ', signs' : ', waits'}`;

const detailText = (row: WebhookRow): string =>
  [
    `url        ${row.url}`,
    `id         ${row.id}`,
    `type       ${row.type}`,
    `status     ${row.status}`,
    `signed     ${securedText(row.secured)}`,
    `apps       ${row.appIds.join(', ')}`,
    `events     ${row.events.join(', ')}`,
    `failed     ${row.failures}`,
    ...row.keys.map(({ id, created }, index) => `key        ${keyText(id, created, index)}`),
  ]
    .map((line) => escapeText(line).trimEnd())
    .join('\n');

/** Throws UserError where there is no such webhook, or several. */
export const runWebhooksShow = async (named: string, options: ServiceOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const row = await findWebhook(client, named);
    show(options, terminal, { json: { portal: portal.name, webhook: webhookJson(row) }, text: detailText(row) });
    return exitCodes.done;
  });

const countsText = (value: Json | undefined): string => {
  const counts = isObject(value) ? value : {};
  return Object.entries(counts)
    .flatMap(([name, count]) =>
      isObject(count) ? Object.entries(count).map(([inner, one]) => `${name} ${inner}   ${String(one)}`) : [`${name}   ${String(count)}`],
    )
    .map(escapeText)
    .join('\n');
};

/** Counts of the portal's webhooks, or of one webhook's failed executions. */
export const runWebhooksSummary = async (named: string | undefined, options: ServiceOptions, terminal: Terminal): Promise<ExitCode> =>
  withClient(options, terminal, async (client, portal) => {
    const row = named === undefined ? undefined : await findWebhook(client, named);
    const { data } = row === undefined ? await client.webhooks.summary() : await client.webhooks.executions.summary(row.id);
    show(options, terminal, {
      json: { portal: portal.name, ...(row === undefined ? {} : { webhook: row.id }), summary: data ?? null },
      text: countsText(data),
    });
    return exitCodes.done;
  });
