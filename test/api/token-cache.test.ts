import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { type Connection, checkToken, openReader } from '../../src/api/index.ts';
import { ownFolder } from './support/folder.ts';
import { errorOf, openPortal, refreshCredentials } from './support/portal.ts';
import { list, refusal } from './support/server.ts';
import { jumpingClock } from './support/timing.ts';

const filesOf = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).sort();
const onlyFileOf = async (folder: string): Promise<string> => {
  const [file, ...others] = await filesOf(folder);
  if (file === undefined || others.length > 0) throw new Error(`one file was expected, not ${[file, ...others].join(', ')}`);
  return join(folder, file);
};
const permissions = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);

/** A run of its own, as another process would make it. */
const run = async (connection: Connection): Promise<void> => {
  const reader = openReader(connection);
  try {
    await reader.get('/tags');
  } finally {
    reader.close();
  }
};

describe('a token cache', () => {
  test('lets a later run use the token of an earlier one', async () => {
    const tokenCacheFolder = join(await ownFolder(), 'deep', 'tokens');
    const { server, connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await run(connection);
    await run(connection);
    expect(server.tokenCalls).toHaveLength(1);
    expect(server.calls.map(({ headers }) => headers['authorization'])).toEqual(['Zoho-oauthtoken at-1', 'Zoho-oauthtoken at-1']);
    expect(await checkToken(connection)).toMatchObject({ how: 'cached' });
  });

  test('can be read by its owner only, and holds nothing that lasts', async () => {
    const tokenCacheFolder = join(await ownFolder(), 'tokens');
    const { connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await run(connection);
    const file = await onlyFileOf(tokenCacheFolder);
    expect(await permissions(tokenCacheFolder)).toBe('700');
    expect(await permissions(file)).toBe('600');
    const text = await readFile(file, 'utf8');
    expect(text).toContain('at-1');
    for (const secret of [refreshCredentials.refreshToken, refreshCredentials.clientSecret, refreshCredentials.clientId])
      expect(text + file).not.toContain(secret);
  });

  test('keeps the tokens of different credentials apart', async () => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await run(connection);
    await run({ ...connection, credentials: { ...refreshCredentials, refreshToken: 'another-refresh-token' } });
    expect(server.tokenCalls).toHaveLength(2);
    expect(await filesOf(tokenCacheFolder)).toHaveLength(2);
  });

  test('is not written to where there is none', async () => {
    const { server, connection } = await openPortal({ answers: [list()] });
    await run(connection);
    await run(connection);
    expect(server.tokenCalls).toHaveLength(2);
  });

  test.each([
    '',
    'no JSON',
    '{"token":',
    '[]',
    '{"token":{"text":"a b","expiresAt":9e15}}',
    '{"token":{"text":"old","expiresAt":"later"},"asked":7,"quietUntil":{}}',
  ])('that is broken counts as empty: %j', async (text) => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await run(connection);
    await writeFile(await onlyFileOf(tokenCacheFolder), text);
    await run(connection);
    expect(server.calls.at(-1)?.headers['authorization']).toBe('Zoho-oauthtoken at-2');
    expect(await checkToken(connection)).toMatchObject({ how: 'cached' });
  });

  test('that cannot be used is done without', async () => {
    const file = join(await ownFolder(), 'a-file');
    await writeFile(file, '');
    const { server, connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder: join(file, 'tokens') });
    await run(connection);
    expect(server.calls).toHaveLength(1);
  });

  test('gives no token that is about to end', async () => {
    const tokenCacheFolder = await ownFolder();
    const clock = jumpingClock();
    const { server, connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await checkToken(connection, {}, { timing: clock });
    clock.advance(3_539_000);
    expect(await checkToken(connection, {}, { timing: clock })).toMatchObject({ how: 'cached' });
    clock.advance(1_000);
    expect(await checkToken(connection, {}, { timing: clock })).toMatchObject({ how: 'refreshed' });
    expect(server.tokenCalls).toHaveLength(2);
  });

  test('whose token is refused gets a new one, and keeps the new one of another run', async () => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal(
      { answers: [({ headers }) => (headers['authorization'] === 'Zoho-oauthtoken at-1' ? refusal(1008, 'Invalid OAuthToken.') : list())] },
      { tokenCacheFolder },
    );
    await checkToken(connection);
    const readers = [openReader(connection), openReader(connection), openReader(connection)];
    for (const reader of readers) await reader.get('/tags');
    for (const reader of readers) reader.close();
    // The first reader replaced at-1; the other two found at-2 and left it in place.
    expect(server.tokenCalls).toHaveLength(2);
    expect(server.calls.map(({ headers }) => headers['authorization']?.slice(-4))).toEqual(['at-1', 'at-2', 'at-2', 'at-2']);
  });

  test('whose token was refused to two runs at once is renewed once', async () => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal(
      { answers: [({ headers }) => (headers['authorization'] === 'Zoho-oauthtoken at-1' ? { ...refusal(1008, 'Invalid OAuthToken.'), after: 50 } : list())] },
      { tokenCacheFolder },
    );
    await checkToken(connection);
    await Promise.all([run(connection), run(connection), run(connection)]);
    expect(server.calls).toHaveLength(6);
    expect(server.tokenCalls).toHaveLength(2);
  });
});

