/** Chat monitors and how many there are (webhooks-and-more.md 7). Once made, one is only turned on and off. */
import type { ChatMonitor } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { limitOf, rowsFrom } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Section } from '../route.ts';
import { freshId, knownKeys, operatorNamed, seedList } from '../seed-entry.ts';
import { child, complain, flag, has, id, oneOf, optional, type Spot, text } from '../spot.ts';
import { type PortalState, takeId } from '../state.ts';
import { nameOfOperator } from './stamps.ts';

const types = ['operator', 'visitor_ip', 'visitor_email'];
const highestLimit = 50;

const monitoring = (row: ChatMonitor, call: Call): Json =>
  row.type === 'operator'
    ? {
        type: row.type,
        operator_email: call.state.operators.find((operator) => operator.id === row.watched)?.email_id ?? '',
        operator_id: idAs(call, 'string', row.watched),
        operator_name: nameOfOperator(row.watched, call),
      }
    : { type: row.type, [row.type]: row.watched };

const show = (row: ChatMonitor, call: Call): Json => ({
  id: idAs(call, 'string', row.id),
  enabled: row.enabled,
  monitoring: monitoring(row, call),
  stats: row.stats,
});

/** `url` holds the id after a create too. */
const answer = (kind: Reply['kind'], row: ChatMonitor, call: Call): Reply => ({
  kind,
  object: 'chatmonitors',
  id: row.id,
  url: `${call.base}/chatmonitors/${row.id}`,
  data: print(show(row, call)),
});

const monitorOf = (call: Call): ChatMonitor => call.state.chat_monitors.find((row) => row.id === call.param('id')) ?? refuse(1019);

const list = (call: Call): Reply => {
  const limit = limitOf(call, highestLimit, highestLimit);
  const rows = rowsFrom(call.listed.chat_monitors, call, limit, Number(call.switches['index-base']), call.switches['paging-index']);
  return { kind: 'list', object: 'list', data: print(rows.map((row) => show(row, call))) };
};

/** What is watched stands under the name of its type. */
const readWatched = (spot: Spot, type: string, call: Call): string => {
  if (type !== 'operator') return text(spot).trim() === '' ? complain(spot, 'value', 'must not be empty') : text(spot);
  const wanted = id(spot);
  return call.state.operators.some((row) => row.id === wanted && !row.is_deleted) ? wanted : refuse(1020, { json_key: spot.path });
};

const noStats = { chats_joined: '0', chats_monitored: '0', last_monitored_time: '0' };

const create = (call: Call): Reply => {
  const type = oneOf(child(call.body, 'type'), types);
  const watched = readWatched(child(call.body, type), type, call);
  if (call.state.chat_monitors.some((row) => row.type === type && row.watched.toLowerCase() === watched.toLowerCase())) refuse(1014, { json_key: type });
  const taken = takeId(call.state);
  const enabled = call.switches['create-extras'] === 'honoured' ? optional(child(call.body, 'enabled'), flag, true) : true;
  const row: ChatMonitor = { id: taken.id, enabled, type, watched, stats: noStats };
  return { ...answer('create', row, call), state: { ...taken.state, chat_monitors: [...call.state.chat_monitors, row] } };
};

/** The text names `status`, the sample sends `enabled`. */
const update = (call: Call): Reply => {
  const before = monitorOf(call);
  const enabled = optional(child(call.body, 'enabled'), flag, undefined);
  const status = optional(child(call.body, 'status'), statusOf, undefined);
  const heard = { both: enabled ?? status, enabled, status }[call.switches['monitor-switch']];
  if (!has(call.body, 'enabled') && !has(call.body, 'status')) refuse(1015, { json_key: 'enabled' });
  const row = { ...before, enabled: heard ?? before.enabled };
  const rows = call.state.chat_monitors.map((other) => (other.id === row.id ? row : other));
  return { ...answer('update', row, call), state: { ...call.state, chat_monitors: rows } };
};

const statusOf = (spot: Spot): boolean => (spot.value === 'enabled' || spot.value === 'disabled' ? spot.value === 'enabled' : flag(spot));

const remove = (call: Call): Reply => {
  const row = monitorOf(call);
  return { ...answer('delete', row, call), state: { ...call.state, chat_monitors: call.state.chat_monitors.filter((other) => other.id !== row.id) } };
};

const counts = (call: Call): Reply => {
  if (call.query('resource') !== 'chatmonitors') refuse(1011, { param: 'resource' });
  const count = (type: string): string => String(call.listed.chat_monitors.filter((row) => row.type === type).length);
  return {
    kind: 'fixed',
    object: 'chatmonitorscounts',
    data: print({ visitor_ip: count('visitor_ip'), visitor_email: count('visitor_email'), operator: count('operator') }),
  };
};

const load: Section['load'] = (seed, state) => {
  let at = state;
  const rows = seedList(child(seed, 'chat_monitors')).map((entry): ChatMonitor => {
    knownKeys(entry, ['id', 'enabled', 'type', 'watched', 'stats', ...types]);
    const taken = freshId(entry, at);
    at = taken.state;
    const type = optional(child(entry, 'type'), (spot) => oneOf(spot, types), types.find((word) => has(entry, word)) ?? 'operator');
    return {
      id: taken.id,
      enabled: optional(child(entry, 'enabled'), flag, true),
      type,
      watched: has(entry, 'watched') ? text(child(entry, 'watched')) : seededWatched(child(entry, type), type, at),
      stats: seededStats(child(entry, 'stats')),
    };
  });
  return { ...at, chat_monitors: rows };
};

const seededWatched = (spot: Spot, type: string, state: PortalState): string => (type === 'operator' ? operatorNamed(spot, state) : text(spot));

const seededStats = (spot: Spot): ChatMonitor['stats'] => {
  const count = (key: string): string => optional(child(spot, key), id, '0');
  return { chats_joined: count('chats_joined'), chats_monitored: count('chats_monitored'), last_monitored_time: count('last_monitored_time') };
};

export const chatMonitors: Section = {
  keys: ['chat_monitors'],
  routes: [
    { method: 'GET', path: 'chatmonitors', scope: 'chatmonitors.READ', run: list },
    { method: 'POST', path: 'chatmonitors', scope: 'chatmonitors.CREATE', body: 'json', run: create },
    { method: 'GET', path: 'chatmonitors/:id', scope: 'chatmonitors.READ', run: (call) => answer('fixed', monitorOf(call), call) },
    { method: 'PUT', path: 'chatmonitors/:id', scope: 'chatmonitors.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'chatmonitors/:id', scope: 'chatmonitors.DELETE', run: remove },
    { method: 'GET', path: 'counts', scope: 'counts.READ', run: counts },
  ],
  load,
};
