/** Departments (platform-and-people.md 4): string booleans, a list without operators, and a checksum beside it. */
import { type Json, print } from '../json.ts';
import { changedSince, listQuery, partOf } from '../paging.ts';
import { withoutReferences } from '../references.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Reply, type Section } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, complain, flag, has, id, ids, isAbsent, optional, type Spot, text } from '../spot.ts';
import { type Department, ownerOf, type PortalState, takeId } from '../state.ts';
import { inherited, members, staffed, unstaffed } from './department-staff.ts';

const mails: Readonly<Record<string, string>> = {
  from_email: '',
  is_transcript_mail_enabled: 'true',
  transcript_recipients: '',
  is_blockip_mail_enabled: 'true',
  blockip_recipients: '',
  is_feedback_mail_enabled: 'true',
  feedback_recipients: '',
  is_missedchat_mail_enabled: 'true',
  missedchat_recipients: '',
  is_cc_mail_enabled: 'true',
  cc_recipients: '',
};

const showInList = (row: Department, call: Call): { readonly [key: string]: Json } => ({
  modified_time: row.modified_time,
  name: row.name,
  id: idAs(call, 'string', row.id),
  is_enabled: String(row.is_enabled),
  created_by: idAs(call, 'string', row.created_by),
  is_public: String(row.is_public),
  is_system_generated: String(row.is_system_generated),
  created_time: row.created_time,
  description: row.description,
  display_name: row.display_name,
});

const showWhole = (row: Department, call: Call): { readonly [key: string]: Json } => ({
  email_configurations: row.email_configurations,
  ...showInList(row, call),
  operators: members(call.state, row.id).map((operator) => idAs(call, 'string', operator.id)),
  image_url: row.image_url,
});

/** Only here the image stands among the mail settings (platform-and-people.md 4.1). */
const showCreated = (row: Department, call: Call): Json => {
  const { image_url, ...rest } = showWhole(row, call);
  return { ...rest, email_configurations: { ...row.email_configurations, image_url } };
};

const departmentOf = (call: Call): Department => call.state.departments.find((row) => row.id === call.param('id')) ?? refuse(1019);

/** `url` of every answer about one department is its own path, whatever stood behind the id in the request. */
const answer = (kind: Reply['kind'], row: Department, call: Call): Reply => ({
  kind,
  object: 'department',
  id: row.id,
  url: `${call.base}/departments/${row.id}`,
  data: print(showWhole(row, call)),
});

const settings = (body: Spot, before: Department): Department => ({
  ...before,
  name: optional(child(body, 'name'), text, before.name),
  display_name: optional(child(body, 'display_name'), text, before.display_name),
  description: optional(child(body, 'description'), text, before.description),
  is_public: optional(child(body, 'is_public'), flag, before.is_public),
  email_configurations: readMails(child(body, 'email_configurations'), before.email_configurations),
});

const readMails = (spot: Spot, before: Readonly<Record<string, string>>): { [name: string]: string } =>
  Object.fromEntries(
    Object.entries(mails).map(([key, usual]) => [
      key,
      optional(child(spot, key), (setting) => (typeof setting.value === 'boolean' ? String(setting.value) : text(setting)), before[key] ?? usual),
    ]),
  );

const onlyName = (state: PortalState, row: Department): void => {
  if (state.departments.some((other) => other.id !== row.id && other.name.toLowerCase() === row.name.toLowerCase())) refuse(1014);
};

/** Operator ids of a body or query; each must exist (1024). */
const knownOperators = (
  wanted: readonly string[],
  state: PortalState,
  culprit: { readonly json_key: string } | { readonly param: string },
): readonly string[] =>
  wanted.every((known) => state.operators.some((operator) => operator.id === known && !operator.is_deleted)) ? wanted : refuse(1024, culprit);

const bodyOperators = (call: Call, key: string): readonly string[] => knownOperators(ids(child(call.body, key)), call.state, { json_key: key });

const withRow = (state: PortalState, row: Department): PortalState => ({
  ...state,
  departments: state.departments.map((other) => (other.id === row.id ? row : other)),
});

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const name = text(child(call.body, 'name'));
  const operators = bodyOperators(call, 'operators');
  const time = String(call.now);
  const blank = blankDepartment(taken.id, name, ownerOf(call.state), time, call.state.screenname);
  const row = settings(call.body, blank);
  onlyName(call.state, row);
  const state = staffed({ ...taken.state, departments: [...call.state.departments, row] }, row.id, operators, call.now);
  return { ...answer('create', row, call), url: call.path, data: print(showCreated(row, { ...call, state })), state };
};

const blankDepartment = (departmentId: string, name: string, by: string, time: string, screenname: string): Department => ({
  id: departmentId,
  name,
  display_name: name,
  description: '',
  is_public: true,
  is_enabled: true,
  is_system_generated: false,
  created_by: by,
  created_time: time,
  modified_time: time,
  email_configurations: { ...mails },
  image_url: `/api/v2/${screenname}/downloads/${time}_${departmentId}?purpose=department_image`,
});

