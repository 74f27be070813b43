/**
 * Tracking presets. Requests name the four rings at their top and answers keep
 * them under `rule`; no page shows a whole request. They are sent where the
 * pages list them, at the top, and read at both places. An update must bring
 * every field, `enabled` with them; switching has a call of its own besides.
 * Presets that the service made carry the names of its own texts
 * (`uts.tracking.config.…`): they are taken as not to be changed (assumed).
 * Applying one preset is assumed to end the application of any other.
 */
import { isList, isObject, type Json, type JsonObject, type Kind } from '../model/index.ts';
import { type CriteriaKeys, criteriaSchema, lowerCase, normaliseWhen, whenFromApi, whenToApi } from './criteria.ts';
import { dataList, idAt, present, switchAt, textAt, textOrNone } from './read.ts';
import { anyText, clearable, flag, mapping, text } from './schema.ts';
import { trackingFields } from './vocabulary.ts';

const path = '/trackingpresets';
const rings = ['ring_one', 'ring_two', 'ring_three', 'ring_four'] as const;

const ringSchema = criteriaSchema(trackingFields);

/** `make` for each ring, under its name. */
const eachRing = <T>(make: (ring: (typeof rings)[number]) => T): Readonly<Record<string, T>> => Object.fromEntries(rings.map((ring) => [ring, make(ring)]));

const ringFromApi = (raw: JsonObject, ring: string): Json => {
  const keys: CriteriaKeys = { all: ring, any: 'or_criteria' };
  const rule = raw['rule'];
  return whenFromApi(isObject(rule) && raw[ring] === undefined ? rule : raw, keys);
};

const ringsToApi = (spec: JsonObject): JsonObject => present(eachRing((ring) => (spec[ring] === undefined ? undefined : whenToApi(spec[ring], lowerCase))));

/** Each criterion of a ring with the path to it. */
const criteriaIn = (ring: string, groups: Json | undefined): readonly { readonly path: readonly (string | number)[]; readonly criterion: JsonObject }[] =>
  (isList(groups) ? groups : []).flatMap((group, index) => {
    if (!isObject(group)) return [];
    const any = group['any'];
    if (!isList(any)) return [{ path: [ring, index], criterion: group }];
    return any.flatMap((one, place) => (isObject(one) ? [{ path: [ring, index, 'any', place], criterion: one }] : []));
  });

export const trackingPresets: Kind = {
  name: 'tracking_presets',
  title: 'tracking preset',
  doc: 'Which visitors stand in which ring of the tracking view.',
  source: 'webhooks-and-more.md 9',
  scopes: {
    read: ['SalesIQ.trackingpresets.READ'],
    write: ['SalesIQ.trackingpresets.CREATE', 'SalesIQ.trackingpresets.UPDATE', 'SalesIQ.trackingpresets.DELETE'],
  },
  shape: 'list',

  schema: mapping(
    'One tracking preset.',
    {
      name: text('Its name.'),
      description: clearable(anyText('What it is for.')),
      applied: flag('Whether it is the one in use; one preset at most is.'),
      enabled: flag('Whether it is on. Default: true.'),
      ...eachRing((ring) => ({
        ...ringSchema,
        description: `Who stands in ${ring.replace('_', ' ')}: all of these must hold; each is one criterion or \`any: […]\`.`,
      })),
    },
    ['name'],
  ),

  identity: { by: 'fields', fields: ['name'], inApp: false },
  refs: [],
  manages: ['create', 'update', 'delete'],
  hasBuiltIn: true,
  needs: [...rings],
  vocabulary: [],
  criteria: trackingFields,
  cleared: { description: '' },
  normalise: (written) => present({ ...written, ...eachRing((ring) => (written[ring] === undefined ? undefined : normaliseWhen(written[ring]))) }),
  check: (spec) =>
    rings
      .flatMap((ring) => criteriaIn(ring, spec[ring]))
      .flatMap(({ path: place, criterion: { field, integration } }) =>
        typeof field === 'string' && integration === undefined && !Object.hasOwn(trackingFields.fields, field)
          ? [{ path: [...place, 'field'], severity: 'warning' as const, message: `"${field}" is not a known field of criteria` }]
          : [],
      ),

  lists: [{ path, items: dataList }],
  fromApi: (raw) => {
    const name = textAt(raw, 'name');
    return {
      id: idAt(raw, 'id'),
      key: name,
      ...(name.startsWith('uts.') ? { builtIn: true } : {}),
      spec: {
        name,
        description: textOrNone(raw, 'description') ?? '',
        applied: switchAt(raw, 'applied'),
        enabled: switchAt(raw, 'enabled'),
        ...eachRing((ring) => ringFromApi(raw, ring)),
      },
    };
  },

  requests: {
    create: (spec) => ({
      method: 'POST',
      path,
      body: present({ name: textAt(spec, 'name'), description: spec['description'], applied: spec['applied'], enabled: spec['enabled'], ...ringsToApi(spec) }),
    }),
    update: (id, spec) => ({
      method: 'PUT',
      path: `${path}/${id}`,
      body: present({
        name: textAt(spec, 'name'),
        description: spec['description'] ?? '',
        applied: spec['applied'],
        enabled: spec['enabled'],
        ...ringsToApi(spec),
      }),
    }),
    enable: [(id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { enabled } })],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
