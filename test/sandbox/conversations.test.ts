/** Conversations on the side of operators. */
import { expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, start } from './client.ts';

const seed = {
  ...acme,
  conversations: [
    { question: 'One', status: 'waiting', start_time: '1700000001000', visitor: { name: 'Kenji Mori', email: 'kenji@visitor.test' } },
    { question: 'Two', status: 'closed', start_time: '1700000002000', messages: [{ text: 'Hello' }, { text: 'Hi', from: 'operator' }] },
  ],
};

it('conversations are filtered, sorted and paged, and the list says whether there are more', async () => {
  const { get } = await start({ seed });
  const told = async (query: string): Promise<readonly unknown[]> => columnAt((await get(`/conversations${query}`)).json, 'question', 'data');
  expect(await told('')).toEqual(['One', 'Two']);
  expect(await told('?status=open')).toEqual(['One']);
  expect(await told('?status=end')).toEqual(['Two']);
  expect(await told('?email=kenji@visitor.test')).toEqual(['One']);
  expect(await told('?from_time=1700000001500')).toEqual(['Two']);
  expect(await told('?limit=1&page=2')).toEqual(['Two']);
  expect((await get('/conversations?limit=1')).json).toMatchObject({ object: 'conversations', more_data_available: true });
  expect((await get('/conversations')).json).toMatchObject({ more_data_available: false });
  expect(codeOf(await get('/conversations?status=lost'))).toBe(1011);
});

it('a conversation is picked up, answered, described and closed', async () => {
  const { get, put, post, sandbox } = await start({ seed });
  const path = `/conversations/${sandbox.state().conversations[0]?.id}`;
  expect((await put(`${path}/pickup`)).json).toMatchObject({ data: { chat_status: { state_key: 'connected', status_code: 0 } } });
  expect((await post(`${path}/messages`, { text: 'Good day' })).json).toMatchObject({ data: { type: 'text', message: { text: 'Good day' } } });
  expect(columnAt((await get(`${path}/messages`)).json, 'message', 'data')).toEqual([{ text: 'Good day' }]);
  expect((await put(path, { customer_info: { Branch: 'Oslo' } })).json).toMatchObject({ object: 'Object', data: { customer_info: { Branch: 'Oslo' } } });
  expect((await put(`${path}/close`)).json).toMatchObject({ data: { chat_status: { state: 4, label: 'Attended Online' } } });
  expect(dig((await get(path)).json, 'data', 'status_code')).toBe(2);
  expect(codeOf(await get('/conversations/77'))).toBe(1019);
});

it('messages up to a time come newest first', async () => {
  const { get, sandbox } = await start({ seed });
  const { json } = await get(`/conversations/${sandbox.state().conversations[1]?.id}/messages?to_time=1800000000000`);
  expect(columnAt(json, 'sequence_id', 'data')).toEqual(['2', '1']);
});

it('a transfer moves the conversation to a department, and is accepted by an operator', async () => {
  const { put, sandbox } = await start({ seed });
  const state = sandbox.state();
  const path = `/conversations/${state.conversations[0]?.id}`;
  const department = state.departments.at(-1)?.id;
  const operator = state.operators.at(-1)?.id;
  expect(codeOf(await put(`${path}/transfer`, { department_id: '77' }))).toBe(1015);
  await put(`${path}/transfer`, { department_id: department, operator_id: operator, note: 'Knows lamps' });
  expect(sandbox.state().conversations[0]).toMatchObject({ department_id: department, transfers: [{ note: 'Knows lamps' }] });
  expect((await put(`${path}/accept`, { operator_id: operator })).json).toMatchObject({ data: { attender: { id: operator } } });
  expect(sandbox.state().conversations[0]?.transfers).toEqual([]);
});

