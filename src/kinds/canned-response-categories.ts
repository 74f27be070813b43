/**
 * Categories of canned responses. A delete must name the category that takes
 * over (`configure_to`). Whether the default one can be deleted or renamed is
 * not documented, so it is treated like any other.
 */
import type { Kind } from '../model/index.ts';
import { categoryParts } from './categories.ts';
import { dataList, idAt, textAt } from './read.ts';

const path = '/cannedresponsecategories';

export const cannedResponseCategories: Kind = {
  name: 'canned_response_categories',
  title: 'canned response category',
  doc: 'Categories that canned responses stand in.',
  source: 'platform-and-people.md 6.2',
  scopes: {
    read: ['SalesIQ.cannedresponses.READ'],
    write: ['SalesIQ.cannedresponses.CREATE', 'SalesIQ.cannedresponses.UPDATE', 'SalesIQ.cannedresponses.DELETE'],
  },
  ...categoryParts(path),
  lists: [{ path, paging: { by: 'page', size: 99, usual: 20 }, items: dataList }],
  fromApi: (raw) => {
    const name = textAt(raw, 'name');
    return { id: idAt(raw, 'id'), key: name, spec: { name } };
  },
};
