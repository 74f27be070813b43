/** Apps, departments and operators: who belongs where, what may not go, and lists in parts of twenty. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, start } from './client.ts';

const many = { operators: Array.from({ length: 45 }, (_, index) => ({ email: `op${index + 1}@acme.test` })) };
const emails = (json: unknown): readonly unknown[] => columnAt(json, 'email_id', 'data');
const run = (from: number, to: number): readonly string[] => many.operators.slice(from - 1, to).map(({ email }) => email);

describe('lists in parts of twenty', () => {
  it('count batches by default and end with an empty one', async () => {
    const { get } = await start({ seed: many });
    expect(emails((await get('/operators')).json)).toEqual(run(1, 20));
    expect(emails((await get('/operators?index=1')).json)).toEqual(run(1, 20));
    expect(emails((await get('/operators?index=2')).json)).toEqual(run(21, 40));
    expect(emails((await get('/operators?index=3')).json)).toEqual(run(41, 45));
    expect(emails((await get('/operators?index=4')).json)).toEqual([]);
  });

  it('count rows under paging-index=offset', async () => {
    const { get } = await start({ seed: many, switches: { 'paging-index': 'offset' } });
    expect(emails((await get('/operators?index=2')).json)).toEqual(run(2, 21));
    expect(emails((await get('/operators?index=41')).json)).toEqual(run(41, 45));
    expect(emails((await get('/operators?index=46')).json)).toEqual([]);
  });

  it('refuse an index that is none', async () => {
    const { get } = await start({ seed: acme });
    for (const index of ['0', '-1', 'x']) expect((await get(`/departments?index=${index}`)).json).toMatchObject({ error: { code: 1011, param: 'index' } });
  });

  it('can be cut to what changed since a time', async () => {
    let now = 1_700_000_000_000;
    const { get, put, sandbox } = await start({ seed: acme, now: () => now });
    const [, ben] = sandbox.state().operators;
    now += 5000;
    await put(`/operators/${ben?.id}/status`, { status: 'Busy' });
    expect(emails((await get('/operators?last_sync_time=1700000001000')).json)).toEqual(['ben@acme.test']);
    expect(columnAt((await get('/apps?last_sync_time=1700000001')).json, 'id', 'data')).toEqual([]);
  });
});

describe('operators', () => {
  const newcomer = { email_id: 'cem@acme.test', role: 'Associate', is_monitored: 'true' };

  it('need mail, role, departments and is_monitored', async () => {
    const { post, sandbox } = await start({ seed: acme });
    const whole = { ...newcomer, departments: [sandbox.state().departments[0]?.id] };
    for (const key of Object.keys(whole))
      expect((await post('/operators', { ...whole, [key]: undefined })).json).toMatchObject({ error: { code: 1015, json_key: key } });
    expect(codeOf(await post('/operators', { ...whole, departments: ['1'] }))).toBe(1025);
    expect(codeOf(await post('/operators', { ...whole, role: 'King' }))).toBe(1015);
    expect(codeOf(await post('/operators', whole))).toBeUndefined();
    expect(codeOf(await post('/operators', { ...whole, email_id: 'CEM@acme.test' }))).toBe(1014);
  });

  it('change what they send and keep the rest', async () => {
    const { put, sandbox } = await start({ seed: acme });
    const [, ben] = sandbox.state().operators;
    expect((await put(`/operators/${ben?.id}`, { nick_name: 'Benny', role: 'Supervisor' })).json).toMatchObject({
      data: { nick_name: 'Benny', first_name: 'Ben', role: 'Supervisor' },
    });
    expect(codeOf(await put(`/operators/${ben?.id}`, { maximum_concurrent_chat: '6' }))).toBe(1015);
    expect((await put(`/operators/${ben?.id}/disable`)).json).toMatchObject({ data: { is_enabled: 'false' } });
    expect((await put(`/operators/${ben?.id}/enable`)).json).toMatchObject({ data: { is_enabled: 'true' } });
    expect((await put(`/operators/${ben?.id}/status`, { status: 'Busy' })).json).toMatchObject({ data: { status_code: '3', status_message: 'Busy' } });
    expect(codeOf(await put(`/operators/${ben?.id}/status`, { status: 'Away' }))).toBe(1015);
  });

  it('keep their last department, and the owner stays', async () => {
    const { del, sandbox } = await start({ seed: acme });
    const [anna, ben] = sandbox.state().operators;
    const [, support] = sandbox.state().departments;
    expect(codeOf(await del(`/operators/${ben?.id}/departments?ids=${support?.id}`))).toBe(1026);
    expect(codeOf(await del(`/operators/${ben?.id}/departments`))).toBe(1011);
    expect(codeOf(await del(`/operators/${anna?.id}`))).toBe(1016);
  });

  it('are gone from list and details once deleted, or listed as deleted', async () => {
    const { get, del, sandbox } = await start({ seed: acme });
    const [, ben] = sandbox.state().operators;
    expect(codeOf(await del(`/operators/${ben?.id}`))).toBeUndefined();
    expect(emails((await get('/operators')).json)).toEqual(['anna@acme.test']);
    expect(codeOf(await get(`/operators/${ben?.id}`))).toBe(1019);
    sandbox.setSwitches({ 'deleted-operators': 'listed' });
    expect(columnAt((await get('/operators')).json, 'is_deleted', 'data')).toEqual(['false', 'true']);
  });
});

describe('departments', () => {
  it('show the members that operators say they have', async () => {
    const { get, put, del, sandbox } = await start({ seed: acme });
    const [berlin, support] = sandbox.state().departments;
    const [anna, ben] = sandbox.state().operators;
    const path = `/departments/${berlin?.id}`;
    expect((await put(`${path}/operators`, { ids: [ben?.id] })).json).toMatchObject({ url: `/api/v2/acme${path}`, data: { operators: [anna?.id, ben?.id] } });
    expect((await get(`/operators/${ben?.id}`)).json).toMatchObject({ data: { departments: [support?.id, berlin?.id] } });
    expect((await del(`${path}/operators?ids=${ben?.id}`)).json).toMatchObject({ data: { operators: [anna?.id] } });
    expect((await put(`${path}/operators`, { ids: ['1'] })).json).toMatchObject({ error: { code: 1024, json_key: 'ids' } });
  });

  it('do not let go of an operator who belongs to no other', async () => {
    const { put, del, sandbox } = await start({ seed: acme });
    const [, support] = sandbox.state().departments;
    const [anna, ben] = sandbox.state().operators;
    expect(codeOf(await del(`/departments/${support?.id}/operators?ids=${ben?.id}`))).toBe(1301);
    expect(codeOf(await put(`/departments/${support?.id}`, { operators: [anna?.id] }))).toBe(1301);
    expect((await put(`/departments/${support?.id}`, { operators: [ben?.id] })).json).toMatchObject({ data: { operators: [ben?.id] } });
  });

  it("take a new name but no other one's, and string or real booleans", async () => {
    const { post, put, sandbox } = await start({ seed: acme });
    const [berlin] = sandbox.state().departments;
    const operators = [sandbox.state().operators[0]?.id];
    expect((await post('/departments', { operators })).json).toMatchObject({ error: { code: 1015, json_key: 'name' } });
    expect((await post('/departments', { name: 'Night' })).json).toMatchObject({ error: { code: 1015, json_key: 'operators' } });
    expect(codeOf(await post('/departments', { name: 'support', operators }))).toBe(1014);
    expect(codeOf(await put(`/departments/${berlin?.id}`, { name: 'Support' }))).toBe(1014);
    expect((await put(`/departments/${berlin?.id}`, { is_public: 'false', description: 'x' })).json).toMatchObject({
      data: { is_public: 'false', description: 'x', name: 'Berlin' },
    });
    expect((await put(`/departments/${berlin?.id}`, { is_public: true })).json).toMatchObject({ data: { is_public: 'true', description: 'x' } });
    expect((await put(`/departments/${berlin?.id}/disable`)).json).toMatchObject({ data: { is_enabled: 'false' } });
  });

  it('leave what is theirs to an heir', async () => {
    const { post, put, del, sandbox } = await start({ seed: acme });
    const [berlin, support] = sandbox.state().departments;
    const [anna, ben] = sandbox.state().operators;
    const path = `/departments/${support?.id}`;
    expect((await del(path)).json).toMatchObject({ error: { code: 1011, param: 'configure_to' } });
    expect(codeOf(await del(`${path}?configure_to=1`))).toBe(1025);
    expect(codeOf(await del(`/departments/${berlin?.id}?configure_to=${support?.id}`))).toBe(1026);
    const secret = String(dig((await post('/departments', { name: 'Secret', operators: [anna?.id], is_public: 'false' })).json, 'data', 'id'));
    expect(codeOf(await del(`${path}?configure_to=${secret}`))).toBe(1302);
    expect(codeOf(await del(`${path}?configure_to=${berlin?.id}`))).toBeUndefined();
    expect(sandbox.state().operators.find(({ id }) => id === ben?.id)?.departments).toEqual([berlin?.id]);
    expect(sandbox.state().chat_routing_rules[0]?.userset[0]?.department_ids).toEqual([berlin?.id]);
    sandbox.setSwitches({ 'configure-to': 'optional' });
    expect(codeOf(await del(`/departments/${secret}`))).toBeUndefined();
    expect((await put(`/departments/${secret}`, { name: 'x' })).json).toMatchObject({ error: { code: 1019 } });
  });
});

describe('apps', () => {
  it('are made, renamed, switched off and deleted, but for the last', async () => {
    const { post, put, del, get, sandbox } = await start({ seed: acme });
    const made = await post('/apps', {
      name: 'Acme B2B',
      business_hours: false,
      privacy: 'true',
      description: {},
      departments: [sandbox.state().departments[0]?.id],
    });
    expect(made.json).toMatchObject({
      object: 'app',
      url: '/api/v2/acme/apps',
      data: { name: 'Acme B2B', unique_name: 'acmeb2b', enabled: true, privacy: true, waiting_time: '60', contact: { enabled: true, phonenumber: '' } },
    });
    const path = `/apps/${String(dig(made.json, 'data', 'id'))}`;
    expect((await put(path, { enabled: false })).json).toMatchObject({ data: { enabled: false, name: 'Acme B2B' } });
    expect((await put(path, { contact: { 'phone number': '110' }, waiting_time: 90 })).json).toMatchObject({
      data: { contact: { phonenumber: '110' }, waiting_time: '90' },
    });
    expect(columnAt((await get('/apps')).json, 'enabled', 'data')).toEqual([true, true, false]);
    expect(codeOf(await get(path))).toBe(1004);
    const [shop, outlet] = sandbox.state().apps;
    for (const gone of [path, `/apps/${shop?.id}`]) expect(codeOf(await del(gone))).toBeUndefined();
    expect(codeOf(await del(`/apps/${outlet?.id}`))).toBe(1026);
  });

  it('show their new name in rules at once', async () => {
    const { get, put, sandbox } = await start({ seed: acme });
    await get('/visitorroutingrules');
    await put(`/apps/${sandbox.state().apps[0]?.id}`, { name: 'Acme market' });
    expect(dig((await get('/visitorroutingrules')).json, 'data', 'rule_list', 0, 'app', 'name')).toBe('Acme market');
  });
});
