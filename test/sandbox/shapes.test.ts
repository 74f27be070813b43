/** Datatypes and keys of the answers, against samples of the documentation with other values. */
import { describe, expect, it } from 'vitest';
import { acme, criteria, dig, listAt, shapeOf, start } from './client.ts';

const criterion = { field_name: 'browser', values: ['google_chrome'], comparator: 'is_equal_to' };

const routingRule = {
  modified_time: 1600000000001,
  id: 44000000014017,
  app: { name: 'Acme shop', id: '34000000000002043' },
  enabled: true,
  position: 29,
  creator: { id: 44000000000005 },
  title: 'Night desk',
  created_time: 1600000000000,
  and_criteria: [{ or_criteria: [criterion] }],
  routing_type: 'route_to_selected_users',
  userset: [{ operator_ids: ['44000000018001'], department_ids: ['44000000016007'], dynamic_users: ['last_attender'] }],
};

const visitorRule = { ...routingRule, stats: { routed_count: '5', replied_count: '4', last_routed_time: '1600000000000', triggered_count: '1' } };
const chatRule = {
  ...routingRule,
  stats: { missed_count: '4', connected_count: '1', last_routed_time: '1600000000000', requested_count: '5', transfered_count: '0' },
  condition: 'at_least_one_user_online',
};
const triggerRule = {
  id: '44000000000201',
  title: 'Hello',
  creator: { id: '44000000000104' },
  enabled: true,
  created_time: '1600000000000',
  modified_time: '1600000000001',
  position: '2',
  and_criteria: [{ or_criteria: [criterion] }],
  event: { type: 'lands_on_website' },
  action: { type: 'send_chat_invite', params: { sender_name: 'Patricia', value: 'Hi' }, delay: '120' },
  app: { name: 'Acme shop', id: '34000000000002043' },
  stats: { triggered_count: '10', replied_count: '4', failed_count: '3', seen_count: '7', last_triggered_time: '1600000000000' },
};
const leadRule = { status: 'enabled', points: '56', creator: { id: '43000000000005' }, AND_criteria: [{ OR_criteria: [criterion] }], id: '43000000010001' };

const families = [
  { path: '/visitorroutingrules', rule: visitorRule, list: 'visitor_routing_rules', one: 'visitor_routing_rules', beside: { route_to_all: 'enabled' } },
  { path: '/chatroutingrules', rule: chatRule, list: 'chat_routing_rules', one: 'chat_routing_rules', beside: { route_to_all: 'enabled' } },
  { path: '/triggerrules', rule: triggerRule, list: 'trigger_rule', one: 'trigger_rule', beside: {} },
  { path: '/leadscorerules', rule: leadRule, list: 'leadscore_rules', one: 'leadscore_rule', beside: {} },
] as const;

