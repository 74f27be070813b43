/**
 * Categories of articles. A delete must name the category that takes over
 * (`configure_to`). The service numbers them (`order`, and two of one sample
 * carry the same number); no page shows how that is changed, so it only tells
 * in which sequence an export writes them.
 */
import type { Kind } from '../model/index.ts';
import { dataList, idAt, integerAt, isNone, textAt } from './read.ts';
import { mapping, text } from './schema.ts';

const path = '/articlecategories';

export const articleCategories: Kind = {
  name: 'article_categories',
  title: 'article category',
  doc: 'Categories that articles stand in.',
  source: 'platform-and-people.md 5.2',
  scopes: { read: ['SalesIQ.articles.READ'], write: ['SalesIQ.articles.CREATE', 'SalesIQ.articles.UPDATE', 'SalesIQ.articles.DELETE'] },
  shape: 'list',
  schema: mapping('One category.', { name: text('Its name.') }, ['name']),
  identity: { by: 'fields', fields: ['name'], inApp: false },
  refs: [],
  manages: ['create', 'update', 'delete'],
  heir: true,
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => written,
  lists: [{ path, paging: { by: 'index', first: 0, size: 99, usual: 20 }, items: dataList }],
  fromApi: (raw) => {
    const name = textAt(raw, 'name');
    return { id: idAt(raw, 'id'), key: name, spec: { name }, ...(isNone(raw['order']) || raw['order'] === '' ? {} : { position: integerAt(raw, 'order') }) };
  },
  requests: {
    create: (spec) => ({ method: 'POST', path, body: { name: textAt(spec, 'name') } }),
    update: (id, spec) => ({ method: 'PUT', path: `${path}/${id}`, body: { name: textAt(spec, 'name') } }),
    delete: (id, heir) => ({ method: 'DELETE', path: `${path}/${id}`, ...(heir === undefined ? {} : { query: { configure_to: heir } }) }),
  },
};
