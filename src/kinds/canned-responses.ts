/**
 * Canned responses. The service stores no name for them: live ones are
 * recognised by their text. One that all departments share says nothing of a
 * department, and one that names a department is not shared by all. Under
 * which key the service tells the department is not documented, so four are
 * read. Booleans go as booleans: the pages' samples show texts, and clients
 * that are in use send booleans.
 */
import { type IdOf, isList, isObject, type Json, type JsonObject, type Kind } from '../model/index.ts';
import { dataList, departmentIdIn, idAt, isNone, objectsIn, present, setOf, switchAt, switchOrNone, textAt, withoutLastBreaks } from './read.ts';
import { flag, mapping, text } from './schema.ts';

const path = '/cannedresponses';

const body = (spec: JsonObject, idOf: IdOf): JsonObject => {
  const { department, categories } = spec;
  const shared = spec['all_departments'];
  return present({
    content: textAt(spec, 'content'),
    department_id: typeof department === 'string' && shared !== true ? idOf('departments', department) : undefined,
    associate_with_all_departments: shared,
    public: spec['public'],
    category_ids: isList(categories) ? categories.map((name) => idOf('canned_response_categories', String(name))) : undefined,
  });
};

const categoryIds = (raw: JsonObject): readonly string[] | undefined => {
  const list = raw['categories'] ?? raw['category_ids'];
  if (isNone(list)) return undefined;
  return objectsIn(
    dataList(list).map((one) => (isObject(one) ? one : { id: one })),
    'categories',
  ).map((one) => idAt(one, 'id'));
};

const normalise = (written: JsonObject): JsonObject => {
  const { content, categories } = written;
  const shared: Json | undefined = written['all_departments'] ?? (written['department'] === undefined ? undefined : false);
  return present({
    ...written,
    content: typeof content === 'string' ? withoutLastBreaks(content) : content,
    all_departments: shared,
    categories: isList(categories) ? setOf(categories.map(String)) : categories,
  });
};

export const cannedResponses: Kind = {
  name: 'canned_responses',
  title: 'canned response',
  doc: 'Texts that operators have at hand.',
  source: 'platform-and-people.md 6.1',
  scopes: {
    read: ['SalesIQ.cannedresponses.READ'],
    write: ['SalesIQ.cannedresponses.CREATE', 'SalesIQ.cannedresponses.UPDATE', 'SalesIQ.cannedresponses.DELETE'],
  },
  shape: 'list',

  schema: mapping(
    'One canned response.',
    {
      key: text('A name for people; the service stores none. Unique among canned responses.'),
      enabled: flag('Whether it is on. Default: true.'),
      content: text('The text.'),
      department: text('The department that it is for, by name.'),
      all_departments: flag('Whether all departments share it; false where a department is named.'),
      public: flag('Whether other operators see it too.'),
      categories: { type: 'array', items: text('A category, by name.'), minItems: 1, description: 'The categories that it stands in.' },
    },
    ['key', 'content'],
  ),

  identity: { by: 'content', criteria: 'content' },
  refs: [
    { path: 'department', kind: 'departments' },
    { path: 'categories[]', kind: 'canned_response_categories' },
  ],
  manages: ['create', 'update', 'delete'],
  // A department says all_departments, too (see normalise).
  needs: ['content', 'all_departments'],
  // No page shows the key under which a response tells its department (platform-and-people.md 6.1).
  writeOnly: ['department'],
  updateOnly: ['enabled'],
  vocabulary: [],
  cleared: {},
  normalise,
  check: ({ department, all_departments: shared }) => {
    if (shared === true && department !== undefined)
      return [{ path: ['department'], severity: 'error', message: 'it is for one department or for all: write department or all_departments: true' }];
    if (shared === false && department === undefined)
      return [{ path: ['all_departments'], severity: 'error', message: 'what is not for all departments must name its department' }];
    return [];
  },

  // One entry more than asked for tells that there is a next page; it comes again there.
  lists: [{ path, paging: { by: 'page', size: 99, usual: 10 }, items: dataList }],
  details: { isShort: (raw) => raw['content'] === undefined, path: (id) => `${path}/${id}` },
  fromApi: (raw, nameOf) => {
    const shared = switchOrNone(raw, 'associate_with_all_departments');
    const department = shared === true ? undefined : departmentIdIn(raw);
    return {
      id: idAt(raw, 'id'),
      key: '',
      spec: present({
        enabled: switchAt(raw, 'enabled'),
        content: withoutLastBreaks(textAt(raw, 'content')),
        department: department === undefined ? undefined : nameOf('departments', department),
        all_departments: shared,
        public: switchOrNone(raw, 'public'),
        categories: ((ids) => (ids === undefined ? undefined : setOf(ids.map((id) => nameOf('canned_response_categories', id)))))(categoryIds(raw)),
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({ method: 'POST', path, body: body(spec, idOf) }),
    update: (id, spec, _raw, idOf) => ({ method: 'PUT', path: `${path}/${id}`, body: present({ ...body(spec, idOf), enabled: spec['enabled'] }) }),
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
