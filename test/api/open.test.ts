import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openReader } from '../../src/api/index.ts';
import { errorOf, openPortal } from './support/portal.ts';
import { list, refusal } from './support/server.ts';

const create = { method: 'POST', path: '/webhooks', body: { url: 'https://a.test' } } as const;
const real = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a call over the wire', () => {
  test('that reads goes to the address of the portal with the token in its header', async () => {
    const { server, reader } = await openPortal({ answers: [list({ id: '1' })] });
    expect(await reader.get('/webhooks', { type: 'data' })).toEqual({ data: [{ id: '1' }], object: 'list' });
    expect(server.calls).toHaveLength(1);
    expect(server.calls[0]).toMatchObject({ method: 'GET', url: '/api/v2/kreuzberg/webhooks?type=data', body: '' });
    expect(server.calls[0]?.headers).toMatchObject({ authorization: 'Zoho-oauthtoken at-1', accept: 'application/json', 'user-agent': 'salesiq-sync/7.3.1' });
    expect(server.calls[0]?.headers['content-type']).toBeUndefined();
    expect(reader.reads()).toBe(1);
  });

  test('that writes carries its body as JSON, and a delete needs none', async () => {
    const { server, reader, writer } = await openPortal({ answers: [{ body: { object: 'webhook', data: { id: '9' } } }, { status: 204 }] });
    expect(await writer.send({ method: 'POST', path: '/webhooks', body: { url: 'https://ü.test', points: -5 } })).toEqual({
      object: 'webhook',
      data: { id: '9' },
    });
    expect(await writer.send({ method: 'DELETE', path: '/webhooks/9', query: { force: 'true' } })).toEqual({});
    expect(server.calls[0]).toMatchObject({ method: 'POST', url: '/api/v2/kreuzberg/webhooks', body: '{"url":"https://ü.test","points":-5}' });
    expect(server.calls[0]?.headers['content-type']).toBe('application/json');
    expect(server.calls[1]).toMatchObject({ method: 'DELETE', url: '/api/v2/kreuzberg/webhooks/9?force=true', body: '' });
    expect(server.calls[1]?.headers['content-type']).toBeUndefined();
    expect(reader.reads()).toBe(0);
  });

  test('has screenname and path encoded, and a path that climbs is refused', async () => {
    const { server, reader } = await openPortal({ answers: [list()] }, { screenname: 'a/c' });
    await reader.get('/tags/50% off?&#', { q: 'a&b=ü' });
    expect(server.calls[0]?.url).toBe('/api/v2/a%2Fc/tags/50%25%20off%3F%26%23?q=a%26b%3D%C3%BC');
    for (const path of ['/webhooks/..', '/./webhooks', '/webhooks//1', '/', '/tags/\ud800']) {
      const error = await errorOf(reader.get(path));
      expect(error.message).toContain('not one of the service');
      expect(error.path).toBe(path);
    }
    expect(server.calls).toHaveLength(1);
  });

  test('keeps the prefix of a server address that has one', async () => {
    const { server, connection } = await openPortal({ answers: [list()] });
    const reader = openReader({ ...connection, server: `${server.address}/gate/` });
    await reader.get('/tags');
    reader.close();
    expect(server.calls[0]?.url).toBe('/gate/api/v2/kreuzberg/tags');
  });

  test('brings long ids whole', async () => {
    const { reader } = await openPortal({ answers: [{ body: '{"data":[{"id":466000000000000017,"position":3}]}' }] });
    expect((await reader.get('/tags')).data).toEqual([{ id: '466000000000000017', position: 3 }]);
  });

  test('takes packed answers', async () => {
    const { server, reader } = await openPortal({ answers: [{ headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"data":["packed"]}') }] });
    expect((await reader.get('/tags')).data).toEqual(['packed']);
    expect(server.calls[0]?.headers['accept-encoding']).toContain('gzip');
  });

  test.each([
    ['plain', Buffer.from(JSON.stringify({ data: 'x'.repeat(20_000) })), {}],
    ['packed', gzipSync(JSON.stringify({ data: 'x'.repeat(20_000) })), { 'content-encoding': 'gzip' }],
  ] as const)('with an answer that is too large is an error, not a full memory: %s', async (_name, body, headers) => {
    const { server, reader, writer } = await openPortal({ answers: [{ body, headers }] }, {}, { mostBytes: 10_000 });
    expect(await errorOf(reader.get('/tags'))).toMatchObject({
      message: 'there was no answer: the answer is larger than 10000 bytes',
      method: 'GET',
      path: '/tags',
      unclear: false,
    });
    expect((await errorOf(writer.send(create))).unclear).toBe(true);
    expect(server.calls).toHaveLength(2);
  });

  test('follows no redirect, so that the token stays with the server that was named', async () => {
    const other = await openPortal({ answers: [list()] });
    const { server, reader, writer } = await openPortal({ answers: [{ status: 307, headers: { location: `${other.server.address}/elsewhere?token=1` } }] });
    const error = await errorOf(reader.get('/tags'));
    expect(error.message).toBe(
      `the answer is a redirect to ${other.server.address.slice('http://'.length)}/elsewhere (HTTP 307), and redirects are not followed`,
    );
    expect((await errorOf(writer.send(create))).unclear).toBe(true);
    expect(server.calls).toHaveLength(2);
    expect(other.server.calls).toEqual([]);
  });

  test('is recorded with what a person may see', async () => {
    const { reader, records } = await openPortal({ answers: [refusal(1019, 'Invalid Resource')] });
    await errorOf(reader.get('/tags', { module: 'visitors' }));
    expect(records).toEqual([
      { to: 'accounts', method: 'POST', path: '/oauth/v2/token', attempt: 1, ms: expect.any(Number), outcome: 'accepted', status: 200 },
      { to: 'service', method: 'GET', path: '/tags?module=visitors', attempt: 1, ms: expect.any(Number), outcome: 'refused', status: 200, code: 1019 },
    ]);
  });
});

describe('calls of one run', () => {
  test('that read go out four at a time', async () => {
    const { server, reader } = await openPortal({ answers: [{ ...list(), after: 20 }] });
    await Promise.all(Array.from({ length: 12 }, (_, index) => reader.get(`/tags/${index}`)));
    expect(server.mostAtOnce()).toBe(4);
    expect(reader.reads()).toBe(12);
  });

  test('that write go out one by one, in the order in which they were given', async () => {
    const { server, writer } = await openPortal({ answers: [{ body: { data: {} }, after: 10 }] });
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => writer.send({ method: 'PUT', path: `/tags/${id}`, body: {} })));
    expect(server.mostAtOnce()).toBe(1);
    expect(server.calls.map(({ url }) => url.at(-1))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('go on after one that failed', async () => {
    const { writer } = await openPortal({ answers: [refusal(1014, 'Resource already exists'), { body: { data: 'second' } }] });
    const [first, second] = await Promise.allSettled([writer.send(create), writer.send(create)]);
    expect(first.status).toBe('rejected');
    expect(second).toMatchObject({ status: 'fulfilled', value: { data: 'second' } });
  });

  test('keep to the pace together, repeats included and tokens not', async () => {
    const { server, reader, writer, clock } = await openPortal({ answers: [refusal(1008, 'Invalid OAuthToken.'), list()] }, { ratePerMinute: 6 });
    const begin = clock.elapsed();
    await reader.get('/a');
    await reader.get('/b');
    await writer.send(create);
    expect(server.calls).toHaveLength(4);
    expect(server.tokenCalls).toHaveLength(2);
    expect(clock.elapsed() - begin).toBe(30_000);
  });

  test('stop before they pass their limit, repeats included and tokens not', async () => {
    const { server, reader, writer } = await openPortal({ answers: [list(), { status: 500 }] }, { maxCalls: 3 });
    await reader.get('/tags');
    expect(await errorOf(reader.get('/apps'))).toMatchObject({
      method: 'GET',
      path: '/apps',
      unclear: false,
      message: 'the limit of 3 calls for this run is used up, so this one was not sent',
    });
    expect(await errorOf(writer.send(create))).toMatchObject({ method: 'POST', path: '/webhooks', unclear: false });
    expect(server.calls).toHaveLength(3);
    expect(reader.reads()).toBe(3);
  });

  test('of a reader can only be reads', async () => {
    const { connection, server } = await openPortal({ answers: [list()] });
    const reader = openReader(connection);
    expect(Object.keys(reader).sort()).toEqual(['close', 'get', 'reads']);
    await reader.get('/tags');
    reader.close();
    expect(server.calls.map(({ method }) => method)).toEqual(['GET']);
  });

  test('share a few lasting connections', async () => {
    const { server, reader } = await openPortal({ answers: [list()] });
    for (let round = 0; round < 5; round += 1) await Promise.all(['a', 'b', 'c', 'd'].map((name) => reader.get(`/${name}`)));
    expect(server.connections()).toBeLessThanOrEqual(5);
  });

  test('may take longer than an idle connection lives', async () => {
    const { server, reader } = await openPortal({ answers: [{ ...list('slow'), after: 300 }] }, {}, { idleMs: 100 });
    expect((await reader.get('/tags')).data).toEqual(['slow']);
    await real(250);
    await reader.get('/tags');
    expect(server.connections()).toBe(2);
  });
});

describe('an interrupt', () => {
  const interruptible = async (answers: Parameters<typeof openPortal>[0]['answers'], more: Parameters<typeof openPortal>[1] = {}) => {
    const stop = new AbortController();
    return { stop, ...(await openPortal({ answers }, more, { hooks: { signal: stop.signal } })) };
  };

  test('lets nothing new start', async () => {
    const { stop, server, reader, writer } = await interruptible([list()]);
    stop.abort();
    expect(await errorOf(reader.get('/tags'))).toMatchObject({ message: 'interrupted: the call was not made', method: 'GET', path: '/tags' });
    expect(await errorOf(writer.send(create))).toMatchObject({ message: 'interrupted: the call was not made', unclear: false });
    expect(server.calls).toEqual([]);
    expect(server.tokenCalls).toEqual([]);
  });

  test('lets the write that is under way finish, and none after it', async () => {
    const { stop, server, writer } = await interruptible([{ body: { data: 'landed' }, after: 100 }]);
    const both = Promise.allSettled([writer.send(create), writer.send(create)]);
    while (server.calls.length === 0) await real(2);
    stop.abort();
    const [first, second] = await both;
    expect(first).toMatchObject({ status: 'fulfilled', value: { data: 'landed' } });
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'interrupted: the call was not made' } });
    expect(server.calls).toHaveLength(1);
  });

  test('does not wait for a read that is under way', async () => {
    const { stop, server, reader, pauses } = await interruptible([{ ...list(), after: 5_000 }]);
    const failing = errorOf(reader.get('/tags'));
    while (server.calls.length === 0) await real(2);
    const begin = performance.now();
    stop.abort();
    expect((await failing).message).toBe('interrupted: the call was not made');
    expect(performance.now() - begin).toBeLessThan(2_000);
    expect(pauses).toEqual([]);
  });

  test('that comes while a token is fetched lets no call follow', async () => {
    const stop = new AbortController();
    const { server, writer } = await openPortal(
      { answers: [list()], tokens: [{ body: { access_token: 'at-1', expires_in: 3600 }, after: 50 }] },
      {},
      { hooks: { signal: stop.signal } },
    );
    const failing = errorOf(writer.send(create));
    while (server.tokenCalls.length === 0) await real(2);
    stop.abort();
    expect(await failing).toMatchObject({ message: 'interrupted: the call was not made', path: '/webhooks' });
    expect(server.calls).toEqual([]);
  });

  test('that comes while the accounts server is given a rest ends that too', async () => {
    const stop = new AbortController();
    const { server, reader } = await openPortal(
      { answers: [list()], tokens: [{ status: 500 }] },
      {},
      { hooks: { signal: stop.signal, onPause: () => stop.abort() } },
    );
    expect(await errorOf(reader.get('/tags'))).toMatchObject({ message: 'interrupted: the call was not made', path: '/oauth/v2/token' });
    expect(server.tokenCalls).toHaveLength(1);
  });

  test('ends a wait, and the write that waited stays undone', async () => {
    const stop = new AbortController();
    const { server, writer } = await openPortal(
      { answers: [refusal(1023, 'Too many requests, lease try after sometime')] },
      {},
      { hooks: { signal: stop.signal, onPause: () => stop.abort() } },
    );
    expect(await errorOf(writer.send(create))).toMatchObject({ message: 'interrupted: the call was not made', unclear: false });
    expect(server.calls).toHaveLength(1);
  });
});
