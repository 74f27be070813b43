/** Bots and feedback, as their pages show them. */
import { expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const person = { name: '', id: '1' };

it('bots are listed with their connector and what they did', async () => {
  const { get } = await start({ seed: { ...acme, bots: [{ name: 'Lamp bot', connector: 'dre' }, { name: 'Desk bot' }] } });
  const { json } = await get('/bots');
  expect(json).toMatchObject({ url: '/api/v2/acme/bots', object: 'list', sync_time: expect.stringMatching(/^\d+$/) });
  expect(columnAt(json, 'name', 'data')).toEqual(['Lamp bot', 'Desk bot']);
  expect(dig(json, 'data', 0, 'connector', 'type')).toBe('dre');
  const texts = ['modified_time', 'image_fkey', 'permissions', 'source_type', 'id', 'description', 'app_id', 'created_time', 'image_url', 'name'];
  const stats = ['last_used_time_in_millis', 'total_chat_duration_in_millis', 'number_of_transfered_chats', 'number_of_chats', 'number_of_resolved_chats'];
  expect(shapeOf(dig(json, 'data', 0))).toEqual(
    shapeOf({
      ...Object.fromEntries(texts.map((key) => [key, ''])),
      ...Object.fromEntries(['enabled', 'deleted', 'all_departments', 'published'].map((key) => [key, true])),
      modifier: person,
      creator: person,
      connector: { owner: { ...person, email_id: '' }, status: '', type: '' },
      department_ids: [],
      stats: Object.fromEntries(stats.map((key) => [key, ''])),
    }),
  );
  expect(columnAt((await get('/bots?limit=1&index=2')).json, 'name', 'data')).toEqual(['Desk bot']);
  expect(codeOf(await get('/bots?limit=1001'))).toBe(1011);
  expect(codeOf(await get('/bots?index=0'))).toBe(1011);
});

const seed = {
  ...acme,
  conversations: [
    { status: 'closed', attender: 'ben@acme.test', visitor: { name: 'Kenji Mori', email: 'kenji@visitor.test' } },
    { status: 'closed', attender: 'anna@acme.test', visitor: { name: 'Ana Rojas', email: 'ana@visitor.test' } },
  ],
  feedbacks: [
    { conversation: 1, rating: 'sad', feedback: 'Too slow', time: '1700000002000' },
    { conversation: 2, rating: 'happy', feedback: 'Quick', time: '1700000001000' },
  ],
};

it('feedback is filtered, sorted by time and shown alone', async () => {
  const { get, sandbox } = await start({ seed });
  const told = async (query: string): Promise<readonly unknown[]> => columnAt((await get(`/feedbacks${query}`)).json, 'feedback', 'data');
  expect(await told('')).toEqual(['Quick', 'Too slow']);
  expect(await told('?sort_order=desc')).toEqual(['Too slow', 'Quick']);
  expect(await told('?ratings=sad')).toEqual(['Too slow']);
  expect(await told('?visitor_email=ana@visitor.test')).toEqual(['Quick']);
  expect(await told('?start_time=1700000001500')).toEqual(['Too slow']);
  expect(codeOf(await get('/feedbacks?sort_order=up'))).toBe(1011);
  const row = sandbox.state().feedbacks[0];
  expect((await get(`/feedbacks/${row?.id}`)).json).toMatchObject({
    url: `/api/v2/acme/feedbacks/${row?.id}`,
    object: 'feedback',
    data: {
      rating: { type: 'smiley', value: 'sad' },
      attender: { email: 'ben@acme.test', type: 'operator' },
      chatlet_count: '0',
      visitor: { first_name: 'Kenji', last_name: 'Mori', salutation: 'None' },
      conversation: { id: row?.conversation_id, notes_available: 'false', mode: 'chat' },
    },
  });
  expect(codeOf(await get('/feedbacks/17'))).toBe(1019);
});

it('feedback about one conversation comes from /web and without the conversation', async () => {
  const { get, sandbox } = await start({ seed });
  const chat = sandbox.state().conversations[1]?.id;
  const { json } = await get(`/conversations/${chat}/feedbacks`);
  expect(json).toMatchObject({ url: `/web/v2/acme/conversations/${chat}/feedbacks`, object: 'feedback', data: [{ feedback: 'Quick' }] });
  expect(dig(json, 'data', 0, 'conversation')).toBeUndefined();
  expect(codeOf(await get('/conversations/17/feedbacks'))).toBe(1019);
});
