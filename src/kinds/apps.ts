/**
 * Apps, also called brands (webhooks-and-more.md 5): a website that visitors
 * come from. The list tells a part of what an update takes and there is no
 * page for the details, so the rest is sent with other changes and never
 * compared unless the service does tell it. Deleting one takes its rules with
 * it: off unless salesiq.yaml allows it.
 */
import { isList, isObject, type Json, type JsonObject, type Kind } from '../model/index.ts';
import { type Field, fieldSchemas, fieldVocabulary, normaliseFields, readFields, writeFields } from './fields.ts';
import { dataList, idAt, present, setOf, switchOrNone, textAt } from './read.ts';
import { anyText, flag, listOf, mapping, text } from './schema.ts';

const path = '/apps';

const fields: readonly Field[] = [
  { name: 'business_hours', keys: ['business_hours'], type: 'switch', doc: 'Whether business hours apply.' },
  { name: 'privacy', keys: ['privacy'], type: 'switch', doc: 'Whether the privacy settings apply.' },
  { name: 'waiting_time', keys: ['waiting_time'], type: 'text', doc: 'Seconds until a chat counts as missed.', words: ['30', '45', '60', '90', '120'] },
  { name: 'language', keys: ['language'], type: 'text', doc: "The language of the chat window; default: the website's." },
  { name: 'mail_transcript', keys: ['mail_transcript'], type: 'switch', doc: 'Whether visitors can have the transcript mailed.' },
  { name: 'share_file', keys: ['share_file'], type: 'switch', doc: 'Whether visitors can share files.' },
  { name: 'show_emojis', keys: ['show_emojis'], type: 'switch', doc: 'Whether there are emojis.' },
  { name: 'share_screen', keys: ['share_screen'], type: 'switch', doc: 'Whether visitors can share their screen.' },
  { name: 'view_conversation', keys: ['view_conversation'], type: 'switch', doc: 'Whether visitors see their earlier conversations.' },
];

/** What a creation takes; everything else is left to an update. */
const onCreate = ['business_hours', 'privacy'];
const updateOnly = [...fields.map(({ name }) => name).filter((name) => !onCreate.includes(name)), 'contact'];

const contactFields: readonly Field[] = [
  { name: 'address', keys: ['address'], type: 'text', doc: 'Address.' },
  { name: 'email', keys: ['email'], type: 'text', doc: 'E-mail address.' },
  { name: 'enabled', keys: ['enabled'], type: 'switch', doc: 'Whether it is shown.' },
  { name: 'name', keys: ['name'], type: 'text', doc: 'Name.' },
  // A request has a blank in the key, a response has none (webhooks-and-more.md 5).
  { name: 'phone', keys: ['phone number', 'phonenumber'], type: 'text', doc: 'Phone number.' },
];

const textsIn = (value: Json | undefined): Json | undefined =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, one]) => one !== '' && one !== null)) : value;

const contactOf = (value: Json | undefined): Json | undefined => (isObject(value) ? normaliseFields(value, contactFields) : value);

const body = (spec: JsonObject, raw: JsonObject, idOf: (kind: string, key: string) => string, names?: readonly string[]): JsonObject => {
  const departments = spec['departments'];
  const contact = spec['contact'];
  return present({
    name: textAt(spec, 'name'),
    departments: isList(departments) ? departments.map((name) => idOf('departments', String(name))) : undefined,
    description: spec['description'],
    ...writeFields(spec, raw, fields, names),
    contact: names === undefined && isObject(contact) ? writeFields(contact, isObject(raw['contact']) ? raw['contact'] : {}, contactFields) : undefined,
  });
};

export const apps: Kind = {
  name: 'apps',
  title: 'app',
  doc: 'Apps (brands) that rules and webhooks belong to. Deleting one is off unless salesiq.yaml says `kinds: { apps: { delete: true } }`.',
  source: 'webhooks-and-more.md 5',
  scopes: { read: ['SalesIQ.apps.READ'], write: ['SalesIQ.apps.CREATE', 'SalesIQ.apps.UPDATE', 'SalesIQ.apps.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One app.',
    {
      name: text('Its name, unique in the portal.'),
      enabled: flag('Whether it is on. Default: true.'),
      departments: listOf(text('A department, by name.'), 'The departments that answer; the service takes it and never tells it.'),
      description: { type: 'object', description: 'A text for each language; `default` for all others.', additionalProperties: anyText('The text.') },
      ...fieldSchemas(fields),
      contact: mapping('Whom visitors can reach otherwise.', fieldSchemas(contactFields)),
    },
    ['name'],
  ),

  identity: { by: 'fields', fields: ['name'], inApp: false },
  refs: [{ path: 'departments[]', kind: 'departments' }],
  manages: ['create', 'update', 'delete'],
  optional: ['delete'],
  needs: [],
  writeOnly: ['departments', 'language', 'mail_transcript', 'share_file', 'show_emojis', 'share_screen', 'view_conversation', 'contact'],
  updateOnly,
  vocabulary: fieldVocabulary(fields),
  cleared: { description: {} },
  normalise: (written) =>
    present({
      ...normaliseFields(written, fields),
      departments: isList(written['departments']) ? setOf(written['departments'].map(String)) : written['departments'],
      description: textsIn(written['description']),
      contact: contactOf(written['contact']),
    }),

  lists: [{ path, items: dataList }],
  fromApi: (raw) => {
    const name = textAt(raw, 'name');
    return {
      id: idAt(raw, 'id'),
      key: name,
      spec: present({
        name,
        enabled: switchOrNone(raw, 'enabled') ?? true,
        description: isObject(raw['description']) ? textsIn(raw['description']) : undefined,
        ...readFields(raw, fields),
        contact: isObject(raw['contact']) ? readFields(raw['contact'], contactFields) : undefined,
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({ method: 'POST', path, body: body(spec, {}, idOf, onCreate) }),
    update: (id, spec, raw, idOf) => ({ method: 'PUT', path: `${path}/${id}`, body: body(spec, raw, idOf) }),
    // Enabling is an update with `enabled` in it (webhooks-and-more.md 5).
    enable: [(id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { enabled } })],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
