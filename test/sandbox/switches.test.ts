/** Each switch does what it says. Switches about positions are in positions.test.ts, those of one resource beside its tests. */
import { describe, expect, it } from 'vitest';
import { defaultSwitches, describeState, isSwitches, parseSwitch, type Switches, switchDescriptions, switchNames } from '../../src/sandbox/index.ts';
import { acme, type Client, codeOf, columnAt, criteria, dig, listAt, start } from './client.ts';

const withSwitches = (switches: Partial<Switches>): Promise<Client> => start({ seed: acme, switches });
const firstPath = ({ sandbox }: Client): string => `/visitorroutingrules/${sandbox.state().visitor_routing_rules[0]?.id}`;
const newRule = { title: 'New', and_criteria: criteria() };

describe('the catalogue of switches', () => {
  it('knows each switch, with a legal default and the page of its unknown', () => {
    expect(switchDescriptions.map(({ name }) => name).sort()).toEqual(Object.keys(defaultSwitches).sort());
    expect(isSwitches(defaultSwitches)).toBe(true);
    for (const { about } of switchDescriptions) expect(about).toMatch(/\((rules|platform-and-people|webhooks-and-more)\.md [\d.]+\)$/);
    for (const { name, values, default: usual } of switchDescriptions) expect([name, values[0]]).toEqual([name, usual]);
  });

  it('reads a switch from text', () => {
    expect(parseSwitch('position-base=0')).toEqual({ value: { 'position-base': '0' } });
    expect(parseSwitch('rate-limit=30')).toEqual({ value: { 'rate-limit': 30 } });
  });

  it('says what is wrong with a text that is none', () => {
    expect(parseSwitch('position-base')).toEqual({ error: expect.stringContaining('name=value') });
    expect(parseSwitch('position-bse=0')).toEqual({ error: expect.stringContaining(switchNames.join(', ')) });
    expect(parseSwitch('position-base=2')).toEqual({ error: "'2' is no value of position-base: it takes 1, 0" });
    expect(parseSwitch('rate-limit=many')).toEqual({ error: expect.stringContaining('whole number') });
  });
});

describe('answers', () => {
  it('of a create are the whole, its id, or nothing', async () => {
    const echo = await withSwitches({});
    expect(dig((await echo.post('/visitorroutingrules', newRule)).json, 'data')).toMatchObject({ title: 'New', position: 4 });
    echo.sandbox.setSwitches({ 'create-answer': 'id' });
    const { json } = await echo.post('/visitorroutingrules', newRule);
    expect(dig(json, 'data')).toEqual({ id: echo.sandbox.state().visitor_routing_rules.at(-1)?.id });
    echo.sandbox.setSwitches({ 'create-answer': 'empty' });
    expect(dig((await echo.post('/visitorroutingrules', newRule)).json, 'data')).toEqual({});
    expect(echo.sandbox.state().visitor_routing_rules).toHaveLength(6);
  });

  it('of an update are the whole, empty, or no body', async () => {
    const client = await withSwitches({ 'put-answer': 'empty' });
    expect((await client.put(firstPath(client), { enabled: false })).json).toMatchObject({ object: 'visitor_routing_rules', data: {} });
    client.sandbox.setSwitches({ 'put-answer': 'none' });
    const none = await client.put(firstPath(client), { enabled: true });
    expect([none.status, none.text]).toEqual([200, '']);
    client.sandbox.setSwitches({ statuses: 'real' });
    const real = await client.put('/visitorroutingrules/commonrule', { route_to_all: 'disabled' });
    expect([real.status, real.text]).toEqual([204, '']);
    expect(client.sandbox.state()).toMatchObject({ route_to_all: 'disabled' });
  });

  it('of a delete are empty, the thing, its id, or no body', async () => {
    const client = await withSwitches({});
    const id = client.sandbox.state().visitor_routing_rules[0]?.id;
    expect(dig((await client.del(firstPath(client))).json, 'data')).toEqual({});
    client.sandbox.setSwitches({ 'delete-answer': 'object' });
    expect(dig((await client.del(firstPath(client))).json, 'data')).toMatchObject({ title: 'Visitors from Norway' });
    client.sandbox.setSwitches({ 'delete-answer': 'id' });
    const last = client.sandbox.state().visitor_routing_rules[0]?.id;
    expect(dig((await client.del(firstPath(client))).json, 'data')).toBe(last);
    client.sandbox.setSwitches({ 'delete-answer': 'none' });
    const none = await client.del(`/chatroutingrules/${client.sandbox.state().chat_routing_rules[0]?.id}`);
    expect([none.status, none.text]).toEqual([200, '']);
    expect(id).not.toBe(last);
    expect(client.sandbox.state().visitor_routing_rules).toEqual([]);
  });

  it('hold ids of one type under id-type', async () => {
    const { get, sandbox } = await withSwitches({ 'id-type': 'string' });
    const idTypes = async (path: string): Promise<readonly string[]> => {
      const rule = listAt((await get(path)).json, 'data', 'rule_list')[0];
      return [dig(rule, 'id'), dig(rule, 'creator', 'id'), dig(rule, 'app', 'id')].map((id) => typeof id);
    };
    expect(await idTypes('/visitorroutingrules')).toEqual(['string', 'string', 'string']);
    sandbox.setSwitches({ 'id-type': 'number' });
    expect(await idTypes('/triggerrules')).toEqual(['bigint', 'bigint', 'bigint']);
    sandbox.setSwitches({ 'id-type': 'documented' });
    expect(await idTypes('/triggerrules')).toEqual(['string', 'string', 'string']);
    expect(await idTypes('/visitorroutingrules')).toEqual(['bigint', 'bigint', 'string']);
  });

  it('name lists as the overview does under object-names', async () => {
    const { get } = await withSwitches({ 'object-names': 'overview' });
    expect(dig((await get('/visitorroutingrules')).json, 'object')).toBe('list');
  });

  it('carry sync_time on every list, or on none', async () => {
    const { get, sandbox } = await withSwitches({ 'sync-time': 'lists' });
    expect(dig((await get('/visitorroutingrules')).json, 'sync_time')).toMatch(/^\d+$/);
    sandbox.setSwitches({ 'sync-time': 'never' });
    expect(dig((await get('/departments')).json, 'sync_time')).toBeUndefined();
  });

  it('call the sub-field as the prose does', async () => {
    const deal = { field_name: 'crm_deal', sub_field: 'No of Open Deals', comparator: 'is_equal_to', values: ['12'], integ_name: 'zohocrm' };
    const { get } = await start({
      seed: { chat_routing_rules: [{ title: 'Deals', and_criteria: [{ or_criteria: [deal] }] }] },
      switches: { 'sub-field-name': 'sub_fields' },
    });
    const { sub_field, ...rest } = deal;
    expect(dig((await get('/chatroutingrules')).json, 'data', 'rule_list', 0, 'and_criteria', 0, 'or_criteria', 0)).toEqual({ ...rest, sub_fields: sub_field });
  });
});

