/** Tags, and tags on records. */
import { describe, expect, it } from 'vitest';
import { acme, type Client, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const seed = {
  ...acme,
  tags: [
    { name: 'Norway', color: '#ff9807', module: 'visitors' },
    { name: 'Urgent', color: '#fF7609', module: 'conversations' },
    { name: 'Old', color: '#111111', module: 'visitors', archived: true },
  ],
  tagged: [{ module: 'visitors', record_id: '900', tags: ['Norway'] }],
};
const sample = {
  id: '5',
  name: 'Japan',
  color: '#ff9807',
  module: 'conversations',
  archived: false,
  status: 'unarchived',
  modified_time: '1',
  modifier: { name: 'james', modified_time: '1', id: '1' },
};
const idOf = ({ sandbox }: Client, name: string): string => sandbox.state().tags.find((tag) => tag.name === name)?.id ?? '';
const names = (json: unknown): readonly unknown[] => columnAt(json, 'name', 'data');

describe('tags', () => {
  it('are listed for all modules or for one', async () => {
    const { get } = await start({ seed });
    const { json } = await get('/tags');
    expect(json).toMatchObject({ url: '/api/v2/acme/tags', object: 'tags_list' });
    expect(shapeOf(dig(json, 'data'))).toEqual([shapeOf(sample)]);
    expect(names(json)).toEqual(['Norway', 'Urgent', 'Old']);
    expect(names((await get('/tags?module=conversations')).json)).toEqual(['Urgent']);
    expect((await get('/tags?module=cars')).json).toMatchObject({ error: { code: 1011, param: 'module' } });
  });

  it('need name, colour and module, and a name of their own in it', async () => {
    const { post, put, sandbox } = await start({ seed });
    const body = { name: 'USA', color: '#fF7609', module: 'visitors' };
    for (const key of Object.keys(body))
      expect((await post('/tags', { ...body, [key]: undefined })).json).toMatchObject({ error: { code: 1015, json_key: key } });
    const made = (await post('/tags', body)).json;
    expect(made).toMatchObject({ object: 'tags_config', data: { ...body, archived: false, status: 'unarchived' } });
    expect(codeOf(await post('/tags', { ...body, name: 'norway' }))).toBe(1014);
    expect(codeOf(await put(`/tags/${String(dig(made, 'data', 'id'))}`, { name: 'Norway' }))).toBe(1014);
    expect(codeOf(await post('/tags', { ...body, name: 'Norway', module: 'companies' }))).toBeUndefined();
    sandbox.setSwitches({ 'names-unique': 'no', 'tag-color': 'lower-case' });
    expect((await post('/tags', { ...body, name: 'Norway' })).json).toMatchObject({ data: { color: '#ff7609' } });
  });

  it('change name and colour, never their module', async () => {
    const client = await start({ seed });
    const path = `/tags/${idOf(client, 'Urgent')}`;
    expect((await client.put(path, { color: '#000000', module: 'visitors' })).json).toMatchObject({
      object: 'tags_config',
      data: { name: 'Urgent', color: '#000000', module: 'conversations' },
    });
    expect(codeOf(await client.put('/tags/1', { name: 'x' }))).toBe(1019);
  });

  it('are archived, spelt one way or the other, listed or not, and come back only under the switch', async () => {
    const client = await start({ seed });
    const { get, post, del, sandbox } = client;
    const path = `/tags/${idOf(client, 'Norway')}/archives`;
    expect((await post(path)).json).toMatchObject({ url: `/api/v2/acme${path}`, object: 'tags_config', data: { archived: true, status: 'archived' } });
    sandbox.setSwitches({ 'archived-status': 'achived' });
    expect((await get('/tags')).json).toMatchObject({ data: [{ status: 'achived' }, { status: 'unarchived' }, { status: 'achived' }] });
    expect(codeOf(await del(path))).toBe(1004);
    sandbox.setSwitches({ 'archived-tags': 'hidden', 'tag-unarchive': 'present' });
    expect(names((await get('/tags')).json)).toEqual(['Urgent']);
    expect((await del(path)).json).toMatchObject({ data: { archived: false } });
    expect(names((await get('/tags')).json)).toEqual(['Norway', 'Urgent']);
  });

  it('go from their records when they are deleted', async () => {
    const client = await start({ seed });
    expect(codeOf(await client.del(`/tags/${idOf(client, 'Norway')}`))).toBeUndefined();
    expect(client.sandbox.state().tagged).toEqual([]);
    expect(codeOf(await client.del('/tags/1'))).toBe(1019);
  });
});

describe('tags on a record', () => {
  it('are put on as far as they fit, and all are shown', async () => {
    const client = await start({ seed });
    const extra = String(dig((await client.post('/tags', { name: 'VIP', color: '#222222', module: 'visitors' })).json, 'data', 'id'));
    const wrong = [idOf(client, 'Old'), idOf(client, 'Urgent'), '1'];
    const { json } = await client.put('/visitors/900/tags', { ids: [extra, ...wrong] });
    expect(json).toMatchObject({ url: '/api/v2/acme/visitors/900/tags', object: 'tag_ids_list', data: { failed_tag_ids: wrong } });
    expect(columnAt(json, 'name', 'data', 'associated_tags')).toEqual(['Norway', 'VIP']);
    expect((await client.put('/visitors/900/tags', { ids: [] })).json).toMatchObject({ error: { code: 1015, json_key: 'ids' } });
  });

  it('are taken off, and those that remain are shown', async () => {
    const client = await start({ seed });
    const id = idOf(client, 'Norway');
    expect((await client.del('/visitors/900/tags')).json).toMatchObject({ error: { code: 1011, param: 'id' } });
    expect((await client.del(`/visitors/900/tags?id=${id}`)).json).toMatchObject({ object: 'tags_ids_list', data: [] });
    expect(codeOf(await client.del(`/visitors/900/tags?id=${id}`))).toBe(1019);
  });

  it('need the conversation to be there, while companies and contacts are never served', async () => {
    const client = await start({ seed });
    expect(codeOf(await client.put('/conversations/1/tags', { ids: [idOf(client, 'Urgent')] }))).toBe(1019);
    for (const module of ['companies', 'contacts'])
      expect((await client.put(`/${module}/1/tags`, { ids: ['1'] })).json).toMatchObject({ data: { failed_tag_ids: ['1'] } });
  });
});
