/**
 * Blocked addresses. The service keeps a row for each app; rows of one call
 * carry one id in the sample, so an id here is that of the row and of its app,
 * and calls take the part before the colon. The page prints the call that
 * blocks and unblocks without any id; `/blockedips/{id}` is what it must mean
 * (assumed, as with every other call of the page). Of its states only
 * `blocked` is shown: an approved one counts as blocked, any other word as not
 * blocked. A comment is sent when the row is made; those that are there stand
 * among what operators wrote, and are not compared.
 */
import { type IdOf, isObject, type JsonObject, type Kind, ShapeError } from '../model/index.ts';
import { dataList, idAt, isNone, objectAt, present, textAt } from './read.ts';
import { flag, mapping, text } from './schema.ts';

const path = '/blockedips';

const inForce = new Set(['blocked', 'block', 'approved']);

const appIdOf = (raw: JsonObject): string | undefined => (isNone(raw['app']) || raw['app'] === '' ? undefined : idAt(objectAt(raw, 'app'), 'id'));

const rowIdOf = (raw: JsonObject): string => {
  const app = isObject(raw['app']) ? raw['app']['id'] : undefined;
  return app === undefined ? String(raw['id']) : `${String(raw['id'])}:${String(app)}`;
};

/** The service's own id of a row. */
const ownId = (id: string): string => id.replace(/:.*$/, '');

const body = (spec: JsonObject, idOf: IdOf): JsonObject =>
  present({
    ip: textAt(spec, 'ip'),
    app_ids: typeof spec['app'] === 'string' ? [idOf('apps', spec['app'])] : undefined,
    comment: spec['comment'],
  });

export const blockedIps: Kind = {
  name: 'blocked_ips',
  title: 'blocked IP',
  doc: 'Addresses whose visitors cannot chat, in all apps or in one.',
  source: 'webhooks-and-more.md 6',
  scopes: { read: ['SalesIQ.blockedips.READ'], write: ['SalesIQ.blockedips.CREATE', 'SalesIQ.blockedips.UPDATE', 'SalesIQ.blockedips.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One blocked address.',
    {
      ip: text('The address.'),
      app: text('The app (brand) in which it is blocked, by name; without it, in every app.'),
      enabled: flag('Whether it is blocked: false unblocks it and keeps the entry. Default: true.'),
      comment: text('Why it is blocked. It is sent when the entry is made, and not compared.'),
    },
    ['ip'],
  ),

  identity: { by: 'fields', fields: ['ip'], inApp: 'each' },
  refs: [{ path: 'app', kind: 'apps' }],
  manages: ['create', 'update', 'delete'],
  writeOnly: ['comment'],
  fixed: ['ip'],
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => written,

  lists: [{ path, paging: { by: 'index', size: 50, usual: 20 }, idOf: rowIdOf, items: dataList }],
  fromApi: (raw, nameOf) => {
    const ip = textAt(raw, 'ip');
    const appId = appIdOf(raw);
    const app = appId === undefined ? {} : { app: nameOf('apps', appId) };
    idAt(raw, 'id');
    const status = textAt(raw, 'status').toLowerCase();
    if (status === '') throw new ShapeError('status is empty');
    return { id: rowIdOf(raw), key: ip, ...app, spec: { ip, ...app, enabled: inForce.has(status) } };
  },

  requests: {
    create: (spec, idOf) => ({ method: 'POST', path, body: body(spec, idOf) }),
    enable: [(id, enabled) => ({ method: 'PUT', path: `${path}/${ownId(id)}`, body: { status: enabled ? 'block' : 'unblock' } })],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${ownId(id)}` }),
  },
};