describe('rules', () => {
  for (const { path, rule, list, one, beside } of families) {
    it(`lists ${path} with the keys and datatypes of its page`, async () => {
      const { get } = await start({ seed: acme });
      const { json } = await get(path);
      expect(json).toMatchObject({ url: `/api/v2/acme${path}`, object: list, data: beside });
      expect(Object.keys(Object(dig(json, 'data'))).sort()).toEqual([...Object.keys(beside), 'rule_list'].sort());
      expect(shapeOf(dig(json, 'data', 'rule_list'))).toEqual(shapeOf([rule]));
      expect(dig(json, 'sync_time')).toBeUndefined();
    });

    it(`shows one rule of ${path} as it lists it, and only triggers have its id in url`, async () => {
      const { get } = await start({ seed: acme });
      const rules = listAt((await get(path)).json, 'data', 'rule_list');
      const id = String(dig(rules[0], 'id'));
      const { json } = await get(`${path}/${id}`);
      expect(json).toEqual({ url: path === '/triggerrules' ? `/api/v2/acme${path}/${id}` : `/api/v2/acme${path}`, object: one, data: rules[0] });
    });
  }

  it('writes routing ids as bare digits that no double can hold, and trigger ids in quotes', async () => {
    const { get } = await start({ seed: acme });
    const { text } = await get('/visitorroutingrules');
    const [, id = ''] = /"id":(\d{17}),"app"/.exec(text) ?? [];
    expect(Number.isSafeInteger(Number(id))).toBe(false);
    expect(text).toMatch(/"creator":\{"id":\d{17}\}/);
    expect((await get('/triggerrules')).text).toMatch(/"id":"\d{17}"/);
  });

  it('gives rules ids that fall together when rounded', async () => {
    const { sandbox } = await start({ seed: acme });
    const ids = sandbox.state().visitor_routing_rules.map(({ id }) => Number(id));
    expect(new Set(ids).size).toBeLessThan(ids.length);
  });

  it('answers a create with the whole rule and the collection as url', async () => {
    const { post } = await start({ seed: acme });
    const { json } = await post('/chatroutingrules', { title: 'New', and_criteria: criteria() });
    expect(json).toMatchObject({ url: '/api/v2/acme/chatroutingrules', object: 'chat_routing_rules' });
    expect(shapeOf(dig(json, 'data'))).toEqual(shapeOf({ ...chatRule, userset: [] }));
  });

  it('names the sub-field of an integration as the samples do, from either spelling', async () => {
    const { post } = await start({ seed: acme });
    const deal = { field_name: 'crm_deal', sub_fields: 'No of Open Deals', comparator: 'is_equal_to', values: ['12'], integ_name: 'zohocrm' };
    const { json } = await post('/leadscorerules', { points: 7, AND_criteria: [{ OR_criteria: [deal] }] });
    expect(dig(json, 'data', 'AND_criteria', 0, 'OR_criteria', 0)).toEqual({
      field_name: 'crm_deal',
      sub_field: 'No of Open Deals',
      comparator: 'is_equal_to',
      values: ['12'],
      integ_name: 'zohocrm',
    });
  });

  it('shows the decay of lead scores as four texts', async () => {
    const { get, put } = await start({ seed: { lead_score_config: { frequency: 'daily' } } });
    expect(shapeOf((await get('/leadscoreconfigs')).json)).toEqual(
      shapeOf({ url: '', object: '', data: { percentage: '25', next_crunch_time: '1', frequency: '', last_crunch_time: '0' } }),
    );
    expect((await put('/leadscoreconfigs/timerange', { frequency: 'bi_weekly' })).json).toMatchObject({ data: { frequency: 'bi_weekly' } });
    expect((await get('/leadscoreconfigs')).json).toMatchObject({ object: 'leadscore_config', data: { frequency: 'bi_weekly' } });
  });

  it('answers criteria fields under every path that a page names', async () => {
    const { get } = await start({ seed: acme });
    for (const module of [
      'leadscore',
      'visitorrouting',
      'chatrouting',
      'chatroutingrules',
      'callrouting',
      'trackingpresets',
      'visitorhistory',
      'triggerrules',
      'trigger',
    ]) {
      const { json } = await get(`/criteriafields/${module}`);
      expect(json).toMatchObject({ url: `/api/v2/acme/criteriafields/${module}`, object: 'criteria_fields' });
      expect(shapeOf(dig(json, 'data', 'fields'))).toEqual([{ datatype: 'string', group_name: 'string', field_name: 'string' }]);
    }
    expect((await get('/criteriafields/nothing')).json).toMatchObject({ error: { code: 1006 } });
  });
});

