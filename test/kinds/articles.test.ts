import { describe, expect, it } from 'vitest';
import { articles } from '../../src/kinds/articles.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, read, sent, switched, updated } from './names.ts';

const html = '<div>A coupon is an image with a message.<br/></div>';
const coupon: JsonObject = {
  modified_time: '1569826933765',
  category: { name: 'Zylker - Promo/Coupon', id: '17000000012001' },
  id: '17000000012005',
  modifier: { name: 'Patricia', id: '17000000007001' },
  creator: { name: 'Patricia', id: '17000000007001' },
  stats: { viewed: '34', used: '23', liked: '10', disliked: '2' },
  content: html,
  enabled: true,
  published: true,
  department_id: '17000000002003',
  title: 'Applying Promo/Coupon code',
  created_time: '1569826933765',
};
const spec = {
  category: 'Zylker - Promo/Coupon',
  title: 'Applying Promo/Coupon code',
  enabled: true,
  content: html,
  department: 'Claims',
  published: true,
};

describe('articles', () => {
  it('are known by category and title, and read their documented form', () => {
    expect(read(articles, coupon)).toEqual({ id: '17000000012005', key: 'Zylker - Promo/Coupon Applying Promo/Coupon code', spec });
    expect(read(articles, { ...coupon, published: 'true', enabled: 'true' }).spec).toEqual(spec);
  });

  it.each(['content', 'title', 'enabled', 'published', 'department_id'])('are fetched whole where %s is missing', (key) => {
    const short = Object.fromEntries(Object.entries(coupon).filter(([name]) => name !== key));
    expect(articles.details?.isShort(coupon)).toBe(false);
    expect(articles.details?.isShort(short)).toBe(true);
    expect(articles.details?.path('12')).toBe('/articles/12');
  });

  it('are created and changed with all that is documented', () => {
    const body = {
      category_id: '17000000012001',
      title: 'Applying Promo/Coupon code',
      content: html,
      department_id: '17000000002003',
      published: true,
    };
    expect(created(articles, spec)).toEqual({ method: 'POST', path: '/articles', body });
    expect(updated(articles, '12', spec)).toEqual({ method: 'PUT', path: '/articles/12', body: { ...body, enabled: true } });
    // On and off is a field of the update; a creation does not take it.
    expect(switched(articles, '12', false)).toEqual([]);
    expect(articles.updateOnly).toEqual(['enabled']);
    expect(deleted(articles, '12')).toEqual({ method: 'DELETE', path: '/articles/12' });
    expect(articles.needs).toEqual(['content', 'department', 'published']);
  });

  it('read what a creation sends as the spec that it was made from, the line break at the end of a file left aside', () => {
    const wanted = articles.normalise({ ...spec, content: `${html}\n`, published: false });
    const { category_id: id = null, ...rest } = sent(articles, wanted);
    expect(read(articles, { id: 12, enabled: true, ...rest, category: { id, name: 'any' } }).spec).toEqual(wanted);
    expect(articles.normalise(wanted)).toEqual(wanted);
    expect(wanted['content']).toBe(html);
  });

  it.each<[string, JsonObject]>([
    ['no category', { category: null }],
    ['a category as text', { category: 'Promo' }],
    ['no text', { content: null }],
    ['a third kind of published', { published: 'draft' }],
  ])('refuse %s', (_what, fields) => {
    expect(() => read(articles, { ...coupon, ...fields })).toThrow(ShapeError);
  });
});
