/** Articles and their categories. */
import { describe, expect, it } from 'vitest';
import { acme, codeOf, columnAt, dig, shapeOf, start } from './client.ts';

const seed = {
  ...acme,
  article_categories: [{ name: 'Coupons' }],
  articles: [
    { title: 'Refunds', content: '<p>Soon</p>', department: 'Berlin', category: 'Coupons', stats: { viewed: '3', liked: '1' } },
    { title: 'Parcels', content: '<p>Late</p>', published: false, stats: { viewed: '9' } },
  ],
};
const sample = {
  modified_time: '1',
  category: { name: '', id: '1' },
  id: '1',
  modifier: { name: '', id: '1' },
  creator: { name: '', id: '1' },
  stats: { viewed: '34', used: '23', liked: '10', disliked: '2' },
  content: '',
  enabled: true,
  published: true,
  department_id: '1',
  title: '',
  created_time: '1',
};
const titles = (json: unknown): readonly unknown[] => columnAt(json, 'title', 'data');

describe('articles', () => {
  it('have the keys and datatypes of their page, in lists with or without content', async () => {
    const { get, sandbox } = await start({ seed });
    const { json } = await get('/articles');
    expect(json).toMatchObject({ url: '/api/v2/acme/articles', object: 'list' });
    expect(shapeOf(dig(json, 'data'))).toEqual([shapeOf(sample)]);
    const one = await get(`/articles/${String(dig(json, 'data', 0, 'id'))}`);
    expect(one.json).toMatchObject({ object: 'articles', data: { title: 'Refunds', content: '<p>Soon</p>', category: { name: 'Coupons' } } });
    sandbox.setSwitches({ 'list-articles': 'without-content' });
    const { content: _content, ...short } = sample;
    expect(shapeOf(dig((await get('/articles')).json, 'data'))).toEqual([shapeOf(short)]);
  });

  it('come in pages of ten or of a limit', async () => {
    const { get } = await start({ seed: { articles: Array.from({ length: 12 }, (_, index) => ({ title: `a${index + 1}` })) } });
    expect(titles((await get('/articles')).json)).toHaveLength(10);
    expect(titles((await get('/articles?page=2')).json)).toEqual(['a11', 'a12']);
    expect(titles((await get('/articles?page=3&limit=5')).json)).toEqual(['a11', 'a12']);
    expect(titles((await get('/articles?page=4&limit=5')).json)).toEqual([]);
    expect((await get('/articles?limit=100')).json).toMatchObject({ error: { code: 1011, param: 'limit' } });
  });

  it('are sorted by what was done with them, and cut by state, department and category', async () => {
    const { get, sandbox } = await start({ seed });
    expect(titles((await get('/articles?sort_by=views&order=descending')).json)).toEqual(['Parcels', 'Refunds']);
    expect(titles((await get('/articles?sort_by=likes&order=ascending')).json)).toEqual(['Parcels', 'Refunds']);
    expect(titles((await get('/articles?mode=publish')).json)).toEqual(['Refunds']);
    expect(titles((await get('/articles?mode=draft')).json)).toEqual(['Parcels']);
    expect(titles((await get(`/articles?category_id=${sandbox.state().article_categories[0]?.id}`)).json)).toEqual(['Parcels']);
    expect(titles((await get('/articles?department_id=1')).json)).toEqual([]);
    expect((await get('/articles?mode=all')).json).toMatchObject({ error: { code: 1011, param: 'mode' } });
  });

  it('need five keys, and a department and a category that are there', async () => {
    const { post, put, del, sandbox } = await start({ seed });
    const { departments, article_categories: categories } = sandbox.state();
    const body = { category_id: categories[1]?.id, title: 'New', content: '<p></p>', department_id: departments[1]?.id, published: 'true' };
    for (const key of Object.keys(body))
      expect((await post('/articles', { ...body, [key]: undefined })).json).toMatchObject({ error: { code: 1015, json_key: key } });
    expect((await post('/articles', { ...body, department_id: '1' })).json).toMatchObject({ error: { code: 1025, json_key: 'department_id' } });
    expect((await post('/articles', { ...body, category_id: '1' })).json).toMatchObject({ error: { code: 1019, json_key: 'category_id' } });
    const made = (await post('/articles', body)).json;
    expect(made).toMatchObject({ url: '/api/v2/acme/articles', object: 'articles', data: { published: true, enabled: true, stats: { viewed: '0' } } });
    const path = `/articles/${String(dig(made, 'data', 'id'))}`;
    expect((await put(path, { enabled: false, published: false, title: 'Newer' })).json).toMatchObject({
      object: 'articles',
      data: { title: 'Newer', content: '<p></p>', enabled: false, published: false, department_id: departments[1]?.id },
    });
    expect(codeOf(await del(path))).toBeUndefined();
    expect(codeOf(await del(path))).toBe(1019);
  });

  it('may share a title, or not', async () => {
    const { put, sandbox } = await start({ seed });
    const [first, second] = sandbox.state().articles;
    const body = { title: 'refunds', category_id: first?.category_id };
    expect(codeOf(await put(`/articles/${second?.id}`, body))).toBeUndefined();
    sandbox.setSwitches({ 'article-titles': 'unique' });
    expect(codeOf(await put(`/articles/${second?.id}`, body))).toBe(1014);
  });
});

