/** Operators (platform-and-people.md 2). */
import { type Json, print } from '../json.ts';
import { changedSince, listQuery, partOf } from '../paging.ts';
import { withoutReferences } from '../references.ts';
import { refuse } from '../refusal.ts';
import type { Birth, Call, Reply, Route, Section } from '../route.ts';
import { departmentNamed, freshId, isOwner, knownKeys, seedList } from '../seed-entry.ts';
import { child, elements, flag, has, id, ids, oneOf, optional, type Spot, text } from '../spot.ts';
import { type Operator, type PortalState, takeId } from '../state.ts';
import { everything, profile, showCreated, showInList, showJoined, showLeft } from './operator-shapes.ts';

const roles = ['Administrator', 'Supervisor', 'Associate'];
const concurrent = ['0', '1', '2', '3', '4', '5', '7', '10', '25', 'unlimited'];

const createKeys = ['nick_name', 'first_name', 'last_name', 'description', 'mobile', 'phone', 'time_zone', 'language'];

const operatorOf = (call: Call): Operator => call.state.operators.find((row) => row.id === call.param('id') && !row.is_deleted) ?? refuse(1019);

const answer = (kind: Reply['kind'], row: Operator, call: Call, show: (row: Operator, call: Call) => Json = everything): Reply => ({
  kind,
  object: 'operator',
  id: row.id,
  url: `${call.base}/operators/${row.id}`,
  data: print(show(row, call)),
});

const changed = (call: Call, change: (row: Operator) => Operator): { readonly row: Operator; readonly state: PortalState } => {
  const row = { ...change(operatorOf(call)), modified_time: String(call.now) };
  return { row, state: { ...call.state, operators: call.state.operators.map((other) => (other.id === row.id ? row : other)) } };
};

const updated = (call: Call, change: (row: Operator) => Operator): Reply => {
  const { row, state } = changed(call, change);
  return { ...answer('update', row, call), state };
};

const knownDepartments = (wanted: readonly string[], state: PortalState, culprit: { readonly json_key: string } | { readonly param: string }): string[] =>
  wanted.every((known) => state.departments.some((row) => row.id === known)) ? [...wanted] : refuse(1025, culprit);

const readProfile = (body: Spot, keys: readonly string[], before: Readonly<Record<string, string>>): { [name: string]: string } =>
  Object.fromEntries(
    Object.entries(profile).map(([key, usual]) => {
      const kept = before[key] ?? usual;
      if (!keys.includes(key)) return [key, kept];
      return [key, optional(child(body, key), key === 'maximum_concurrent_chat' ? (spot) => oneOf(spot, concurrent) : text, kept)];
    }),
  );

const create = (call: Call): Reply => {
  const email = text(child(call.body, 'email_id'));
  const role = oneOf(child(call.body, 'role'), roles);
  const departments = knownDepartments(ids(child(call.body, 'departments')), call.state, { json_key: 'departments' });
  if (departments.length === 0) refuse(1025, { json_key: 'departments' });
  const monitored = flag(child(call.body, 'is_monitored'));
  if (call.state.operators.some((row) => !row.is_deleted && row.email_id.toLowerCase() === email.toLowerCase())) refuse(1014);
  const taken = takeId(call.state);
  const time = String(call.now);
  const row: Operator = {
    ...newOperator(taken.id, email, role, departments, time),
    is_monitored: monitored,
    is_chat_enabled: optional(child(call.body, 'is_chat_enabled'), flag, true),
    profile: readProfile(call.body, createKeys, {}),
  };
  return { ...answer('create', row, call, showCreated), url: call.path, state: { ...taken.state, operators: [...call.state.operators, row] } };
};

/** Invited, not yet confirmed (platform-and-people.md 2.1). */
const newOperator = (operatorId: string, email: string, role: string, departments: string[], time: string): Operator => ({
  id: operatorId,
  zuid: String(54_000_000 + Number(operatorId.slice(-6))),
  email_id: email,
  role,
  departments,
  is_owner: false,
  is_enabled: true,
  is_confirmed: false,
  is_deleted: false,
  is_chat_enabled: true,
  is_monitored: false,
  status_code: '1',
  created_time: time,
  modified_time: time,
  profile: { ...profile },
});

const update = (call: Call): Reply =>
  updated(call, (row) => ({
    ...row,
    role: optional(child(call.body, 'role'), (spot) => oneOf(spot, roles), row.role),
    is_chat_enabled: optional(child(call.body, 'is_chat_enabled'), flag, row.is_chat_enabled),
    profile: readProfile(call.body, Object.keys(profile), row.profile),
  }));

const remove = (call: Call): Reply => {
  const row = operatorOf(call);
  if (row.is_owner) refuse(1016);
  const gone = { ...row, is_deleted: true, is_enabled: false, modified_time: String(call.now) };
  const state = { ...call.state, operators: call.state.operators.map((other) => (other.id === row.id ? gone : other)) };
  return { ...answer('delete', gone, call), state: withoutReferences(state, 'operator', row.id, call.switches) };
};

const setStatus = (call: Call): Reply =>
  updated(call, (row) => ({ ...row, status_code: oneOf(child(call.body, 'status'), ['Available', 'Busy']) === 'Available' ? '1' : '3' }));

