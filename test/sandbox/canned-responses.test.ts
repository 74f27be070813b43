/** Canned responses and their categories. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, listAt, shapeOf, start } from './client.ts';

const seed = {
  ...acme,
  canned_response_categories: [{ name: 'Coupons' }],
  canned_responses: [
    { content: 'Hello', public: true },
    { content: 'Bye', department: 'Berlin', categories: ['Coupons'], usage_count: '7' },
  ],
};
const path = '/cannedresponses';
const person = { name: '', id: '1', type: 'operator', image_url: '' };
const sample = {
  modified_time: '1',
  id: '1',
  public: true,
  modifier: person,
  creator: person,
  categories: [{ name: 'general', id: '1' }],
  usage_count: '0',
  enabled: true,
  content: '',
  last_used_time: '',
  created_time: '1',
  associate_with_all_departments: true,
};
const contents = (json: unknown): readonly unknown[] => columnAt(json, 'content', 'data');

describe('canned responses', () => {
  it('have the keys and datatypes of their page, and a url without its first slash', async () => {
    const { get } = await start({ seed });
    const { json } = await get(path);
    expect(json).toMatchObject({ url: 'api/v2/acme/cannedresponses', object: 'list' });
    expect(shapeOf(dig(json, 'data', 0))).toEqual(shapeOf(sample));
    const one = await get(`${path}/${String(dig(json, 'data', 0, 'id'))}`);
    expect(one.json).toMatchObject({ object: 'cannedresponse', data: { content: 'Hello', categories: [{ name: 'General' }] } });
    expect(shapeOf(dig(one.json, 'data'))).toEqual(shapeOf(sample));
  });

  it('show their department under one key, another or none', async () => {
    const { get, sandbox } = await start({ seed });
    const berlin = sandbox.state().departments[0]?.id;
    const bye = async (): Promise<unknown> => listAt((await get(path)).json, 'data')[1];
    expect(await bye()).toMatchObject({ department_id: berlin, associate_with_all_departments: false });
    sandbox.setSwitches({ 'canned-department': 'department' });
    expect(await bye()).toMatchObject({ department: { id: berlin, name: 'Berlin' } });
    sandbox.setSwitches({ 'canned-department': 'absent' });
    expect(Object.keys(Object(await bye())).filter((key) => key.startsWith('department'))).toEqual([]);
  });

  it('come with one row too many where more exist, which the next page repeats, or not, or not at all', async () => {
    const many = Array.from({ length: 7 }, (_, index) => ({ content: `c${index + 1}` }));
    const { get, sandbox } = await start({ seed: { canned_responses: many } });
    const page = async (number: number): Promise<readonly unknown[]> => contents((await get(`${path}?limit=3&page=${number}`)).json);
    expect([await page(1), await page(2), await page(3)]).toEqual([['c1', 'c2', 'c3', 'c4'], ['c4', 'c5', 'c6', 'c7'], ['c7']]);
    sandbox.setSwitches({ 'canned-paging': 'following' });
    expect([await page(1), await page(2)]).toEqual([
      ['c1', 'c2', 'c3', 'c4'],
      ['c5', 'c6', 'c7'],
    ]);
    sandbox.setSwitches({ 'canned-paging': 'plain' });
    expect([await page(2), await page(4)]).toEqual([['c4', 'c5', 'c6'], []]);
  });

  it('refuse a limit beyond 99, or lower it, and pages that are none', async () => {
    const { get, sandbox } = await start({ seed });
    for (const [name, value] of [
      ['limit', '100'],
      ['limit', '0'],
      ['limit', 'x'],
      ['page', '0'],
    ])
      expect((await get(`${path}?${name}=${value}`)).json).toMatchObject({ error: { code: 1011, param: name } });
    sandbox.setSwitches({ 'limit-beyond': 'lowered' });
    expect(contents((await get(`${path}?limit=100`)).json)).toEqual(['Hello', 'Bye']);
  });

  it('are sorted and cut to a department', async () => {
    const { get, sandbox } = await start({ seed });
    expect(contents((await get(`${path}?sort_by=usage_count&order=descending`)).json)).toEqual(['Bye', 'Hello']);
    expect((await get(`${path}?sort_by=content`)).json).toMatchObject({ error: { code: 1011, param: 'sort_by' } });
    expect((await get(`${path}?order=up`)).json).toMatchObject({ error: { code: 1011, param: 'order' } });
    expect(contents((await get(`${path}?department_id=${sandbox.state().departments[1]?.id}`)).json)).toEqual(['Hello']);
  });

  it('take booleans and their texts, and go to the default category when none is named', async () => {
    const { post, put, sandbox } = await start({ seed });
    const [berlin] = sandbox.state().departments;
    const made = (await post(path, { content: 'New', associate_with_all_departments: 'true', public: 'true' })).json;
    expect(made).toMatchObject({ url: 'api/v2/acme/cannedresponses', data: { public: true, enabled: true, categories: [{ name: 'General' }] } });
    const one = `${path}/${String(dig(made, 'data', 'id'))}`;
    const coupons = sandbox.state().canned_response_categories.find(({ name }) => name === 'Coupons')?.id;
    const body = { enabled: false, associate_with_all_departments: false, department_id: berlin?.id, category_ids: [coupons] };
    expect((await put(one, body)).json).toMatchObject({
      url: `api/v2/acme${one}`,
      data: { content: 'New', public: true, enabled: false, associate_with_all_departments: false, department_id: berlin?.id, categories: [{ id: coupons }] },
    });
    sandbox.setSwitches({ 'put-details': 'replacing' });
    expect((await put(one, { content: 'Newer' })).json).toMatchObject({ data: { public: false, enabled: true, associate_with_all_departments: true } });
    expect((await put(one, { public: true })).json).toMatchObject({ error: { code: 1015, json_key: 'content' } });
  });

  it('refuse what is missing or unknown', async () => {
    const { post, get, del } = await start({ seed });
    const refusal = async (body: object): Promise<unknown> => dig((await post(path, body)).json, 'error');
    expect(await refusal({})).toMatchObject({ code: 1015, json_key: 'content' });
    expect(await refusal({ content: 7 })).toMatchObject({ code: 1007, json_key: 'content' });
    expect(await refusal({ content: 'x', associate_with_all_departments: 'false' })).toMatchObject({ code: 1015, json_key: 'department_id' });
    expect(await refusal({ content: 'x', department_id: '1' })).toMatchObject({ code: 1025, json_key: 'department_id' });
    expect(await refusal({ content: 'x', category_ids: ['1'] })).toMatchObject({ code: 1019, json_key: 'category_ids[0]' });
    for (const seen of [await get(`${path}/1`), await del(`${path}/1`)]) expect(codeOf(seen)).toBe(1019);
  });

  it('are deleted', async () => {
    const { get, del, sandbox } = await start({ seed });
    await del(`${path}/${sandbox.state().canned_responses[0]?.id}`);
    expect(contents((await get(path)).json)).toEqual(['Bye']);
  });
});

describe('categories of canned responses', () => {
  const all = '/cannedresponsecategories';
  const category = { owner: '', owner_id: '1', name: '', created_time: '1', modified_time: '1', id: '1', is_default: 'true' };
  const names = (json: unknown): readonly unknown[] => columnAt(json, 'name', 'data');

  it('begin with one that the service brings, and have the datatypes of their page', async () => {
    const { get } = await start({ seed });
    const { json } = await get(all);
    expect(json).toMatchObject({
      object: 'list',
      data: [
        { name: 'General', is_default: 'true', owner: 'Anna' },
        { name: 'Coupons', is_default: 'false' },
      ],
    });
    expect(shapeOf(dig(json, 'data'))).toEqual([shapeOf(category)]);
    expect(names((await get(`${all}?limit=1&page=2`)).json)).toEqual(['Coupons']);
    expect(names((await get(`${all}?sort_by=name&order=ascending`)).json)).toEqual(['Coupons', 'General']);
    expect((await get(`${all}?sort_by=name`)).json).toMatchObject({ error: { code: 1011, param: 'order' } });
  });

  it('are made and renamed, but to no name that is taken', async () => {
    const { get, post, put, sandbox } = await start({ seed });
    const made = (await post(all, { name: 'Jobs' })).json;
    expect(made).toMatchObject({ object: 'cannedresponsecategories', data: { name: 'Jobs', is_default: 'false' } });
    const one = `${all}/${String(dig(made, 'data', 'id'))}`;
    expect((await put(one, { name: 'Work' })).json).toMatchObject({ data: { name: 'Work' } });
    expect((await get(one)).json).toMatchObject({ object: 'cannedresponsecategories', data: { name: 'Work' } });
    expect(codeOf(await put(one, { name: 'coupons' }))).toBe(1014);
    expect((await put(one, {})).json).toMatchObject({ error: { code: 1015, json_key: 'name' } });
    sandbox.setSwitches({ 'names-unique': 'no' });
    expect(codeOf(await put(one, { name: 'coupons' }))).toBeUndefined();
  });

  it('leave what they held to an heir, and the default one stays unless the switch lets it go', async () => {
    const { get, del, sandbox } = await start({ seed });
    const [general, coupons] = sandbox.state().canned_response_categories;
    expect((await del(`${all}/${coupons?.id}`)).json).toMatchObject({ error: { code: 1011, param: 'configure_to' } });
    expect((await del(`${all}/${coupons?.id}?configure_to=1`)).json).toMatchObject({ error: { code: 1019, param: 'configure_to' } });
    expect(codeOf(await del(`${all}/${general?.id}?configure_to=${coupons?.id}`))).toBe(1026);
    sandbox.setSwitches({ 'default-category': 'deletable' });
    expect(codeOf(await del(`${all}/${general?.id}?configure_to=${coupons?.id}`))).toBeUndefined();
    expect((await get(all)).json).toMatchObject({ data: [{ name: 'Coupons', is_default: 'true' }] });
    expect(sandbox.state().canned_responses.map(({ category_ids }) => category_ids)).toEqual([[coupons?.id], [coupons?.id]]);
  });
});
