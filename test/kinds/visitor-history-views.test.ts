import { describe, expect, it } from 'vitest';
import { visitorHistoryViews as views } from '../../src/kinds/visitor-history-views.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, listed, read, sent, updated } from './names.ts';

const safari: JsonObject = {
  and_criteria: [{ or_criteria: [{ comparator: 'is_equal_to', values: ['apple_safari'], field_name: 'browser' }] }],
  system: false,
  favourited: true,
  name: 'safari_view',
  creator: { id: '66000000000005' },
  sort_by: 'leadscore',
  modified_time: 1_555_917_442_819,
  id: '66000000011001',
};
const returning: JsonObject = {
  and_criteria: [{ or_criteria: [{ comparator: 'greater_than', values: ['1'], field_name: 'number_of_visits' }] }],
  system: true,
  favourited: true,
  name: 'Returning Visitors',
  sort_by: 'last_visit_time',
  id: '-2',
};
const spec = {
  name: 'safari_view',
  when: [{ field: 'browser', comparator: 'is_equal_to', values: ['apple_safari'] }],
  sort_by: 'leadscore',
  favourited: true,
};

describe('visitor history views', () => {
  it('are known by name, and read their documented form', () => {
    expect(listed(views, [returning, safari])).toEqual([returning, safari]);
    expect(read(views, safari)).toEqual({ id: '66000000011001', key: 'safari_view', spec });
  });

  it('are built in where they say so, or by a negative id', () => {
    expect(read(views, returning)).toMatchObject({ id: '-2', key: 'Returning Visitors', builtIn: true });
    expect(read(views, { ...returning, system: null, id: -2 })).toMatchObject({ id: '-2', builtIn: true });
    expect(read(views, { ...safari, system: 'true' })).toMatchObject({ builtIn: true });
    expect(read(views, safari).builtIn).toBeUndefined();
  });

  it('are written by the documented fields', () => {
    const body = { name: 'safari_view', and_criteria: safari['and_criteria'], sort_by: 'leadscore', favourited: true };
    expect(created(views, spec)).toEqual({ method: 'POST', path: '/visitorhistoryviews', body });
    expect(updated(views, '66', spec)).toEqual({ method: 'PUT', path: '/visitorhistoryviews/66', body });
    expect(deleted(views, '66')).toEqual({ method: 'DELETE', path: '/visitorhistoryviews/66' });
    expect(sent(views, { name: 'all', when: spec.when })).toEqual({ name: 'all', and_criteria: safari['and_criteria'] });
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = views.normalise({
      name: 'Far away ',
      when: [{ any: [{ field: 'country', comparator: 'is_equal_to', values: ['Japan'] }] }, { field: 'region', comparator: 'is_unknown' }],
      sort_by: 'frequency',
      favourited: false,
    });
    expect(read(views, { id: '9', system: false, ...sent(views, wanted) }).spec).toEqual(wanted);
    expect(views.normalise(wanted)).toEqual(wanted);
  });

  it('refuse what has no name or no criteria', () => {
    expect(() => read(views, { ...safari, name: null })).toThrow(ShapeError);
    expect(() => read(views, { ...safari, and_criteria: 'cut' })).toThrow(ShapeError);
    expect(() => listed(views, { views: [] })).toThrow(ShapeError);
  });
});
