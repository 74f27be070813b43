import { describe, expect, test } from 'vitest';
import { errorOf, openPortal } from './support/portal.ts';
import { list, type Reaction, refusal, type Seen } from './support/server.ts';
import { jumpingClock } from './support/timing.ts';

const expired = refusal(1008, 'Invalid OAuthToken.');
const tooMany = refusal(1023, 'Too many requests, lease try after sometime');
const written: Reaction = { body: { object: 'webhook', data: { id: '9' } } };
const create = { method: 'POST', path: '/webhooks', body: { url: 'https://a.test' } } as const;
const tokensOf = (calls: readonly Seen[]) => calls.map((call) => call.headers['authorization']);

/** Each way in which a call can stay without a clear answer. */
const faults: readonly (readonly [string, Reaction])[] = [
  ['1001', refusal(1001, 'Unknown authentication error. Contact SalesIQ Team!')],
  ['HTTP 500', { status: 500, body: '<html>oops</html>' }],
  ['HTTP 503 with JSON', { status: 503, body: { message: 'down' } }],
  ['a reset', { breaks: 'reset' }],
  ['a cut body', { body: { object: 'list', data: ['x'.repeat(2000)] }, breaks: 'cut' }],
  ['cut JSON', { body: '{"object":"list","data":[{"id' }],
  ['a web page', { body: '<html>please sign in</html>' }],
  ['no answer in time', { after: 900, body: { data: [] } }],
];

const patience = ({ after }: Reaction) => (after === undefined ? {} : { requestTimeoutSeconds: 0.4 });

