/** Answers to pending actions, and encryptions. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, listAt, start } from './client.ts';

const metric = { layout: 'metric', name: 'users', title: 'Users', data: [{ label: 'Total', value: '36' }] };

describe('a pending bot', () => {
  it('takes progress and one response, by POST or PUT, and knows nothing of it afterwards', async () => {
    const { sandbox, post, put } = await start({ seed: acme });
    const { id } = sandbox.openCallback('bot');
    expect((await post(`/callbacks/${id}/progress`, { text: 'A moment' })).json).toMatchObject({ data: {} });
    expect((await put(`/callbacks/${id}/progress`, {})).json).toMatchObject({ error: { code: 1015, json_key: 'text' } });
    expect(codeOf(await post(`/callbacks/${id}/widgetresponse`, { type: 'banner', status: 'success', text: 'Done' }))).toBe(1019);
    expect(codeOf(await post(`/callbacks/${id}/response`, { action: 'reply', replies: ['Here'] }))).toBeUndefined();
    expect(codeOf(await post(`/callbacks/${id}/response`, { action: 'reply', replies: ['Again'] }))).toBe(1019);
    expect(codeOf(await post('/callbacks/4fhgtd-hbnjwj/progress', { text: 'Hello' }))).toBe(1019);
    expect(sandbox.callbacks()).toMatchObject([{ id, progress: ['A moment'], response: { action: 'reply', replies: ['Here'] } }]);
  });

  it('is over after three minutes', async () => {
    let now = 1_700_000_000_000;
    const { sandbox, post } = await start({ seed: acme, now: () => now });
    const { id } = sandbox.openCallback('bot');
    now += 179_999;
    expect(codeOf(await post(`/callbacks/${id}/progress`, { text: 'Still here' }))).toBeUndefined();
    now += 1;
    expect(codeOf(await post(`/callbacks/${id}/progress`, { text: 'Too late' }))).toBe(1019);
  });

  it('is opened by a control call too, and obeys the switches', async () => {
    const { raw, post, put } = await start({ seed: acme, switches: { 'callback-method': 'PUT', 'callback-answer': 'none' } });
    const opened = await raw('/sandbox/callbacks', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"kind":"bot"}' });
    const path = `/callbacks/${String(dig(opened.json, 'id'))}/progress`;
    expect(codeOf(await post(path, { text: 'A moment' }))).toBe(1004);
    const seen = await put(path, { text: 'A moment' });
    expect([seen.status, seen.text]).toEqual([200, '']);
    expect(columnAt((await raw('/sandbox/callbacks')).json, 'progress', 'callbacks')).toEqual([['A moment']]);
  });
});

describe('a pending widget', () => {
  it.each([
    ['a banner', { type: 'banner', status: 'success', text: 'Done', refresh_section: true }],
    ['wrapped sections', { type: 'sections_edit', sections: [{ metric }], success_banner: 'Done' }],
    ['flat sections', { type: 'sections_edit', sections: [metric] }],
    [
      'a modification',
      {
        type: 'widget_modification',
        actions: [
          { type: 'add_before', name: 'users', section: { metric } },
          { type: 'remove', name: 'old' },
        ],
      },
    ],
    ['a form', { type: 'form', name: 'f', title: 'F', inputs: [{ type: 'text', name: 'a' }], action: { type: 'invoke.function', name: 'member' } }],
  ])('takes %s', async (_what, body) => {
    const { sandbox, post } = await start({ seed: acme });
    const { id } = sandbox.openCallback('widget');
    expect(codeOf(await post(`/callbacks/${id}/widgetresponse`, body))).toBeUndefined();
  });

  it.each([
    ['type', { type: 'form_modification' }],
    ['status', { type: 'banner', status: 'good', text: 'Done' }],
    ['text', { type: 'banner', status: 'success', text: 'x'.repeat(51) }],
    ['sections', { type: 'sections_edit', sections: [] }],
    ['sections[1].layout', { type: 'sections_edit', sections: [metric, { ...metric, layout: 'table' }] }],
    ['sections[0].metric.name', { type: 'sections_edit', sections: [{ metric: { ...metric, name: undefined } }] }],
    ['actions[0].section', { type: 'widget_modification', actions: [{ type: 'update', name: 'users' }] }],
    ['action.type', { type: 'form', name: 'f', title: 'F', inputs: [{ type: 'text', name: 'a' }], action: { name: 'member' } }],
  ])('refuses a wrong %s and still waits', async (key, body) => {
    const { sandbox, post } = await start({ seed: acme });
    const { id } = sandbox.openCallback('form');
    const { json } = await post(`/callbacks/${id}/widgetresponse`, body);
    expect([key, dig(json, 'error', 'json_key')]).toEqual([key, key]);
    expect(codeOf(await post(`/callbacks/${id}/widgetresponse`, { type: 'banner', status: 'failure', text: 'No' }))).toBeUndefined();
  });
});

describe('encryptions', () => {
  it('stand below no screenname, trim their values and keep their order', async () => {
    const { raw, sandbox } = await start({ seed: acme });
    const encrypt = (body: unknown, type = 'application/json') =>
      raw('/api/v2/encryptions', {
        method: 'POST',
        headers: { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}`, 'Content-Type': type },
        body: JSON.stringify(body),
      });
    const values = [' Patricia ', 'patricia@acme.test'];
    const { json } = await encrypt({ type: 'siqidentifiers', values });
    expect(json).toMatchObject({ url: '/api/v2/encryptions', object: 'list' });
    expect(columnAt(json, 'value', 'data')).toEqual(['Patricia', 'patricia@acme.test']);
    for (const text of columnAt(json, 'encrypted_value', 'data')) expect(text).toMatch(/^[0-9a-f]{50}$/);
    expect(listAt((await encrypt({ type: 'siqidentifiers', values })).json, 'data')).toEqual(listAt(json, 'data'));
    expect((await encrypt({ type: 'siqidentifiers', values: Array.from({ length: 21 }, () => 'x') })).json).toMatchObject({ error: { json_key: 'values' } });
    expect((await encrypt({ type: 'other', values })).json).toMatchObject({ error: { code: 1015, json_key: 'type' } });
    expect(codeOf(await encrypt({ type: 'siqidentifiers', values }, 'text/plain'))).toBe(1054);
  });
});
