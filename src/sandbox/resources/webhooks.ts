/** Webhooks: list, details, create, update, delete, summary (webhooks-and-more.md 2). Keys, events and apps are in webhook-parts.ts. */
import { print } from '../json.ts';
import { statusOf } from '../reach.ts';
import { refuse } from '../refusal.ts';
import type { Birth, Call, Reply, Section } from '../route.ts';
import { appNamed, freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, elements, flag, has, id, ids, oneOf, optional, type Spot, text, texts, whole } from '../spot.ts';
import { type Execution, ownerOf, type PortalState, type PublicKey, takeId, type Webhook } from '../state.ts';
import { executionRoutes, readExecutions } from './webhook-executions.ts';
import { freshKey, madeKey } from './webhook-keys.ts';
import { partRoutes } from './webhook-parts.ts';
import { answerWebhook, changeWebhook, readEvents, showShort, showWebhook, webhookOf } from './webhook-row.ts';

const types = ['data', 'administration'];
const week = 604_800_000;
const sixtyDays = 5_184_000_000;

/** What a client may set; keys that a body leaves out as before. */
type Settings = Pick<Webhook, 'type' | 'url' | 'events' | 'app_ids' | 'secured' | 'version' | 'expiry_time_for_executions_data'>;

const blank = { url: '', events: [], app_ids: [], secured: false, version: 1, expiry_time_for_executions_data: String(sixtyDays) };

const readSettings = (call: Call, before: Omit<Settings, 'type'>): Settings => {
  const { body } = call;
  const type = oneOf(child(body, 'type'), types);
  const apps = optional(child(body, 'app_ids'), ids, type === 'data' ? before.app_ids : []);
  if (type !== 'data' && apps.length > 0) refuse(1015, { json_key: 'app_ids' });
  apps.forEach((app, index) => {
    if (!before.app_ids.includes(app) && !call.state.apps.some((known) => known.id === app)) refuse(1019, { json_key: `app_ids[${index}]` });
  });
  return {
    type,
    url: optional(child(body, 'url'), readUrl, before.url),
    events: optional(child(body, 'events'), (spot) => readEvents(spot, call.switches), before.events),
    app_ids: apps,
    secured: optional(child(body, 'secured'), flag, before.secured),
    version: optional(child(body, 'version'), whole, before.version),
    expiry_time_for_executions_data: optional(
      child(body, 'expiry_time_for_executions_data'),
      (spot) => readExpiry(spot, call),
      before.expiry_time_for_executions_data,
    ),
  };
};

const readUrl = (spot: Spot): string => (URL.canParse(text(spot)) ? text(spot) : refuse(1015, { json_key: spot.path }));

/** The text states a week to 60 days, the samples stay below it (webhooks-and-more.md 2.2). */
const readExpiry = (spot: Spot, call: Call): string => {
  const time = whole(spot);
  const [least, most] = call.switches['expiry-range'] === 'stated' ? [week, sixtyDays] : [1, Number.MAX_SAFE_INTEGER];
  return time >= least && time <= most ? String(time) : refuse(1015, { json_key: spot.path });
};

/** The receiver must answer HEAD with 200 when it is named for the first time (webhooks-and-more.md 2.2). */
const probe = async (call: Call, url: string): Promise<void> => {
  if (call.switches['webhook-probe'] === 'on' && (await statusOf({ url, method: 'HEAD' }, call.switches)) !== 200) refuse(1015, { json_key: 'url' });
};

const create = async (call: Call): Promise<Reply> => {
  const settings = readSettings(call, blank);
  for (const key of ['url', 'events']) if (!has(call.body, key)) refuse(1015, { json_key: key });
  await probe(call, settings.url);
  const taken = takeId(call.state);
  const time = String(call.now);
  const owner = ownerOf(call.state);
  const key = freshKey(call.state, call.now, []);
  const row: Webhook = {
    id: taken.id,
    ...settings,
    status: 'enabled',
    public_keys: [call.switches['key-text'] === 'always' ? madeKey(key, call.state) : key],
    creator_id: owner,
    modifier_id: owner,
    created_time: time,
    modified_time: time,
    executions: [],
  };
  return { ...answerWebhook('create', row, call), url: call.path, state: { ...taken.state, webhooks: [...call.state.webhooks, row] } };
};

const update = async (call: Call): Promise<Reply> => {
  const before = webhookOf(call);
  const settings = readSettings(call, call.switches['put-details'] === 'replacing' ? { ...blank, url: before.url } : before);
  if (settings.url !== before.url) await probe(call, settings.url);
  const { row, state } = changeWebhook(call, (same) => ({ ...same, ...settings }));
  return { ...answerWebhook('update', row, call), state };
};

const remove = (call: Call): Reply => {
  const row = webhookOf(call);
  return { ...answerWebhook('delete', row, call), state: { ...call.state, webhooks: call.state.webhooks.filter((other) => other.id !== row.id) } };
};

