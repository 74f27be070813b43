/** The portal itself, one level above all others (platform-and-people.md 3). */
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import type { Call, Section } from '../route.ts';
import { knownKeys } from '../seed-entry.ts';
import { child, keysOf, optional, text } from '../spot.ts';
import type { Company, Operator } from '../state.ts';

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
