/** The portal itself, one level above all others (platform-and-people.md 3). */
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Section } from '../route.ts';
import { knownKeys } from '../seed-entry.ts';
import { child, id as idOf, keysOf, optional, type Spot, text } from '../spot.ts';
import { type Company, type Operator, takeId } from '../state.ts';

const owner = (call: Call): Operator => call.state.operators.find((operator) => operator.is_owner) ?? refuse(1001);

const logo = (call: Call): string => `/api/v2/${call.state.screenname}/downloads/5add92f8?purpose=company_logo`;

const showInList = (call: Call): Json => ({
  owner_zuid: owner(call).zuid,
  operator_id: owner(call).id,
  name: call.state.portal.company_name,
  logo: logo(call),
  created_time: call.state.portal.created_time,
  screenname: call.state.screenname,
});

const showWhole = (call: Call): Json => {
  const { created_time: _created, ...company } = call.state.portal;
  const { email_id, zuid, id, profile } = owner(call);
  return {
    ...company,
    owner: { email_id, zuid, operator_id: id, name: profile['first_name'] },
    screenname: call.state.screenname,
    logo: logo(call),
    icon: `/images/${call.state.screenname}/favicon.ico`,
  };
};

/** The field list says name and phone_number, the sample company_name and phone: both are taken (platform-and-people.md 3.2). */
const spellings: Readonly<Record<Exclude<keyof Company, 'created_time'>, readonly string[]>> = {
  company_name: ['company_name', 'name'],
  website: ['website'],
  fax: ['fax'],
  phone: ['phone', 'phone_number'],
  email_id: ['email_id'],
  language: ['language'],
  address: ['address'],
  description: ['description'],
  time_zone: ['time_zone'],
};

const companyIn = (body: Spot, before: Company): Company => {
  const sent = keysOf(body);
  const changed = Object.entries(spellings).flatMap(([key, names]) => {
    const name = names.find((one) => sent.includes(one));
    return name === undefined ? [] : [[key, text(child(body, name))] as const];
  });
  return { ...before, ...Object.fromEntries(changed) };
};

const ofThisPortal = (call: Call): void => {
  if (call.param('screenname') !== call.state.screenname) refuse(1005);
};

const update = (call: Call): Reply => {
  ofThisPortal(call);
  const state = { ...call.state, portal: companyIn(call.body, call.state.portal) };
  return { kind: 'update', object: 'portal', data: print(showWhole({ ...call, state })), state };
};

/** Another portal of the same account: this sandbox has one, so it is answered and not kept. */
const create = (call: Call): Reply => {
  const blank: Company = {
    ...call.state.portal,
    company_name: '',
    website: '',
    fax: '',
    phone: '',
    email_id: '',
    language: '',
    address: '',
    description: '',
    time_zone: '',
  };
  const { created_time: _created, company_name: name, ...company } = companyIn(call.body, blank);
  const { email_id, zuid, id, profile } = owner(call);
  const screenname = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  return {
    kind: 'fixed',
    object: 'portal',
    data: print({
      name,
      ...company,
      owner: { email_id, zuid, operator_id: id, name: profile['first_name'] },
      widget_data: { owner_id: id, name: profile['first_name'], greetings: '', unique_name: screenname, id: takeId(call.state).id },
      screenname,
      logo: '',
      icon: '',
    }),
  };
};

/** Errors 1100 and 1101 are of this call alone; 1016 says that the caller is not the owner (platform-and-people.md 1.4 and 3). */
const changeOwner = (call: Call): Reply => {
  ofThisPortal(call);
  if (call.switches.caller === 'other') refuse(1016);
  const wanted = idOf(child(call.body, 'new_owner_id'));
  const next = call.state.operators.find((operator) => operator.id === wanted && !operator.is_deleted) ?? refuse(1101);
  if (next.role !== 'Administrator') refuse(1100);
  const state = { ...call.state, operators: call.state.operators.map((operator) => ({ ...operator, is_owner: operator.id === next.id })) };
  return {
    kind: 'fixed',
    object: 'portal',
    url: `api/v2/portals/${call.state.screenname}`,
    data: print({ owner_id: idAs(call, 'string', next.id), name: call.state.portal.company_name, screenname: call.state.screenname, logo_url: logo(call) }),
    state,
  };
};

export const portals: Section = {
  keys: ['portal'],
  routes: [
    { method: 'GET', path: 'portals', root: true, scope: 'portals.READ', run: (call) => ({ kind: 'list', object: 'list', data: print([showInList(call)]) }) },
    {
      method: 'GET',
      path: 'portals/:screenname',
      root: true,
      scope: 'portals.READ',
      run: (call) => ({ kind: 'fixed', object: 'portal', data: print(showWhole(call)) }),
    },
    { method: 'POST', path: 'portals', root: true, scope: 'portals.CREATE', body: 'json', run: create },
    { method: 'PUT', path: 'portals/:screenname', root: true, scope: 'portals.UPDATE', body: 'json', run: update },
    { method: 'PUT', path: 'portals/:screenname/owner', root: true, scope: 'portals.UPDATE', body: 'json', run: changeOwner },
  ],
  load: (seed, state) => {
    const spot = child(seed, 'portal');
    if (spot.value === undefined) return state;
    knownKeys(spot, Object.keys(state.portal));
    const sent = keysOf(spot);
    const part = (key: keyof Company): string => (sent.includes(key) ? text(child(spot, key)) : state.portal[key]);
    return {
      ...state,
      portal: {
        company_name: part('company_name'),
        website: part('website'),
        fax: part('fax'),
        phone: part('phone'),
        email_id: part('email_id'),
        language: part('language'),
        address: part('address'),
        description: part('description'),
        time_zone: part('time_zone'),
        created_time: optional(child(spot, 'created_time'), text, state.portal.created_time),
      },
    };
  },
};
