import { describe, expect, test } from 'vitest';
import { type Connection, checkConnection, dataCenters, openReader, systemTiming } from '../../src/api/index.ts';
import { UserError } from '../../src/model/index.ts';
import { refreshCredentials } from './support/portal.ts';

const good: Connection = {
  server: 'https://salesiq.zoho.eu',
  accountsServer: 'https://accounts.zoho.eu',
  screenname: 'kreuzberg',
  credentials: refreshCredentials,
  ratePerMinute: 100,
};
const complaint = (more: Partial<Connection>): string | undefined => {
  try {
    checkConnection({ ...good, ...more });
  } catch (error) {
    if (error instanceof UserError) return `${error.message} ${error.hint ?? ''}`;
    throw error;
  }
  return undefined;
};

describe('a connection', () => {
  test('to any data centre is fine', () => {
    expect(Object.keys(dataCenters)).toEqual(['us', 'eu', 'in', 'au', 'cn', 'jp', 'ca', 'sa']);
    for (const { server, accountsServer } of Object.values(dataCenters)) expect(complaint({ server, accountsServer })).toBeUndefined();
    expect(dataCenters.au).toEqual({
      server: 'https://salesiq.zoho.com.au',
      accountsServer: 'https://accounts.zoho.com.au',
      console: 'https://api-console.zoho.com.au',
    });
    expect(dataCenters.ca.accountsServer).toBe('https://accounts.zohocloud.ca');
  });

  test.each(['http://127.0.0.1:8137', 'http://127.9.9.9', 'http://localhost:1', 'http://[::1]:99', 'https://salesiq.test/prefix'])(
    'to %s is fine',
    (address) => {
      expect(complaint({ server: address, accountsServer: address })).toBeUndefined();
    },
  );

  test.each([
    ['http://salesiq.zoho.eu', 'https'],
    ['http://127.0.0.1.salesiq.test', 'https'],
    ['http://localhost.salesiq.test', 'https'],
    ['http://10.0.0.1', 'https'],
    ['http://[::2]', 'https'],
    ['ftp://127.0.0.1', 'https'],
    ['salesiq.zoho.eu', 'not an address'],
    ['', 'not an address'],
    ['https://anna:pass-word@salesiq.zoho.eu', 'user name'],
    ['https://salesiq.zoho.eu?x=1', 'no query'],
  ])('to %s is refused, for either server', (address, why) => {
    expect(complaint({ server: address })).toMatch(new RegExp(`^the server .*${why}`));
    expect(complaint({ accountsServer: address })).toMatch(new RegExp(`^the accounts server .*${why}`));
    expect(complaint({ server: address })).not.toContain('pass-word');
  });

  test.each(['', '.', '..', 'a b', 'a\nb'])('without a proper screenname is refused: %j', (screenname) => {
    expect(complaint({ screenname })).toContain('screenname');
  });

  test.each([
    ['clientId', 'client id'],
    ['clientSecret', 'client secret'],
    ['refreshToken', 'refresh token'],
  ])('with a broken %s is refused without showing it', (name, words) => {
    for (const value of ['', 'quoted value', 'value\n', '“value”']) {
      const said = complaint({ credentials: { ...refreshCredentials, [name]: value } });
      expect(said).toContain(`the ${words}`);
      expect(said).not.toContain('value');
    }
  });

  test('with a broken access token is refused without showing it', () => {
    expect(complaint({ credentials: { kind: 'token', accessToken: 'abc\r\nx: y' } })).toMatch(/^the access token holds/);
    expect(complaint({ credentials: { kind: 'token', accessToken: '' } })).toContain('the access token is empty');
  });

  test.each([
    [{ ratePerMinute: -1 }, 'rate'],
    [{ ratePerMinute: Number.NaN }, 'rate'],
    [{ maxCalls: -1 }, 'limit of calls'],
    [{ requestTimeoutSeconds: 0 }, 'timeout'],
  ])('with senseless numbers is refused: %j', (more, name) => {
    expect(complaint(more)).toContain(name);
  });

  test('that is refused is refused by whatever would use it', () => {
    expect(() => openReader({ ...good, server: 'http://salesiq.zoho.eu' })).toThrow(UserError);
  });
});

describe('the time of the system', () => {
  test('passes while one sleeps', async () => {
    const begin = systemTiming.elapsed();
    await systemTiming.sleep(20);
    expect(systemTiming.elapsed() - begin).toBeGreaterThanOrEqual(19);
    expect(Math.abs(systemTiming.now() - Date.now())).toBeLessThan(1_000);
    expect(systemTiming.random()).toBeLessThan(1);
  });

  test('wakes whoever sleeps when the signal comes, and lets nobody sleep after it', async () => {
    const stop = new AbortController();
    const begin = systemTiming.elapsed();
    setTimeout(() => stop.abort(), 10);
    await systemTiming.sleep(10_000, stop.signal);
    await systemTiming.sleep(10_000, stop.signal);
    expect(systemTiming.elapsed() - begin).toBeLessThan(5_000);
  });
});
