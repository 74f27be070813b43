import { describe, expect, it } from 'vitest';
import { tags } from '../../src/kinds/tags.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, findings, listed, read, sent, switched, updated } from './names.ts';

const japan: JsonObject = {
  id: '54000000002009',
  name: 'Japan',
  color: '#fF7609',
  module: 'conversations',
  archived: false,
  status: 'unarchived',
  modified_time: '1633353825877',
  modifier: { name: 'james', modified_time: '1633353825877', id: '11000000002001' },
};
const { archived: _archived, ...silent } = japan;
const spec = { module: 'conversations', name: 'Japan', color: '#ff7609', archived: false };

describe('tags', () => {
  it('are known by module and name, and read their documented form', () => {
    expect(listed(tags, [japan])).toEqual([japan]);
    expect(read(tags, japan)).toEqual({ id: '54000000002009', key: 'conversations Japan', spec });
  });

  it('are archived by the switch, or by either spelling of the status where there is none', () => {
    expect(read(tags, { ...japan, archived: true, status: 'achived' }).spec['archived']).toBe(true);
    expect(read(tags, { ...japan, archived: 'true' }).spec['archived']).toBe(true);
    expect(read(tags, { ...silent, status: 'achived' }).spec['archived']).toBe(true);
    expect(read(tags, { ...silent, status: 'archived' }).spec['archived']).toBe(true);
    expect(read(tags, { ...silent, status: 'unarchived' }).spec['archived']).toBe(false);
  });

  it('are written by the documented calls, and archiving has its own', () => {
    const usa = tags.normalise({ module: 'conversations', name: 'USA', color: '#fF7609' });
    expect(created(tags, usa)).toEqual({ method: 'POST', path: '/tags', body: { name: 'USA', color: '#ff7609', module: 'conversations' } });
    expect(updated(tags, '54', { ...usa, name: 'Spain' })).toEqual({ method: 'PUT', path: '/tags/54', body: { name: 'Spain', color: '#ff7609' } });
    expect(tags.switchField).toBe('archived');
    expect(switched(tags, '54', true)).toEqual([{ method: 'POST', path: '/tags/54/archives' }]);
    expect(switched(tags, '54', false)).toEqual([{ method: 'DELETE', path: '/tags/54/archives' }]);
    expect(deleted(tags, '54')).toEqual({ method: 'DELETE', path: '/tags/54' });
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = tags.normalise({ module: 'visitors', name: 'VIP', color: '#AABBCC' });
    expect(read(tags, { id: 7, status: 'unarchived', archived: false, ...sent(tags, wanted) }).spec).toEqual({ ...wanted, archived: false });
    expect(tags.normalise(wanted)).toEqual(wanted);
  });

  it('doubt colours of another form', () => {
    expect(findings(tags, { module: 'visitors', name: 'VIP', color: 'orange' })).toEqual(['warning color']);
    expect(findings(tags, { module: 'visitors', name: 'VIP', color: '#ABCDEF' })).toEqual([]);
  });

  it.each([
    ['a list that is none', () => listed(tags, { tags: [] })],
    ['no name', () => read(tags, { ...japan, name: null })],
    ['no word of the archive', () => read(tags, { ...silent, status: null })],
    ['a switch of a third kind', () => read(tags, { ...japan, archived: 'sometimes' })],
  ])('refuse %s', (_what, work) => {
    expect(work).toThrow(ShapeError);
  });
});
