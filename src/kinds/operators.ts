/**
 * Operators (platform-and-people.md 2). Creating one sends an invitation to a
 * person and deleting one takes a person's access, so both are off unless
 * salesiq.yaml allows them. Booleans are the texts "true" and "false". On and
 * off, and the departments, have calls of their own; some fields are taken by
 * an update alone. `is_deleted` hints at entries that stay listed after
 * deletion: they are known by id, no longer by address.
 */
import { isList, type JsonObject, type Kind } from '../model/index.ts';
import { type Field, fieldSchemas, fieldVocabulary, normaliseFields, readFields, writeFields } from './fields.ts';
import { dataList, idAt, present, setOf, switchOrNone, textAt, textsAt } from './read.ts';
import { flag, listOf, mapping, text } from './schema.ts';

const path = '/operators';

const fields: readonly Field[] = [
  { name: 'role', keys: ['role'], type: 'text', doc: 'What they may do.', words: ['Administrator', 'Supervisor', 'Associate'] },
  { name: 'first_name', keys: ['first_name'], type: 'text', doc: 'First name.' },
  { name: 'last_name', keys: ['last_name'], type: 'text', doc: 'Last name.' },
  { name: 'nick_name', keys: ['nick_name'], type: 'text', doc: 'The name that visitors see.' },
  { name: 'description', keys: ['description'], type: 'text', doc: 'What visitors read about them.' },
  { name: 'mobile', keys: ['mobile'], type: 'text', doc: 'Mobile number.' },
  { name: 'phone', keys: ['phone'], type: 'text', doc: 'Phone number.' },
  { name: 'time_zone', keys: ['time_zone'], type: 'text', doc: 'Time zone, such as America/Los_Angeles.' },
  { name: 'language', keys: ['language'], type: 'text', doc: 'Language, such as en.' },
  { name: 'chat_enabled', keys: ['is_chat_enabled'], type: 'flag', doc: 'Whether they take chats.' },
  {
    name: 'maximum_concurrent_chat',
    keys: ['maximum_concurrent_chat'],
    type: 'text',
    doc: 'How many chats they take at once, or unlimited.',
    words: ['0', '1', '2', '3', '4', '5', '7', '10', '25', 'unlimited'],
  },
  { name: 'date_of_birth', keys: ['date_of_birth'], type: 'text', doc: 'Date of birth; the pages say DD/MM/YYYY and show DD-MM-YYYY.' },
  { name: 'street', keys: ['street'], type: 'text', doc: 'Street.' },
  { name: 'city', keys: ['city'], type: 'text', doc: 'City.' },
  { name: 'state', keys: ['state'], type: 'text', doc: 'State.' },
  { name: 'country', keys: ['country'], type: 'text', doc: 'Country, as a code such as us.' },
  { name: 'pin_code', keys: ['pin_code', 'pincode'], type: 'text', doc: 'Postal code.' },
];

/** What a creation does not take (platform-and-people.md 2.2). */
const updateOnly = ['maximum_concurrent_chat', 'date_of_birth', 'street', 'city', 'state', 'country', 'pin_code'];
const onCreate = fields.map(({ name }) => name).filter((name) => !updateOnly.includes(name));

const small = (value: JsonObject): JsonObject => {
  const { email, departments } = value;
  return {
    ...value,
    ...(typeof email === 'string' ? { email: email.toLowerCase() } : {}),
    ...(isList(departments) ? { departments: setOf(departments.map(String)) } : {}),
  };
};

export const operators: Kind = {
  name: 'operators',
  title: 'operator',
  doc: 'The people who answer, known by e-mail address. A new one is invited; that and deleting are off unless salesiq.yaml says `kinds: { operators: { create: true, delete: true } }`.',
  source: 'platform-and-people.md 2',
  scopes: { read: ['SalesIQ.operators.READ'], write: ['SalesIQ.operators.CREATE', 'SalesIQ.operators.UPDATE', 'SalesIQ.operators.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One operator.',
    {
      email: text('The e-mail address.'),
      enabled: flag('Whether they are active. Default: true.'),
      departments: listOf(text('A department, by name.'), 'The departments they belong to; at least one.'),
      ...fieldSchemas(fields),
      monitored: flag('Whether their chats are monitored from the start; the service takes it on creation and never tells it.'),
    },
    ['email'],
  ),

  identity: { by: 'fields', fields: ['email'], inApp: false },
  refs: [{ path: 'departments[]', kind: 'departments', mirror: 'operators' }],
  manages: ['create', 'update', 'delete'],
  fixed: ['email'],
  optional: ['create', 'delete'],
  needs: ['role', 'departments'],
  writeOnly: ['monitored'],
  updateOnly,
  vocabulary: fieldVocabulary(fields),
  cleared: { departments: [] },
  normalise: (written) => small(normaliseFields(written, fields)),

  lists: [{ path, paging: { by: 'index', first: 1, usual: 20 }, items: dataList }],
  // The list sample has a part of the keys, and is cut.
  details: {
    isShort: (raw) => ['departments', 'role', 'city', 'time_zone'].some((key) => raw[key] === undefined) && String(raw['is_deleted']) !== 'true',
    path: (id) => `${path}/${id}`,
  },
  fromApi: (raw, nameOf) => {
    const email = textAt(raw, 'email_id').toLowerCase();
    return {
      id: idAt(raw, 'id'),
      key: email,
      retired: switchOrNone(raw, 'is_deleted') === true,
      spec: present({
        email,
        enabled: switchOrNone(raw, 'is_enabled') ?? true,
        departments:
          raw['departments'] === undefined || raw['departments'] === null
            ? undefined
            : setOf(textsAt(raw, 'departments').map((id) => nameOf('departments', id))),
        ...readFields(raw, fields),
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({
      method: 'POST',
      path,
      body: {
        email_id: textAt(spec, 'email'),
        departments: isList(spec['departments']) ? spec['departments'].map((name) => idOf('departments', String(name))) : [],
        is_monitored: String(spec['monitored'] === true),
        ...writeFields(spec, {}, fields, onCreate),
      },
    }),
    update: (id, spec, raw) => ({ method: 'PUT', path: `${path}/${id}`, body: writeFields(spec, raw, fields) }),
    enable: [(id, enabled) => ({ method: 'PUT', path: `${path}/${id}/${enabled ? 'enable' : 'disable'}` })],
    members: [
      {
        field: 'departments',
        add: (id, ids) => ({ method: 'PUT', path: `${path}/${id}/departments`, body: { ids } }),
        remove: (id, ids) => ({ method: 'DELETE', path: `${path}/${id}/departments`, query: { ids: ids.join(',') } }),
      },
    ],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
