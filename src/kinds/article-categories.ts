/**
 * Categories of articles. A delete must name the category that takes over
 * (`configure_to`). The service numbers them (`order`, and two of one sample
 * carry the same number); no page shows how that is changed, so it only tells
 * in which sequence an export writes them.
 */
import type { Kind } from '../model/index.ts';
import { categoryParts } from './categories.ts';
import { dataList, idAt, integerAt, isNone, textAt } from './read.ts';

const path = '/articlecategories';

export const articleCategories: Kind = {
  name: 'article_categories',
  title: 'article category',
  doc: 'Categories that articles stand in.',
  source: 'platform-and-people.md 5.2',
  scopes: { read: ['SalesIQ.articles.READ'], write: ['SalesIQ.articles.CREATE', 'SalesIQ.articles.UPDATE', 'SalesIQ.articles.DELETE'] },
  ...categoryParts(path),
  lists: [{ path, paging: { by: 'index', first: 0, size: 99, usual: 20 }, items: dataList }],
  fromApi: (raw) => {
    const name = textAt(raw, 'name');
    return { id: idAt(raw, 'id'), key: name, spec: { name }, ...(isNone(raw['order']) || raw['order'] === '' ? {} : { position: integerAt(raw, 'order') }) };
  },
};
