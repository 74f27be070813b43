/** One PUT, three calls: details, on and off, order; and what mandatory means for each. */
import { describe, expect, it } from 'vitest';
import { describeState } from '../../src/sandbox/index.ts';
import { acme, type Client, codeOf, criteria, dig, leadCriteria, start } from './client.ts';

const firstPath = ({ sandbox }: Client): string => `/visitorroutingrules/${sandbox.state().visitor_routing_rules[0]?.id}`;
const first = ({ sandbox }: Client) => sandbox.state().visitor_routing_rules[0];

describe('an update of a rule', () => {
  it('with enabled alone turns it off and touches nothing else', async () => {
    const client = await start({ seed: acme, now: () => 1_700_000_000_000 });
    const before = first(client);
    expect((await client.put(firstPath(client), { enabled: false })).json).toMatchObject({ data: { enabled: false } });
    expect(first(client)).toEqual({ ...before, enabled: false });
  });

  it('takes "false" for false', async () => {
    const client = await start({ seed: acme });
    await client.put(firstPath(client), { enabled: 'false' });
    expect(first(client)?.enabled).toBe(false);
  });

  it('with position alone moves it, given as number or as text', async () => {
    const client = await start({ seed: acme });
    const path = firstPath(client);
    expect((await client.put(path, { position: 3 })).json).toMatchObject({ data: { position: 3, title: 'Visitors from Japan' } });
    expect((await client.put(path, { position: '2' })).json).toMatchObject({ data: { position: 2 } });
    expect(describeState(client.sandbox.state()).visitor_routing_rules.map(({ title }) => title)).toEqual([
      'Visitors from Norway',
      'Visitors from Japan',
      'Visitors from Chile',
    ]);
    expect(codeOf(await client.put(path, { position: 1.5 }))).toBe(1007);
  });

  it('shows trigger positions as texts', async () => {
    const client = await start({ seed: acme });
    const id = client.sandbox.state().trigger_rules[0]?.id;
    expect((await client.put(`/triggerrules/${id}`, { position: '1' })).json).toMatchObject({ data: { position: '1' } });
  });

  it('of details needs and_criteria, and for triggers all five keys', async () => {
    const client = await start({ seed: acme });
    expect((await client.put(firstPath(client), { title: 'x' })).json).toMatchObject({ error: { code: 1015, json_key: 'and_criteria' } });
    expect((await client.put(firstPath(client), {})).json).toMatchObject({ error: { code: 1015, json_key: 'and_criteria' } });
    expect((await client.put(firstPath(client), { id: '5' })).json).toMatchObject({ error: { code: 1015, json_key: 'and_criteria' } });
    const id = client.sandbox.state().trigger_rules[0]?.id;
    const whole = {
      app_id: client.sandbox.state().apps[0]?.id,
      and_criteria: criteria('Peru'),
      title: 'New',
      event: { type: 'lands_on_website' },
      action: { type: 'glow_button', params: {} },
    };
    for (const key of Object.keys(whole)) {
      expect((await client.put(`/triggerrules/${id}`, { ...whole, [key]: undefined })).json).toMatchObject({ error: { code: 1015, json_key: key } });
    }
    expect((await client.put(`/triggerrules/${id}`, whole)).json).toMatchObject({
      data: { title: 'New', app: { name: 'Acme shop' }, action: { type: 'glow_button' } },
    });
  });

  it('may mix all three and then does all three', async () => {
    const client = await start({ seed: acme });
    const { json } = await client.put(firstPath(client), { title: 'Mixed', and_criteria: criteria('Peru'), enabled: false, position: 2 });
    expect(json).toMatchObject({ data: { title: 'Mixed', enabled: false, position: 2 } });
  });

  it('is refused under update-mixed=refuse when it mixes, and only then', async () => {
    const client = await start({ seed: acme, switches: { 'update-mixed': 'refuse' } });
    expect((await client.put(firstPath(client), { and_criteria: criteria(), enabled: false })).json).toMatchObject({
      error: { code: 1015, json_key: 'enabled' },
    });
    expect((await client.put(firstPath(client), { position: 1, enabled: false })).json).toMatchObject({ error: { code: 1015, json_key: 'position' } });
    expect(codeOf(await client.put(firstPath(client), { position: 1 }))).toBeUndefined();
    expect(codeOf(await client.put(firstPath(client), { enabled: false }))).toBeUndefined();
  });

  it('keeps the details that it leaves out', async () => {
    const client = await start({ seed: acme });
    const before = first(client);
    await client.put(firstPath(client), { and_criteria: criteria('Peru') });
    expect(first(client)).toMatchObject({ title: before?.title, userset: before?.userset, and_criteria: criteria('Peru') });
  });

  it('clears what it leaves out under put-details=replacing, but never by on, off or order', async () => {
    const client = await start({ seed: acme, switches: { 'put-details': 'replacing' } });
    await client.put(firstPath(client), { enabled: false });
    await client.put(firstPath(client), { position: 1 });
    expect(first(client)).toMatchObject({ title: 'Visitors from Japan', enabled: false });
    await client.put(firstPath(client), { and_criteria: criteria('Peru') });
    expect(first(client)).toMatchObject({ title: '', userset: [], enabled: true, and_criteria: criteria('Peru') });
  });
});

