import { describe, expect, test } from 'vitest';
import { judge, type Reply } from '../../src/api/envelope.ts';
import type { Verdict } from '../../src/api/verdict.ts';

const get = { method: 'GET', path: '/webhooks?type=data' } as const;
const put = { method: 'PUT', path: '/webhooks/9' } as const;

const reply = (body: unknown, more: Partial<Reply> = {}): Reply => ({
  status: 200,
  contentType: '',
  retryAfterMs: 0,
  location: '',
  ...more,
  body: body instanceof Uint8Array ? body : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
});

const problemOf = (verdict: Verdict) => (verdict.type === 'accepted' ? undefined : verdict.problem);

describe('an answer that is not an error', () => {
  test('gives its data and the kind of its data', () => {
    expect(judge(get, reply({ url: '/x', object: 'list', data: [], sync_time: '1' }))).toEqual({
      type: 'accepted',
      status: 200,
      answer: { data: [], object: 'list' },
    });
    expect(judge(get, reply({ data: null }))).toMatchObject({ answer: { data: null } });
    expect(judge(get, reply({ error: null, data: 'x' }))).toMatchObject({ answer: { data: 'x' } });
    expect(judge(put, reply({ object: 7, data: {} }))).toEqual({ type: 'accepted', status: 200, answer: { data: {} } });
  });

  test('of a write may be empty or without data', () => {
    for (const body of ['', ' \n']) expect(judge(put, reply(body, { status: 204 }))).toEqual({ type: 'accepted', status: 204, answer: {} });
    expect(judge(put, reply({ url: '/x', object: 'webhook' }))).toEqual({ type: 'accepted', status: 200, answer: { object: 'webhook' } });
  });

  test('of a read must bring data', () => {
    const verdict = judge(get, reply({ url: '/x', object: 'list' }));
    expect(verdict.type).toBe('not-understood');
    expect(problemOf(verdict)?.message).toBe('the answer was not understood: it has no data');
    for (const body of ['[]', '"x"', 'null', '46600000000000001799']) expect(judge(get, reply(body)).type).toBe('not-understood');
  });

  test.each([
    ['', 'it is empty'],
    ['<!DOCTYPE html><html>', 'it is a web page, not JSON'],
    ['{"data":[{"id":"1"},{"i', 'its JSON is cut or broken'],
    ['Service down', 'it is not JSON'],
    [new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'it is not UTF-8 text'],
  ])('that cannot be read is a fault: %j', (body, why) => {
    const verdict = judge(get, reply(body));
    expect(verdict.type).toBe('fault');
    expect(problemOf(verdict)?.message).toBe(`the answer was not understood: ${why}`);
    expect(problemOf(verdict)?.hint).toContain('server address');
  });

  test('of a write that cannot be read is a fault too, unless it is empty', () => {
    for (const body of ['<html>', '{"data"', 'OK']) expect(judge(put, reply(body)).type).toBe('fault');
    for (const body of ['[]', 'true']) expect(judge(put, reply(body)).type).toBe('not-understood');
  });
});

