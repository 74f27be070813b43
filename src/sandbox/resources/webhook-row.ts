/** One webhook: how it is found, changed and shown (webhooks-and-more.md 2.2). */
import { knownWord } from '../criteria.ts';
import { alive } from '../executions.ts';
import { type Json, print } from '../json.ts';
import { pemOf } from '../key-pairs.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply } from '../route.ts';
import { elements, type Spot } from '../spot.ts';
import { ownerOf, type PortalState, type PublicKey, type Webhook } from '../state.ts';
import type { Switches } from '../switches.ts';
import { webhookEvents } from '../vocabulary.ts';

export const webhookOf = (call: Call): Webhook => call.state.webhooks.find((row) => row.id === call.param('id')) ?? refuse(1019);

export const changeWebhook = (call: Call, change: (row: Webhook) => Webhook): { readonly row: Webhook; readonly state: PortalState } => {
  const stamp = { modified_time: String(call.now), modifier_id: ownerOf(call.state) };
  return onWebhook(call, (row) => ({ ...change(row), ...stamp }));
};

/** The same without a trace in `modified_time`: executions are no setting. */
export const onWebhook = (call: Call, change: (row: Webhook) => Webhook): { readonly row: Webhook; readonly state: PortalState } => {
  const row = change(webhookOf(call));
  return { row, state: { ...call.state, webhooks: call.state.webhooks.map((other) => (other.id === row.id ? row : other)) } };
};

/** The three pages about parts of a webhook show its own path as `url`. */
export const answerWebhook = (kind: Reply['kind'], row: Webhook, call: Call): Reply => ({
  kind,
  object: 'webhook',
  id: row.id,
  url: `${call.base}/webhooks/${row.id}`,
  data: print(showWebhook(row, call)),
});

/** `version` is a number here though requests send a text; key texts are blank but in the answer that makes the key. */
export const showWebhook = (row: Webhook, call: Call, newKey?: string): { readonly [key: string]: Json } => ({
  ...head(row, call),
  status: row.status,
  failures_count: String(alive(row, call.now).length),
  secured: row.secured,
  app_ids: row.app_ids.map((app) => idAs(call, 'string', app)),
  version: row.version,
  type: row.type,
  public_keys: row.public_keys.map((key) => ({
    key: call.switches['key-text'] === 'always' || key.id === newKey ? keyText(key, call) : '',
    creator: { id: idAs(call, 'string', key.creator_id) },
    created_time: key.created_time,
    id: idAs(call, 'string', key.id),
  })),
  created_time: row.created_time,
  events: row.events,
});

const keyText = ({ key }: PublicKey, call: Call): string => (key !== '' && call.switches['key-form'] === 'pem' ? pemOf(key) : key);

const head = (row: Webhook, call: Call): { readonly [key: string]: Json } => ({
  modified_time: row.modified_time,
  url: row.url,
  expiry_time_for_executions_data: row.expiry_time_for_executions_data,
  id: idAs(call, 'string', row.id),
  modifier: { id: idAs(call, 'string', row.modifier_id) },
  creator: { id: idAs(call, 'string', row.creator_id) },
});

/** The keys that the cut list sample shows, and no more. */
export const showShort = (row: Webhook, call: Call): Json => head(row, call);

export const readEvents = (spot: Spot, switches: Switches): string[] => [
  ...new Set(elements(spot).map((event) => knownWord(event, webhookEvents, switches.vocabulary))),
];
