/** What writes through the API raise, and what they are refused for, under the switches that no page decides. */
import { describe, expect, it } from 'vitest';
import { acme, type Client, codeOf, criteria, dig, start } from './client.ts';

const events = [
  ...['created', 'missed', 'attender.updated', 'operator.replied', 'completed', 'rated'].map((event) => `conversation.${event}`),
  ...['initiated', 'accepted', 'rejected'].map((event) => `conversation.transfer.${event}`),
];
const administration = [
  ...['operator', 'department', 'tag'].flatMap((module) => ['created', 'updated', 'deleted'].map((event) => `${module}.${event}`)),
  'operator.departments.associated',
  'operator.departments.dissociated',
  'brands.enabled',
  'brands.disabled',
];

const seed = {
  ...acme,
  // No receiver is called: what is out of reach counts as delivered.
  webhooks: [
    { url: 'https://hooks.acme.test/data', type: 'data', events },
    { url: 'https://hooks.acme.test/administration', type: 'administration', events: administration },
  ],
  conversations: [{ question: 'Where?', status: 'waiting', visitor: { name: 'Kenji', email: 'kenji@visitor.test' } }],
};

const told = async (client: Client): Promise<readonly string[]> => {
  await expect.poll(() => client.sandbox.deliveries().length).toBeGreaterThan(0);
  await new Promise((done) => setTimeout(done, 50));
  return client.sandbox.deliveries().map(({ event }) => event);
};

const dataId = (json: unknown): string => String(dig(json, 'data', 'id'));

