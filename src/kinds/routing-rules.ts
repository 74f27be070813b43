/** What visitor and chat routing rules share: the two families have one model (rules.md 4 and 5). */
import { type CriteriaVocabulary, isObject, type Json, type Kind, type Scopes } from '../model/index.ts';
import { criteriaSchema, lowerCase, normaliseWhen, whenFromApi, whenToApi } from './criteria.ts';
import { idAt, integerAt, listAt, objectAt, present, switchAt, textAt } from './read.ts';
import { normaliseRoute, routeCleared, routeFromApi, routeRefs, routeSchema, routeToApi } from './route.ts';
import { flag, mapping, text } from './schema.ts';
import { dynamicUsers, routingTypes } from './vocabulary.ts';

interface Family {
  readonly name: string;
  readonly title: string;
  readonly doc: string;
  readonly source: string;
  readonly scopes: Scopes;
  readonly path: string;
  readonly orderList: string;
  readonly vocabulary: CriteriaVocabulary;
  /** Whether `route_to_all` beside the list is told: where no other kind is about it. */
  readonly routeToAll: 'reported' | 'own kind';
}

/** What the list says beside its rules. For visitors the common rule is a kind of its own. */
const routeToAll = (data: Json): Readonly<Record<string, string>> =>
  isObject(data) && typeof data['route_to_all'] === 'string' ? { route_to_all: data['route_to_all'] } : {};

export const routingKind = (family: Family): Kind => ({
  name: family.name,
  title: family.title,
  doc: family.doc,
  source: family.source,
  scopes: family.scopes,
  shape: 'list',

  schema: mapping(
    family.doc,
    {
      title: text('The name of the rule, unique within its app.'),
      app: text('The app (brand) it belongs to, by name.'),
      enabled: flag('Whether it is on. Default: true.'),
      when: criteriaSchema(family.vocabulary),
      route: routeSchema,
    },
    ['title', 'app'],
  ),

  identity: { by: 'fields', fields: ['title'], inApp: true },
  refs: [{ path: 'app', kind: 'apps' }, ...routeRefs],
  manages: ['create', 'update', 'delete', 'move'],
  needs: ['when', 'route'],

  // The position is a bare number here and text for triggers (rules.md 1.2).
  order: { list: family.orderList, place: (id, position) => ({ method: 'PUT', path: `${family.path}/${id}`, body: { position } }) },

  vocabulary: [
    { path: 'route.type', what: 'routing type', known: routingTypes },
    { path: 'route.dynamic_users[]', what: 'dynamic user', known: dynamicUsers },
  ],
  criteria: family.vocabulary,
  cleared: routeCleared,
  normalise: (written) =>
    present({
      ...written,
      when: written['when'] === undefined ? undefined : normaliseWhen(written['when']),
      route: written['route'] === undefined ? undefined : normaliseRoute(written['route']),
    }),

  lists: [
    {
      path: family.path,
      items: (data) => listAt(isObject(data) ? data : {}, 'rule_list'),
      ...(family.routeToAll === 'reported' ? { reports: routeToAll } : {}),
    },
  ],
  fromApi: (raw, nameOf) => {
    const app = nameOf('apps', idAt(objectAt(raw, 'app'), 'id'));
    const title = textAt(raw, 'title');
    return {
      id: idAt(raw, 'id'),
      key: title,
      app,
      position: integerAt(raw, 'position'),
      spec: { title, app, enabled: switchAt(raw, 'enabled'), when: whenFromApi(raw, lowerCase), route: routeFromApi(raw, nameOf) },
    };
  },

  requests: {
    create: (spec, idOf) => ({
      method: 'POST',
      path: family.path,
      body: {
        app_id: idOf('apps', textAt(spec, 'app')),
        title: textAt(spec, 'title'),
        and_criteria: whenToApi(spec['when'], lowerCase),
        ...routeToApi(spec['route'], {}, idOf),
      },
    }),
    update: (id, spec, raw, idOf) => ({
      method: 'PUT',
      path: `${family.path}/${id}`,
      body: {
        app_id: idOf('apps', textAt(spec, 'app')),
        title: textAt(spec, 'title'),
        and_criteria: whenToApi(spec['when'], lowerCase),
        ...routeToApi(spec['route'], raw, idOf),
      },
    }),
    // Enabling is a PUT of its own to the same path (rules.md 1).
    enable: [(id, enabled) => ({ method: 'PUT', path: `${family.path}/${id}`, body: { enabled } })],
    delete: (id) => ({ method: 'DELETE', path: `${family.path}/${id}` }),
  },
});
