/** Call routing: what its one page shows, and what it has from its neighbours. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, criteria, dig, listAt, shapeOf, start } from './client.ts';

const rules = ['Sales', 'Help'].map((title) => ({
  title,
  app: 'Acme shop',
  and_criteria: criteria(),
  userset: [{ operators: ['anna@acme.test'], departments: ['Berlin'], dynamic_users: [] }],
}));
const seed = { ...acme, call_routing_rules: rules };
const path = '/callroutingrules';

describe('call routing rules', () => {
  it('have the keys and datatypes of chat routing, and an object of their own', async () => {
    const { get } = await start({ seed });
    const calls = (await get(path)).json;
    const chats = (await get('/chatroutingrules')).json;
    expect(calls).toMatchObject({ url: '/api/v2/acme/callroutingrules', object: 'call_routing_rule' });
    const [rule] = listAt(calls, 'data', 'rule_list');
    const [chat] = listAt(chats, 'data', 'rule_list');
    expect(shapeOf({ ...Object(rule), userset: [] })).toEqual(shapeOf({ ...Object(chat), userset: [] }));
    expect(shapeOf(dig(rule, 'userset'))).toEqual([{ operator_ids: ['string'], department_ids: ['string'], dynamic_users: [] }]);
  });

  it('take the body of their page, move, go off and go', async () => {
    const { get, post, put, del, sandbox } = await start({ seed });
    const body = {
      app_id: sandbox.state().apps[0]?.id,
      title: 'Campaigns',
      and_criteria: [{ or_criteria: [{ field_name: 'campaign_medium', values: ['spring'], comparator: 'contains' }] }],
      routing_type: 'route_to_selected_users',
      userset: [{ operator_ids: [sandbox.state().operators[0]?.id], department_ids: [], dynamic_users: [] }],
    };
    const made = (await post(path, body)).json;
    expect(made).toMatchObject({ url: '/api/v2/acme/callroutingrules', object: 'call_routing_rule', data: { title: 'Campaigns', position: 3 } });
    const one = `${path}/${String(dig(made, 'data', 'id'))}`;
    expect((await put(one, { position: 1 })).json).toMatchObject({ data: { position: 1 } });
    expect((await put(one, { enabled: false })).json).toMatchObject({ data: { enabled: false } });
    expect(columnAt((await get(path)).json, 'title', 'data', 'rule_list')).toEqual(['Campaigns', 'Sales', 'Help']);
    await del(one);
    expect(columnAt((await get(path)).json, 'position', 'data', 'rule_list')).toEqual([1, 2]);
    expect(codeOf(await get(one))).toBe(1019);
  });

  it('refuse what is missing or unknown', async () => {
    const { post } = await start({ seed });
    expect((await post(path, { title: 'x' })).json).toMatchObject({ error: { code: 1015, json_key: 'and_criteria' } });
    const userset = [{ operator_ids: ['1'], department_ids: [], dynamic_users: [] }];
    expect((await post(path, { and_criteria: criteria(), userset })).json).toMatchObject({ error: { code: 1024, json_key: 'userset[0].operator_ids[0]' } });
    expect((await post(path, { and_criteria: criteria(), app_id: '1' })).json).toMatchObject({ error: { code: 1019, json_key: 'app_id' } });
  });

  it('have a common rule only under the switch', async () => {
    const { get, put, sandbox } = await start({ seed });
    expect(Object.keys(Object(dig((await get(path)).json, 'data')))).toEqual(['rule_list']);
    expect(codeOf(await put(`${path}/commonrule`, { route_to_all: 'disabled' }))).not.toBeUndefined();
    sandbox.setSwitches({ 'call-commonrule': 'present' });
    expect((await put(`${path}/commonrule`, { route_to_all: 'disabled' })).json).toMatchObject({ data: { route_to_all: 'disabled' } });
    expect((await get(path)).json).toMatchObject({ data: { route_to_all: 'disabled' } });
  });

  it('are numbered anew with the others, and follow a deleted department to its heir', async () => {
    const { get, post, del, sandbox } = await start({ seed });
    sandbox.setSwitches({ 'position-base': '0' });
    expect(columnAt((await get(path)).json, 'position', 'data', 'rule_list')).toEqual([0, 1]);
    const operators = [sandbox.state().operators[0]?.id];
    const night = String(dig((await post('/departments', { name: 'Night', operators })).json, 'data', 'id'));
    const support = sandbox.state().departments[1]?.id;
    const userset = [{ operator_ids: [], department_ids: [support], dynamic_users: [] }];
    await post(path, { title: 'Late', and_criteria: criteria(), userset });
    await del(`/departments/${support}?configure_to=${night}`);
    expect(sandbox.state().call_routing_rules.at(-1)?.userset[0]?.department_ids).toEqual([night]);
  });
});
