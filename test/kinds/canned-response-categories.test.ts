import { describe, expect, it } from 'vitest';
import { cannedResponseCategories as categories } from '../../src/kinds/canned-response-categories.ts';
import { ShapeError } from '../../src/model/index.ts';
import { created, deleted, listed, read, sent, updated } from './names.ts';

const general = {
  owner: 'Tricia',
  owner_id: '53400000000002001',
  name: 'Zylker Coupons',
  created_time: '1568827989021',
  modified_time: '1578313645056',
  id: '53400000000328033',
  is_default: 'false',
};

describe('canned response categories', () => {
  it('are known by name, the default one like the others', () => {
    const known = { id: '53400000000328033', key: 'Zylker Coupons', spec: { name: 'Zylker Coupons' } };
    expect(listed(categories, [general])).toEqual([general]);
    expect(read(categories, general)).toEqual(known);
    expect(read(categories, { ...general, is_default: 'true' })).toEqual(known);
  });

  it('are written by the documented calls, and a delete names its heir', () => {
    expect(created(categories, { name: 'General' })).toEqual({ method: 'POST', path: '/cannedresponsecategories', body: { name: 'General' } });
    expect(updated(categories, '33', { name: 'General' })).toEqual({ method: 'PUT', path: '/cannedresponsecategories/33', body: { name: 'General' } });
    expect(categories.heir).toBe(true);
    expect(deleted(categories, '33', '56')).toEqual({ method: 'DELETE', path: '/cannedresponsecategories/33', query: { configure_to: '56' } });
    expect(deleted(categories, '33')).toEqual({ method: 'DELETE', path: '/cannedresponsecategories/33' });
  });

  it('come in pages from 1, as long as may be asked for', () => {
    expect(categories.lists[0]?.paging).toEqual({ by: 'page', size: 99, usual: 20 });
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = categories.normalise({ name: 'Refunds' });
    expect(read(categories, { ...general, ...sent(categories, wanted) }).spec).toEqual(wanted);
  });

  it('refuse an entry without a name or an id', () => {
    expect(() => read(categories, { ...general, name: null })).toThrow(ShapeError);
    expect(() => read(categories, { ...general, id: '' })).toThrow(ShapeError);
    expect(() => listed(categories, null)).toThrow(ShapeError);
  });
});
