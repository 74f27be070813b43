import { describe, expect, it } from 'vitest';
import { chatMonitors as monitors } from '../../src/kinds/chat-monitors.ts';
import { type JsonObject, ShapeError } from '../../src/model/index.ts';
import { created, deleted, findings, listed, read, sent, switched } from './names.ts';

const stats = { chats_joined: '120', chats_monitored: '30', last_monitored_time: '12345678' };
const byIp: JsonObject = { id: '8000000006005', enabled: true, monitoring: { type: 'visitor_ip', visitor_ip: '203.0.113.2' }, stats };
const byEmail: JsonObject = { id: '8000000010001', enabled: true, monitoring: { type: 'visitor_email', visitor_email: 'Danny@zylker.test' }, stats };
const byOperator: JsonObject = {
  id: '8000000017009',
  enabled: false,
  monitoring: { type: 'operator', operator_email: 'Patricia@zylker.test', operator_id: '8000000002007', operator_name: 'Patricia' },
};

describe('chat monitors', () => {
  it('are known by what they watch', () => {
    expect(listed(monitors, [byIp, byEmail, byOperator]).length).toBe(3);
    expect(read(monitors, byIp)).toEqual({
      id: '8000000006005',
      key: 'visitor_ip 203.0.113.2',
      spec: { type: 'visitor_ip', visitor_ip: '203.0.113.2', enabled: true },
    });
    expect(read(monitors, byEmail).key).toBe('visitor_email danny@zylker.test');
    expect(read(monitors, byOperator)).toEqual({
      id: '8000000017009',
      key: 'operator patricia@zylker.test',
      spec: { type: 'operator', operator: 'patricia@zylker.test', enabled: false },
    });
    const nameless = { ...byOperator, monitoring: { type: 'operator', operator_email: 'Patricia@zylker.test' } };
    expect(read(monitors, nameless).spec['operator']).toBe('patricia@zylker.test');
  });

  it('are created by type, with the value under its own name', () => {
    expect(created(monitors, { type: 'operator', operator: 'patricia@zylker.test' })).toEqual({
      method: 'POST',
      path: '/chatmonitors',
      body: { type: 'operator', operator: '8000000002007' },
    });
    expect(sent(monitors, { type: 'visitor_ip', visitor_ip: '203.0.113.2', enabled: false })).toEqual({ type: 'visitor_ip', visitor_ip: '203.0.113.2' });
  });

  it('are switched by either word of the page, and have nothing else to change', () => {
    expect(switched(monitors, '80', false)).toEqual([
      { method: 'PUT', path: '/chatmonitors/80', body: { enabled: false } },
      { method: 'PUT', path: '/chatmonitors/80', body: { status: false } },
    ]);
    expect(monitors.requests.update).toBeUndefined();
    expect(deleted(monitors, '80')).toEqual({ method: 'DELETE', path: '/chatmonitors/80' });
  });

  it.each<[string, JsonObject]>([
    ['an operator', { type: 'operator', operator: 'Patricia@zylker.test' }],
    ['an address', { type: 'visitor_ip', visitor_ip: '203.0.113.9' }],
    ['a visitor', { type: 'visitor_email', visitor_email: 'Someone@zylker.test' }],
  ])('read what a creation sends as the spec that it was made from: %s', (_what, written) => {
    const wanted = monitors.normalise(written);
    const { operator, ...rest } = sent(monitors, wanted);
    const monitoring = operator === undefined ? rest : { ...rest, operator_id: operator };
    expect(read(monitors, { id: '1', enabled: true, monitoring }).spec).toEqual({ ...wanted, enabled: true });
    expect(monitors.normalise(wanted)).toEqual(wanted);
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['nothing to watch', { type: 'operator' }, ['error type']],
    ['the value of another type', { type: 'operator', visitor_ip: '203.0.113.9' }, ['error type', 'error visitor_ip']],
    ['a value too many', { type: 'visitor_ip', visitor_ip: '203.0.113.9', visitor_email: 'a@zylker.test' }, ['error visitor_email']],
    ['what its type says', { type: 'visitor_ip', visitor_ip: '203.0.113.9' }, []],
  ])('are judged with %s', (_what, written, expected) => {
    expect(findings(monitors, written)).toEqual(expected);
  });

  it.each<[string, JsonObject]>([
    ['another type', { monitoring: { type: 'department', department: '1' } }],
    ['a type without its value', { monitoring: { type: 'visitor_ip' } }],
    ['nothing watched', { monitoring: null }],
    ['no switch', { enabled: null }],
  ])('refuse %s', (_what, fields) => {
    expect(() => read(monitors, { ...byIp, ...fields })).toThrow(ShapeError);
  });
});