describe('a token that the service refuses', () => {
  test.each([
    ['1008', expired],
    ['HTTP 401', { status: 401, body: 'Unauthorized' }],
  ] as const)('is replaced once and the read repeated: %s', async (_name, reaction) => {
    const { server, reader, records } = await openPortal({ answers: [reaction, list('x')] });
    expect((await reader.get('/tags')).data).toEqual(['x']);
    expect(tokensOf(server.calls)).toEqual(['Zoho-oauthtoken at-1', 'Zoho-oauthtoken at-2']);
    expect(records.map(({ to, attempt, outcome }) => [to, attempt, outcome])).toEqual([
      ['accounts', 1, 'accepted'],
      ['service', 1, 'token-refused'],
      ['accounts', 1, 'accepted'],
      ['service', 2, 'accepted'],
    ]);
    expect(reader.reads()).toBe(2);
  });

  test('lets a write be repeated too, since it was not done', async () => {
    const { server, writer } = await openPortal({ answers: [expired, written] });
    expect((await writer.send(create)).data).toEqual({ id: '9' });
    expect(server.calls.map((call) => call.body)).toEqual(['{"url":"https://a.test"}', '{"url":"https://a.test"}']);
  });

  test('twice is an error', async () => {
    const { server, writer } = await openPortal({ answers: [expired] });
    const error = await errorOf(writer.send(create));
    expect(error).toMatchObject({ code: 1008, method: 'POST', path: '/webhooks', unclear: false });
    expect(error.hint).toContain('data centre');
    expect(server.calls).toHaveLength(2);
    expect(server.tokenCalls).toHaveLength(2);
  });

  test('and was given, is an error at once', async () => {
    const { server, reader } = await openPortal({ answers: [expired, list()] }, { credentials: { kind: 'token', accessToken: 'given-token' } });
    const error = await errorOf(reader.get('/tags'));
    expect(error.code).toBe(1008);
    expect(error.hint).toContain('cannot be renewed');
    expect(server.calls).toHaveLength(1);
    expect(server.tokenCalls).toHaveLength(0);
  });

  test('is replaced once for all calls that were under way with it', async () => {
    const { server, reader } = await openPortal({
      answers: [({ headers }) => (headers['authorization'] === 'Zoho-oauthtoken at-1' ? { ...expired, after: 20 } : list())],
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => reader.get(`/${name}`)));
    expect(server.calls).toHaveLength(8);
    expect(server.tokenCalls).toHaveLength(2);
  });

  test('is not used for a call that starts while it is replaced', async () => {
    const { server, reader, writer } = await openPortal({
      answers: [({ headers }) => (headers['authorization'] === 'Zoho-oauthtoken at-1' ? expired : written)],
      tokens: [{ body: { access_token: 'at-1', expires_in: 3600 } }, { body: { access_token: 'at-2', expires_in: 3600 }, after: 50 }],
    });
    const reading = reader.get('/tags');
    while (server.tokenCalls.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
    await Promise.all([reading, writer.send(create)]);
    expect(tokensOf(server.calls)).toEqual(['Zoho-oauthtoken at-1', 'Zoho-oauthtoken at-2', 'Zoho-oauthtoken at-2']);
  });
});

describe('a service that asks for fewer calls', () => {
  test.each([
    ['1023', tooMany],
    ['HTTP 429', { status: 429, body: '' }],
  ] as const)('is left alone for growing pauses, and then asked again: %s', async (_name, reaction) => {
    const { server, reader, clock, pauses } = await openPortal({ answers: [reaction, reaction, reaction, list('x')] });
    expect((await reader.get('/tags')).data).toEqual(['x']);
    expect(server.calls).toHaveLength(4);
    expect(clock.sleeps).toEqual([4_000, 8_000, 16_000]);
    expect(pauses.map(({ seconds }) => seconds)).toEqual([4, 8, 16]);
    expect(pauses[0]?.reason).toBe('the service asks for fewer calls');
    if (reaction === tooMany) expect(pauses[0]?.code).toBe(1023);
  });

  test('gets writes again too, since they were not done', async () => {
    const { server, writer } = await openPortal({ answers: [tooMany, tooMany, written] });
    await writer.send(create);
    expect(server.calls).toHaveLength(3);
  });

  test('is given the rest that it asks for', async () => {
    const { reader, clock } = await openPortal({ answers: [{ ...tooMany, headers: { 'retry-after': '30' } }, list()] });
    await reader.get('/tags');
    expect(clock.sleeps).toEqual([30_000]);
    const date = await openPortal({
      answers: [() => ({ status: 429, headers: { 'retry-after': new Date(Date.UTC(2031, 4, 17, 8, 31, 5)).toUTCString() } }), list()],
    });
    await date.reader.get('/tags');
    expect(date.clock.sleeps).toEqual([60_000]);
  });

  test('for longer than anyone would wait is an error that says how long', async () => {
    const { server, reader, clock } = await openPortal({ answers: [{ ...tooMany, headers: { 'retry-after': '3600' } }] });
    const error = await errorOf(reader.get('/tags'));
    expect(error).toMatchObject({ code: 1023, unclear: false });
    expect(error.message).toContain('it asks for 60 min of rest');
    expect(server.calls).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test('is not asked more than 8 times', async () => {
    const { server, writer, clock } = await openPortal({ answers: [tooMany] });
    const error = await errorOf(writer.send(create));
    expect(error).toMatchObject({ code: 1023, unclear: false, method: 'POST', path: '/webhooks' });
    expect(error.message).toMatch(/still after 8 tries in 6 min/);
    expect(server.calls).toHaveLength(8);
    expect(clock.sleeps).toEqual([4_000, 8_000, 16_000, 32_000, 64_000, 120_000, 120_000]);
  });

  test('is given up after 10 minutes, whatever the number of tries', async () => {
    const { server, reader, clock } = await openPortal({ answers: [{ ...tooMany, headers: { 'retry-after': '200' } }] });
    await errorOf(reader.get('/tags'));
    expect(server.calls.length).toBe(4);
    expect(clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBe(600_000);
  });

  test('is asked at random moments, a quarter sooner or later', async () => {
    for (const [random, ms] of [
      [0, 3_000],
      [0.999, 4_998],
    ] as const) {
      const { reader, clock } = await openPortal({ answers: [tooMany, list()] }, {}, { clock: jumpingClock(random) });
      await reader.get('/tags');
      expect(clock.sleeps).toEqual([ms]);
    }
  });

  test('for the same reason to several calls is told once', async () => {
    const slow: Reaction = { ...tooMany, after: 30 };
    const { server, reader, pauses } = await openPortal({ answers: [slow, slow, slow, slow, list()] });
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => reader.get(`/${name}`)));
    expect(server.calls).toHaveLength(8);
    expect(pauses).toEqual([{ reason: 'the service asks for fewer calls', seconds: 4, code: 1023 }]);
  });

  test('hears nothing of anybody while one call waits', async () => {
    let complained = false;
    const times: number[] = [];
    const clock = jumpingClock();
    const { reader, writer } = await openPortal(
      {
        answers: [
          ({ url }) => {
            times.push(clock.elapsed());
            if (!url.endsWith('/one') || complained) return list();
            complained = true;
            return tooMany;
          },
        ],
      },
      {},
      { clock },
    );
    await reader.get('/zero');
    const one = reader.get('/one');
    while (!complained) await new Promise((resolve) => setTimeout(resolve, 1));
    await Promise.all([one, reader.get('/two'), writer.send(create)]);
    const [, at = 0, ...later] = times;
    expect(later).toHaveLength(3);
    for (const time of later) expect(time - at).toBeGreaterThanOrEqual(4_000);
  });
});

describe('a call without a clear answer', () => {
  test.each(faults)('is repeated when it reads: %s', async (_name, reaction) => {
    const { server, reader, records } = await openPortal({ answers: [reaction, list('x')] }, patience(reaction));
    expect((await reader.get('/tags')).data).toEqual(['x']);
    expect(server.calls).toHaveLength(2);
    expect(records.filter(({ to }) => to === 'service').map(({ outcome }) => outcome)).toEqual(['fault', 'accepted']);
  });

  test.each(faults)('is never repeated when it writes, and is reported as unclear: %s', async (_name, reaction) => {
    const { server, writer, clock } = await openPortal({ answers: [reaction, written] }, patience(reaction));
    const error = await errorOf(writer.send(create));
    expect(error).toMatchObject({ unclear: true, method: 'POST', path: '/webhooks' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.calls).toHaveLength(1);
    expect(clock.sleeps).toEqual([]);
  });

  test('is unclear for a write on the first connection of a run too', async () => {
    const { server, writer } = await openPortal({ answers: [{ breaks: 'reset' }] }, { credentials: { kind: 'token', accessToken: 'given-token' } });
    expect(await errorOf(writer.send(create))).toMatchObject({ unclear: true, message: 'there was no answer: the connection broke' });
    expect(server.connections()).toBe(1);
  });

  test('is tried 4 times, after short and growing pauses', async () => {
    const { server, reader, clock, pauses } = await openPortal({ answers: [{ status: 502, body: '<html>' }] });
    const error = await errorOf(reader.get('/tags', { module: 'visitors' }));
    expect(error).toMatchObject({ method: 'GET', path: '/tags?module=visitors', unclear: false, message: 'the service failed (HTTP 502), 4 times in a row' });
    expect(server.calls).toHaveLength(4);
    expect(clock.sleeps).toEqual([500, 1_000, 2_000]);
    expect(pauses.map(({ reason }) => reason)).toEqual(Array.from({ length: 3 }, () => 'the service failed (HTTP 502)'));
  });

  test('waits as long as a failing service asks, up to a minute', async () => {
    for (const [header, ms] of [
      ['20', 20_000],
      ['9999', 60_000],
    ] as const) {
      const { reader, clock } = await openPortal({ answers: [{ status: 503, headers: { 'retry-after': header } }, list()] });
      await reader.get('/tags');
      expect(clock.sleeps).toEqual([ms]);
    }
  });
});

describe('a clear no', () => {
  test.each([
    [1014, 'Resource already exists'],
    [1015, 'Either the input stream is invalid or absent'],
    [1016, "Operator doesn't have permission to perform the operation"],
    [7777, 'never heard of'],
  ])('to a write is an error that leaves nothing unclear: %i', async (code, message) => {
    const { server, writer } = await openPortal({ answers: [refusal(code, message, { json_key: 'url' })] });
    expect(await errorOf(writer.send(create))).toMatchObject({
      code,
      field: 'url',
      unclear: false,
      method: 'POST',
      path: '/webhooks',
      message: `the service answered ${code} ${message} (at url)`,
    });
    expect(server.calls).toHaveLength(1);
  });

  test('to a read is not asked for again', async () => {
    const { server, reader } = await openPortal({ answers: [refusal(1009, 'Invalid OAuthScope.')] });
    expect((await errorOf(reader.get('/triggerrules'))).hint).toContain('SalesIQ.triggerrules.READ');
    expect(server.calls).toHaveLength(1);
  });

  test('by status, without a word, leaves nothing unclear either', async () => {
    const { writer } = await openPortal({ answers: [{ status: 403, body: '<html>blocked</html>' }] });
    expect(await errorOf(writer.send(create))).toMatchObject({ unclear: false, message: 'the service refused with HTTP 403 and no reason' });
  });

  test('an answer of an unknown shape is an error at once: to a read, and unclear to a write', async () => {
    const { server, reader, writer } = await openPortal({ answers: [{ body: { object: 'list' } }, { body: [] }] });
    expect((await errorOf(reader.get('/tags'))).message).toBe('the answer was not understood: it has no data');
    expect((await errorOf(writer.send(create))).unclear).toBe(true);
    expect(server.calls).toHaveLength(2);
  });
});

describe('a call that cannot leave this machine', () => {
  test('is an error that leaves nothing unclear for a write, and is tried again for a read', async () => {
    const gone = await openPortal({ answers: [written] }, { credentials: { kind: 'token', accessToken: 'given-token' } });
    await gone.server.close();
    const error = await errorOf(gone.writer.send(create));
    expect(error).toMatchObject({ unclear: false, message: 'there was no answer: the connection was refused' });
    expect(gone.clock.sleeps).toEqual([]);
    expect((await errorOf(gone.reader.get('/tags'))).message).toBe('there was no answer: the connection was refused, 4 times in a row');
    expect(gone.records.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'not-sent'));
  });

  test('for want of an encrypted connection is not tried again', async () => {
    const plain = await openPortal({ answers: [written] });
    const { reader, writer, records } = await openPortal(
      { answers: [] },
      { server: plain.server.address.replace('http:', 'https:'), credentials: { kind: 'token', accessToken: 'given-token' } },
    );
    expect(await errorOf(writer.send(create))).toMatchObject({ unclear: false });
    expect((await errorOf(reader.get('/tags'))).message).toContain('no encrypted connection');
    expect(records).toHaveLength(2);
    expect(plain.server.calls).toEqual([]);
  });

  test('because the name of the server is unknown says so', async () => {
    const { writer } = await openPortal(
      { answers: [] },
      { server: 'https://salesiq.kreuzberg.invalid', credentials: { kind: 'token', accessToken: 'given-token' } },
    );
    const error = await errorOf(writer.send(create));
    expect(error.unclear).toBe(false);
    expect(error.message).toMatch(/the name of the server (is not known|could not be looked up)/);
  });
});
