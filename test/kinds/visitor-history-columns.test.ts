import { describe, expect, it } from 'vitest';
import { visitorHistoryColumns as columns } from '../../src/kinds/visitor-history-columns.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { idOf, listed, read, updated } from './names.ts';

const chosen: JsonObject = {
  list_three: { view_id: '-1', view_name: 'All Visitors' },
  list_two: { view_id: '-2', view_name: 'Repeated Visitors' },
  list_one: { view_id: '66000000004005', view_name: 'Chrome Visitors' },
};
const spec = { list_one: 'Chrome Visitors', list_two: 'Returning Visitors', list_three: 'All Visitors' };
const place = (list_name: string, view_id: string) => ({ method: 'PUT', path: '/userpreferences/visitorhistoryviews', body: { list_name, view_id } });

describe('visitor history columns', () => {
  it('are read among the preferences, by the ids of the views and not by the names beside them', () => {
    expect(listed(columns, { visitorhistoryviews: chosen, tracking: {} })).toEqual([chosen]);
    expect(read(columns, chosen)).toEqual({ id: 'visitorhistoryviews', key: '', spec });
    expect(read(columns, { list_two: { view_id: -2 } }).spec).toEqual({ list_two: 'Returning Visitors' });
  });

  it('are written one call a column, those alone that change', () => {
    const wanted = { ...spec, list_one: 'All Visitors', list_three: 'Chrome Visitors' };
    expect(updated(columns, 'visitorhistoryviews', wanted, chosen)).toEqual([place('list_one', '-1'), place('list_three', '66000000004005')]);
    expect(updated(columns, 'visitorhistoryviews', spec, chosen)).toEqual([]);
    expect(updated(columns, 'visitorhistoryviews', { list_two: 'All Visitors' }, {})).toEqual([place('list_two', '-1')]);
  });

  it('read what an update sends as the spec that it was made from', () => {
    const echo = Object.fromEntries(Object.entries(spec).map(([column, view]) => [column, { view_id: idOf('visitor_history_views', view), view_name: 'any' }]));
    expect(read(columns, echo).spec).toEqual(columns.normalise(spec));
  });

  it('refuse preferences without columns, and a column without its view', () => {
    expect(() => listed(columns, { tracking: {} })).toThrow(ShapeError);
    expect(() => read(columns, { list_one: { view_name: 'All Visitors' } })).toThrow(ShapeError);
    expect(() => read(columns, { list_one: '-1' })).toThrow(ShapeError);
  });
});
