/**
 * Webhooks (webhooks-and-more.md 2). They have no name: type and url are the
 * identity. Arrays replace on update. `version` comes as a number and goes as
 * text; it is sent back as it is live, not owned.
 */
import { isList, isObject, type Json, type JsonObject, type Kind, ShapeError } from '../model/index.ts';
import { durationOf, durationPattern, millisecondsOf } from './duration.ts';
import { idAt, integerAt, present, setOf, switchAt, textAt, textsOrNone } from './read.ts';
import { clearable, closedWord, flag, listOf, mapping, openWord, text } from './schema.ts';
import { webhookEvents } from './vocabulary.ts';

const path = '/webhooks';
const types = ['data', 'administration'] as const;
const week = 604_800_000;
const sixtyDays = 5_184_000_000;

const listAs = (value: Json | undefined): Json | undefined => (isList(value) ? setOf(value.map(String)) : value);

const keepOf = (value: Json | undefined): Json | undefined => {
  if (typeof value !== 'string') return value;
  const milliseconds = millisecondsOf(value);
  return milliseconds === undefined ? value : durationOf(milliseconds);
};

const body = (spec: JsonObject, raw: JsonObject, idOf: (kind: string, key: string) => string): JsonObject => {
  const apps = spec['apps'];
  const keep = spec['keep_failed_executions'];
  const type = textAt(spec, 'type');
  return present({
    type,
    url: textAt(spec, 'url'),
    events: spec['events'],
    app_ids: isList(apps) && (type === 'data' || apps.length > 0) ? apps.map((app) => idOf('apps', String(app))) : undefined,
    secured: spec['secured'],
    version: raw['version'] === undefined ? undefined : String(raw['version']),
    expiry_time_for_executions_data: typeof keep === 'string' ? String(millisecondsOf(keep) ?? keep) : undefined,
  });
};

export const webhooks: Kind = {
  name: 'webhooks',
  title: 'webhook',
  doc: 'Which events are posted to which address.',
  source: 'webhooks-and-more.md 2',
  scopes: { read: ['SalesIQ.webhooks.READ'], write: ['SalesIQ.webhooks.CREATE', 'SalesIQ.webhooks.UPDATE', 'SalesIQ.webhooks.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One webhook.',
    {
      url: text('The receiver. The service probes it with HEAD and wants a 200.'),
      type: closedWord('data: events of conversations, visitors and contacts; administration: events of operators, departments, brands and tags.', types),
      apps: clearable(listOf(text('An app, by name.'), 'Apps whose events are posted; data webhooks only.')),
      events: listOf(openWord('An event.', webhookEvents), 'Events that are posted.'),
      secured: clearable(flag('Whether deliveries are signed.')),
      keep_failed_executions: clearable({
        type: 'string',
        pattern: durationPattern,
        description: 'How long failed deliveries are kept, such as 60d (the default and the maximum); 7d is the documented minimum.',
      }),
    },
    ['url', 'type'],
  ),

  identity: { by: 'fields', fields: ['type', 'url'], inApp: false },
  refs: [{ path: 'apps[]', kind: 'apps' }],
  manages: ['create', 'update', 'delete'],
  needs: ['events'],
  vocabulary: [{ path: 'events[]', what: 'webhook event', known: webhookEvents }],
  cleared: { apps: [], secured: false, keep_failed_executions: '60d' },
  normalise: (written) =>
    present({
      ...written,
      apps: listAs(written['apps']),
      events: listAs(written['events']),
      keep_failed_executions: keepOf(written['keep_failed_executions']),
    }),
  check: (spec) => {
    const keep = typeof spec['keep_failed_executions'] === 'string' ? millisecondsOf(spec['keep_failed_executions']) : undefined;
    const outside = keep !== undefined && (keep < week || keep > sixtyDays);
    const apps = spec['apps'];
    return [
      ...(outside ? [{ path: ['keep_failed_executions'], severity: 'warning' as const, message: 'the service documents at least 7d and at most 60d' }] : []),
      ...(spec['type'] === 'administration' && isList(apps) && apps.length > 0
        ? [{ path: ['apps'], severity: 'error' as const, message: 'an administration webhook has no apps; only data webhooks do' }]
        : []),
    ];
  },

  // `type` is mandatory on the list, so each type is a list of its own.
  lists: types.map((type) => ({
    path,
    query: { type },
    items: (data) => {
      if (!isList(data)) throw new ShapeError('data should be a list');
      return data.map((entry) => (isObject(entry) && entry['type'] === undefined ? { ...entry, type } : entry));
    },
  })),
  // The list sample is cut after six keys: an entry without events is fetched whole.
  details: { isShort: (raw) => raw['events'] === undefined, path: (id) => `${path}/${id}` },
  fromApi: (raw, nameOf) => {
    const type = textAt(raw, 'type');
    const url = textAt(raw, 'url');
    const keep = raw['expiry_time_for_executions_data'];
    return {
      id: idAt(raw, 'id'),
      key: `${type} ${url}`,
      spec: present({
        url,
        type,
        apps: setOf(textsOrNone(raw, 'app_ids').map((id) => nameOf('apps', id))),
        events: setOf(textsOrNone(raw, 'events')),
        secured: raw['secured'] === undefined || raw['secured'] === null ? undefined : switchAt(raw, 'secured'),
        keep_failed_executions: keep === undefined || keep === null ? undefined : durationOf(integerAt(raw, 'expiry_time_for_executions_data')),
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({ method: 'POST', path, body: body(spec, {}, idOf) }),
    update: (id, spec, raw, idOf) => ({ method: 'PUT', path: `${path}/${id}`, body: body(spec, raw, idOf) }),
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