const join = (call: Call): Reply => {
  const { row, state } = changed(call, (before) => ({
    ...before,
    departments: [...new Set([...before.departments, ...knownDepartments(ids(child(call.body, 'ids')), call.state, { json_key: 'ids' })])],
  }));
  return { ...answer('fixed', row, call, showJoined), state };
};

/** Nobody is without a department: leaving the last one is 1026 (the code is inferred, platform-and-people.md 2.2). */
const quit = (call: Call): Reply => {
  const { row, state } = changed(call, (before) => {
    const leaving = knownDepartments(listQuery(call, 'ids'), call.state, { param: 'ids' });
    const departments = before.departments.filter((department) => !leaving.includes(department));
    return departments.length === 0 ? refuse(1026) : { ...before, departments };
  });
  return { ...answer('fixed', row, call, showLeft), state };
};

const list = (call: Call): Reply => {
  const shown = call.listed.operators.filter((row) => !row.is_deleted || call.switches['deleted-operators'] === 'listed');
  return { kind: 'list', object: 'list', synced: true, data: print(partOf(changedSince(shown, call), call).map((row) => showInList(row, call))) };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = state;
  const entries = seedList(child(seed, 'operators'));
  const ownerIndex = Math.max(0, entries.findIndex(isOwner));
  const operators = entries.map((entry, index): Operator => {
    knownKeys(entry, [
      'id',
      'email',
      'email_id',
      'role',
      'owner',
      'is_owner',
      'zuid',
      'departments',
      'is_enabled',
      'is_confirmed',
      'is_deleted',
      'is_chat_enabled',
      'is_monitored',
      'status_code',
      'created_time',
      'modified_time',
      'profile',
      ...Object.keys(profile),
    ]);
    const owns = index === ownerIndex;
    const taken = owns ? { id: birth.ownerId, state: freshId(entry, at).state } : freshId(entry, at);
    at = taken.state;
    const email = text(child(entry, has(entry, 'email') ? 'email' : 'email_id'));
    const departments = optional(
      child(entry, 'departments'),
      (spot) => elements(spot).map((one) => seededDepartment(one, at)),
      at.departments.map((row) => row.id),
    );
    const row = newOperator(
      taken.id,
      email,
      optional(child(entry, 'role'), (spot) => oneOf(spot, roles), owns ? 'Administrator' : 'Associate'),
      departments,
      optional(child(entry, 'created_time'), id, birth.now),
    );
    const stored = readProfile(child(entry, 'profile'), Object.keys(profile), { first_name: firstName(email) });
    return {
      ...row,
      zuid: optional(child(entry, 'zuid'), id, row.zuid),
      is_owner: owns,
      is_enabled: optional(child(entry, 'is_enabled'), flag, true),
      is_confirmed: optional(child(entry, 'is_confirmed'), flag, true),
      is_deleted: optional(child(entry, 'is_deleted'), flag, false),
      is_chat_enabled: optional(child(entry, 'is_chat_enabled'), flag, true),
      is_monitored: optional(child(entry, 'is_monitored'), flag, false),
      status_code: optional(child(entry, 'status_code'), id, '1'),
      modified_time: optional(child(entry, 'modified_time'), id, row.created_time),
      profile: readProfile(entry, Object.keys(profile), stored),
    };
  });
  return { ...at, operators };
};

const firstName = (email: string): string => {
  const name = email.split(/[@.]/)[0] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
};

const seededDepartment = (spot: Spot, state: PortalState): string => state.departments.find((row) => row.id === spot.value)?.id ?? departmentNamed(spot, state);

/** The page was not found: that the method is POST or PUT, and the part `file`, is assumed (platform-and-people.md 2.2). */
const uploadPhoto = async (call: Call): Promise<Reply> => {
  const row = operatorOf(call);
  if ((await call.upload()) === undefined) refuse(1015);
  return answer('update', row, call);
};

export const operators: Section = {
  keys: ['operators'],
  routes: [
    { method: 'GET', path: 'operators', scope: 'operators.READ', run: list },
    { method: 'POST', path: 'operators', scope: 'operators.CREATE', body: 'json', run: create },
    { method: 'GET', path: 'operators/:id', scope: 'operators.READ', run: (call) => answer('fixed', operatorOf(call), call) },
    { method: 'PUT', path: 'operators/:id', scope: 'operators.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'operators/:id', scope: 'operators.DELETE', run: remove },
    { method: 'PUT', path: 'operators/:id/enable', scope: 'operators.UPDATE', run: (call) => updated(call, (row) => ({ ...row, is_enabled: true })) },
    { method: 'PUT', path: 'operators/:id/disable', scope: 'operators.UPDATE', run: (call) => updated(call, (row) => ({ ...row, is_enabled: false })) },
    { method: 'PUT', path: 'operators/:id/status', scope: 'operators.UPDATE', body: 'json', run: setStatus },
    { method: 'PUT', path: 'operators/:id/departments', scope: 'operators.UPDATE', body: 'json', run: join },
    { method: 'DELETE', path: 'operators/:id/departments', scope: 'operators.DELETE', run: quit },
    { method: 'DELETE', path: 'operators/:id/photo', scope: 'operators.DELETE', run: (call) => answer('delete', operatorOf(call), call) },
    ...(['POST', 'PUT'] as const).map(
      (method): Route => ({ method, path: 'operators/:id/photo', scope: 'operators.UPDATE', body: 'upload', run: uploadPhoto }),
    ),
  ],
  load,
};
