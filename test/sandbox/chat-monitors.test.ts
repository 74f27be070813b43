/** Chat monitors, and how many there are. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const seed = { ...acme, chat_monitors: [{ operator: 'ben@acme.test' }, { visitor_ip: '10.0.0.1', enabled: false }, { visitor_email: 'eve@acme.test' }] };
const path = '/chatmonitors';
const stats = { chats_joined: '0', chats_monitored: '0', last_monitored_time: '0' };
const types = (json: unknown): readonly unknown[] => columnAt(json, 'monitoring', 'data').map((monitoring) => dig(monitoring, 'type'));

describe('chat monitors', () => {
  it('show whom they watch, with the keys and datatypes of their page', async () => {
    const { get, sandbox } = await start({ seed });
    const ben = sandbox.state().operators[1]?.id;
    const { json } = await get(path);
    expect(json).toMatchObject({ url: '/api/v2/acme/chatmonitors', object: 'list' });
    expect(dig(json, 'data')).toEqual([
      {
        id: expect.any(String),
        enabled: true,
        stats,
        monitoring: { type: 'operator', operator_email: 'ben@acme.test', operator_id: ben, operator_name: 'Ben' },
      },
      { id: expect.any(String), enabled: false, stats, monitoring: { type: 'visitor_ip', visitor_ip: '10.0.0.1' } },
      { id: expect.any(String), enabled: true, stats, monitoring: { type: 'visitor_email', visitor_email: 'eve@acme.test' } },
    ]);
    const one = `${path}/${String(dig(json, 'data', 1, 'id'))}`;
    expect((await get(one)).json).toEqual({ url: `/api/v2/acme${one}`, object: 'chatmonitors', data: dig(json, 'data', 1) });
  });

  it('come in parts of at most fifty', async () => {
    const { get, sandbox } = await start({ seed });
    const from = async (index: number): Promise<readonly unknown[]> => types((await get(`${path}?limit=2&index=${index}`)).json);
    expect([await from(0), await from(1)]).toEqual([['operator', 'visitor_ip'], ['visitor_email']]);
    sandbox.setSwitches({ 'paging-index': 'offset', 'index-base': '1' });
    expect([await from(1), await from(2)]).toEqual([
      ['operator', 'visitor_ip'],
      ['visitor_ip', 'visitor_email'],
    ]);
    expect((await get(`${path}?limit=51`)).json).toMatchObject({ error: { code: 1011, param: 'limit' } });
  });

  it('are made for an operator, an address or a mail, once', async () => {
    const { post, sandbox } = await start({ seed });
    const anna = sandbox.state().operators[0]?.id;
    const { json } = await post(path, { type: 'operator', operator: anna });
    expect(json).toMatchObject({ url: `/api/v2/acme${path}/${String(dig(json, 'data', 'id'))}`, object: 'chatmonitors', data: { enabled: true, stats } });
    expect(shapeOf(dig(json, 'data', 'monitoring'))).toEqual(shapeOf({ type: '', operator_email: '', operator_id: '', operator_name: '' }));
    expect(codeOf(await post(path, { type: 'operator', operator: anna }))).toBe(1014);
    expect((await post(path, { type: 'operator', operator: '1' })).json).toMatchObject({ error: { code: 1020, json_key: 'operator' } });
    expect((await post(path, {})).json).toMatchObject({ error: { code: 1015, json_key: 'type' } });
    expect((await post(path, { type: 'visitor_ip' })).json).toMatchObject({ error: { code: 1015, json_key: 'visitor_ip' } });
    expect((await post(path, { type: 'visitor_phone', visitor_phone: '1' })).json).toMatchObject({ error: { code: 1015, json_key: 'type' } });
  });

  it('go on and off by either key, or by one of them only', async () => {
    const { put, sandbox } = await start({ seed });
    const one = `${path}/${sandbox.state().chat_monitors[0]?.id}`;
    const enabledBy = async (body: object): Promise<unknown> => dig((await put(one, body)).json, 'data', 'enabled');
    expect([await enabledBy({ enabled: false }), await enabledBy({ status: 'enabled' }), await enabledBy({ status: false })]).toEqual([false, true, false]);
    sandbox.setSwitches({ 'monitor-switch': 'status' });
    expect([await enabledBy({ enabled: true }), await enabledBy({ status: true })]).toEqual([false, true]);
    sandbox.setSwitches({ 'monitor-switch': 'enabled' });
    expect([await enabledBy({ status: false }), await enabledBy({ enabled: false })]).toEqual([true, false]);
    expect((await put(one, {})).json).toMatchObject({ error: { code: 1015, json_key: 'enabled' } });
  });

  it('are counted by type, and go', async () => {
    const { get, del, sandbox } = await start({ seed });
    expect((await get('/counts?resource=chatmonitors')).json).toEqual({
      url: '/api/v2/acme/counts',
      object: 'chatmonitorscounts',
      data: { visitor_ip: '1', visitor_email: '1', operator: '1' },
    });
    await del(`${path}/${sandbox.state().chat_monitors[0]?.id}`);
    expect((await get('/counts?resource=chatmonitors')).json).toMatchObject({ data: { operator: '0' } });
    for (const query of ['', '?resource=cars']) expect((await get(`/counts${query}`)).json).toMatchObject({ error: { code: 1011, param: 'resource' } });
  });
});
