import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type Connection, checkToken, openReaderAndWriter } from '../../src/api/index.ts';
import { openVeil } from '../../src/api/veil.ts';
import { ownFolder } from './support/folder.ts';
import { errorOf, openPortal } from './support/portal.ts';
import { list, type Reaction, refusal, type Script, type Seen } from './support/server.ts';

const accessToken = '1000.0a0a0a0a1b1b1b1b2c2c2c2c3d3d3d3d.4e4e4e4e5f5f5f5f6a6a6a6a7b7b7b7b';
const credentials = {
  kind: 'refresh',
  clientId: '1000.CLIENTIDKREUZBERG',
  clientSecret: 'clients/secret+of=kreuzberg',
  refreshToken: '1000.aaaabbbbccccddddeeeeffff00001111.22223333444455556666777788889999',
} as const;
const token: Reaction = { body: { access_token: accessToken, expires_in: 3600 } };

/** A server that repeats in its error whatever it was told. */
const echo = ({ headers, body }: Seen): Reaction => ({
  body: { error: { code: 1015, message: `bad ${headers['authorization']} ${body}`, json_key: String(headers['authorization']) } },
});
const tokenEcho = ({ body }: Seen): Reaction => ({ body: { error: `no_good ${body}`, error_description: decodeURIComponent(body) } });

const failures: readonly (readonly [string, Script, Partial<Connection>])[] = [
  ['an error that repeats the header', { answers: [echo], tokens: [token] }, {}],
  ['a refused token', { answers: [refusal(1008, 'Invalid OAuthToken.')], tokens: [token] }, {}],
  ['a given token that is refused', { answers: [echo] }, { credentials: { kind: 'token', accessToken } }],
  ['a reset', { answers: [{ breaks: 'reset' }], tokens: [token] }, {}],
  ['a cut body', { answers: [{ body: 'x'.repeat(3000), breaks: 'cut' }], tokens: [token] }, {}],
  ['a timeout', { answers: [{ after: 300 }], tokens: [token] }, { requestTimeoutSeconds: 0.1 }],
  [
    'a redirect that repeats the header',
    { answers: [({ headers }) => ({ status: 302, headers: { location: `/in/${headers['authorization']}` } })], tokens: [token] },
    {},
  ],
  ['a throttle without end', { answers: [refusal(1023, 'x')], tokens: [token] }, {}],
  ['an accounts server that repeats the form', { answers: [list()], tokens: [tokenEcho] }, {}],
  ['an accounts server that breaks', { answers: [list()], tokens: [{ breaks: 'reset' }] }, {}],
  ['an accounts server that redirects', { answers: [list()], tokens: [({ body }) => ({ status: 302, headers: { location: `/in?${body}` } })] }, {}],
  ['no server at all', { answers: [list()] }, { server: 'http://127.0.0.1:9', credentials: { kind: 'token', accessToken } }],
  ['no accounts server at all', { answers: [list()] }, { accountsServer: 'http://127.0.0.1:9' }],
  ['a token cache', { answers: [echo], tokens: [token] }, { tokenCacheFolder: 'own' }],
];

const secrets = [accessToken, credentials.clientSecret, credentials.refreshToken];
const forms = [...secrets, ...secrets.map(encodeURIComponent), '4e4e4e4e5f5f', '222233334444'];

const expectNoSecret = (shown: string): void => {
  for (const form of forms) expect(shown).not.toContain(form);
};

const everythingAbout = (error: unknown): string => {
  const texts = [inspect(error, { depth: 20, showHidden: true }), String(error), JSON.stringify(error)];
  if (error instanceof Error) texts.push(error.stack ?? '', error.message, inspect(error.cause, { depth: 20, showHidden: true }));
  return texts.join('\n');
};

describe('no secret is in the errors, records and pauses of', () => {
  test.each(failures)('%s', async (_name, script, more) => {
    const tokenCacheFolder = more.tokenCacheFolder === undefined ? {} : { tokenCacheFolder: await ownFolder() };
    const { reader, writer, records, pauses } = await openPortal(script, { credentials, ...more, ...tokenCacheFolder });
    const results = await Promise.allSettled([
      reader.get('/tags', { module: 'visitors' }),
      writer.send({ method: 'PUT', path: '/tags/7', body: { name: 'x' } }),
    ]);
    for (const result of results) {
      if (result.status === 'fulfilled') throw new Error('it should have failed');
      expect(result.reason).toMatchObject({ name: 'ServiceError', method: expect.stringMatching(/^(GET|PUT|POST)$/), path: expect.stringMatching(/^\//) });
      expectNoSecret(everythingAbout(result.reason));
    }
    expect(records.length).toBeGreaterThan(0);
    expectNoSecret(inspect([records, pauses], { depth: 20 }));
  });

  test('the check of a token', async () => {
    const { connection } = await openPortal({ answers: [], tokens: [token] }, { credentials });
    expectNoSecret(inspect(await checkToken(connection), { depth: 20 }));
  });

  test('what was opened', async () => {
    const { connection } = await openPortal({ answers: [list()], tokens: [token] }, { credentials });
    const opened = openReaderAndWriter(connection);
    await opened.reader.get('/tags');
    expectNoSecret(inspect(opened, { depth: 20, showHidden: true }));
    opened.close();
  });
});

test('an error that repeats secrets keeps its other words', async () => {
  const { reader } = await openPortal({ answers: [echo], tokens: [token] }, { credentials });
  await expect(reader.get('/tags')).rejects.toMatchObject({
    message: 'the service answered 1015 bad Zoho-oauthtoken (hidden) (at Zoho-oauthtoken (hidden))',
    field: 'Zoho-oauthtoken (hidden)',
  });
});

test('a token of any form is hidden, fetched or from the cache', async () => {
  const tokenCacheFolder = await ownFolder();
  const opaque: Reaction = { body: { access_token: 'opaque-kreuzberg', expires_in: 3600 } };
  const { reader, connection } = await openPortal({ answers: [echo], tokens: [opaque] }, { credentials, tokenCacheFolder });
  const cached = openReaderAndWriter(connection);
  for (const each of [reader, cached.reader])
    expect((await errorOf(each.get('/tags'))).message).toBe('the service answered 1015 bad Zoho-oauthtoken (hidden) (at Zoho-oauthtoken (hidden))');
  cached.close();
});

test.each([430, 440, 450, 460, 470, 480, 490])('a long error is shortened without leaving half of a secret: %i characters before it', async (length) => {
  const { reader } = await openPortal(
    { answers: [({ headers }) => refusal(1015, `${'-'.repeat(length)}${headers['authorization']}${'-'.repeat(900)}`)], tokens: [token] },
    { credentials },
  );
  const { message } = await errorOf(reader.get('/tags'));
  expect(message.length).toBeLessThan(520);
  expect(message).not.toMatch(/0a0a/);
});

test('a veil hides what it was given, encoded too, and whatever looks like a token', () => {
  const veil = openVeil(['first/secret']);
  veil.add('second');
  veil.add('abc');
  expect(veil.hide(`first/secret first%2Fsecret second abc ${accessToken}.`)).toBe('(hidden) (hidden) (hidden) abc (hidden).');
});
