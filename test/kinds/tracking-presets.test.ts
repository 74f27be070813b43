import { describe, expect, it } from 'vitest';
import { trackingPresets as presets } from '../../src/kinds/tracking-presets.ts';
import { type Json, type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, findings, read, sent, switched, updated } from './names.ts';

const ring = (field_name: string, comparator: string, value: string): Json => [{ or_criteria: [{ field_name, comparator, values: [value] }] }];
const deals: Json = [
  { or_criteria: [{ field_name: 'crm_deal', comparator: 'is_equal_to', values: ['12'], sub_fields: 'No of Open Deals', integ_name: 'zohocrm' }] },
];
const rule = {
  ring_one: deals,
  ring_two: ring('campaign_content', 'is_equal_to', 'vintage'),
  ring_three: ring('leadscore', 'less_than', '123'),
  ring_four: ring('number_of_past_chats', 'greater_than', '12'),
};
const prospects: JsonObject = {
  id: '40526000001469003',
  enabled: false,
  name: 'Prospective leads',
  applied: false,
  description: 'Filters out prospects',
  rule,
};
const spec = {
  name: 'Prospective leads',
  description: 'Filters out prospects',
  applied: false,
  enabled: false,
  ring_one: [{ field: 'crm_deal', comparator: 'is_equal_to', values: ['12'], sub_field: 'No of Open Deals', integration: 'zohocrm' }],
  ring_two: [{ field: 'campaign_content', comparator: 'is_equal_to', values: ['vintage'] }],
  ring_three: [{ field: 'leadscore', comparator: 'less_than', values: ['123'] }],
  ring_four: [{ field: 'number_of_past_chats', comparator: 'greater_than', values: ['12'] }],
};

describe('tracking presets', () => {
  it('read their rings under rule or at their top, and the sub-field under either name', () => {
    const known = { id: '40526000001469003', key: 'Prospective leads', spec };
    expect(read(presets, prospects)).toEqual(known);
    const { rule: _rule, ...flat } = prospects;
    expect(read(presets, { ...flat, ...rule })).toEqual(known);
    const singular = JSON.parse(JSON.stringify(prospects).replace('sub_fields', 'sub_field'));
    expect(read(presets, singular)).toEqual(known);
  });

  it("take those of the service's own for built in", () => {
    expect(read(presets, { ...prospects, name: 'uts.tracking.config.pchats', description: null })).toMatchObject({ builtIn: true, spec: { description: '' } });
    expect(read(presets, prospects).builtIn).toBeUndefined();
  });

  it('are written with their rings at the top, and an update brings every field', () => {
    const rings = {
      ...rule,
      ring_one: [
        { or_criteria: [{ field_name: 'crm_deal', comparator: 'is_equal_to', values: ['12'], sub_field: 'No of Open Deals', integ_name: 'zohocrm' }] },
      ],
    };
    const body = { name: 'Prospective leads', description: 'Filters out prospects', applied: false, enabled: false, ...rings };
    expect(created(presets, spec)).toEqual({ method: 'POST', path: '/trackingpresets', body });
    expect(updated(presets, '40', spec)).toEqual({ method: 'PUT', path: '/trackingpresets/40', body });
    expect(switched(presets, '40', true)).toEqual([{ method: 'PUT', path: '/trackingpresets/40', body: { enabled: true } }]);
    expect(deleted(presets, '40')).toEqual({ method: 'DELETE', path: '/trackingpresets/40' });
    expect(presets.needs).toEqual(['ring_one', 'ring_two', 'ring_three', 'ring_four']);
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = presets.normalise({
      ...spec,
      ring_two: [
        {
          any: [
            { field: 'country', comparator: 'is_equal_to', values: ['Japan'] },
            { field: 'referer', comparator: 'is_unknown' },
          ],
        },
      ],
      ring_three: [{ any: [{ field: 'region', comparator: 'not_equals', values: ['canada'] }] }],
    });
    const { ring_one, ring_two, ring_three, ring_four, ...rest } = sent(presets, wanted);
    const echo = { id: '1', ...rest, rule: { ring_one, ring_two, ring_three, ring_four } };
    expect(read(presets, JSON.parse(JSON.stringify(echo))).spec).toEqual(wanted);
    expect(presets.normalise(wanted)).toEqual(wanted);
  });

  it('doubt fields that are not known, in any group of any ring', () => {
    const unknown = { field: 'shoe_size', comparator: 'is_equal_to', values: ['42'] };
    const known = { field: 'country', comparator: 'is_equal_to', values: ['Japan'] };
    const inside = { field: 'Deal Stage', comparator: 'is_equal_to', values: ['1'], integration: 'zohocrm' };
    expect(findings(presets, { name: 'x', ring_one: [known, unknown], ring_four: [{ any: [inside, unknown] }] })).toEqual([
      'warning ring_one.1.field',
      'warning ring_four.0.any.1.field',
    ]);
  });

  it.each<[string, JsonObject]>([
    ['a ring that is missing', { rule: { ring_one: deals } }],
    ['a ring that is no list', { rule: { ...rule, ring_two: 'cut' } }],
    ['no word of being applied', { applied: null }],
    ['no id', { id: null }],
  ])('refuse %s', (_what, fields) => {
    expect(() => read(presets, { ...prospects, ...fields })).toThrow(ShapeError);
  });
});
