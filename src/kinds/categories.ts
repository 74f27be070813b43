/** What the kinds of categories have alike: a name, and an heir that a delete must name (`configure_to`; platform-and-people.md 5.2, 6.2). */
import type { Kind } from '../model/index.ts';
import { textAt } from './read.ts';
import { mapping, text } from './schema.ts';

/** @param path of the list; one category is at `path/id` */
export const categoryParts = (path: string) =>
  ({
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
    requests: {
      create: (spec) => ({ method: 'POST', path, body: { name: textAt(spec, 'name') } }),
      update: (id, spec) => ({ method: 'PUT', path: `${path}/${id}`, body: { name: textAt(spec, 'name') } }),
      delete: (id, heir) => ({ method: 'DELETE', path: `${path}/${id}`, ...(heir === undefined ? {} : { query: { configure_to: heir } }) }),
    },
  }) satisfies Omit<Kind, 'name' | 'title' | 'doc' | 'source' | 'scopes' | 'lists' | 'fromApi'>;
