/** Blocked IPs. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const seed = {
  ...acme,
  blocked_ips: [
    { ip: '10.0.0.1', apps: ['Acme shop'], comments: [{ operator: 'ben@acme.test', text: 'spam' }] },
    { ip: '10.0.0.2', apps: ['Acme outlet'], comment: 'again' },
  ],
};
const sample = {
  status: 'blocked',
  blocked_by: '1',
  app: { name: '', id: '1' },
  comments: [{ operator_id: '1', time: '1', text: '' }],
  modified_time: '1',
  ip: '1.1.1.1',
  no_of_comments: '1',
  id: '1',
};
const column = (json: unknown, key: string): readonly unknown[] => columnAt(json, key, 'data');

describe('blocked IPs', () => {
  it('are listed with their number, and without the screenname in url', async () => {
    const { get } = await start({ seed });
    const { json } = await get('/blockedips');
    expect(json).toMatchObject({ url: '/api/v2/blockedips', object: 'list', total: 2 });
    expect(shapeOf(dig(json, 'data'))).toEqual([shapeOf(sample)]);
    const id = String(dig(json, 'data', 0, 'id'));
    expect((await get(`/blockedips/${id}`)).json).toEqual({ url: `/api/v2/blockedips/${id}`, object: 'blockedips', data: dig(json, 'data', 0) });
    expect(codeOf(await get('/blockedips/1'))).toBe(1019);
  });

  it('count rows from index on, from zero or from one', async () => {
    const { get, sandbox } = await start({ seed });
    const from = async (index: number): Promise<readonly unknown[]> => column((await get(`/blockedips?limit=1&index=${index}`)).json, 'ip');
    expect([await from(0), await from(1), await from(2)]).toEqual([['10.0.0.1'], ['10.0.0.2'], []]);
    sandbox.setSwitches({ 'index-base': '1' });
    expect([await from(1), await from(2), await from(3)]).toEqual([['10.0.0.1'], ['10.0.0.2'], []]);
  });

  it('are a row for each app named, with ids of their own or one for all', async () => {
    const { post, sandbox } = await start({ seed });
    const [shop, outlet] = sandbox.state().apps;
    const { json } = await post('/blockedips', { ip: '10.0.0.3', app_ids: [shop?.id, outlet?.id], comment: '' });
    expect(json).toMatchObject({ url: '/api/v2/blockedips', object: 'list', total: '2', data: [{ comments: [], no_of_comments: '0' }, { ip: '10.0.0.3' }] });
    expect(columnAt(json, 'app', 'data')).toEqual([
      { name: 'Acme shop', id: shop?.id },
      { name: 'Acme outlet', id: outlet?.id },
    ]);
    expect(new Set(column(json, 'id')).size).toBe(2);
    sandbox.setSwitches({ 'blocked-ids': 'shared' });
    const shared = (await post('/blockedips', { ip: '10.0.0.4', app_ids: [shop?.id, outlet?.id], comment: 'why' })).json;
    expect(new Set(column(shared, 'id')).size).toBe(1);
    expect(column(shared, 'no_of_comments')).toEqual(['1', '1']);
  });

  it('are for all apps without a name, as rows or as one row without app', async () => {
    const { post, sandbox } = await start({ seed });
    expect(column((await post('/blockedips', { ip: '10.0.0.3' })).json, 'app')).toHaveLength(2);
    sandbox.setSwitches({ 'blocked-all-apps': 'one-row' });
    const { json } = await post('/blockedips', { ip: '10.0.0.4' });
    expect(json).toMatchObject({ total: '1', data: [{ ip: '10.0.0.4' }] });
    expect(Object.keys(Object(dig(json, 'data', 0)))).not.toContain('app');
    expect(codeOf(await post('/blockedips', { ip: '10.0.0.4', app_ids: [sandbox.state().apps[0]?.id] }))).toBe(1014);
  });

  it('refuse no address, an unknown app, and the same twice', async () => {
    const { post, sandbox } = await start({ seed });
    expect((await post('/blockedips', {})).json).toMatchObject({ error: { code: 1015, json_key: 'ip' } });
    expect((await post('/blockedips', { ip: 'my house' })).json).toMatchObject({ error: { code: 1015, json_key: 'ip' } });
    expect((await post('/blockedips', { ip: '10.0.0.9', app_ids: ['1'] })).json).toMatchObject({ error: { code: 1019, json_key: 'app_ids[0]' } });
    const [shop, outlet] = sandbox.state().apps;
    expect((await post('/blockedips', { ip: '10.0.0.1', app_ids: [shop?.id] })).json).toMatchObject({ error: { code: 1014, json_key: 'ip' } });
    expect(codeOf(await post('/blockedips', { ip: '10.0.0.1', app_ids: [outlet?.id] }))).toBeUndefined();
  });

  it('are unblocked and blocked by their id', async () => {
    const { put, sandbox } = await start({ seed });
    const path = `/blockedips/${sandbox.state().blocked_ips[0]?.id}`;
    const status = async (word: string): Promise<unknown> => dig((await put(path, { status: word })).json, 'data', 0, 'status');
    expect((await put(path, { status: 'unblock' })).json).toMatchObject({ object: 'list', total: '1', data: [{ ip: '10.0.0.1', status: 'unblocked' }] });
    expect([await status('block'), await status('reject'), await status('approve')]).toEqual(['blocked', 'rejected', 'blocked']);
    expect((await put(path, {})).json).toMatchObject({ error: { code: 1015, json_key: 'status' } });
    expect((await put(path, { status: 'off' })).json).toMatchObject({ error: { code: 1015, json_key: 'status' } });
    sandbox.setSwitches({ 'blocked-path': 'without-id' });
    expect(codeOf(await put(path, { status: 'block' }))).toBe(1004);
  });

  it('are meant all at once where nothing names one, by address or id where the body does', async () => {
    const { get, put, sandbox } = await start({ seed });
    await put('/blockedips', { status: 'unblock', ip: '10.0.0.2' });
    expect(column((await get('/blockedips')).json, 'status')).toEqual(['blocked', 'unblocked']);
    expect((await put('/blockedips', { status: 'unblock' })).json).toMatchObject({ total: '2', data: [{ status: 'unblocked' }, { status: 'unblocked' }] });
    await put('/blockedips', { status: 'block', id: sandbox.state().blocked_ips[0]?.id });
    expect(column((await get('/blockedips')).json, 'status')).toEqual(['blocked', 'unblocked']);
    expect(codeOf(await put('/blockedips', { status: 'block', ip: '1.1.1.1' }))).toBe(1019);
    sandbox.setSwitches({ 'blocked-path': 'with-id' });
    expect(codeOf(await put('/blockedips', { status: 'block' }))).toBe(1004);
  });

  it('gather comments, and go', async () => {
    const { get, post, del, sandbox } = await start({ seed });
    const [first] = sandbox.state().blocked_ips;
    const path = `/blockedips/${first?.id}`;
    expect((await post(`${path}/comments`, { text: 'more' })).json).toMatchObject({
      url: `/api/v2${path}/comments`,
      object: 'blockedips',
      data: { no_of_comments: '2', comments: [{ text: 'spam', operator_id: sandbox.state().operators[1]?.id }, { text: 'more' }] },
    });
    expect((await post(`${path}/comments`, {})).json).toMatchObject({ error: { code: 1015, json_key: 'text' } });
    expect(codeOf(await del(path))).toBeUndefined();
    expect((await get('/blockedips')).json).toMatchObject({ total: 1, data: [{ ip: '10.0.0.2' }] });
  });
});