const changed = (call: Call, change: (row: Department) => Department, staff: (state: PortalState) => PortalState = (state) => state): Reply => {
  const row = { ...change(departmentOf(call)), modified_time: String(call.now) };
  onlyName(call.state, row);
  const state = staff(withRow(call.state, row));
  return { ...answer('update', row, { ...call, state }), state };
};

const update = (call: Call): Reply =>
  changed(
    call,
    (row) => settings(call.body, row),
    (state) => (has(call.body, 'operators') ? staffed(state, call.param('id'), bodyOperators(call, 'operators'), call.now) : state),
  );

const associate = (call: Call): Reply => {
  const row = departmentOf(call);
  const joining = bodyOperators(call, 'ids');
  const all = [...members(call.state, row.id).map((operator) => operator.id), ...joining];
  return {
    ...changed(
      call,
      (same) => same,
      (state) => staffed(state, row.id, all, call.now),
    ),
    kind: 'fixed',
  };
};

const dissociate = (call: Call): Reply => {
  const row = departmentOf(call);
  const leaving = knownOperators(listQuery(call, 'ids'), call.state, { param: 'ids' });
  const rest = members(call.state, row.id)
    .map((operator) => operator.id)
    .filter((operator) => !leaving.includes(operator));
  return {
    ...changed(
      call,
      (same) => same,
      (state) => staffed(state, row.id, rest, call.now),
    ),
    kind: 'fixed',
  };
};

/** The heir takes over members, apps and rules of the department (what "configure to" means is inferred, platform-and-people.md 4.2). */
const remove = (call: Call): Reply => {
  const row = departmentOf(call);
  const heirId = call.query('configure_to');
  if (heirId === undefined && call.switches['configure-to'] === 'required') refuse(1011, { param: 'configure_to' });
  if (call.state.departments.length === 1 || row.is_system_generated) refuse(1026);
  const heir =
    heirId === undefined
      ? undefined
      : (call.state.departments.find((other) => other.id === heirId && other.id !== row.id) ?? refuse(1025, { param: 'configure_to' }));
  if (row.is_public && heir?.is_public === false) refuse(1302);
  const without = { ...call.state, departments: call.state.departments.filter((other) => other.id !== row.id) };
  const state = heir === undefined ? withoutReferences(unstaffed(without, row.id), 'department', row.id, call.switches) : inherited(without, row.id, heir.id);
  return { ...answer('delete', row, call), state };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = state;
  const departments = seedList(child(seed, 'departments')).map((entry, index): Department => {
    knownKeys(entry, [
      'id',
      'name',
      'display_name',
      'description',
      'is_public',
      'is_enabled',
      'is_system_generated',
      'created_by',
      'created_time',
      'modified_time',
      'email_configurations',
      'image_url',
    ]);
    const taken = freshId(entry, at);
    at = taken.state;
    const time = optional(child(entry, 'created_time'), id, birth.now);
    const name = text(child(entry, 'name'));
    if (name === '') complain(child(entry, 'name'), 'value', 'must not be empty');
    const row = settings(entry, blankDepartment(taken.id, name, optional(child(entry, 'created_by'), id, birth.ownerId), time, state.screenname));
    return {
      ...row,
      is_enabled: optional(child(entry, 'is_enabled'), flag, true),
      is_system_generated: optional(child(entry, 'is_system_generated'), flag, index === 0),
      modified_time: optional(child(entry, 'modified_time'), id, time),
      image_url: isAbsent(child(entry, 'image_url')) ? row.image_url : text(child(entry, 'image_url')),
    };
  });
  return { ...at, departments };
};

export const departments: Section = {
  keys: ['departments'],
  routes: [
    {
      method: 'GET',
      path: 'departments',
      scope: 'departments.READ',
      run: (call) => ({
        kind: 'list',
        object: 'list',
        synced: true,
        checksum: true,
        data: print(partOf(changedSince(call.listed.departments, call), call).map((row) => showInList(row, call))),
      }),
    },
    { method: 'POST', path: 'departments', scope: 'departments.CREATE', body: 'json', run: create },
    { method: 'GET', path: 'departments/:id', scope: 'departments.READ', run: (call) => answer('fixed', departmentOf(call), call) },
    { method: 'PUT', path: 'departments/:id', scope: 'departments.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'departments/:id', scope: 'departments.DELETE', run: remove },
    { method: 'PUT', path: 'departments/:id/enable', scope: 'departments.UPDATE', run: (call) => changed(call, (row) => ({ ...row, is_enabled: true })) },
    { method: 'PUT', path: 'departments/:id/disable', scope: 'departments.UPDATE', run: (call) => changed(call, (row) => ({ ...row, is_enabled: false })) },
    { method: 'PUT', path: 'departments/:id/operators', scope: 'departments.UPDATE', body: 'json', run: associate },
    { method: 'DELETE', path: 'departments/:id/operators', scope: 'departments.DELETE', run: dissociate },
  ],
  load,
};
