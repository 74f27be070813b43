/** Categories of canned responses (platform-and-people.md 6.2): one is named by the word for many, and its owner by name and id. */
import type { CannedCategory } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { pageOf, sortedBy } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Reply, type Route } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, flag, id, optional, type Spot, text } from '../spot.ts';
import { ownerOf, type PortalState, takeId } from '../state.ts';
import { nameOf, onlyName, withDefault, withoutCategory } from './categories.ts';
import { nameOfOperator } from './stamps.ts';

/** Outside of the counter, so that it takes no id from what is seeded. */
const generalId = '44000000000000017';

const show = (row: CannedCategory, call: Call): Json => ({
  owner: nameOfOperator(row.owner_id, call),
  owner_id: idAs(call, 'string', row.owner_id),
  name: row.name,
  created_time: row.created_time,
  modified_time: row.modified_time,
  id: idAs(call, 'string', row.id),
  is_default: String(row.is_default),
});

const answer = (kind: Reply['kind'], row: CannedCategory, call: Call): Reply => ({
  kind,
  object: 'cannedresponsecategories',
  id: row.id,
  data: print(show(row, call)),
});

const rowsOf = (state: PortalState): readonly CannedCategory[] => state.canned_response_categories;

const categoryOf = (call: Call): CannedCategory => rowsOf(call.state).find((row) => row.id === call.param('id')) ?? refuse(1019);

/** `order` must be there once `sort_by` is. */
const list = (call: Call): Reply => {
  if (call.query('sort_by') !== undefined && call.query('order') === undefined) refuse(1011, { param: 'order' });
  const rows = sortedBy(rowsOf(call.listed), call, { name: (row) => row.name.toLowerCase() });
  return { kind: 'list', object: 'list', data: print(pageOf(rows, call, 20, 99).map((row) => show(row, call))) };
};

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const time = String(call.now);
  const row: CannedCategory = {
    id: taken.id,
    name: nameOf(child(call.body, 'name')),
    owner_id: ownerOf(call.state),
    is_default: false,
    created_time: time,
    modified_time: time,
  };
  onlyName(row, rowsOf(call.state), call);
  return { ...answer('create', row, call), state: { ...taken.state, canned_response_categories: [...rowsOf(call.state), row] } };
};

const update = (call: Call): Reply => {
  const row = { ...categoryOf(call), name: nameOf(child(call.body, 'name')), modified_time: String(call.now) };
  onlyName(row, rowsOf(call.state), call);
  const rows = rowsOf(call.state).map((other) => (other.id === row.id ? row : other));
  return { ...answer('update', row, call), state: { ...call.state, canned_response_categories: rows } };
};

const remove = (call: Call): Reply => {
  const gone = categoryOf(call);
  const { rows, heir } = withoutCategory(rowsOf(call.state), gone, call);
  const pass = (ids: readonly string[]): string[] => [...new Set(ids.map((known) => (known === gone.id ? heir : known)))];
  const responses = call.state.canned_responses.map((row) => ({ ...row, category_ids: pass(row.category_ids) }));
  return { ...answer('delete', gone, call), state: { ...call.state, canned_response_categories: rows, canned_responses: responses } };
};

export const cannedCategoryRoutes: readonly Route[] = [
  { method: 'GET', path: 'cannedresponsecategories', scope: 'cannedresponses.READ', run: list },
  { method: 'POST', path: 'cannedresponsecategories', scope: 'cannedresponses.CREATE', body: 'json', run: create },
  { method: 'GET', path: 'cannedresponsecategories/:id', scope: 'cannedresponses.READ', run: (call) => answer('fixed', categoryOf(call), call) },
  { method: 'PUT', path: 'cannedresponsecategories/:id', scope: 'cannedresponses.UPDATE', body: 'json', run: update },
  { method: 'DELETE', path: 'cannedresponsecategories/:id', scope: 'cannedresponses.DELETE', run: remove },
];

export const loadCannedCategories = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = state;
  const rows = seedList(child(seed, 'canned_response_categories')).map((entry): CannedCategory => {
    knownKeys(entry, ['id', 'name', 'owner_id', 'is_default', 'created_time', 'modified_time']);
    const taken = freshId(entry, at);
    at = taken.state;
    const created = optional(child(entry, 'created_time'), id, birth.now);
    return {
      id: taken.id,
      name: text(child(entry, 'name')),
      owner_id: optional(child(entry, 'owner_id'), id, birth.ownerId),
      is_default: optional(child(entry, 'is_default'), flag, false),
      created_time: created,
      modified_time: optional(child(entry, 'modified_time'), id, created),
    };
  });
  const general = { id: generalId, name: 'General', owner_id: birth.ownerId, is_default: true, created_time: birth.now, modified_time: birth.now };
  return { ...at, canned_response_categories: withDefault(rows, general) };
};
