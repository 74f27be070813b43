/** The seventeen calls of the webhooks page. */
import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acme, type Client, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const hook = ({ sandbox }: Client): string => `/webhooks/${sandbox.state().webhooks[0]?.id}`;
const body = { type: 'data', url: 'https://hooks.acme.test/new', events: ['conversation.rated'] };
const shape = {
  modified_time: '1',
  url: '',
  expiry_time_for_executions_data: '1',
  id: '1',
  modifier: { id: '1' },
  creator: { id: '1' },
  status: '',
  failures_count: '0',
  secured: true,
  app_ids: ['1'],
  version: 1,
  type: 'data',
  public_keys: [{ key: '', creator: { id: '1' }, created_time: '1', id: '1' }],
  created_time: '1',
  events: [''],
};

describe('a webhook', () => {
  it('is shown with a number as version and a key without its text', async () => {
    const client = await start({ seed: acme });
    const { json } = await client.get(hook(client));
    expect(shapeOf(json)).toEqual(shapeOf({ url: '', object: 'webhook', data: shape, sync_time: '1' }));
    expect(json).toMatchObject({ url: `/api/v2/acme${hook(client)}`, object: 'webhook', data: { version: 1, public_keys: [{ key: '' }] } });
    client.sandbox.setSwitches({ 'key-text': 'always' });
    expect(dig((await client.get(hook(client))).json, 'data', 'public_keys', 0, 'key')).not.toBe('');
  });

  it('needs type, url and events to be made, and has a key from the start', async () => {
    const { post } = await start({ seed: acme });
    for (const key of Object.keys(body))
      expect((await post('/webhooks', { ...body, [key]: undefined })).json).toMatchObject({ error: { code: 1015, json_key: key } });
    const { json } = await post('/webhooks', body);
    expect(json).toMatchObject({
      url: '/api/v2/acme/webhooks',
      object: 'webhook',
      data: { ...body, app_ids: [], secured: false, version: 1, expiry_time_for_executions_data: '5184000000', status: 'enabled', failures_count: '0' },
    });
    expect(dig(json, 'data', 'public_keys')).toHaveLength(1);
  });

  it('is updated with a type always; what is left out stays, lists are replaced', async () => {
    const client = await start({ seed: acme });
    expect((await client.put(hook(client), { events: [] })).json).toMatchObject({ error: { code: 1015, json_key: 'type' } });
    const { json } = await client.put(hook(client), {
      type: 'data',
      events: ['conversation.rated'],
      version: '1',
      expiry_time_for_executions_data: '180000000',
    });
    expect(json).toMatchObject({
      data: { events: ['conversation.rated'], version: 1, expiry_time_for_executions_data: '180000000', secured: true, url: 'https://hooks.acme.test/a' },
    });
  });

  it('loses what an update leaves out under put-details=replacing', async () => {
    const client = await start({ seed: acme, switches: { 'put-details': 'replacing' } });
    expect((await client.put(hook(client), { type: 'data', events: ['conversation.rated'] })).json).toMatchObject({
      data: { url: 'https://hooks.acme.test/a', app_ids: [], secured: false },
    });
  });

  it('has apps only when its type is data, and only those that exist', async () => {
    const client = await start({ seed: acme });
    const [shop] = client.sandbox.state().apps;
    expect((await client.post('/webhooks', { ...body, type: 'administration', app_ids: [shop?.id] })).json).toMatchObject({ error: { json_key: 'app_ids' } });
    expect((await client.post('/webhooks', { ...body, app_ids: [shop?.id, '7'] })).json).toMatchObject({ error: { code: 1019, json_key: 'app_ids[1]' } });
    expect(codeOf(await client.post('/webhooks', { ...body, url: 'nowhere' }))).toBe(1015);
  });

  it('keeps failed executions for any time, or within the stated range under expiry-range', async () => {
    const client = await start({ seed: acme });
    expect(codeOf(await client.put(hook(client), { type: 'data', expiry_time_for_executions_data: '180000000' }))).toBeUndefined();
    client.sandbox.setSwitches({ 'expiry-range': 'stated' });
    expect(codeOf(await client.put(hook(client), { type: 'data', expiry_time_for_executions_data: '180000000' }))).toBe(1015);
    expect(codeOf(await client.put(hook(client), { type: 'data', expiry_time_for_executions_data: '604800000' }))).toBeUndefined();
    expect(codeOf(await client.put(hook(client), { type: 'data', expiry_time_for_executions_data: '5184000001' }))).toBe(1015);
  });

  it('is probed with HEAD under webhook-probe=on, when its url is new', async () => {
    const methods: string[] = [];
    const receiver = createServer((request, response) => {
      methods.push(`${request.method} ${request.url}`);
      response.writeHead(request.url === '/good' ? 200 : 404).end();
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    onTestFinished(() => void receiver.close());
    const address = receiver.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const client = await start({ seed: acme, switches: { 'webhook-probe': 'on' } });
    expect((await client.post('/webhooks', { ...body, url: `${origin}/bad` })).json).toMatchObject({ error: { code: 1015, json_key: 'url' } });
    const made = await client.post('/webhooks', { ...body, url: `${origin}/good` });
    await client.put(`/webhooks/${String(dig(made.json, 'data', 'id'))}`, { type: 'data', secured: true, url: `${origin}/good` });
    expect(methods).toEqual(['HEAD /bad', 'HEAD /good']);
    await Promise.all([1, 2, 3].map((number) => client.post('/webhooks', { ...body, url: `${origin}/good`, events: [`event.${number}`] })));
    expect(client.sandbox.state().webhooks).toHaveLength(5);
  });

  it('is gone after a delete', async () => {
    const client = await start({ seed: acme });
    const path = hook(client);
    expect((await client.del(path)).json).toMatchObject({ object: 'webhook', data: {} });
    expect(codeOf(await client.get(path))).toBe(1019);
  });
});

describe('the list of webhooks', () => {
  const two = {
    ...acme,
    webhooks: [...acme.webhooks, { url: 'https://hooks.acme.test/b', type: 'administration', events: ['operator.created'], modified_time: '1000' }],
  };
  const urls = (json: unknown): readonly unknown[] => columnAt(json, 'url', 'data');

  it('needs a type, ignores it, or takes it if there is one', async () => {
    const { get, sandbox } = await start({ seed: two });
    expect((await get('/webhooks')).json).toMatchObject({ error: { code: 1011, param: 'type' } });
    expect(urls((await get('/webhooks?type=data')).json)).toEqual(['https://hooks.acme.test/a']);
    sandbox.setSwitches({ 'webhook-type-filter': 'ignored' });
    expect(urls((await get('/webhooks?type=data')).json)).toHaveLength(2);
    sandbox.setSwitches({ 'webhook-type-filter': 'optional' });
    expect(urls((await get('/webhooks?type=administration')).json)).toEqual(['https://hooks.acme.test/b']);
    expect(urls((await get('/webhooks')).json)).toHaveLength(2);
    expect(codeOf(await get('/webhooks?type=other'))).toBe(1011);
  });

  it('is sorted by change, newest last, unless asked otherwise', async () => {
    const { get } = await start({ seed: two, switches: { 'webhook-type-filter': 'ignored' } });
    expect(urls((await get('/webhooks')).json)).toEqual(['https://hooks.acme.test/b', 'https://hooks.acme.test/a']);
    expect(urls((await get('/webhooks?sort_by=-modified_time')).json)).toEqual(['https://hooks.acme.test/a', 'https://hooks.acme.test/b']);
    expect(urls((await get('/webhooks?sort_by=+created_time')).json)).toEqual(['https://hooks.acme.test/a', 'https://hooks.acme.test/b']);
    expect((await get('/webhooks?sort_by=name')).json).toMatchObject({ error: { code: 1011, param: 'sort_by' } });
  });

  it('holds whole webhooks, or the keys of the cut sample under list-webhooks=short', async () => {
    const client = await start({ seed: acme });
    expect(shapeOf((await client.get('/webhooks?type=data')).json)).toEqual(shapeOf({ url: '', object: 'list', data: [shape] }));
    client.sandbox.setSwitches({ 'list-webhooks': 'short' });
    const item = dig((await client.get('/webhooks?type=data')).json, 'data', 0);
    expect(Object.keys(Object(item)).sort()).toEqual(['creator', 'expiry_time_for_executions_data', 'id', 'modified_time', 'modifier', 'url']);
  });

  it('is counted by mode=meta, without a type', async () => {
    const { get } = await start({ seed: two });
    expect((await get('/webhooks?mode=meta')).json).toEqual({
      url: '/api/v2/acme/webhooks',
      object: 'summary',
      data: { administration: '1', disabled: '0', enabled: '2', data: '1' },
    });
  });
});

describe('parts of a webhook', () => {
  it('are at most two keys and at least one; the text of a new one is shown once', async () => {
    const client = await start({ seed: acme });
    const made = (await client.post(`${hook(client)}/keys`)).json;
    expect(made).toMatchObject({
      url: `/api/v2/acme${hook(client)}/keys`,
      object: 'webhook',
      data: { public_keys: [{ key: '' }, { key: expect.stringMatching(/.{20}/) }] },
    });
    expect(codeOf(await client.post(`${hook(client)}/keys`))).toBe(1017);
    const [old, young] = client.sandbox.state().webhooks[0]?.public_keys ?? [];
    expect(codeOf(await client.del(`${hook(client)}/keys/1`))).toBe(1019);
    expect(codeOf(await client.del(`${hook(client)}/keys/${old?.id}`))).toBeUndefined();
    expect(codeOf(await client.del(`${hook(client)}/keys/${young?.id}`))).toBe(1026);
    await client.post(`${hook(client)}/keys`);
    expect(codeOf(await client.del(`${hook(client)}/keys/${encodeURIComponent(young?.key ?? '')}`))).toBeUndefined();
    expect(client.sandbox.state().webhooks[0]?.public_keys).toHaveLength(1);
  });

  it('are events, which adding answers under the name ids', async () => {
    const client = await start({ seed: acme });
    const added = (await client.post(`${hook(client)}/events`, { ids: ['conversation.rated', 'conversation.missed'] })).json;
    const all = ['conversation.created', 'conversation.missed', 'conversation.rated'];
    expect(added).toMatchObject({ url: `/api/v2/acme${hook(client)}`, data: { ids: all } });
    expect(dig(added, 'data', 'events')).toBeUndefined();
    client.sandbox.setSwitches({ 'added-events-key': 'events' });
    expect((await client.post(`${hook(client)}/events`, { ids: [] })).json).toMatchObject({ data: { events: all } });
    await client.del(`${hook(client)}/events?ids=conversation.rated,conversation.missed`);
    await client.post(`${hook(client)}/events`, { ids: ['conversation.completed'] });
    await client.del(`${hook(client)}/events/conversation.created`);
    expect(client.sandbox.state().webhooks[0]?.events).toEqual(['conversation.completed']);
  });

  it('are apps, removed one by one or all at once', async () => {
    const client = await start({ seed: acme });
    const [shop, outlet] = client.sandbox.state().apps;
    expect((await client.post(`${hook(client)}/apps`, { ids: [outlet?.id] })).json).toMatchObject({
      url: `/api/v2/acme${hook(client)}`,
      data: { app_ids: [shop?.id, outlet?.id] },
    });
    expect((await client.post(`${hook(client)}/apps`, { ids: ['7'] })).json).toMatchObject({ error: { code: 1019, json_key: 'ids[0]' } });
    await client.del(`${hook(client)}/apps/${shop?.id}`);
    expect(client.sandbox.state().webhooks[0]?.app_ids).toEqual([outlet?.id]);
    await client.del(`${hook(client)}/apps`);
    expect(client.sandbox.state().webhooks[0]?.app_ids).toEqual([]);
  });
});

describe('failed executions', () => {
  const executions = Array.from({ length: 7 }, (_, index) => ({
    id: `e${index}`,
    event: index < 5 ? 'conversation.rated' : 'conversation.missed',
    number_of_retries: index === 0 ? 99 : 3,
    app_id: '5',
    last_execution_time: `100${index}`,
  }));
  const now = () => 2000;
  const failing = { ...acme, webhooks: [{ ...acme.webhooks[0], executions }] };

  it('are none where nothing failed', async () => {
    const client = await start({ seed: acme });
    const path = `${hook(client)}/executions`;
    expect((await client.get(path)).json).toEqual({ url: `/api/v2/acme${path}`, object: 'list', data: [] });
    expect((await client.get(`${path}?mode=meta`)).json).toEqual({ url: `/api/v2/acme${path}`, object: 'summary', data: { all: '0', app_based: {} } });
  });

  it('come in pages, by event and time', async () => {
    const client = await start({ seed: failing, now });
    const path = `${hook(client)}/executions`;
    const ids = async (query: string): Promise<readonly unknown[]> => columnAt((await client.get(path + query)).json, 'id', 'data');
    expect(await ids('?limit=5&pageno=2')).toEqual(['e5', 'e6']);
    expect(await ids('?limit=5&pageno=3')).toEqual([]);
    expect(await ids('?events=conversation.missed')).toEqual(['e5', 'e6']);
    expect(await ids('?from_time=1002&to_time=1003')).toEqual(['e2', 'e3']);
    expect((await client.get(`${path}?limit=5&pageno=2`)).json).toMatchObject({
      url: `/api/v2/acme${path}?limit=5&pageno=2`,
      data: [{ remote_server_status: 500, number_of_retries: 3, entity: 'conversation' }, {}],
    });
    expect((await client.get(`${path}?limit=4`)).json).toMatchObject({ error: { code: 1011, param: 'limit' } });
    expect((await client.get(`${path}?mode=meta`)).json).toMatchObject({ data: { all: '7', app_based: { 5: '7' } } });
  });

  it('are retried but for those that have had their 99, exported by Accept, and deleted', async () => {
    const client = await start({ seed: failing, now, switches: { 'retried-executions': 'kept' } });
    const path = `${hook(client)}/executions`;
    expect((await client.post(path, { ids: ['e0', 'e1'] })).json).toMatchObject({ object: 'webhook', data: { skipped: ['e0'] } });
    expect((await client.post(`${path}/e1`)).json).toMatchObject({ data: { skipped: [] } });
    expect(
      client.sandbox
        .state()
        .webhooks[0]?.executions.slice(0, 2)
        .map((row) => row.number_of_retries),
    ).toEqual([99, 5]);
    const headers = {
      Authorization: `Zoho-oauthtoken ${client.sandbox.accessToken}`,
      'Content-Type': 'application/json',
      Accept: 'application/vnd.sealed.xlsx',
    };
    const file = await client.raw(`/api/v2/acme${path}`, { method: 'POST', headers, body: '{"ids":["e2"]}' });
    expect([file.headers.get('content-type'), file.text.startsWith('e2\t')]).toEqual(['application/vnd.sealed.xlsx', true]);
    await client.del(`${path}?ids=e0,e1`);
    await client.raw(`/api/v2/acme${path}`, { method: 'DELETE', headers, body: '{"ids":["e2"]}' });
    expect(client.sandbox.state().webhooks[0]?.executions.map(({ id }) => id)).toEqual(['e3', 'e4', 'e5', 'e6']);
  });
});
