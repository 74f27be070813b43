import { describe, expect, it } from 'vitest';
import { blockedIps } from '../../src/kinds/blocked-ips.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, listed, read, sent, switched } from './names.ts';

const inDanny: JsonObject = {
  status: 'blocked',
  blocked_by: '33000000000005',
  app: { name: 'Danny', id: '33000000000047' },
  comments: [{ operator_id: '33000000000005', time: '1550752842953', text: 'test' }],
  modified_time: '1550752840301',
  ip: '203.0.113.22',
  no_of_comments: '1',
  id: '33000000004001',
};
const inHank = { ...inDanny, app: { name: 'Hank', id: '33000000000048' } };
const { app: _app, ...everywhere } = inDanny;

describe('blocked IPs', () => {
  it('are known by address and app, and tell apart rows that share an id', () => {
    expect(listed(blockedIps, [inDanny, inHank])).toHaveLength(2);
    const spec = { ip: '203.0.113.22', app: 'Danny', enabled: true };
    expect(read(blockedIps, inDanny)).toEqual({ id: '33000000004001:33000000000047', key: '203.0.113.22', app: 'Danny', spec });
    expect(read(blockedIps, inHank).id).toBe('33000000004001:33000000000048');
    const idOf = blockedIps.lists[0]?.idOf;
    expect([inDanny, inHank, everywhere].map((row) => idOf?.(row))).toEqual([inDanny, inHank, everywhere].map((row) => read(blockedIps, row).id));
  });

  it.each<[string, JsonObject]>([
    ['absent', everywhere],
    ['null', { ...inDanny, app: null }],
    ['empty', { ...inDanny, app: '' }],
  ])('are for all apps where the app is %s', (_what, row) => {
    expect(read(blockedIps, row)).toEqual({ id: '33000000004001', key: '203.0.113.22', spec: { ip: '203.0.113.22', enabled: true } });
  });

  it.each([
    ['blocked', true],
    ['Blocked', true],
    ['approved', true],
    ['unblocked', false],
    ['rejected', false],
    ['waiting', false],
  ])('take the state %s for %s', (status, enabled) => {
    expect(read(blockedIps, { ...inDanny, status }).spec['enabled']).toBe(enabled);
  });

  it('are made for one app or for all, with a comment that is never compared', () => {
    expect(created(blockedIps, { ip: '203.0.113.1', app: 'Danny', comment: 'spam', enabled: true })).toEqual({
      method: 'POST',
      path: '/blockedips',
      body: { ip: '203.0.113.1', app_ids: ['33000000000047'], comment: 'spam' },
    });
    expect(sent(blockedIps, { ip: '203.0.113.1' })).toEqual({ ip: '203.0.113.1' });
    expect(blockedIps.writeOnly).toEqual(['comment']);
  });

  it("are switched and deleted by the service's own id", () => {
    expect(switched(blockedIps, '33:47', true)).toEqual([{ method: 'PUT', path: '/blockedips/33', body: { status: 'block' } }]);
    expect(switched(blockedIps, '33', false)).toEqual([{ method: 'PUT', path: '/blockedips/33', body: { status: 'unblock' } }]);
    expect(deleted(blockedIps, '33:47')).toEqual({ method: 'DELETE', path: '/blockedips/33' });
    expect(blockedIps.requests.update).toBeUndefined();
  });

  it('read what a creation sends as the spec that it was made from', () => {
    const wanted = blockedIps.normalise({ ip: '203.0.113.1', app: 'Hank' });
    const { app_ids: ids, ...rest } = sent(blockedIps, wanted);
    const [id = null] = Array.isArray(ids) ? ids : [];
    expect(read(blockedIps, { id: '1', status: 'blocked', app: { id, name: 'any' }, ...rest }).spec).toEqual({ ...wanted, enabled: true });
  });

  it.each<[string, JsonObject]>([
    ['no address', { ip: null }],
    ['no state', { status: '' }],
    ['a state that is a list', { status: [] }],
    ['an app as text', { app: 'Danny' }],
    ['no id', { id: null }],
  ])('refuse %s', (_what, fields) => {
    expect(() => read(blockedIps, { ...inDanny, ...fields })).toThrow(ShapeError);
  });
});
