/** Apps, which newer pages call brands (webhooks-and-more.md 5). On and off is an update with `enabled`; there is no call for one app. */
import { type Json, print } from '../json.ts';
import { changedSince } from '../paging.ts';
import { withoutReferences } from '../references.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Reply, type Section } from '../route.ts';
import { departmentNamed, freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, complain, elements, flag, id, ids, isAbsent, keysOf, optional, type Spot, text } from '../spot.ts';
import { type App, ownerOf, type PortalState, takeId } from '../state.ts';

const flags: Readonly<Record<string, boolean>> = {
  enabled: true,
  privacy: false,
  business_hours: false,
  mail_transcript: true,
  share_file: true,
  show_emojis: true,
  share_screen: true,
  view_conversation: true,
  hide_when_offline: false,
  seasonaltheme_enabled: false,
};
const texts: Readonly<Record<string, string>> = { waiting_time: '60', reply_time: '0', language: 'default', color: '#006FFF' };
/** In seconds (webhooks-and-more.md 5). */
const waitingTimes = ['30', '45', '60', '90', '120'];
const contact: Readonly<Record<string, string>> = { address: '', email: '', name: '', phonenumber: '' };

const uniqueName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

const creator = (app: App, call: Call): Json => ({
  name: call.state.operators.find((operator) => operator.id === app.creator_id)?.profile['first_name'] ?? '',
  id: idAs(call, 'string', app.creator_id),
});

const showInList = (app: App, call: Call): Json => {
  const channel = { faq: 1, chat: 1, enabled: true, proactive: 1, call: 1 };
  return {
    unique_name: app.unique_name,
    modified_time: app.modified_time,
    reply_time: app.texts['reply_time'],
    name: app.name,
    privacy: app.flags['privacy'],
    id: idAs(call, 'string', app.id),
    creator: creator(app, call),
    business_hours: app.flags['business_hours'],
    channels: { website: channel, emailsignature: channel },
    enabled: app.flags['enabled'],
    waiting_time: app.texts['waiting_time'],
    created_time: app.created_time,
    description: app.description,
    logo_url: '',
  };
};

/** The answer of create; the sample is cut before an id would come, which clients need all the same. */
const showWhole = (app: App, call: Call): Json => ({
  ...app.flags,
  ...app.texts,
  id: idAs(call, 'string', app.id),
  name: app.name,
  unique_name: app.unique_name,
  modified_time: app.modified_time,
  created_time: app.created_time,
  link_content: '',
  link_url: '',
  button_text: { text1: '', text2: '' },
  contact: { ...app.contact, enabled: true },
  description: app.description,
  notify_cookies: { url: '', code: '1' },
  offline_content: { header: '', sub_header: '', action: '' },
  creator: creator(app, call),
  departments: app.departments.map((department) => idAs(call, 'string', department)),
});

const setting = (key: string, spot: Spot): string => {
  const given = id(spot);
  return key !== 'waiting_time' || waitingTimes.includes(given) ? given : complain(spot, 'value', `must be one of ${waitingTimes.join(', ')}`);
};

const dictionary = (spot: Spot): { [key: string]: string } => Object.fromEntries(keysOf(spot).map((key) => [key, text(child(spot, key))]));

/** The settings that a body holds, over those of before. `phone number` is the request's name for the answer's `phonenumber` (webhooks-and-more.md 5). */
const settings = (
  body: Spot,
  before: Pick<App, 'flags' | 'texts' | 'contact' | 'description' | 'departments'>,
): Pick<App, 'flags' | 'texts' | 'contact' | 'description' | 'departments'> => {
  const contacts = child(body, 'contact');
  const phone = child(contacts, 'phone number');
  return {
    flags: Object.fromEntries(Object.entries(flags).map(([key, usual]) => [key, optional(child(body, key), flag, before.flags[key] ?? usual)])),
    texts: Object.fromEntries(
      Object.entries(texts).map(([key, usual]) => [key, optional(child(body, key), (spot) => setting(key, spot), before.texts[key] ?? usual)]),
    ),
    contact: {
      ...Object.fromEntries(Object.entries(contact).map(([key, usual]) => [key, optional(child(contacts, key), text, before.contact[key] ?? usual)])),
      ...(isAbsent(phone) ? {} : { phonenumber: text(phone) }),
    },
    description: optional(child(body, 'description'), dictionary, before.description),
    departments: before.departments,
  };
};

