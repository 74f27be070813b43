/**
 * Where visitors and chats go (rules.md 7). The service stores `userset`, a
 * list of sets of users; samples have exactly one, and what several mean is
 * not documented. The first is written flat in `route`, further ones stand in
 * `more_users`, so that a rule made elsewhere with several loses none.
 */
import { type IdOf, isList, isObject, type Json, type JsonObject, type NameOf, type RefRule, type Schema } from '../model/index.ts';
import { objectsIn, present, setOf, textAt, textsOrNone } from './read.ts';
import { clearable, listOf, mapping, openWord, text } from './schema.ts';
import { dynamicUsers, routingTypes } from './vocabulary.ts';

const users = {
  departments: listOf(text('A department, by name.'), 'Departments that take part.'),
  operators: listOf(text('An operator, by e-mail address.'), 'Operators that take part.'),
  dynamic_users: listOf(openWord('Users found when the visitor comes.', dynamicUsers), 'Users found when the visitor comes, such as last_attender.'),
};

export const routeSchema: Schema = mapping('Where it goes.', {
  type: openWord("How it is routed (the service's routing_type).", routingTypes),
  departments: clearable(users.departments),
  operators: clearable(users.operators),
  dynamic_users: clearable(users.dynamic_users),
  more_users: clearable(
    listOf(mapping('A further set of users.', users), 'Further sets of users after the first; what the service does with them is not documented.'),
  ),
});

export const routeRefs: readonly RefRule[] = ['route', 'route.more_users[]'].flatMap((path) => [
  { path: `${path}.departments[]`, kind: 'departments' },
  { path: `${path}.operators[]`, kind: 'operators' },
]);

/** What null clears a routing list to. */
export const routeCleared: Readonly<Record<string, Json>> = {
  'route.departments': [],
  'route.operators': [],
  'route.dynamic_users': [],
  'route.more_users': [],
};

const texts = (value: Json | undefined): readonly string[] => (isList(value) ? value.map(String) : []);

const sets = (written: JsonObject): JsonObject => {
  const list = (key: string, change: (text: string) => string): Json | undefined => {
    const value = written[key];
    return isList(value) ? setOf(texts(value).map(change)) : value;
  };
  return present({
    ...written,
    departments: list('departments', (name) => name),
    operators: list('operators', (email) => email.toLowerCase()),
    dynamic_users: list('dynamic_users', (name) => name),
  });
};

const noUsers = { departments: [], operators: [], dynamic_users: [] };

/** `route` in its one form: lists are sorted sets, addresses of operators in small letters. */
export const normaliseRoute = (route: Json): Json => {
  if (!isObject(route)) return route;
  const more = route['more_users'];
  return present({ ...sets(route), more_users: isList(more) ? more.filter(isObject).map((set) => ({ ...noUsers, ...sets(set) })) : more });
};

const userSet = (raw: JsonObject, nameOf: NameOf): JsonObject => ({
  departments: setOf(textsOrNone(raw, 'department_ids').map((id) => nameOf('departments', id))),
  operators: setOf(textsOrNone(raw, 'operator_ids').map((id) => nameOf('operators', id))),
  dynamic_users: setOf(textsOrNone(raw, 'dynamic_users')),
});

/** Raw rule → `route`. A rule without userset has three empty lists. */
export const routeFromApi = (raw: JsonObject, nameOf: NameOf): JsonObject => {
  const list = raw['userset'];
  const [first = noUsers, ...more] = objectsIn(isList(list) ? list : isObject(list) ? [list] : [], 'userset').map((set) => userSet(set, nameOf));
  return {
    ...present({ type: raw['routing_type'] === undefined || raw['routing_type'] === null ? undefined : textAt(raw, 'routing_type') }),
    ...first,
    more_users: more,
  };
};

const userSetToApi = (set: JsonObject, idOf: IdOf): JsonObject => ({
  operator_ids: texts(set['operators']).map((key) => idOf('operators', key)),
  department_ids: texts(set['departments']).map((key) => idOf('departments', key)),
  dynamic_users: texts(set['dynamic_users']),
});

/** `route` → routing_type and userset. Without any user, and none stored, userset is left out: routing types that need no users exist (rules.md 7.1). */
export const routeToApi = (route: Json | undefined, raw: JsonObject, idOf: IdOf): JsonObject => {
  if (!isObject(route)) return {};
  const more = isList(route['more_users']) ? route['more_users'].filter(isObject) : [];
  const first = userSetToApi(route, idOf);
  const empty = more.length === 0 && Object.values(first).every((list) => isList(list) && list.length === 0);
  const stored = isList(raw['userset']) && raw['userset'].length > 0;
  return present({
    routing_type: route['type'],
    userset: empty && !stored ? undefined : [first, ...more.map((set) => userSetToApi(set, idOf))],
  });
};