describe('a new rule', () => {
  it('stands at the bottom, enabled, whatever the body says about it', async () => {
    const { post, sandbox } = await start({ seed: acme });
    const { json } = await post('/visitorroutingrules', { title: 'New', and_criteria: criteria(), enabled: false, position: 1 });
    expect(json).toMatchObject({ data: { enabled: true, position: 4, creator: { id: BigInt(sandbox.state().operators[0]?.id ?? 0) } } });
  });

  it('needs app and criteria for triggers, and points and upper-case criteria for lead scoring', async () => {
    const { post, sandbox } = await start({ seed: acme });
    expect((await post('/triggerrules', { and_criteria: criteria() })).json).toMatchObject({ error: { code: 1015, json_key: 'app_id' } });
    expect((await post('/leadscorerules', { AND_criteria: leadCriteria() })).json).toMatchObject({ error: { code: 1015, json_key: 'points' } });
    expect((await post('/leadscorerules', { points: 1, and_criteria: criteria() })).json).toMatchObject({ error: { code: 1015, json_key: 'AND_criteria' } });
    expect(codeOf(await post('/leadscorerules', { points: 'many', AND_criteria: leadCriteria() }))).toBe(1007);
    expect(codeOf(await post('/triggerrules', { app_id: sandbox.state().apps[0]?.id, and_criteria: criteria() }))).toBeUndefined();
  });

  it('shows points as a text, plus or minus, from number or text', async () => {
    const { post } = await start({ seed: acme });
    expect((await post('/leadscorerules', { points: -5, AND_criteria: leadCriteria() })).json).toMatchObject({ data: { points: '-5', status: 'enabled' } });
    expect((await post('/leadscorerules', { points: '12', AND_criteria: leadCriteria() })).json).toMatchObject({ data: { points: '12' } });
  });

  it('is gone after a delete, and its id is not given again', async () => {
    const client = await start({ seed: acme });
    const made = await client.post('/chatroutingrules', { and_criteria: criteria() });
    const id = String(dig(made.json, 'data', 'id'));
    expect((await client.del(`/chatroutingrules/${id}`)).json).toEqual({ url: '/api/v2/acme/chatroutingrules', object: 'chat_routing_rules', data: {} });
    expect(codeOf(await client.get(`/chatroutingrules/${id}`))).toBe(1019);
    expect(codeOf(await client.del(`/chatroutingrules/${id}`))).toBe(1019);
    expect(String(dig((await client.post('/chatroutingrules', { and_criteria: criteria() })).json, 'data', 'id'))).not.toBe(id);
  });
});

describe('lead scoring rules', () => {
  const statusOf = ({ sandbox }: Client): boolean | undefined => sandbox.state().lead_scoring_rules[0]?.enabled;
  const pathOf = ({ sandbox }: Client): string => `/leadscorerules/${sandbox.state().lead_scoring_rules[0]?.id}`;

  it('hear both keys for on and off, or under lead-switch the one and silently not the other', async () => {
    const client = await start({ seed: acme });
    await client.put(pathOf(client), { enable: false });
    expect(statusOf(client)).toBe(false);
    await client.put(pathOf(client), { status: 'enabled' });
    expect(statusOf(client)).toBe(true);
    client.sandbox.setSwitches({ 'lead-switch': 'status' });
    expect(codeOf(await client.put(pathOf(client), { enable: false }))).toBeUndefined();
    expect(statusOf(client)).toBe(true);
    client.sandbox.setSwitches({ 'lead-switch': 'enable' });
    expect((await client.put(pathOf(client), { status: 'disabled' })).json).toMatchObject({ data: { status: 'enabled' } });
    await client.put(pathOf(client), { enable: false });
    expect(statusOf(client)).toBe(false);
  });

  it('refuse a status that is none', async () => {
    const client = await start({ seed: acme });
    expect((await client.put(pathOf(client), { status: 'off' })).json).toMatchObject({ error: { code: 1015, json_key: 'status' } });
  });

  it('have no order', async () => {
    const client = await start({ seed: acme });
    await client.put(pathOf(client), { position: 2 });
    expect(client.sandbox.state().lead_scoring_rules.map(({ points }) => points)).toEqual(['56', '-45']);
  });
});

describe('common rules', () => {
  it('are read and set beside the rules, on a path that stands where an id would', async () => {
    const { get, put, del } = await start({ seed: acme });
    expect((await get('/visitorroutingrules/commonrule')).json).toEqual({
      url: '/api/v2/acme/visitorroutingrules/commonrule',
      object: 'visitor_routing_rules',
      data: { route_to_all: 'enabled' },
    });
    expect((await put('/visitorroutingrules/commonrule', { route_to_all: 'disabled' })).json).toMatchObject({ data: { route_to_all: 'disabled' } });
    expect(dig((await get('/visitorroutingrules')).json, 'data', 'route_to_all')).toBe('disabled');
    expect(codeOf(await put('/visitorroutingrules/commonrule', { route_to_all: 'maybe' }))).toBe(1015);
    expect(codeOf(await del('/visitorroutingrules/commonrule'))).toBe(1004);
  });

  it('exist for chat routing only under chat-commonrule=present', async () => {
    const { get, sandbox } = await start({ seed: acme });
    expect(codeOf(await get('/chatroutingrules/commonrule'))).toBe(1019);
    sandbox.setSwitches({ 'chat-commonrule': 'present' });
    expect((await get('/chatroutingrules/commonrule')).json).toMatchObject({ data: { route_to_all: 'enabled' } });
  });
});
