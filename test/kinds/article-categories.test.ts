import { describe, expect, it } from 'vitest';
import { articleCategories as categories } from '../../src/kinds/article-categories.ts';
import { ShapeError } from '../../src/model/index.ts';
import { created, deleted, listed, read, sent, updated } from './names.ts';

const homes = { id: '53400000000328053', name: 'Zylker-Homes', is_default: 'false', articles_count: 20, order: '3' };

describe('article categories', () => {
  it('are known by name, and their number only tells their place', () => {
    expect(listed(categories, [homes])).toEqual([homes]);
    expect(read(categories, homes)).toEqual({ id: '53400000000328053', key: 'Zylker-Homes', spec: { name: 'Zylker-Homes' }, position: 3 });
    expect(read(categories, { ...homes, order: 3 }).position).toBe(3);
    expect(read(categories, { id: '1', name: 'New' }).position).toBeUndefined();
    expect(categories.order).toBeUndefined();
  });

  it('are written by the documented calls, and a delete names its heir', () => {
    expect(created(categories, { name: 'Zylker-Auto' })).toEqual({ method: 'POST', path: '/articlecategories', body: { name: 'Zylker-Auto' } });
    expect(updated(categories, '33', { name: 'Zylker-Auto' })).toEqual({ method: 'PUT', path: '/articlecategories/33', body: { name: 'Zylker-Auto' } });
    expect(categories.heir).toBe(true);
    expect(deleted(categories, '33', '56')).toEqual({ method: 'DELETE', path: '/articlecategories/33', query: { configure_to: '56' } });
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = categories.normalise({ name: 'Tickets' });
    expect(read(categories, { ...homes, ...sent(categories, wanted) }).spec).toEqual(wanted);
  });

  it('refuse an entry without a name, and a place that is no number', () => {
    expect(() => read(categories, { ...homes, name: null })).toThrow(ShapeError);
    expect(() => read(categories, { ...homes, order: 'first' })).toThrow(ShapeError);
    expect(() => listed(categories, { list: [] })).toThrow(ShapeError);
  });
});