const blank = { flags: {}, texts: {}, contact: {}, description: {}, departments: [] };

const departmentsOf = (body: Spot, state: PortalState, fallback: string[]): string[] => {
  const wanted = optional(child(body, 'departments'), ids, fallback);
  return wanted.every((known) => state.departments.some((department) => department.id === known)) ? wanted : refuse(1025, { json_key: 'departments' });
};

const answer = (kind: Reply['kind'], app: App, call: Call): Reply => ({ kind, object: 'app', id: app.id, data: print(showWhole(app, call)) });

const appOf = (call: Call): App => call.state.apps.find((app) => app.id === call.param('id')) ?? refuse(1019);

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const name = text(child(call.body, 'name'));
  const time = String(call.now);
  const app: App = {
    id: taken.id,
    name,
    unique_name: uniqueName(name),
    creator_id: ownerOf(call.state),
    created_time: time,
    modified_time: time,
    ...settings(call.body, blank),
    departments: departmentsOf(call.body, call.state, []),
  };
  return { ...answer('create', app, call), state: { ...taken.state, apps: [...call.state.apps, app] } };
};

const update = (call: Call): Reply => {
  const before = appOf(call);
  const app: App = {
    ...before,
    name: optional(child(call.body, 'name'), text, before.name),
    ...settings(call.body, before),
    departments: departmentsOf(call.body, call.state, before.departments),
    modified_time: String(call.now),
  };
  return { ...answer('update', app, call), state: { ...call.state, apps: call.state.apps.map((other) => (other.id === app.id ? app : other)) } };
};

const remove = (call: Call): Reply => {
  const app = appOf(call);
  if (call.state.apps.length === 1) refuse(1026);
  const state = { ...call.state, apps: call.state.apps.filter((other) => other.id !== app.id) };
  return { ...answer('delete', app, call), state: withoutReferences(state, 'app', app.id, call.switches) };
};

const load = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  let at = state;
  const apps = seedList(child(seed, 'apps')).map((entry): App => {
    knownKeys(entry, [
      'id',
      'name',
      'unique_name',
      'creator_id',
      'created_time',
      'modified_time',
      'description',
      'departments',
      'flags',
      'texts',
      'contact',
      ...Object.keys(flags),
      ...Object.keys(texts),
    ]);
    const taken = freshId(entry, at);
    at = taken.state;
    const name = text(child(entry, 'name'));
    return {
      id: taken.id,
      name,
      unique_name: optional(child(entry, 'unique_name'), text, uniqueName(name)),
      creator_id: optional(child(entry, 'creator_id'), id, birth.ownerId),
      created_time: optional(child(entry, 'created_time'), id, birth.now),
      modified_time: optional(child(entry, 'modified_time'), id, birth.now),
      ...settings(entry, { ...blank, ...kept(entry) }),
      departments: optional(child(entry, 'departments'), (spot) => elements(spot).map((one) => seededDepartment(one, at)), []),
    };
  });
  return { ...at, apps };
};

const kept = (entry: Spot): Pick<App, 'flags' | 'texts'> => {
  const set = child(entry, 'flags');
  return {
    flags: optional(set, (spot) => Object.fromEntries(keysOf(spot).map((key) => [key, flag(child(spot, key))])), {}),
    texts: optional(child(entry, 'texts'), dictionary, {}),
  };
};

const seededDepartment = (spot: Spot, state: PortalState): string =>
  state.departments.find((department) => department.id === spot.value)?.id ?? departmentNamed(spot, state);

export const apps: Section = {
  keys: ['apps'],
  routes: [
    {
      method: 'GET',
      path: 'apps',
      scope: 'apps.READ',
      run: (call) => ({ kind: 'list', object: 'list', data: print(changedSince(call.listed.apps, call).map((app) => showInList(app, call))) }),
    },
    { method: 'POST', path: 'apps', scope: 'apps.CREATE', body: 'json', run: create },
    { method: 'PUT', path: 'apps/:id', scope: 'apps.UPDATE', body: 'json', run: update },
    { method: 'DELETE', path: 'apps/:id', scope: 'apps.DELETE', run: remove },
  ],
  load,
};
