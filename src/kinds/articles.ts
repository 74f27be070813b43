/**
 * Articles. What a list entry leaves out is not known (the sample is cut), so
 * entries without text, title or department are fetched whole. `published`
 * goes as a boolean, as clients in use send it; the pages' samples show text.
 * An article is new as enabled (assumed; no page says).
 */
import type { IdOf, JsonObject, Kind } from '../model/index.ts';
import { dataList, departmentIdIn, idAt, objectAt, present, switchAt, textAt, withoutLastBreaks } from './read.ts';
import { flag, mapping, text } from './schema.ts';

const path = '/articles';

const body = (spec: JsonObject, idOf: IdOf): JsonObject =>
  present({
    category_id: idOf('article_categories', textAt(spec, 'category')),
    title: textAt(spec, 'title'),
    content: spec['content'],
    department_id: typeof spec['department'] === 'string' ? idOf('departments', spec['department']) : undefined,
    published: spec['published'],
  });

export const articles: Kind = {
  name: 'articles',
  title: 'article',
  doc: 'Articles of the knowledge base.',
  source: 'platform-and-people.md 5.1',
  scopes: { read: ['SalesIQ.articles.READ'], write: ['SalesIQ.articles.CREATE', 'SalesIQ.articles.UPDATE', 'SalesIQ.articles.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One article.',
    {
      category: text('The category that it stands in, by name.'),
      title: text('Its title, unique within its category.'),
      enabled: flag('Whether it is on. Default: true.'),
      content: text('The text, in HTML.'),
      content_file: text('A file with the text, beside this one, instead of content.'),
      department: text('The department that it belongs to, by name.'),
      published: flag('Whether it is published; false for a draft.'),
    },
    ['category', 'title'],
  ),

  identity: { by: 'fields', fields: ['category', 'title'], inApp: false },
  refs: [
    { path: 'category', kind: 'article_categories' },
    { path: 'department', kind: 'departments' },
  ],
  manages: ['create', 'update', 'delete'],
  contentFiles: [{ field: 'content', file: 'content_file' }],
  needs: ['content', 'department', 'published'],
  updateOnly: ['enabled'],
  vocabulary: [],
  cleared: {},
  normalise: (written) => present({ ...written, content: typeof written['content'] === 'string' ? withoutLastBreaks(written['content']) : written['content'] }),

  lists: [{ path, paging: { by: 'page', size: 99, usual: 10 }, items: dataList }],
  details: {
    isShort: (raw) => ['title', 'content', 'enabled', 'published'].some((key) => raw[key] === undefined) || departmentIdIn(raw) === undefined,
    path: (id) => `${path}/${id}`,
  },
  fromApi: (raw, nameOf) => {
    const category = nameOf('article_categories', idAt(objectAt(raw, 'category'), 'id'));
    const title = textAt(raw, 'title');
    const department = departmentIdIn(raw);
    return {
      id: idAt(raw, 'id'),
      key: `${category} ${title}`,
      spec: present({
        category,
        title,
        enabled: switchAt(raw, 'enabled'),
        content: withoutLastBreaks(textAt(raw, 'content')),
        department: department === undefined ? undefined : nameOf('departments', department),
        published: switchAt(raw, 'published'),
      }),
    };
  },

  requests: {
    create: (spec, idOf) => ({ method: 'POST', path, body: body(spec, idOf) }),
    update: (id, spec, _raw, idOf) => ({ method: 'PUT', path: `${path}/${id}`, body: present({ ...body(spec, idOf), enabled: spec['enabled'] }) }),
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
