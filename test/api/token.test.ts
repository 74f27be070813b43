import { describe, expect, test } from 'vitest';
import { checkToken, openReader } from '../../src/api/index.ts';
import { errorOf, openPortal, refreshCredentials } from './support/portal.ts';
import { list, type Reaction, refusal } from './support/server.ts';
import { jumpingClock } from './support/timing.ts';

const fresh = (token: string, more: Readonly<Record<string, unknown>> = {}): Reaction => ({
  body: { access_token: token, token_type: 'Bearer', expires_in: 3600, ...more },
});
const throttle = {
  error_description: 'You have made too many requests continuously. Please try again after some time.',
  error: 'Access Denied',
  status: 'failure',
};

describe('asking for a token', () => {
  test('is a form to the accounts server', async () => {
    const { server, reader } = await openPortal({ answers: [list()] });
    await reader.get('/tags');
    expect(server.tokenCalls).toHaveLength(1);
    expect(server.tokenCalls[0]).toMatchObject({ method: 'POST', url: '/oauth/v2/token' });
    expect(server.tokenCalls[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(server.tokenCalls[0]?.headers['authorization']).toBeUndefined();
    expect(Object.fromEntries(new URLSearchParams(server.tokenCalls[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      client_id: refreshCredentials.clientId,
      client_secret: refreshCredentials.clientSecret,
      refresh_token: refreshCredentials.refreshToken,
    });
  });

  test('is done once, however many calls wait for it', async () => {
    const { server, reader } = await openPortal({ answers: [list()], tokens: [{ ...fresh('slow-token'), after: 30 }] });
    await Promise.all(Array.from({ length: 20 }, (_, index) => reader.get(`/${index}`)));
    expect(server.tokenCalls).toHaveLength(1);
    expect(server.calls).toHaveLength(20);
  });

  test('is done again a minute before the hour is over', async () => {
    const { server, reader, clock } = await openPortal({ answers: [list()] });
    await reader.get('/tags');
    clock.advance(3_539_000);
    await reader.get('/tags');
    expect(server.tokenCalls).toHaveLength(1);
    clock.advance(1_000);
    await reader.get('/tags');
    expect(server.tokenCalls).toHaveLength(2);
    expect(server.calls.at(-1)?.headers['authorization']).toBe('Zoho-oauthtoken at-2');
  });

  test.each([
    ['a life in milliseconds', { expires_in: 3_600_000 }, 3_600_000],
    ['a life as text', { expires_in: '600' }, 600_000],
    ['no life', { expires_in: undefined }, 3_600_000],
  ])('copes with %s', async (_name, more, lifeMs) => {
    const clock = jumpingClock();
    const { connection } = await openPortal({ answers: [], tokens: [fresh('x-token', more)] });
    expect(await checkToken(connection, {}, { timing: clock })).toEqual({ how: 'refreshed', expiresAt: clock.now() + lifeMs });
  });

  test.each([
    ['invalid_client', 'client id'],
    ['invalid_client_secret', 'client secret'],
    ['invalid_code', 'refresh token'],
    ['something_new', 'credentials'],
  ])('refused with a bare %s is an error that names what to check', async (name, what) => {
    const { server, reader, clock } = await openPortal({ answers: [list()], tokens: [{ body: { error: name } }] });
    const error = await errorOf(reader.get('/tags'));
    expect(error).toMatchObject({ method: 'POST', path: '/oauth/v2/token', unclear: false, message: `the accounts server answered ${name}` });
    expect(error.hint?.toLowerCase()).toContain(what);
    expect(error.hint).toContain('data_center');
    expect(server.tokenCalls).toHaveLength(1);
    expect(server.calls).toEqual([]);
    expect(clock.sleeps).toEqual([]);
  });

  test.each([200, 400])('throttled with HTTP %i says when to try again, and is not asked for once more at once', async (status) => {
    const { server, reader } = await openPortal({ answers: [list()], tokens: [{ status, body: throttle }] });
    const error = await errorOf(reader.get('/tags'));
    expect(error.message).toContain('Access Denied');
    expect(error.hint).toContain('Try again in 10 minutes');
    await errorOf(reader.get('/tags'));
    expect(server.tokenCalls).toHaveLength(1);
  });

  test.each([
    ['HTTP 500', { status: 500, body: '<html>' }, 'the accounts server failed (HTTP 500)'],
    ['a web page', { body: '<html>' }, 'the answer of the accounts server was not understood: it is a web page, not JSON'],
    ['no token', { body: { token_type: 'Bearer' } }, 'the answer of the accounts server was not understood: it has no access token'],
    ['a token that fits no header', fresh('a\nb'), 'the answer of the accounts server was not understood: it has no access token'],
    ['nothing', { body: '' }, 'the answer of the accounts server was not understood: it is empty'],
    ['a reset', { breaks: 'reset' }, 'the accounts server gave no token: the connection broke'],
  ] as const)('answered with %s is tried again, three times in all', async (_name, reaction, message) => {
    const failing = await openPortal({ answers: [list()], tokens: [reaction] });
    expect(await errorOf(failing.reader.get('/tags'))).toMatchObject({ method: 'POST', path: '/oauth/v2/token', message: `${message}, 3 times in a row` });
    expect(failing.server.tokenCalls).toHaveLength(3);
    expect(failing.clock.sleeps).toEqual([1_000, 2_000]);
    const mended = await openPortal({ answers: [list('x')], tokens: [reaction, fresh('second-token')] });
    expect((await mended.reader.get('/tags')).data).toEqual(['x']);
  });

  test('follows no redirect with the credentials', async () => {
    const other = await openPortal({ answers: [], tokens: [fresh('stolen')] });
    const { server, reader } = await openPortal({
      answers: [list()],
      tokens: [{ status: 308, headers: { location: `${other.server.address}/oauth/v2/token` } }],
    });
    expect((await errorOf(reader.get('/tags'))).message).toContain('redirects are not followed');
    expect(server.tokenCalls).toHaveLength(1);
    expect(other.server.tokenCalls).toEqual([]);
  });

  test('never happens more than 10 times in 10 minutes: a short wait is waited, a long one is an error', async () => {
    const { server, reader, clock, pauses } = await openPortal({
      answers: [({ headers }) => (headers['authorization'] === 'Zoho-oauthtoken at-11' ? list('in') : refusal(1008, 'Invalid OAuthToken.'))],
    });
    for (let round = 0; round < 5; round += 1) {
      await errorOf(reader.get('/tags'));
      clock.advance(60_000);
    }
    // The first call of each round but the first tries the token that is there: 1 + 5 so far.
    expect(server.tokenCalls).toHaveLength(6);
    for (let round = 0; round < 4; round += 1) await errorOf(reader.get('/tags'));
    expect(server.tokenCalls).toHaveLength(10);
    const error = await errorOf(reader.get('/tags'));
    expect(error).toMatchObject({ method: 'POST', path: '/oauth/v2/token' });
    expect(error.message).toContain('10 in 10 minutes');
    // The token that is there may be taken again sooner than that: a watch need not rest.
    expect(error.restSeconds).toBeUndefined();
    expect(error.hint).toMatch(/Try again in 5 min \(after 2031-05-17T08:\d\dZ\)/);
    expect(server.tokenCalls).toHaveLength(10);
    clock.advance(5 * 60_000 - 20_000);
    expect((await reader.get('/tags')).data).toEqual(['in']);
    expect(pauses.at(-1)).toEqual({ reason: 'no more tokens may be asked for just now', seconds: 20 });
    expect(server.tokenCalls).toHaveLength(11);
  });
});

describe('the check of a token', () => {
  test('asks for one and tells how it was come by', async () => {
    const clock = jumpingClock();
    const { server, connection } = await openPortal({ answers: [] });
    expect(await checkToken(connection, {}, { timing: clock })).toEqual({ how: 'refreshed', expiresAt: clock.now() + 3_600_000 });
    expect(server.tokenCalls).toHaveLength(1);
    expect(server.calls).toEqual([]);
  });

  test('takes a given token as it is', async () => {
    const { server, connection } = await openPortal({ answers: [] });
    expect(await checkToken({ ...connection, credentials: { kind: 'token', accessToken: 'given-token' } })).toEqual({ how: 'given' });
    expect(server.tokenCalls).toEqual([]);
  });

  test('fails with what to do', async () => {
    const { connection } = await openPortal({ answers: [], tokens: [{ body: { error: 'invalid_client' } }] });
    expect((await errorOf(checkToken(connection))).hint).toContain('SALESIQ_CLIENT_ID');
  });
});

test('a given token is sent, and none is asked for', async () => {
  const { server, connection } = await openPortal({ answers: [list()] });
  const reader = openReader({ ...connection, credentials: { kind: 'token', accessToken: 'given-token' } });
  await reader.get('/tags');
  reader.close();
  expect(server.calls[0]?.headers['authorization']).toBe('Zoho-oauthtoken given-token');
  expect(server.tokenCalls).toEqual([]);
});
