/** Calls by voice, as their pages show them. */
import { expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const seed = {
  ...acme,
  conversations: [{ status: 'closed', attender: 'ben@acme.test' }, { status: 'missed' }],
  calls: [
    { id: '1385449374001', conversation: 1, created_time: '1700000002000' },
    { id: '1385449374003', conversation: 2, status: 'missed', created_time: '1700000001000' },
  ],
};

it('calls are filtered and sorted', async () => {
  const { get } = await start({ seed });
  const told = async (query: string): Promise<readonly unknown[]> => columnAt((await get(`/calls${query}`)).json, 'id', 'data');
  expect((await get('/calls')).json).toMatchObject({ url: '/api/v2/acme/calls', object: 'list' });
  expect(await told('?status=missed')).toEqual(['1385449374003']);
  expect(await told('?from_time=1700000001500')).toEqual(['1385449374001']);
  expect(await told('?sort_by=initiated_time&order=ascending')).toEqual(['1385449374003', '1385449374001']);
  expect(await told('?limit=1&index=1')).toEqual(['1385449374003']);
  expect(codeOf(await get('/calls?status=lost'))).toBe(1011);
});

it('calls of a conversation and of its thread have the documented shape', async () => {
  const { get, sandbox } = await start({ seed });
  const chat = sandbox.state().conversations[0]?.id;
  const { json } = await get(`/conversations/${chat}/threads/1/calls`);
  expect(json).toMatchObject({ object: 'calls', data: [{ id: '1385449374001' }] });
  const named = { name: '', id: '' };
  const by = { type: '', id: '' };
  const texts = ['end_time', 'id', 'status', 'pickup_time', 'type', 'created_time', 'connected_time', 'missed_time'];
  expect(shapeOf(dig(json, 'data', 0))).toEqual(
    shapeOf({
      ...Object.fromEntries(texts.map((key) => [key, ''])),
      ...Object.fromEntries(['voice_message', 'recording', 'transcript', 'summary'].map((key) => [`${key}_available`, true])),
      brand: named,
      last_attender: { id: '' },
      initiated_by: by,
      ended_by: by,
      department: named,
      conversation: { status: '', type: '', in_time: '', reference_id: '', id: '', thread_number: 1 },
    }),
  );
  expect(columnAt((await get(`/conversations/${chat}/calls`)).json, 'id', 'data')).toEqual(['1385449374001']);
  expect(codeOf(await get(`/conversations/${chat}/threads/2/calls`))).toBe(1019);
  expect(codeOf(await get('/conversations/17/calls'))).toBe(1019);
});