describe('an error', () => {
  test('is one by its key, whatever the status says and whatever else is there', () => {
    for (const status of [200, 204, 302, 400, 401, 403, 404, 429, 500])
      expect(judge(get, reply({ error: { code: 1005, message: 'Invalid portal or wrong screen name.' }, data: [] }, { status })).type).toBe('refused');
  });

  test('names code, words and place of the service, and says what to do', () => {
    expect(problemOf(judge(put, reply({ error: { code: 1007, message: 'Invalid datatypes found in params', json_key: 'conditions[0].values' } })))).toEqual({
      message: 'the service answered 1007 Invalid datatypes found in params (at conditions[0].values)',
      code: 1007,
      field: 'conditions[0].values',
      status: 200,
      hint: expect.stringContaining('does not accept this value'),
    });
    expect(problemOf(judge(get, reply({ error: { code: 1011, message: 'm', param: 'type' } })))?.field).toBe('type');
    expect(problemOf(judge(get, reply({ error: { code: 1054, message: 'm', header: 'content-type' } })))?.field).toBe('content-type');
  });

  test('of a missing scope names the call and the likely scope', () => {
    expect(problemOf(judge(get, reply({ error: { code: 1009, message: 'Invalid OAuthScope.' } })))?.hint).toMatch(
      /GET \/webhooks\?type=data.*SalesIQ\.webhooks\.READ/,
    );
    expect(problemOf(judge(put, reply({ error: { code: 1009, message: 'Invalid OAuthScope.' } })))?.hint).toContain('SalesIQ.webhooks.UPDATE');
  });

  test.each([
    1001, 1002, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1014, 1015, 1016, 1017, 1018, 1019, 1020, 1021, 1023, 1024, 1025, 1026, 1027, 1028, 1029, 1031,
    1054,
  ])('with the documented code %i has a hint', (code) => {
    expect(problemOf(judge(get, reply({ error: { code, message: 'x' } })))?.hint?.length).toBeGreaterThan(20);
  });

  test('is sorted by its code', () => {
    const type = (code: unknown, status = 200) => judge(put, reply({ error: { code, message: 'x' } }, { status })).type;
    expect(type(1008)).toBe('token-refused');
    expect(type('1008')).toBe('token-refused');
    expect(type(1023)).toBe('throttled');
    expect(type(1001)).toBe('fault');
    expect(type(1014)).toBe('refused');
    expect(type(1002, 401)).toBe('refused');
    expect(type(7777)).toBe('refused');
  });

  test('without a code of the page is sorted by the status', () => {
    const type = (error: unknown, status: number) => judge(put, reply({ error }, { status })).type;
    expect(type('nope', 200)).toBe('refused');
    expect(type({ code: 'INVALID_TOKEN' }, 401)).toBe('token-refused');
    expect(type({ message: 'slow down' }, 429)).toBe('throttled');
    expect(type('Bad Gateway', 502)).toBe('fault');
    expect(type({ code: 7777, message: 'x' }, 500)).toBe('fault');
    expect(type({ code: 'NO' }, 403)).toBe('refused');
  });

  test('with a code of letters keeps it in the words', () => {
    const problem = problemOf(judge(get, reply({ error: { code: 'FEATURE_OFF', message: 'Visitor Feature not enabled in this plan' } })));
    expect(problem).toMatchObject({ message: 'the service answered FEATURE_OFF Visitor Feature not enabled in this plan' });
    expect(problem?.code).toBeUndefined();
    expect(problemOf(judge(get, reply({ error: {} })))?.message).toBe('the service answered an error without a word');
    expect(problemOf(judge(get, reply({ error: ['x'] })))?.message).toContain('["x"]');
  });

  test('cannot steer a terminal', () => {
    const message = problemOf(judge(get, reply({ error: { code: 1019, message: `\u001b[2Jred\r\n::error::x` } })))?.message ?? '';
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(message).toBe('the service answered 1019 [2Jred ::error::x');
  });
});

describe('a status that is no success', () => {
  test.each([
    [401, 'token-refused'],
    [429, 'throttled'],
    [403, 'refused'],
    [404, 'refused'],
    [408, 'fault'],
    [500, 'fault'],
    [503, 'fault'],
    [302, 'not-understood'],
  ])('%i without an error in the body means %s', (status, type) => {
    for (const body of ['', '<html>', { data: [] }]) expect(judge(get, reply(body, { status })).type).toBe(type);
  });

  test('that redirects names where to', () => {
    expect(problemOf(judge(get, reply('', { status: 302, location: 'login.example.test/signin' })))?.message).toContain(
      'a redirect to login.example.test/signin (HTTP 302)',
    );
  });

  test('passes on how long the service wants rest', () => {
    expect(judge(get, reply('', { status: 429, retryAfterMs: 7000 }))).toMatchObject({ retryAfterMs: 7000 });
    expect(judge(get, reply({ error: { code: 1023, message: 'x' } }, { retryAfterMs: 9000 }))).toMatchObject({ retryAfterMs: 9000 });
  });
});
