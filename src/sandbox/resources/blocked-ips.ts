/**
 * Blocked IPs (webhooks-and-more.md 6): a row for each app, a number of rows
 * beside the list, `url` without the screenname. Whether the rows of one call
 * share one id, and how a block for all apps is kept, is open.
 */
import type { BlockedIp } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { limitOf, rowsFrom } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Section } from '../route.ts';
import { child, complain, has, id, ids, oneOf, optional, type Spot, text } from '../spot.ts';
import { ownerOf, type PortalState, takeId } from '../state.ts';
import { loadBlockedIps } from './blocked-ip-seeds.ts';

const usualLimit = 20;
const highestLimit = 99;

/** Only the first word of the right column is on a page. */
const statusAfter = { block: 'blocked', unblock: 'unblocked', approve: 'blocked', reject: 'rejected' } as const;

const show = (row: BlockedIp, call: Call): Json => ({
  status: row.status,
  blocked_by: idAs(call, 'string', row.blocked_by),
  ...(row.app_id === '' ? {} : { app: { name: call.state.apps.find((app) => app.id === row.app_id)?.name ?? '', id: idAs(call, 'string', row.app_id) } }),
  comments: row.comments.map((comment) => ({ ...comment, operator_id: idAs(call, 'string', comment.operator_id) })),
  modified_time: row.modified_time,
  ip: row.ip,
  no_of_comments: String(row.comments.length),
  id: idAs(call, 'string', row.id),
});

const url = (call: Call): string => `/api/v2${call.path.slice(call.base.length)}`;

const one = (kind: Reply['kind'], rows: readonly BlockedIp[], call: Call): Reply => {
  const row = rows[0] ?? refuse(1019);
  return { kind, object: 'blockedips', id: row.id, url: url(call), data: print(show(row, call)) };
};

/** `total` is a number in lists and a text after a write. */
const several = (kind: Reply['kind'], rows: readonly BlockedIp[], call: Call): Pick<Reply, 'kind' | 'object' | 'url' | 'data'> => ({
  kind,
  object: 'list',
  url: url(call),
  data: print(rows.map((row) => show(row, call))),
});

/** All rows of the id: under `blocked-ids=shared` there may be many. */
const rowsOf = (call: Call): readonly BlockedIp[] => {
  const rows = call.state.blocked_ips.filter((row) => row.id === call.param('id'));
  return rows.length > 0 ? rows : refuse(1019);
};

const list = (call: Call): Reply => {
  const all = call.listed.blocked_ips;
  const limit = limitOf(call, usualLimit, highestLimit);
  return { ...several('list', rowsFrom(all, call, limit, Number(call.switches['index-base']), 'offset'), call), total: all.length };
};

/** Digits, dots and colons; ranges are on no page, so their signs pass. */
const address = (spot: Spot): string => (/^[0-9a-fA-F.:*/-]{2,}$/.test(text(spot)) ? text(spot) : complain(spot, 'value', 'must be an address'));

const appsOf = (call: Call): readonly string[] => {
  const wanted = optional(child(call.body, 'app_ids'), ids, []);
  wanted.forEach((app, index) => {
    if (!call.state.apps.some((known) => known.id === app)) refuse(1019, { json_key: `app_ids[${index}]` });
  });
  if (wanted.length > 0) return [...new Set(wanted)];
  return call.switches['blocked-all-apps'] === 'one-row' ? [''] : call.state.apps.map((app) => app.id);
};