describe('categories of articles', () => {
  const names = (json: unknown): readonly unknown[] => columnAt(json, 'name', 'data');

  it('have string booleans and, in lists, a number of articles', async () => {
    const { get } = await start({ seed });
    const { json } = await get('/articlecategories');
    expect(json).toMatchObject({ object: 'articlecategories', data: [{ name: 'General', is_default: 'true', articles_count: 1 }, { articles_count: 1 }] });
    expect(shapeOf(dig(json, 'data'))).toEqual([shapeOf({ id: '1', name: '', is_default: 'true', articles_count: 90, order: '1' })]);
    const one = (await get(`/articlecategories/${String(dig(json, 'data', 0, 'id'))}`)).json;
    expect(one).toMatchObject({ object: 'articlecategory' });
    expect(shapeOf(dig(one, 'data'))).toEqual(shapeOf({ id: '1', name: '', is_default: 'true', order: '1' }));
  });

  it('count index from zero, in batches or in rows', async () => {
    const { get, sandbox } = await start({
      seed: { article_categories: Array.from({ length: 5 }, (_, index) => ({ name: `c${index + 1}`, is_default: index === 0 })) },
    });
    const from = async (index: number): Promise<readonly unknown[]> => names((await get(`/articlecategories?limit=2&index=${index}`)).json);
    expect([await from(0), await from(1), await from(2), await from(3)]).toEqual([['c1', 'c2'], ['c3', 'c4'], ['c5'], []]);
    sandbox.setSwitches({ 'paging-index': 'offset' });
    expect([await from(0), await from(1), await from(4)]).toEqual([['c1', 'c2'], ['c2', 'c3'], ['c5']]);
  });

  it('are made, renamed and leave their articles to an heir', async () => {
    const { get, post, put, del, sandbox } = await start({ seed });
    const made = (await post('/articlecategories', { name: 'Auto' })).json;
    expect(made).toMatchObject({ object: 'articlecategory', data: { name: 'Auto', is_default: 'false', order: '1' } });
    const id = String(dig(made, 'data', 'id'));
    expect((await put(`/articlecategories/${id}`, { name: 'Homes' })).json).toMatchObject({ data: { name: 'Homes' } });
    expect(codeOf(await post('/articlecategories', { name: 'homes' }))).toBe(1014);
    const [general, coupons] = sandbox.state().article_categories;
    expect((await del(`/articlecategories/${coupons?.id}`)).json).toMatchObject({ error: { code: 1011, param: 'configure_to' } });
    expect(codeOf(await del(`/articlecategories/${general?.id}?configure_to=${id}`))).toBe(1026);
    expect(codeOf(await del(`/articlecategories/${coupons?.id}?configure_to=${id}`))).toBeUndefined();
    expect((await get('/articles')).json).toMatchObject({ data: [{ title: 'Refunds', category: { id, name: 'Homes' } }, { title: 'Parcels' }] });
  });
});
