/** Canned responses (platform-and-people.md 6.1): `url` without its leading slash, and lists with one row more than asked. */
import type { CannedResponse } from '../content-state.ts';
import { type Json, print } from '../json.ts';
import { limitOf, pageNumber, sortedBy } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Reply, type Section } from '../route.ts';
import { departmentNamed, freshId, knownKeys, named, seedList } from '../seed-entry.ts';
import { child, complain, elements, flag, has, id, isAbsent, optional, type Spot, text, texts } from '../spot.ts';
import { type PortalState, takeId } from '../state.ts';
import { cannedCategoryRoutes, loadCannedCategories } from './canned-response-categories.ts';
import { changedStamps, newStamps, seededStamps, showPerson, stampKeys } from './stamps.ts';

const usualLimit = 10;
const highestLimit = 99;

const showMaker = (operator: string, call: Call): Json => ({
  ...showPerson(operator, call),
  type: 'operator',
  image_url: `/api/v2/${call.state.screenname}/downloads/${operator}?purpose=operator_image`,
});

const categories = (row: CannedResponse, call: Call): Json =>
  row.category_ids.map((category) => ({
    name: call.state.canned_response_categories.find((known) => known.id === category)?.name ?? '',
    id: idAs(call, 'string', category),
  }));

/** The key of the department is on no page, hence a switch. */
const department = (row: CannedResponse, call: Call): { readonly [key: string]: Json } => {
  const shown = call.switches['canned-department'];
  if (row.associate_with_all_departments || shown === 'absent') return {};
  const departmentId = idAs(call, 'string', row.department_id);
  if (shown === 'department_id') return { department_id: departmentId };
  return { department: { name: call.state.departments.find((known) => known.id === row.department_id)?.name ?? '', id: departmentId } };
};

const show = (row: CannedResponse, call: Call): Json => ({
  modified_time: row.modified_time,
  id: idAs(call, 'string', row.id),
  public: row.public,
  modifier: showMaker(row.modifier_id, call),
  creator: showMaker(row.creator_id, call),
  categories: categories(row, call),
  usage_count: row.usage_count,
  enabled: row.enabled,
  content: row.content,
  last_used_time: row.last_used_time,
  created_time: row.created_time,
  associate_with_all_departments: row.associate_with_all_departments,
  ...department(row, call),
});

