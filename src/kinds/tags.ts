/**
 * Tags. The module is part of the identity and cannot be changed. Archiving
 * has a call of its own. Assumptions: `DELETE /tags/{id}/archives` takes a tag
 * out of the archive (no page shows how; it is the natural twin of the POST),
 * the list holds archived tags too, and colours are compared without regard to
 * capitals.
 */
import type { Json, JsonObject, Kind } from '../model/index.ts';
import { dataList, idAt, isNone, present, switchAt, textAt } from './read.ts';
import { flag, mapping, openWord, text } from './schema.ts';
import { tagModules } from './vocabulary.ts';

const path = '/tags';

const colorOf = (color: string): string => (/^#[0-9a-fA-F]+$/.test(color) ? color.toLowerCase() : color);

/** `status` is printed "achived" for archived tags: both spellings are read. */
const isArchived = (raw: JsonObject): boolean => (isNone(raw['archived']) ? /^ar?chived$/i.test(textAt(raw, 'status')) : switchAt(raw, 'archived'));

const normaliseColor = (color: Json | undefined): Json | undefined => (typeof color === 'string' ? colorOf(color) : color);

export const tags: Kind = {
  name: 'tags',
  title: 'tag',
  doc: 'Tags for conversations, visitors, contacts and companies.',
  source: 'webhooks-and-more.md 12',
  scopes: { read: ['SalesIQ.tags.READ'], write: ['SalesIQ.tags.CREATE', 'SalesIQ.tags.UPDATE', 'SalesIQ.tags.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One tag.',
    {
      module: openWord('What it is put on.', tagModules),
      name: text('Its name, unique within its module.'),
      color: text('Its colour, such as "#ff9807"; in quotes, because # begins a comment.'),
      archived: flag('Whether it is archived: it stays where it is, and cannot be put on anything new.'),
    },
    ['module', 'name'],
  ),

  identity: { by: 'fields', fields: ['module', 'name'], inApp: false },
  refs: [],
  manages: ['create', 'update', 'delete'],
  switchField: 'archived',
  goneWhen: 'archived',
  fixed: ['module'],
  needs: ['color'],
  vocabulary: [{ path: 'module', what: 'module of tags', known: tagModules }],
  cleared: {},
  normalise: (written) => present({ ...written, color: normaliseColor(written['color']) }),
  check: ({ color }) =>
    typeof color === 'string' && !/^#[0-9a-f]{6}$/.test(color)
      ? [{ path: ['color'], severity: 'warning', message: 'colours are only known as # and six hexadecimal digits' }]
      : [],

  lists: [{ path, items: dataList }],
  fromApi: (raw) => {
    const module = textAt(raw, 'module');
    const name = textAt(raw, 'name');
    return { id: idAt(raw, 'id'), key: `${module} ${name}`, spec: { module, name, color: colorOf(textAt(raw, 'color')), archived: isArchived(raw) } };
  },

  requests: {
    create: (spec) => ({ method: 'POST', path, body: { name: textAt(spec, 'name'), color: textAt(spec, 'color'), module: textAt(spec, 'module') } }),
    update: (id, spec) => ({ method: 'PUT', path: `${path}/${id}`, body: present({ name: textAt(spec, 'name'), color: spec['color'] }) }),
    enable: [(id, archived) => ({ method: archived ? 'POST' : 'DELETE', path: `${path}/${id}/archives` })],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
