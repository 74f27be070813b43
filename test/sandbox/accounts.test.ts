/** The accounts server: grants, refreshes, what a refresh token may ask for, and the end of a token's hour. */
import { describe, expect, it } from 'vitest';
import { type Client, codeOf, dig, type Seen, start } from './client.ts';

const form = ({ sandbox }: Client, change: Readonly<Record<string, string>> = {}): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: sandbox.credentials.clientId,
    client_secret: sandbox.credentials.clientSecret,
    refresh_token: sandbox.credentials.refreshToken,
    ...change,
  });
const refresh = (client: Client, change: Readonly<Record<string, string>> = {}): Promise<Seen> =>
  client.raw('/oauth/v2/token', { method: 'POST', body: form(client, change) });
const apps = (client: Client, token: unknown): Promise<Seen> =>
  client.raw('/api/v2/sandbox/apps', { headers: { Authorization: `Zoho-oauthtoken ${String(token)}` } });
const throttled = {
  error: 'Access Denied',
  status: 'failure',
  error_description: 'You have made too many requests continuously. Please try again after some time.',
};

describe('the token endpoint', () => {
  it('answers a refresh with an access token for an hour', async () => {
    let now = 1_700_000_000_000;
    const client = await start({ now: () => now });
    const { json, status } = await refresh(client);
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.stringMatching(/^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/),
      api_domain: 'https://www.zohoapis.com',
      token_type: 'Bearer',
      expires_in: 3600,
    });
    const token = dig(json, 'access_token');
    now += 3_599_999;
    expect(codeOf(await apps(client, token))).toBeUndefined();
    now += 1;
    expect(codeOf(await apps(client, token))).toBe(1008);
    expect(codeOf(await apps(client, client.sandbox.accessToken))).toBeUndefined();
  });

  it('takes its parameters from the query as well', async () => {
    const client = await start();
    expect(dig((await client.raw(`/oauth/v2/token?${form(client)}`, { method: 'POST' })).json, 'token_type')).toBe('Bearer');
  });

  it('refuses with bare error objects and status 200', async () => {
    const client = await start({ switches: { statuses: 'real' } });
    const cases: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['invalid_client', { client_id: 'x', client_secret: 'x', refresh_token: 'x' }],
      ['invalid_client_secret', { client_secret: 'x', refresh_token: 'x' }],
      ['invalid_code', { refresh_token: 'x' }],
      ['invalid_code', { grant_type: 'authorization_code', code: 'x' }],
    ];
    for (const [error, change] of cases) {
      const { status, json } = await refresh(client, change);
      expect([status, json]).toEqual([200, { error }]);
    }
  });

  it('gives ten tokens in ten minutes, then none for the rest of them', async () => {
    let now = 1_700_000_000_000;
    const client = await start({ now: () => now });
    for (let count = 0; count < 10; count += 1) {
      expect(dig((await refresh(client)).json, 'access_token')).toBeDefined();
      now += 1000;
    }
    const refused = await refresh(client);
    expect([refused.status, refused.json]).toEqual([400, throttled]);
    client.sandbox.setSwitches({ 'throttle-status': '200' });
    expect((await refresh(client)).status).toBe(200);
    now += 590_000 - 1;
    expect((await refresh(client)).json).toEqual(throttled);
    now += 1;
    expect(dig((await refresh(client)).json, 'access_token')).toBeDefined();
  });

  it('ends the oldest token of a refresh token when there are too many', async () => {
    for (const most of ['15', '30'] as const) {
      let now = 1_700_000_000_000;
      const client = await start({ now: () => now, switches: { 'active-tokens': most } });
      const tokens: unknown[] = [];
      for (let count = 0; count < 16; count += 1) {
        tokens.push(dig((await refresh(client)).json, 'access_token'));
        now += 61_000;
      }
      expect(codeOf(await apps(client, tokens[0]))).toBe(most === '15' ? 1008 : undefined);
      expect(codeOf(await apps(client, tokens[1]))).toBeUndefined();
    }
  });

  it('takes a code once, for three minutes, and gives a refresh token for offline access', async () => {
    let now = 1_700_000_000_000;
    const client = await start({ now: () => now });
    const codeFor = async (access: string): Promise<string> => {
      const query = new URLSearchParams({
        client_id: client.sandbox.credentials.clientId,
        response_type: 'code',
        redirect_uri: 'http://127.0.0.1:1/back?x=1',
        access_type: access,
        state: 'mine',
      });
      const location = new URL((await client.raw(`/oauth/v2/auth?${query}`)).headers.get('location') ?? '');
      expect([location.pathname, location.searchParams.get('x'), location.searchParams.get('state'), location.searchParams.get('accounts-server')]).toEqual([
        '/back',
        '1',
        'mine',
        client.sandbox.url,
      ]);
      return location.searchParams.get('code') ?? '';
    };
    const spend = (code: string): Promise<Seen> => refresh(client, { grant_type: 'authorization_code', code });
    const offline = await codeFor('offline');
    const { json } = await spend(offline);
    expect(dig((await refresh(client, { refresh_token: String(dig(json, 'refresh_token')) })).json, 'access_token')).toBeDefined();
    expect((await spend(offline)).json).toEqual({ error: 'invalid_code' });
    expect(dig((await spend(await codeFor('online'))).json, 'refresh_token')).toBeUndefined();
    const late = await codeFor('online');
    now += 180_000;
    expect((await spend(late)).json).toEqual({ error: 'invalid_code' });
  });

  it('has the same credentials at every start, and tokens that end with it', async () => {
    const [one, two] = [await start(), await start()];
    expect(two.sandbox.credentials).toEqual(one.sandbox.credentials);
    expect(two.sandbox.accessToken).toBe(one.sandbox.accessToken);
    const token = dig((await refresh(one)).json, 'access_token');
    expect(codeOf(await apps(two, token))).toBe(1008);
  });
});
