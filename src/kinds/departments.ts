/**
 * Departments (platform-and-people.md 4). The list tells less than the details;
 * booleans are the texts "true" and "false". Operators have calls of their own
 * for who joins and who leaves. A new department needs operators and a new
 * operator needs departments: departments are created first and completed when
 * the operators are there. A deleted one leaves what is in it to another.
 */
import { isList, isObject, type Json, type JsonObject, type Kind, type Schema } from '../model/index.ts';
import { type Field, fieldSchemas, normaliseFields, readFields, writeFields } from './fields.ts';
import { dataList, idAt, present, setOf, switchOrNone, textAt, textsAt } from './read.ts';
import { anyText, clearable, flag, listOf, mapping, text } from './schema.ts';

const path = '/departments';

const fields: readonly Field[] = [
  { name: 'description', keys: ['description'], type: 'text', doc: 'What it is for.' },
  { name: 'public', keys: ['is_public'], type: 'flag', doc: 'Whether visitors can choose it.' },
];

/** What is mailed, in our words and the service's. */
const mails = [
  ['transcript', 'transcript', 'Transcripts of chats.'],
  ['blocked_ip', 'blockip', 'Addresses that were blocked.'],
  ['feedback', 'feedback', 'Feedback of visitors.'],
  ['missed_chat', 'missedchat', 'Chats that nobody took.'],
  ['cc', 'cc', 'A copy of every mail.'],
] as const;

const mailSchema: Schema = mapping('Which mails it sends, from whom and to whom.', {
  from_email: clearable(anyText('The sender.')),
  ...Object.fromEntries(
    mails.map(([name, , doc]) => [
      name,
      mapping(doc, { enabled: flag('Whether it is sent.'), recipients: clearable(anyText('To whom; the service takes one text for all of them.')) }),
    ]),
  ),
});

const mailsFromApi = (raw: Json | undefined): JsonObject | undefined => {
  if (!isObject(raw)) return undefined;
  const optional = (key: string): string | undefined => (raw[key] === undefined || raw[key] === null || raw[key] === '' ? undefined : textAt(raw, key));
  return present({
    from_email: optional('from_email'),
    ...Object.fromEntries(
      mails.map(([name, key]) => {
        const one = present({ enabled: switchOrNone(raw, `is_${key}_mail_enabled`), recipients: optional(`${key}_recipients`) });
        return [name, Object.keys(one).length === 0 ? undefined : one];
      }),
    ),
  });
};

/** The settings as a body: what the files say over what the service has. */
const mailsToApi = (settings: Json | undefined, raw: Json | undefined): JsonObject | undefined => {
  if (!isObject(settings)) return undefined;
  const before = isObject(raw) ? raw : {};
  const told = (key: string, value: Json | undefined): Json | undefined =>
    value === undefined ? (before[key] === undefined || before[key] === null ? undefined : '') : value;
  const { image_url: _image, ...kept } = before;
  return present({
    ...kept,
    from_email: told('from_email', settings['from_email']),
    ...Object.fromEntries(
      mails.flatMap(([name, key]) => {
        const one = settings[name];
        const { enabled, recipients } = isObject(one) ? one : {};
        return [
          [`is_${key}_mail_enabled`, enabled === undefined ? (before[`is_${key}_mail_enabled`] ?? undefined) : String(enabled)],
          [`${key}_recipients`, told(`${key}_recipients`, recipients)],
        ];
      }),
    ),
  });
};

/** Empty texts are none, and a mapping without anything in it says nothing. */
const normaliseMails = (settings: Json | undefined): Json | undefined => {
  if (!isObject(settings)) return settings;
  const cleaned = (value: Json): Json =>
    value === '' ? null : isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one)])) : value;
  return cleaned(settings);
};

const operatorsOf = (value: Json | undefined): Json | undefined => (isList(value) ? setOf(value.map((one) => String(one).toLowerCase())) : value);

export const departments: Kind = {
  name: 'departments',
  title: 'department',
  doc: 'Departments that rules route to. The service asks who takes over what was in a deleted one: salesiq.yaml, `kinds: { departments: { move_to: Support } }`.',
  source: 'platform-and-people.md 4',
  scopes: { read: ['SalesIQ.departments.READ'], write: ['SalesIQ.departments.CREATE', 'SalesIQ.departments.UPDATE', 'SalesIQ.departments.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One department.',
    {
      name: text('Its name, unique in the portal.'),
      enabled: flag('Whether it is on. Default: true.'),
      ...fieldSchemas(fields),
      operators: listOf(text('An operator, by e-mail address.'), 'Who belongs to it.'),
      email_settings: mailSchema,
    },
    ['name'],
  ),

  identity: { by: 'fields', fields: ['name'], inApp: false },
  refs: [{ path: 'operators[]', kind: 'operators', later: true, mirror: 'departments' }],
  manages: ['create', 'update', 'delete'],
  heir: true,
  needs: ['operators'],
  vocabulary: [],
  cleared: { operators: [] },
  normalise: (written) =>
    present({ ...normaliseFields(written, fields), operators: operatorsOf(written['operators']), email_settings: normaliseMails(written['email_settings']) }),

  lists: [{ path, paging: { by: 'index', first: 1, usual: 20 }, items: dataList }],
  details: { isShort: (raw) => raw['operators'] === undefined || raw['email_configurations'] === undefined, path: (id) => `${path}/${id}` },
  fromApi: (raw, nameOf) => {
    const name = textAt(raw, 'name');
    return {
      id: idAt(raw, 'id'),
      key: name,
      spec: present({
        name,
        enabled: switchOrNone(raw, 'is_enabled') ?? true,
        ...readFields(raw, fields),
        operators:
          raw['operators'] === undefined || raw['operators'] === null ? undefined : setOf(textsAt(raw, 'operators').map((id) => nameOf('operators', id))),
        email_settings: mailsFromApi(raw['email_configurations']),
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({
      method: 'POST',
      path,
      body: present({
        name: textAt(spec, 'name'),
        operators: isList(spec['operators']) ? spec['operators'].map((email) => idOf('operators', String(email))) : [],
        ...writeFields(spec, {}, fields),
        email_configurations: mailsToApi(spec['email_settings'], undefined),
      }),
    }),
    update: (id, spec, raw) => ({
      method: 'PUT',
      path: `${path}/${id}`,
      body: present({
        name: textAt(spec, 'name'),
        ...writeFields(spec, raw, fields),
        email_configurations: mailsToApi(spec['email_settings'], raw['email_configurations']),
      }),
    }),
    enable: [(id, enabled) => ({ method: 'PUT', path: `${path}/${id}/${enabled ? 'enable' : 'disable'}` })],
    members: [
      {
        field: 'operators',
        add: (id, ids) => ({ method: 'PUT', path: `${path}/${id}/operators`, body: { ids } }),
        remove: (id, ids) => ({ method: 'DELETE', path: `${path}/${id}/operators`, query: { ids: ids.join(',') } }),
      },
    ],
    delete: (id, heir) => ({ method: 'DELETE', path: `${path}/${id}`, ...(heir === undefined ? {} : { query: { configure_to: heir } }) }),
  },
};