describe('other resources', () => {
  it('lists apps with JSON booleans and numbers for channels', async () => {
    const { get } = await start({ seed: acme });
    const channel = { faq: 1, chat: 1, enabled: true, proactive: 1, call: 1 };
    expect(shapeOf((await get('/apps')).json)).toEqual(
      shapeOf({
        url: '',
        object: '',
        data: [
          {
            unique_name: '',
            modified_time: '1',
            reply_time: '0',
            name: '',
            privacy: false,
            id: '9',
            creator: { name: '', id: '9' },
            business_hours: false,
            channels: { website: channel, emailsignature: channel },
            enabled: true,
            waiting_time: '60',
            created_time: '1',
            description: {},
            logo_url: '',
          },
        ],
      }),
    );
  });

  it('lists departments with string booleans, a checksum and sync_time', async () => {
    const { get } = await start({ seed: acme });
    const row = {
      modified_time: '1',
      name: '',
      id: '3',
      is_enabled: 'true',
      created_by: '3',
      is_public: 'true',
      is_system_generated: 'true',
      created_time: '1',
      description: '',
      display_name: '',
    };
    const { json } = await get('/departments');
    expect(shapeOf(json)).toEqual(shapeOf({ url: '', object: 'list', CRC: '3033299196', data: [row], sync_time: '1' }));
    expect(dig(json, 'CRC')).toMatch(/^\d+$/);
    expect(dig(json, 'data', 0, 'is_system_generated')).toBe('true');
    expect(dig(json, 'data', 1, 'is_system_generated')).toBe('false');
  });

  it('shows a department with its operators, and the image among the mails only after a create', async () => {
    const { get, post, sandbox } = await start({ seed: acme });
    const [berlin] = sandbox.state().departments;
    const [anna] = sandbox.state().operators;
    const { json } = await get(`/departments/${berlin?.id}`);
    expect(json).toMatchObject({
      object: 'department',
      data: { name: 'Berlin', operators: [anna?.id], email_configurations: { is_cc_mail_enabled: 'true', cc_recipients: '' } },
    });
    expect(dig(json, 'data', 'image_url')).toContain('purpose=department_image');
    const created = (await post('/departments', { name: 'Night', operators: [anna?.id] })).json;
    expect(dig(created, 'data', 'email_configurations', 'image_url')).toContain('purpose=department_image');
    expect(dig(created, 'data', 'image_url')).toBeUndefined();
  });

  it('lists operators with string booleans and without the keys of their details', async () => {
    const { get } = await start({ seed: acme });
    const item = dig((await get('/operators')).json, 'data', 0);
    expect(item).toMatchObject({
      is_chat_enabled: 'true',
      is_enabled: 'true',
      is_owner: 'true',
      is_confirmed: 'true',
      is_deleted: 'false',
      status_code: '1',
      status_message: 'Available',
      notify: { new_visit: 'true' },
    });
    expect(Object.keys(Object(item))).not.toContain('street');
  });

  it('spells keys of operators differently from call to call', async () => {
    const { post, put, del, sandbox } = await start({ seed: acme });
    const [berlin, support] = sandbox.state().departments;
    const created = await post('/operators', { email_id: 'cem@acme.test', role: 'Associate', departments: [support?.id], is_monitored: 'true' });
    expect(created.json).toMatchObject({
      object: 'operator',
      url: '/api/v2/acme/operators',
      data: { pincode: '', type: '1', is_confirmed: 'false', role: 'Associate' },
    });
    const path = `/operators/${String(dig(created.json, 'data', 'id'))}`;
    const joined = (await put(`${path}/departments`, { ids: [berlin?.id] })).json;
    expect(joined).toMatchObject({ url: `/api/v2/acme${path}`, data: { departments: [support?.id, berlin?.id] } });
    expect(Object.keys(Object(dig(joined, 'data')))).toEqual(expect.arrayContaining(['messenger_id', 'modifed_time']));
    const left = (await del(`${path}/departments?ids=${support?.id}`)).json;
    expect(Object.keys(Object(dig(left, 'data')))).toEqual(expect.arrayContaining(['wms_id', 'modifed_time']));
  });

  it('lists the portal and shows its details', async () => {
    const { get } = await start({ seed: acme });
    const item = { owner_zuid: '5', operator_id: '2', name: '', logo: '', created_time: '1', screenname: '' };
    expect(shapeOf((await get('/portals')).json)).toEqual(shapeOf({ url: '', object: '', data: [item] }));
    const { json } = await get('/portals/acme');
    const owner = { email_id: '', zuid: '', operator_id: '', name: '' };
    const texts = Object.fromEntries(
      ['company_name', 'website', 'fax', 'phone', 'email_id', 'language', 'screenname', 'address', 'description', 'logo', 'time_zone', 'icon'].map((key) => [
        key,
        '',
      ]),
    );
    expect(shapeOf(json)).toEqual(shapeOf({ url: '', object: '', data: { ...texts, owner } }));
    expect(json).toMatchObject({ url: '/api/v2/portals/acme', object: 'portal', data: { screenname: 'acme', owner: { email_id: 'anna@acme.test' } } });
  });
});
