/** Views of the visitor history (webhooks-and-more.md 11). Two come with the portal; that they can neither be changed nor deleted is inferred. */
import type { HistoryView } from '../content-state.ts';
import { readCriteria, showCriteria, type Words } from '../criteria.ts';
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Section } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, flag, id, oneOf, optional, type Spot, text } from '../spot.ts';
import { ownerOf, takeId } from '../state.ts';
import { fieldNames } from '../vocabulary.ts';
import { nameOf, onlyName } from './categories.ts';

const sorts = ['frequency', 'leadscore', 'last_visit_time', 'time_on_site'];
const usualSort = 'last_visit_time';

const system = (viewId: string, name: string, field: string, comparator: string, value: string): HistoryView => ({
  id: viewId,
  name,
  and_criteria: [{ or_criteria: [{ field_name: field, comparator, values: [value] }] }],
  sort_by: usualSort,
  favourited: true,
  creator_id: '',
  modified_time: '0',
});

const returning = system('-2', 'Returning Visitors', 'number_of_visits', 'greater_than', '1');
const repeated = { ...returning, name: 'Repeated Visitors' };
const everybody = system('-1', 'All Visitors', 'visitor_type', 'is_equal_to', 'all');

const isSystem = (view: HistoryView): boolean => view.id.startsWith('-');

/** All views as lists show them, those of the portal first. */
export const viewsIn = (call: Pick<Call, 'state' | 'switches'>): readonly HistoryView[] => [
  call.switches['returning-view'] === 'returning' ? returning : repeated,
  everybody,
  ...call.state.visitor_history_views,
];

/** Ids of the portal's own views are negative. */
export const showViewId = (viewId: string, call: Pick<Call, 'switches'>): Json =>
  viewId.startsWith('-') && call.switches['id-type'] === 'number' ? BigInt(viewId) : idAs(call, 'string', viewId);

const show = (view: HistoryView, call: Call): Json => ({
  and_criteria: showCriteria(view.and_criteria, 'and_criteria', call.switches),
  system: isSystem(view),
  favourited: view.favourited,
  name: view.name,
  ...(isSystem(view)
    ? {}
    : {
        creator: { id: idAs(call, 'string', view.creator_id) },
        modified_time: call.switches['view-time'] === 'number' ? Number(view.modified_time) : view.modified_time,
      }),
  sort_by: view.sort_by,
  id: showViewId(view.id, call),
});

const answer = (kind: Reply['kind'], view: HistoryView, call: Call): Reply => ({
  kind,
  object: 'visitorhistoryview',
  id: view.id,
  data: print(show(view, call)),
});

const viewOf = (call: Call): HistoryView => viewsIn(call).find((view) => view.id === call.param('id')) ?? refuse(1019);

/** The view of the path if it may be changed; which code says that it may not is undocumented. */
const ownView = (call: Call): HistoryView => (isSystem(viewOf(call)) ? refuse(1016) : viewOf(call));

const words = (call: Call): Words => ({ fields: fieldNames('visitorhistory'), vocabulary: call.switches.vocabulary });

const sortOf = (spot: Spot): string => oneOf(spot, sorts);

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const view: HistoryView = {
    id: taken.id,
    name: nameOf(child(call.body, 'name')),
    and_criteria: readCriteria(child(call.body, 'and_criteria'), words(call)),
    sort_by: optional(child(call.body, 'sort_by'), sortOf, usualSort),
    favourited: optional(child(call.body, 'favourited'), flag, false),
    creator_id: ownerOf(call.state),
    modified_time: String(call.now),
  };
  onlyName(view, viewsIn(call), call);
  return { ...answer('create', view, call), state: { ...taken.state, visitor_history_views: [...call.state.visitor_history_views, view] } };
};

const update = (call: Call): Reply => {
  const kept = ownView(call);
  const before = call.switches['put-details'] === 'replacing' ? { ...kept, sort_by: usualSort, favourited: false } : kept;
  const view: HistoryView = {
    ...before,
    name: optional(child(call.body, 'name'), nameOf, before.name),
    and_criteria: optional(child(call.body, 'and_criteria'), (spot) => readCriteria(spot, words(call)), before.and_criteria),
    sort_by: optional(child(call.body, 'sort_by'), sortOf, before.sort_by),
    favourited: optional(child(call.body, 'favourited'), flag, before.favourited),
    modified_time: String(call.now),
  };
  onlyName(view, viewsIn(call), call);
  const views = call.state.visitor_history_views.map((other) => (other.id === view.id ? view : other));
  return { ...answer('update', view, call), state: { ...call.state, visitor_history_views: views } };
};

/** Columns that showed it show all visitors again. */
const remove = (call: Call): Reply => {
  const view = ownView(call);
  const { list_one, list_two, list_three, ...rest } = call.state.user_preferences;
  const left = (shown: string): string => (shown === view.id ? everybody.id : shown);
  const state = {
    ...call.state,
    visitor_history_views: call.state.visitor_history_views.filter((other) => other.id !== view.id),
    user_preferences: { ...rest, list_one: left(list_one), list_two: left(list_two), list_three: left(list_three) },
  };
  return { ...answer('delete', view, call), state };
};

const list = (call: Call): Reply => ({
  kind: 'list',
  object: 'visitorhistoryviews',
  data: print(viewsIn({ state: call.listed, switches: call.switches }).map((view) => show(view, call))),
});

const load: Section['load'] = (seed, state, birth) => {
  let at = state;
  const views = seedList(child(seed, 'visitor_history_views')).map((entry): HistoryView => {
    knownKeys(entry, ['id', 'name', 'and_criteria', 'sort_by', 'favourited', 'creator_id', 'modified_time']);
    const taken = freshId(entry, at);
    at = taken.state;
    return {
      id: taken.id,
      name: text(child(entry, 'name')),
      and_criteria: readCriteria(child(entry, 'and_criteria'), { fields: fieldNames('visitorhistory'), vocabulary: 'lax' }),
      sort_by: optional(child(entry, 'sort_by'), sortOf, usualSort),
      favourited: optional(child(entry, 'favourited'), flag, false),
      creator_id: optional(child(entry, 'creator_id'), id, birth.ownerId),
      modified_time: optional(child(entry, 'modified_time'), id, birth.now),
    };
  });
  return { ...at, visitor_history_views: views };
};

const scope = 'visitorhistoryviews';

export const visitorHistoryViews: Section = {
  keys: ['visitor_history_views'],
  routes: [
    { method: 'GET', path: 'visitorhistoryviews', scope: `${scope}.READ`, run: list },
    { method: 'POST', path: 'visitorhistoryviews', scope: `${scope}.CREATE`, body: 'json', run: create },
    { method: 'GET', path: 'visitorhistoryviews/:id', scope: `${scope}.READ`, run: (call) => answer('fixed', viewOf(call), call) },
    { method: 'PUT', path: 'visitorhistoryviews/:id', scope: `${scope}.UPDATE`, body: 'json', run: update },
    { method: 'DELETE', path: 'visitorhistoryviews/:id', scope: `${scope}.DELETE`, run: remove },
  ],
  load,
};
