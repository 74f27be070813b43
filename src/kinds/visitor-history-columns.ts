/**
 * Which view stands in which of the three columns of the visitor history. It
 * is read among the preferences of the user whose credentials are used, and
 * written one column a call. The name beside a view's id is no key: one page
 * calls the view -2 by another name than the list of views does.
 */
import { isObject, type Json, type JsonObject, type Kind } from '../model/index.ts';
import { idAt, isNone, objectAt, present } from './read.ts';
import { mapping, text } from './schema.ts';

const columns = ['list_one', 'list_two', 'list_three'] as const;

const viewIdIn = (raw: JsonObject, column: string): string | undefined => (isNone(raw[column]) ? undefined : idAt(objectAt(raw, column), 'view_id'));

/** `make` for each column, under its name; those that say nothing are left out. */
const eachColumn = (make: (column: (typeof columns)[number]) => Json | undefined): JsonObject =>
  present(Object.fromEntries(columns.map((column) => [column, make(column)])));

export const visitorHistoryColumns: Kind = {
  name: 'visitor_history_columns',
  title: 'set of visitor history columns',
  doc: 'Which views stand in the three columns of the visitor history, for the user whose credentials are used.',
  source: 'webhooks-and-more.md 10 and 11',
  scopes: { read: ['SalesIQ.userpreferences.READ'], write: ['SalesIQ.userpreferences.UPDATE'] },
  shape: 'singleton',
  schema: mapping('The three columns.', {
    list_one: text('The view in the first column, by name.'),
    list_two: text('The view in the second column, by name.'),
    list_three: text('The view in the third column, by name.'),
  }),
  identity: { by: 'fields', fields: [], inApp: false },
  refs: columns.map((column) => ({ path: column, kind: 'visitor_history_views' })),
  manages: ['update'],
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => written,
  lists: [{ path: '/userpreferences', items: (data) => [objectAt(isObject(data) ? data : {}, 'visitorhistoryviews')] }],
  fromApi: (raw, nameOf) => ({
    id: 'visitorhistoryviews',
    key: '',
    spec: eachColumn((column) => {
      const id = viewIdIn(raw, column);
      return id === undefined ? undefined : nameOf('visitor_history_views', id);
    }),
  }),
  requests: {
    update: (_id, spec, raw, idOf) =>
      columns.flatMap((column) => {
        const view = spec[column];
        if (typeof view !== 'string') return [];
        const viewId = idOf('visitor_history_views', view);
        if (viewId === viewIdIn(raw, column)) return [];
        return [{ method: 'PUT' as const, path: '/userpreferences/visitorhistoryviews', body: { list_name: column, view_id: viewId } }];
      }),
  },
};
