/**
 * The company's details (platform-and-people.md 3): one in a portal. The field
 * list of the update page says name and phone_number, its sample company_name
 * and phone: both spellings are read, and both are sent. Changing the owner
 * and making portals are operations, not configuration.
 */
import { isObject, type JsonObject, type Kind, ShapeError } from '../model/index.ts';
import { type Field, fieldSchemas, normaliseFields, readFields, writeFields } from './fields.ts';
import { present } from './read.ts';
import { mapping } from './schema.ts';

const path = '/portals/{screenname}';

const fields: readonly Field[] = [
  { name: 'name', keys: ['company_name', 'name'], type: 'text', doc: "The company's name." },
  { name: 'website', keys: ['website'], type: 'text', doc: 'Its website.' },
  { name: 'phone', keys: ['phone', 'phone_number'], type: 'text', doc: 'Its phone number.' },
  { name: 'fax', keys: ['fax'], type: 'text', doc: 'Its fax number.' },
  { name: 'email', keys: ['email_id'], type: 'text', doc: 'Its e-mail address.' },
  { name: 'language', keys: ['language'], type: 'text', doc: 'Its language, such as en.' },
  { name: 'time_zone', keys: ['time_zone'], type: 'text', doc: 'Its time zone, as the service writes it: America/Los Angeles, with a blank.' },
  { name: 'address', keys: ['address'], type: 'text', doc: 'Its address.' },
  { name: 'description', keys: ['description'], type: 'text', doc: 'What it does.' },
];

/** The page on portals writes zones with a blank, the one on operators with an underscore: one zone all the same. */
const zone = (spec: JsonObject): JsonObject => {
  const { time_zone: written } = spec;
  return typeof written === 'string' ? { ...spec, time_zone: written.replaceAll('_', ' ') } : spec;
};

const body = (spec: JsonObject, raw: JsonObject): JsonObject => {
  const told = writeFields(spec, raw, fields);
  return present({ ...told, name: told['company_name'], phone_number: told['phone'] });
};

export const portal: Kind = {
  name: 'portal',
  title: 'portal',
  doc: "The company's details.",
  source: 'platform-and-people.md 3',
  scopes: { read: ['SalesIQ.portals.READ'], write: ['SalesIQ.portals.UPDATE'] },
  shape: 'singleton',
  schema: mapping("The company's details.", fieldSchemas(fields)),
  identity: { by: 'fields', fields: [], inApp: false },
  refs: [],
  manages: ['update'],
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => zone(normaliseFields(written, fields)),
  lists: [
    {
      path,
      items: (data) => {
        if (!isObject(data)) throw new ShapeError('data should be a mapping');
        return [data];
      },
    },
  ],
  fromApi: (raw) => ({ id: 'portal', key: '', spec: zone(readFields(raw, fields)) }),
  requests: { update: (_id, spec, raw) => ({ method: 'PUT', path, body: body(spec, raw) }) },
};