describe('writes through the API', () => {
  it('raise nothing unless the switch says so', async () => {
    const { post, sandbox } = await start({ seed });
    expect(codeOf(await post('/tags', { name: 'Sea', color: '#ff9807', module: 'conversations' }))).toBeUndefined();
    await new Promise((done) => setTimeout(done, 50));
    expect(sandbox.deliveries()).toEqual([]);
  });

  it('raise what happens to a chat, in turn', async () => {
    const client = await start({ seed, switches: { 'write-events': 'raised' } });
    const { put, post, raw, sandbox } = client;
    const [first] = sandbox.state().conversations;
    const path = `/conversations/${first?.id}`;
    const department = sandbox.state().departments[0]?.id;
    const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}`, 'Content-Type': 'application/json' };
    await put(`${path}/pickup`);
    await post(`${path}/messages`, { text: 'Here' });
    await put(`${path}/transfer`, { department_id: department });
    await put(`${path}/reject`);
    await put(`${path}/transfer`, { department_id: department });
    await put(`${path}/accept`);
    await put(`${path}/close`);
    await raw(`/api/visitor/v1/acme/conversations/${first?.encrypted_id}/feedback`, { method: 'POST', headers, body: JSON.stringify({ rating: 'happy' }) });
    const visitor = { visitor: { user_id: 'larry' }, app_id: sandbox.state().apps[0]?.id, department_id: department };
    await raw('/visitor/v2/acme/conversations', { method: 'POST', headers, body: JSON.stringify({ ...visitor, question: 'When?' }) });
    expect([...(await told(client))].sort()).toEqual(
      [
        'conversation.attender.updated',
        'conversation.operator.replied',
        'conversation.transfer.initiated',
        'conversation.transfer.rejected',
        'conversation.transfer.initiated',
        'conversation.transfer.accepted',
        'conversation.completed',
        'conversation.rated',
        'conversation.created',
      ].sort(),
    );
  });

  it('raise what happens to operators, departments, tags and apps, and nothing for what was refused', async () => {
    const client = await start({ seed, switches: { 'write-events': 'raised' } });
    const { put, post, del, sandbox } = client;
    const operators = [sandbox.state().operators[0]?.id];
    const oslo = dataId((await post('/departments', { name: 'Oslo', operators })).json);
    const dora = dataId(
      (await post('/operators', { email_id: 'dora@acme.test', role: 'Associate', departments: [sandbox.state().departments[0]?.id], is_monitored: 'true' }))
        .json,
    );
    await put(`/operators/${dora}/departments`, { ids: [oslo] });
    await del(`/operators/${dora}/departments?ids=${oslo}`);
    await put(`/operators/${dora}`, { city: 'Oslo' });
    await put(`/departments/${oslo}`, { description: 'By the sea' });
    const tag = dataId((await post('/tags', { name: 'Sea', color: '#ff9807', module: 'conversations' })).json);
    await del(`/tags/${tag}`);
    await put(`/apps/${sandbox.state().apps[1]?.id}`, { enabled: false });
    await put(`/apps/${sandbox.state().apps[1]?.id}`, { privacy: true });
    await del(`/operators/${dora}`);
    await del('/operators/17');
    expect([...(await told(client))].sort()).toEqual(
      [
        'department.created',
        'operator.created',
        'operator.departments.associated',
        'operator.departments.dissociated',
        'operator.updated',
        'department.updated',
        'tag.created',
        'tag.deleted',
        'brands.disabled',
        'operator.deleted',
      ].sort(),
    );
  });
});

describe('a chat', () => {
  it('is picked up, passed on and closed in any state, or only in the right one', async () => {
    const { put, sandbox } = await start({ seed });
    const path = `/conversations/${sandbox.state().conversations[0]?.id}`;
    const body = { department_id: sandbox.state().departments[0]?.id };
    expect(codeOf(await put(`${path}/close`))).toBeUndefined();
    expect(codeOf(await put(`${path}/pickup`))).toBeUndefined();
    sandbox.setSwitches({ 'chat-states': 'checked' });
    expect(codeOf(await put(`${path}/pickup`))).toBe(1016);
    expect(codeOf(await put(`${path}/accept`))).toBe(1016);
    expect(codeOf(await put(`${path}/transfer`, body))).toBeUndefined();
    expect(codeOf(await put(`${path}/accept`))).toBeUndefined();
    expect(codeOf(await put(`${path}/reject`))).toBe(1016);
    expect(codeOf(await put(`${path}/close`))).toBeUndefined();
    expect(codeOf(await put(`${path}/close`))).toBe(1016);
    expect(codeOf(await put(`${path}/transfer`, body))).toBe(1016);
  });
});

describe('other writes', () => {
  it('take a waiting time that the page lists, and no other', async () => {
    const { put, sandbox } = await start({ seed });
    const path = `/apps/${sandbox.state().apps[0]?.id}`;
    expect((await put(path, { waiting_time: '45' })).json).toMatchObject({ data: { waiting_time: '45' } });
    expect((await put(path, { waiting_time: 50 })).json).toMatchObject({ error: { code: 1015, json_key: 'waiting_time' } });
    expect(sandbox.state().apps[0]?.texts['waiting_time']).toBe('45');
  });

  it('leave the owner to the owner', async () => {
    const { put, sandbox } = await start({ seed, switches: { caller: 'other' } });
    expect(codeOf(await put('/portals/acme/owner', { new_owner_id: sandbox.state().operators[0]?.id }))).toBe(1016);
  });

  it('keep the rings and the name that a partial update of a preset leaves out', async () => {
    const ring = criteria();
    const rings = { ring_one: ring, ring_two: ring, ring_three: ring, ring_four: ring };
    const { put, post, sandbox } = await start({ switches: { vocabulary: 'lax' } });
    const id = dataId((await post('/trackingpresets', { name: 'Hot', ...rings })).json);
    const change = { description: 'Warm', ring_two: criteria('Norway') };
    expect(codeOf(await put(`/trackingpresets/${id}`, change))).toBe(1015);
    sandbox.setSwitches({ 'preset-update': 'partial' });
    expect(codeOf(await put(`/trackingpresets/${id}`, change))).toBeUndefined();
    const [kept] = sandbox.state().tracking_presets;
    expect(kept).toMatchObject({ name: 'Hot', description: 'Warm' });
    expect(kept?.ring_one).not.toEqual(kept?.ring_two);
    expect(JSON.stringify(kept?.ring_two)).toContain('Norway');
  });
});