describe('many runs at once', () => {
  test('of one refresh token ask for one token: 40 in one process', async () => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal(
      { answers: [list()], tokens: [{ body: { access_token: 'the-one', expires_in: 3600 }, after: 50 }] },
      { tokenCacheFolder },
    );
    await Promise.all(Array.from({ length: 40 }, () => run(connection)));
    expect(server.tokenCalls).toHaveLength(1);
    expect(server.calls).toHaveLength(40);
    expect(await filesOf(tokenCacheFolder)).toHaveLength(1);
  });

  test('of one refresh token ask for one token: 4 processes', { timeout: 30_000 }, async () => {
    const folder = await ownFolder();
    const tokenCacheFolder = join(folder, 'tokens');
    const { server, connection } = await openPortal(
      { answers: [list('x')], tokens: [{ body: { access_token: 'the-one', expires_in: 3600 }, after: 300 }] },
      { tokenCacheFolder },
    );
    const program = join(folder, 'program.mjs');
    await build({
      stdin: {
        contents: `import { openReader } from './src/api/index.ts';
          const reader = openReader(JSON.parse(process.argv[2]));
          const answer = await reader.get('/tags');
          reader.close();
          process.stdout.write(JSON.stringify(answer.data));`,
        resolveDir: process.cwd(),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: program,
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); const __filename = import.meta.filename;" },
    });
    const outputs = await Promise.all(
      Array.from(
        { length: 4 },
        () =>
          new Promise<string>((resolve, reject) => {
            const child = spawn(process.execPath, [program, JSON.stringify(connection)], { stdio: ['ignore', 'pipe', 'inherit'] });
            let text = '';
            child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
            child.on('error', reject);
            child.on('close', () => resolve(text));
          }),
      ),
    );
    expect(outputs).toEqual(Array.from({ length: 4 }, () => '["x"]'));
    expect(server.tokenCalls).toHaveLength(1);
  });

  test('share the count of 10 in 10 minutes', async () => {
    const tokenCacheFolder = await ownFolder();
    const clock = jumpingClock();
    const { server, connection } = await openPortal({ answers: [refusal(1008, 'Invalid OAuthToken.')] }, { tokenCacheFolder });
    const refused = (): Promise<unknown> => {
      const reader = openReader(connection, {}, { timing: clock });
      return errorOf(reader.get('/tags')).finally(reader.close);
    };
    for (let time = 0; time < 9; time += 1) await refused();
    expect(server.tokenCalls).toHaveLength(10);
    expect(await refused()).toMatchObject({ path: '/oauth/v2/token', message: expect.stringContaining('10 in 10 minutes') });
    expect(server.tokenCalls).toHaveLength(10);
    clock.advance(600_001);
    await refused();
    expect(server.tokenCalls).toHaveLength(11);
  });

  test('that are refused a token count none, so that a mended secret works at once', async () => {
    const tokenCacheFolder = await ownFolder();
    const refusals = Array.from({ length: 12 }, () => ({ body: { error: 'invalid_client_secret' } }));
    const { server, connection } = await openPortal(
      { answers: [], tokens: [...refusals, { body: { access_token: 'at-last', expires_in: 3600 } }] },
      { tokenCacheFolder },
    );
    for (const _ of refusals) await errorOf(checkToken(connection));
    expect(await checkToken(connection)).toMatchObject({ how: 'refreshed' });
    expect(server.tokenCalls).toHaveLength(13);
  });

  test('that do not reach the accounts server count none either', async () => {
    const tokenCacheFolder = await ownFolder();
    const clock = jumpingClock();
    const { server, connection } = await openPortal({ answers: [] }, { tokenCacheFolder });
    await server.close();
    for (let time = 0; time < 5; time += 1)
      expect((await errorOf(checkToken(connection, {}, { timing: clock }))).message).toBe(
        'the accounts server gave no token: the connection was refused, 3 times in a row',
      );
  });

  test('do not all ask an accounts server that wants to be left alone', async () => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal(
      { answers: [], tokens: [{ body: { error: 'Access Denied', error_description: 'too many requests' } }] },
      { tokenCacheFolder },
    );
    const errors = await Promise.all(Array.from({ length: 8 }, () => errorOf(checkToken(connection))));
    expect(errors).toHaveLength(8);
    expect(server.tokenCalls).toHaveLength(1);
  });

  test('take over the lock of one that was killed', { timeout: 30_000 }, async () => {
    const tokenCacheFolder = await ownFolder();
    const { server, connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await run(connection);
    const file = await onlyFileOf(tokenCacheFolder);
    await writeFile(file, '{}');
    await mkdir(`${file}.lock`);

    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${file}.lock`, longAgo, longAgo);
    await run(connection);
    expect(server.tokenCalls).toHaveLength(2);
    expect(await filesOf(tokenCacheFolder)).toHaveLength(1);
  });

  test('give up on a lock that is held for minutes, with what to do', async () => {
    const tokenCacheFolder = await ownFolder();
    const { connection } = await openPortal({ answers: [list()] }, { tokenCacheFolder });
    await run(connection);
    const file = await onlyFileOf(tokenCacheFolder);
    await writeFile(file, '{}');
    await mkdir(`${file}.lock`);
    const later = new Date(Date.now() + 600_000);

    await utimes(`${file}.lock`, later, later);
    const error = await errorOf(checkToken(connection, {}, { timing: jumpingClock(0.999) }));
    expect(error.message).toContain('held the token cache');
    expect(error.hint).toContain('without a token cache');
  });
});
