import { describe, expect, it } from 'vitest';
import { cannedResponses as responses } from '../../src/kinds/canned-responses.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, findings, read, sent, switched, updated } from './names.ts';

const refunds: JsonObject = {
  modified_time: '1577979408284',
  id: '18000000096003',
  public: true,
  modifier: { name: 'Tricia', id: '53400000000002073', type: 'operator', image_url: 'www.zylker.test/tricia' },
  creator: { name: 'Tricia', id: '53400000000002073', type: 'operator', image_url: 'www.zylker.test/tricia' },
  categories: [{ name: 'general', id: '18000000018001' }],
  usage_count: '0',
  enabled: true,
  content: 'How does the refund policy work?',
  last_used_time: '',
  created_time: '1576574712749',
  associate_with_all_departments: true,
};
const shared = { enabled: true, content: 'How does the refund policy work?', all_departments: true, public: true, categories: ['general'] };

describe('canned responses', () => {
  it('read their documented form, with booleans of either kind', () => {
    expect(read(responses, refunds)).toEqual({ id: '18000000096003', key: '', spec: shared });
    const texts = { ...refunds, public: 'true', enabled: 'true', associate_with_all_departments: 'true' };
    expect(read(responses, texts).spec).toEqual(shared);
  });

  it.each<[string, JsonObject]>([
    ['department_id', { department_id: '17000000002003' }],
    ['department', { department: { id: '17000000002003', name: 'Claims' } }],
    ['department_ids', { department_ids: ['17000000002003'] }],
    ['departments', { departments: [{ id: '17000000002003', name: 'Claims' }] }],
  ])('read their department from %s', (_key, fields) => {
    const spec = read(responses, { ...refunds, associate_with_all_departments: false, ...fields }).spec;
    expect(spec).toEqual({ ...shared, all_departments: false, department: 'Claims' });
  });

  it('have no department where all share them, and none that could be named where there are several', () => {
    expect(read(responses, { ...refunds, department_id: '17000000002003' }).spec['department']).toBeUndefined();
    const several = { ...refunds, associate_with_all_departments: false, department_ids: ['17000000002003', '17000000002004'] };
    expect(read(responses, several).spec['department']).toBeUndefined();
  });

  it('are created and changed with all that is documented', () => {
    const coupon = responses.normalise({ content: 'How to apply a coupon?', department: 'Claims', public: true, categories: ['general'] });
    expect(created(responses, { ...coupon, enabled: false })).toEqual({
      method: 'POST',
      path: '/cannedresponses',
      body: {
        content: 'How to apply a coupon?',
        department_id: '17000000002003',
        associate_with_all_departments: false,
        public: true,
        category_ids: ['18000000018001'],
      },
    });
    expect(updated(responses, '18', { ...shared, department: 'Claims' })).toEqual({
      method: 'PUT',
      path: '/cannedresponses/18',
      body: {
        content: 'How does the refund policy work?',
        associate_with_all_departments: true,
        enabled: true,
        public: true,
        category_ids: ['18000000018001'],
      },
    });
    // On and off is a field of the update; a creation does not take it.
    expect(switched(responses, '18', false)).toEqual([]);
    expect(responses.updateOnly).toEqual(['enabled']);
    expect(deleted(responses, '18')).toEqual({ method: 'DELETE', path: '/cannedresponses/18' });
  });

  it('say by naming a department that not all share them', () => {
    expect(responses.normalise({ content: 'Hi\n', department: 'Claims' })).toEqual({ content: 'Hi', department: 'Claims', all_departments: false });
    expect(responses.normalise({ content: 'Hi' })).toEqual({ content: 'Hi' });
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['a department and all', { content: 'Hi', department: 'Claims', all_departments: true }, ['error department']],
    ['neither a department nor all', { content: 'Hi', all_departments: false }, ['error all_departments']],
    ['a department', { content: 'Hi', department: 'Claims', all_departments: false }, []],
    ['all', { content: 'Hi', all_departments: true }, []],
    ['nothing of departments', { content: 'Hi' }, []],
  ])('are judged with %s', (_what, written, expected) => {
    expect(findings(responses, written)).toEqual(expected);
  });

  it.each<[string, JsonObject]>([
    ['for one department', { content: 'Hello\nthere\n', department: 'Night desk', public: false, categories: ['general', 'Refunds', 'general'] }],
    ['for all', { content: 'Hello', all_departments: true, public: true, categories: ['Refunds'] }],
  ])('read what a creation sends as the spec that it was made from: %s', (_what, written) => {
    const wanted = responses.normalise(written);
    const { category_ids: ids, ...rest } = sent(responses, wanted);
    const raw = { id: '1', enabled: true, ...rest, categories: Array.isArray(ids) ? ids.map((id) => ({ id, name: 'any' })) : [] };
    expect(read(responses, raw).spec).toEqual({ ...wanted, enabled: true });
    expect(responses.normalise(wanted)).toEqual(wanted);
  });

  it('are fetched whole where the text is missing', () => {
    const { content: _content, ...short } = refunds;
    expect(responses.details?.isShort(short)).toBe(true);
    expect(responses.details?.isShort(refunds)).toBe(false);
    expect(responses.details?.path('18')).toBe('/cannedresponses/18');
    expect(() => read(responses, short)).toThrow(ShapeError);
  });

  it('refuse categories that are no list', () => {
    expect(() => read(responses, { ...refunds, categories: 'general' })).toThrow(ShapeError);
  });
});