const create = (call: Call): Reply => {
  const ip = address(child(call.body, 'ip'));
  const apps = appsOf(call);
  const comment = optional(child(call.body, 'comment'), text, '');
  const by = ownerOf(call.state);
  const time = String(call.now);
  if (call.state.blocked_ips.some((row) => row.ip === ip && (row.app_id === '' || apps.includes('') || apps.includes(row.app_id))))
    refuse(1014, { json_key: 'ip' });
  let at = call.state;
  let shared: string | undefined;
  const rows = apps.map((app): BlockedIp => {
    if (shared === undefined || call.switches['blocked-ids'] === 'own') {
      const taken = takeId(at);
      shared = taken.id;
      at = taken.state;
    }
    const comments = comment === '' ? [] : [{ operator_id: by, time, text: comment }];
    return { id: shared, ip, status: 'blocked', blocked_by: by, app_id: app, comments, modified_time: time };
  });
  return {
    ...several('create', rows, call),
    id: rows[0]?.id ?? '',
    total: String(rows.length),
    state: { ...at, blocked_ips: [...call.state.blocked_ips, ...rows] },
  };
};

const changed = (
  rows: readonly BlockedIp[],
  call: Call,
  change: (row: BlockedIp) => BlockedIp,
): { readonly rows: BlockedIp[]; readonly state: PortalState } => {
  const after = new Map(rows.map((row) => [row, { ...change(row), modified_time: String(call.now) }]));
  return { rows: [...after.values()], state: { ...call.state, blocked_ips: call.state.blocked_ips.map((row) => after.get(row) ?? row) } };
};

const setStatus = (call: Call, meant: readonly BlockedIp[]): Reply => {
  const wish = oneOf(child(call.body, 'status'), Object.keys(statusAfter));
  const status = Object.entries(statusAfter).find(([word]) => word === wish)?.[1] ?? 'blocked';
  const { rows, state } = changed(meant, call, (row) => ({ ...row, status }));
  return { ...several('update', rows, call), total: String(rows.length), state };
};

const setStatusOfOne = (call: Call): Reply => setStatus(call, call.switches['blocked-path'] === 'without-id' ? refuse(1004) : rowsOf(call));

/** The page names no row: an id or ip in the body does, and where neither stands every row is meant. */
const setStatusOfMany = (call: Call): Reply => {
  if (call.switches['blocked-path'] === 'with-id') return refuse(1004);
  const wantedId = optional(child(call.body, 'id'), id, undefined);
  const wantedIp = optional(child(call.body, 'ip'), text, undefined);
  const rows = call.state.blocked_ips.filter((row) => row.id === (wantedId ?? row.id) && row.ip === (wantedIp ?? row.ip));
  return rows.length === 0 && (has(call.body, 'id') || has(call.body, 'ip')) ? refuse(1019) : setStatus(call, rows);
};

const comment = (call: Call): Reply => {
  const added = { operator_id: ownerOf(call.state), time: String(call.now), text: text(child(call.body, 'text')) };
  const { rows, state } = changed(rowsOf(call), call, (row) => ({ ...row, comments: [...row.comments, added] }));
  return { ...one('fixed', rows, call), state };
};

const remove = (call: Call): Reply => {
  const rows = rowsOf(call);
  return { ...one('delete', rows, call), state: { ...call.state, blocked_ips: call.state.blocked_ips.filter((row) => !rows.includes(row)) } };
};

export const blockedIps: Section = {
  keys: ['blocked_ips'],
  routes: [
    { method: 'GET', path: 'blockedips', scope: 'blockedips.READ', run: list },
    { method: 'POST', path: 'blockedips', scope: 'blockedips.CREATE', body: 'json', run: create },
    { method: 'PUT', path: 'blockedips', scope: 'blockedips.UPDATE', body: 'json', run: setStatusOfMany },
    { method: 'GET', path: 'blockedips/:id', scope: 'blockedips.READ', run: (call) => one('fixed', rowsOf(call), call) },
    { method: 'PUT', path: 'blockedips/:id', scope: 'blockedips.UPDATE', body: 'json', run: setStatusOfOne },
    { method: 'DELETE', path: 'blockedips/:id', scope: 'blockedips.DELETE', run: remove },
    { method: 'POST', path: 'blockedips/:id/comments', scope: 'blockedips.CREATE', body: 'json', run: comment },
  ],
  load: loadBlockedIps,
};