const bare = (call: Call): string => call.path.replace(/^\//, '');

const answer = (kind: Reply['kind'], row: CannedResponse, call: Call): Reply => ({
  kind,
  object: 'cannedresponse',
  id: row.id,
  url: bare(call),
  data: print(show(row, call)),
});

const responseOf = (call: Call): CannedResponse => call.state.canned_responses.find((row) => row.id === call.param('id')) ?? refuse(1019);

const list = (call: Call): Reply => {
  const wanted = call.query('department_id');
  const shown = call.listed.canned_responses.filter((row) => wanted === undefined || row.associate_with_all_departments || row.department_id === wanted);
  const rows = sortedBy(shown, call, { usage_count: (row) => Number(row.usage_count), last_used_time: (row) => Number(row.last_used_time) });
  const limit = limitOf(call, usualLimit, highestLimit);
  const mode = call.switches['canned-paging'];
  const start = (pageNumber(call) - 1) * (mode === 'following' ? limit + 1 : limit);
  const part = rows.slice(start, start + limit + (mode === 'plain' ? 0 : 1));
  return { kind: 'list', object: 'list', url: bare(call), data: print(part.map((row) => show(row, call))) };
};

type Settings = Pick<CannedResponse, 'content' | 'public' | 'enabled' | 'associate_with_all_departments' | 'department_id' | 'category_ids'>;

const general = (state: PortalState): string[] => state.canned_response_categories.filter((row) => row.is_default).map((row) => row.id);

const blank = (call: Call): Settings => ({
  content: '',
  public: false,
  enabled: true,
  associate_with_all_departments: true,
  department_id: '',
  category_ids: general(call.state),
});

const readCategories = (spot: Spot, state: PortalState): string[] => {
  const wanted = elements(spot).map((entry) => {
    const known = id(entry);
    return state.canned_response_categories.some((row) => row.id === known) ? known : refuse(1019, { json_key: entry.path });
  });
  return wanted.length === 0 ? general(state) : [...new Set(wanted)];
};

const readDepartment = (spot: Spot, call: Call): string => {
  const wanted = id(spot);
  return call.state.departments.some((row) => row.id === wanted) ? wanted : refuse(1025, { json_key: spot.path });
};

/** A department is needed where a response is not for all of them; naming one alone means it. */
const settings = (call: Call, before: Settings): Settings => {
  const { body } = call;
  const named = optional(child(body, 'department_id'), (spot) => readDepartment(spot, call), before.department_id);
  const all = optional(child(body, 'associate_with_all_departments'), flag, has(body, 'department_id') ? false : before.associate_with_all_departments);
  if (!all && named === '') refuse(1015, { json_key: 'department_id' });
  return {
    content: optional(child(body, 'content'), contentOf, before.content),
    public: optional(child(body, 'public'), flag, before.public),
    enabled: optional(child(body, 'enabled'), flag, before.enabled),
    associate_with_all_departments: all,
    department_id: all ? '' : named,
    category_ids: optional(child(body, 'category_ids'), (spot) => readCategories(spot, call.state), before.category_ids),
  };
};

const contentOf = (spot: Spot): string => (text(spot) === '' ? complain(spot, 'value', 'must not be empty') : text(spot));

const create = (call: Call): Reply => {
  if (!has(call.body, 'content')) refuse(1015, { json_key: 'content' });
  const taken = takeId(call.state);
  const given = settings(call, blank(call));
  const row: CannedResponse = {
    id: taken.id,
    ...given,
    enabled: call.switches['create-extras'] === 'honoured' ? given.enabled : true,
    usage_count: '0',
    last_used_time: '',
    ...newStamps(call),
  };
  return { ...answer('create', row, call), state: { ...taken.state, canned_responses: [...call.state.canned_responses, row] } };
};

const update = (call: Call): Reply => {
  const before = responseOf(call);
  const given = settings(call, call.switches['put-details'] === 'replacing' ? blank(call) : before);
  if (given.content === '') refuse(1015, { json_key: 'content' });
  const row: CannedResponse = { ...before, ...given, ...changedStamps(call) };
  const rows = call.state.canned_responses.map((other) => (other.id === row.id ? row : other));
  return { ...answer('update', row, call), state: { ...call.state, canned_responses: rows } };
};

const remove = (call: Call): Reply => {
  const row = responseOf(call);
  return { ...answer('delete', row, call), state: { ...call.state, canned_responses: call.state.canned_responses.filter((other) => other.id !== row.id) } };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = loadCannedCategories(seed, state, birth);
  const rows = seedList(child(seed, 'canned_responses')).map((entry): CannedResponse => {
    knownKeys(entry, [
      ...['id', 'content', 'public', 'enabled', 'associate_with_all_departments', 'department', 'department_id', 'categories', 'category_ids'],
      ...['usage_count', 'last_used_time'],
      ...stampKeys,
    ]);
    const taken = freshId(entry, at);
    at = taken.state;
    const departmentId = isAbsent(child(entry, 'department'))
      ? optional(child(entry, 'department_id'), id, '')
      : departmentNamed(child(entry, 'department'), at);
    const labels = at.canned_response_categories.map((row) => ({ id: row.id, label: row.name }));
    return {
      id: taken.id,
      content: text(child(entry, 'content')),
      public: optional(child(entry, 'public'), flag, false),
      enabled: optional(child(entry, 'enabled'), flag, true),
      associate_with_all_departments: departmentId === '',
      department_id: departmentId,
      category_ids: optional(
        child(entry, 'categories'),
        (spot) => elements(spot).map((name) => named(name, labels, 'category of canned responses')),
        optional(child(entry, 'category_ids'), texts, general(at)),
      ),
      usage_count: optional(child(entry, 'usage_count'), id, '0'),
      last_used_time: optional(child(entry, 'last_used_time'), text, ''),
      ...seededStamps(entry, birth),
    };
  });
  return { ...at, canned_responses: rows };
};

export const cannedResponses: Section = {
  keys: ['canned_response_categories', 'canned_responses'],
  routes: [
    { method: 'GET', path: 'cannedresponses', scope: 'cannedresponses.READ', run: list },
    { method: 'POST', path: 'cannedresponses', scope: 'cannedresponses.CREATE', body: 'json', run: create },
    { method: 'GET', path: 'cannedresponses/:id', scope: 'cannedresponses.READ', run: (call) => answer('fixed', responseOf(call), call) },
    { method: 'PUT', path: 'cannedresponses/:id', scope: 'cannedresponses.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'cannedresponses/:id', scope: 'cannedresponses.DELETE', run: remove },
    ...cannedCategoryRoutes,
  ],
  load,
};