describe('rules', () => {
  it('start disabled under new-rules, on top under new-place', async () => {
    const { post, sandbox } = await withSwitches({ 'new-rules': 'disabled', 'new-place': 'top' });
    expect((await post('/visitorroutingrules', newRule)).json).toMatchObject({ data: { enabled: false, position: 1 } });
    expect(describeState(sandbox.state()).visitor_routing_rules.map(({ title }) => title)).toEqual([
      'New',
      'Visitors from Japan',
      'Visitors from Norway',
      'Visitors from Chile',
    ]);
  });

  it('take enabled and position on create when create-extras are honoured', async () => {
    const { post } = await withSwitches({ 'create-extras': 'honoured' });
    expect((await post('/visitorroutingrules', { ...newRule, enabled: false, position: 2 })).json).toMatchObject({ data: { enabled: false, position: 2 } });
  });

  it('may share titles, or not within an app under title-unique', async () => {
    const client = await withSwitches({ 'title-unique': 'yes' });
    expect(codeOf(await client.post('/visitorroutingrules', { title: 'Visitors from Chile', and_criteria: criteria() }))).toBe(1014);
    expect(
      codeOf(await client.post('/visitorroutingrules', { title: 'Visitors from Chile', and_criteria: criteria(), app_id: client.sandbox.state().apps[1]?.id })),
    ).toBeUndefined();
    expect(codeOf(await client.put(firstPath(client), { title: 'Visitors from Chile', and_criteria: criteria() }))).toBe(1014);
    expect(codeOf(await client.put(firstPath(client), { title: 'Visitors from Japan', and_criteria: criteria() }))).toBeUndefined();
    client.sandbox.setSwitches({ 'title-unique': 'no' });
    expect(codeOf(await client.post('/visitorroutingrules', { title: 'Visitors from Chile', and_criteria: criteria() }))).toBeUndefined();
  });

  it('take any word, or only documented ones under vocabulary=strict', async () => {
    const client = await withSwitches({});
    const odd = { title: 'Odd', and_criteria: [{ or_criteria: [{ field_name: 'moon', comparator: 'is_full', values: [] }] }], routing_type: 'somewhere' };
    expect((await client.post('/visitorroutingrules', odd)).json).toMatchObject({ data: { routing_type: 'somewhere' } });
    client.sandbox.setSwitches({ vocabulary: 'strict' });
    expect((await client.post('/visitorroutingrules', odd)).json).toMatchObject({
      error: { code: 1015, json_key: 'and_criteria[0].or_criteria[0].field_name' },
    });
    expect((await client.post('/visitorroutingrules', { ...newRule, routing_type: 'somewhere' })).json).toMatchObject({ error: { json_key: 'routing_type' } });
    expect(codeOf(await client.post('/visitorroutingrules', newRule))).toBeUndefined();
  });
});

describe('what was deleted', () => {
  it('stays in rules by its id, or goes with them under deleted-references', async () => {
    const kept = await withSwitches({});
    const [anna, ben] = kept.sandbox.state().operators;
    await kept.del(`/operators/${ben?.id}`);
    expect(kept.sandbox.state().chat_routing_rules[0]?.userset[0]?.operator_ids).toEqual([ben?.id]);
    const dropped = await withSwitches({ 'deleted-references': 'dropped' });
    const [shop] = dropped.sandbox.state().apps;
    await dropped.del(`/operators/${ben?.id}`);
    expect(dropped.sandbox.state().chat_routing_rules[0]?.userset[0]?.operator_ids).toEqual([]);
    expect(dropped.sandbox.state().visitor_routing_rules[0]?.userset[0]?.operator_ids).toEqual([anna?.id]);
    await dropped.del(`/apps/${shop?.id}`);
    expect(columnAt((await dropped.get('/visitorroutingrules')).json, 'id', 'data', 'rule_list')).toEqual([]);
    expect(dropped.sandbox.state()).toMatchObject({ trigger_rules: [{ title: 'Chat invite' }], webhooks: [{ app_ids: [] }] });
  });
});