it('a conversation has one thread and a visitor, who is written to by address', async () => {
  const { get, post, sandbox } = await start({ seed });
  const path = `/conversations/${sandbox.state().conversations[1]?.id}`;
  expect((await get(`${path}/threads`)).json).toMatchObject({ object: 'conversations', data: [{ thread_number: '1', question: 'Two' }] });
  expect((await get(`${path}/threads/1`)).json).toMatchObject({ data: { metrics: { operator_message_count: '1', visitor_message_count: '1' } } });
  expect(codeOf(await get(`${path}/threads/2`))).toBe(1019);
  expect((await get(`${path}/visitor`)).json).toMatchObject({ url: expect.stringMatching(/^\/web\/v2\//), object: 'list' });
  await post('/visitors/kenji@visitor.test/messages', { text: 'Still there?' });
  expect(sandbox.state().conversations[0]?.messages.at(-1)?.text).toBe('Still there?');
  expect(codeOf(await post('/visitors/nobody@visitor.test/messages', { text: 'Still there?' }))).toBe(1019);
});

it('a visitor opens a conversation, corrects the address, closes it and says how it was', async () => {
  const { raw, sandbox } = await start({ seed });
  const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}`, 'Content-Type': 'application/json' };
  const ask = (method: string, path: string, body?: unknown) => raw(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { apps, departments } = sandbox.state();
  const opening = { visitor: { user_id: 'u-1' }, app_id: apps[0]?.id, department_id: departments[0]?.id, question: 'Is anyone there?' };
  const id = dig((await ask('POST', '/visitor/v2/acme/conversations', opening)).json, 'data', 'id');
  expect(sandbox.state().conversations.at(-1)).toMatchObject({ encrypted_id: id, status: 'waiting', question: 'Is anyone there?' });
  const chat = sandbox.state().conversations.at(-1)?.id;
  const told = await ask('PUT', `/api/visitor/v1/acme/conversations/${chat}/visitor`, { email: 'larry@visitor.test' });
  expect(told.json).toMatchObject({ data: { id: chat, visitor: { email: 'larry@visitor.test' } } });
  expect((await ask('PUT', `/visitor/v2/acme/conversations/${id}/close`)).json).toMatchObject({ data: { id, chat_status: { state: 4 } } });
  await ask('POST', `/api/visitor/v1/acme/conversations/${id}/feedback`, { rating: 'sad', feedback: 'Nobody came' });
  expect(sandbox.state().feedbacks.at(-1)).toMatchObject({ conversation_id: chat, rating: 'sad' });
  expect(codeOf(await ask('POST', '/visitor/v2/acme/conversations', { ...opening, custom_wait_time: 1000 }))).toBe(1015);
});

it('visitors are listed in the first and third version, where the portal lets them be', async () => {
  const { raw, sandbox } = await start({ seed });
  const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}` };
  expect((await raw('/api/v1/acme/visitorsview/-1/visitors', { headers })).json).toMatchObject({ data: { visitorlist: [{}, { name: 'Kenji Mori' }] } });
  const first = await raw('/api/v3/acme/visitors?limit=1', { headers });
  expect(first.json).toMatchObject({ data: [{}], next_key: '1700000002000' });
  expect(columnAt((await raw('/api/v3/acme/visitors?next_key=1700000002000', { headers })).json, 'name', 'data')).toEqual(['Kenji Mori']);
  const closed = await start({ seed, switches: { 'visitor-lists': 'off' } });
  expect(codeOf(await closed.raw('/api/v3/acme/visits', { headers: { Authorization: `Zoho-oauthtoken ${closed.sandbox.accessToken}` } }))).toBe(1016);
});

it('a picture of an operator is sent as a file, and nothing else will do', async () => {
  const { raw, post, sandbox } = await start({ seed });
  const id = sandbox.state().operators[0]?.id;
  const body = new FormData();
  body.set('file', new Blob(['picture']), 'face.png');
  const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}` };
  const sent = await raw(`/api/v2/acme/operators/${id}/photo`, { method: 'PUT', headers, body });
  expect(sent.json).toMatchObject({ object: 'operator' });
  expect(codeOf(await post(`/operators/${id}/photo`, { file: 'face.png' }))).toBe(1015);
});