/** Two calls on one path: `mode=meta` counts, anything else lists. */
const list = (call: Call): Reply => {
  if (call.query('mode') === 'meta') return summary(call);
  const rows = [...ofType(call)].filter((row) => ofApps(row, call.query('app_ids'))).sort(sorter(call));
  const show = call.switches['list-webhooks'] === 'short' ? showShort : showWebhook;
  return { kind: 'list', object: 'list', data: print(rows.map((row) => show(row, call))) };
};

const ofType = (call: Call): readonly Webhook[] => {
  const type = call.query('type');
  const filter = call.switches['webhook-type-filter'];
  if (filter === 'ignored') return call.listed.webhooks;
  if (type !== undefined ? !types.includes(type) : filter === 'required') refuse(1011, { param: 'type' });
  return call.listed.webhooks.filter((row) => type === undefined || row.type === type);
};

const ofApps = (row: Webhook, apps: string | undefined): boolean => apps === undefined || apps.split(',').some((app) => row.app_ids.includes(app));

/** `+modified_time` is the default; an unescaped plus arrives as a blank. */
const sorter = (call: Call): ((a: Webhook, b: Webhook) => number) => {
  const [, sign, key] = /^([-+ ])(created_time|modified_time)$/.exec(call.query('sort_by') ?? '+modified_time') ?? refuse(1011, { param: 'sort_by' });
  const time = (row: Webhook): number => Number(key === 'created_time' ? row.created_time : row.modified_time);
  return (a, b) => (sign === '-' ? time(b) - time(a) : time(a) - time(b));
};

const summary = (call: Call): Reply => {
  const count = (test: (row: Webhook) => boolean): string => String(call.listed.webhooks.filter(test).length);
  return {
    kind: 'fixed',
    object: 'summary',
    data: print({
      administration: count((row) => row.type === 'administration'),
      disabled: count((row) => row.status === 'disabled'),
      enabled: count((row) => row.status === 'enabled'),
      data: count((row) => row.type === 'data'),
    }),
  };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = state;
  const webhooks = seedList(child(seed, 'webhooks')).map((entry): Webhook => {
    knownKeys(entry, [
      'id',
      'url',
      'type',
      'events',
      'apps',
      'app_ids',
      'secured',
      'version',
      'expiry_time_for_executions_data',
      'status',
      'public_keys',
      'creator_id',
      'modifier_id',
      'created_time',
      'modified_time',
      'executions',
    ]);
    const taken = freshId(entry, at);
    at = taken.state;
    const created = optional(child(entry, 'created_time'), id, birth.now);
    const creator = optional(child(entry, 'creator_id'), id, birth.ownerId);
    return {
      id: taken.id,
      url: text(child(entry, 'url')),
      type: optional(child(entry, 'type'), (spot) => oneOf(spot, types), 'data'),
      events: optional(child(entry, 'events'), texts, []),
      app_ids: [
        ...optional(child(entry, 'app_ids'), ids, []),
        ...optional(child(entry, 'apps'), (spot) => elements(spot).map((name) => appNamed(name, at)), []),
      ],
      secured: optional(child(entry, 'secured'), flag, false),
      version: optional(child(entry, 'version'), whole, 1),
      expiry_time_for_executions_data: optional(child(entry, 'expiry_time_for_executions_data'), id, String(sixtyDays)),
      status: optional(child(entry, 'status'), (spot) => oneOf(spot, ['enabled', 'disabled']), 'enabled'),
      public_keys: optional(child(entry, 'public_keys'), (spot) => elements(spot).map(readKey), [
        { id: created, key: '', private_key: '', creator_id: creator, created_time: created },
      ]),
      creator_id: creator,
      modifier_id: optional(child(entry, 'modifier_id'), id, creator),
      created_time: created,
      modified_time: optional(child(entry, 'modified_time'), id, created),
      executions: optional(child(entry, 'executions'), (spot): Execution[] => readExecutions(spot, birth.now), []),
    };
  });
  return { ...at, webhooks };
};

const readKey = (spot: Spot): PublicKey => ({
  id: id(child(spot, 'id')),
  key: text(child(spot, 'key')),
  private_key: optional(child(spot, 'private_key'), text, ''),
  creator_id: id(child(spot, 'creator_id')),
  created_time: id(child(spot, 'created_time')),
});

export const webhooks: Section = {
  keys: ['webhooks'],
  routes: [
    { method: 'GET', path: 'webhooks', scope: 'webhooks.READ', run: list },
    { method: 'POST', path: 'webhooks', scope: 'webhooks.CREATE', body: 'json', run: create },
    { method: 'GET', path: 'webhooks/:id', scope: 'webhooks.READ', run: (call) => ({ ...answerWebhook('fixed', webhookOf(call), call), synced: true }) },
    { method: 'PUT', path: 'webhooks/:id', scope: 'webhooks.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'webhooks/:id', scope: 'webhooks.DELETE', run: remove },
    ...partRoutes,
    ...executionRoutes,
  ],
  load,
};
