/**
 * Views of the visitor history. Those of the service have negative ids and say
 * `system`: columns can show them, and they cannot be changed.
 */
import type { JsonObject, Kind } from '../model/index.ts';
import { criteriaSchema, lowerCase, normaliseWhen, whenFromApi, whenToApi } from './criteria.ts';
import { dataList, idAt, present, switchOrNone, textAt, textOrNone } from './read.ts';
import { flag, mapping, openWord, text } from './schema.ts';
import { historySorts, visitorHistoryFields } from './vocabulary.ts';

const path = '/visitorhistoryviews';

const body = (spec: JsonObject): JsonObject =>
  present({
    name: textAt(spec, 'name'),
    and_criteria: whenToApi(spec['when'], lowerCase),
    sort_by: spec['sort_by'],
    favourited: spec['favourited'],
  });

export const visitorHistoryViews: Kind = {
  name: 'visitor_history_views',
  title: 'visitor history view',
  doc: 'Selections of past visitors.',
  source: 'webhooks-and-more.md 11',
  scopes: {
    read: ['SalesIQ.visitorhistoryviews.READ'],
    write: ['SalesIQ.visitorhistoryviews.CREATE', 'SalesIQ.visitorhistoryviews.UPDATE', 'SalesIQ.visitorhistoryviews.DELETE'],
  },
  shape: 'list',

  schema: mapping(
    'One view.',
    {
      name: text('Its name.'),
      when: criteriaSchema(visitorHistoryFields),
      sort_by: openWord('What its visitors are sorted by.', historySorts),
      favourited: flag('Whether it is a favourite.'),
    },
    ['name'],
  ),

  identity: { by: 'fields', fields: ['name'], inApp: false },
  refs: [],
  manages: ['create', 'update', 'delete'],
  hasBuiltIn: true,
  needs: ['when'],
  vocabulary: [{ path: 'sort_by', what: 'sorting of views', known: historySorts }],
  criteria: visitorHistoryFields,
  cleared: {},
  normalise: (written) => present({ ...written, when: written['when'] === undefined ? undefined : normaliseWhen(written['when']) }),

  lists: [{ path, items: dataList }],
  fromApi: (raw) => {
    const id = idAt(raw, 'id');
    const name = textAt(raw, 'name');
    return {
      id,
      key: name,
      ...(id.startsWith('-') || switchOrNone(raw, 'system') === true ? { builtIn: true } : {}),
      spec: present({
        name,
        when: whenFromApi(raw, lowerCase),
        sort_by: textOrNone(raw, 'sort_by'),
        favourited: switchOrNone(raw, 'favourited'),
      }),
    };
  },

  requests: {
    create: (spec) => ({ method: 'POST', path, body: body(spec) }),
    update: (id, spec) => ({ method: 'PUT', path: `${path}/${id}`, body: body(spec) }),
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
