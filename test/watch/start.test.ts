/** How a watch begins, and what ends it at once. */
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { duration, listenAddress } from '../../src/cli/watch.ts';
import { withProject } from '../chaos/support/project.ts';
import { rules, seed } from '../cli/support.ts';
import { freePort, linesOf, readyAt, until } from './support/asked.ts';
import { watchHere } from './support/inside.ts';

const harbour = { seed, files: { 'rules.yaml': rules } };

describe('a watch', { timeout: 60_000 }, () => {
  it('does one round with --once, writes only when told to, and ends with its exit code', async () => {
    await withProject(harbour, async (project) => {
      const planned = watchHere(project);
      expect(await planned.ended).toBe(2);
      expect(project.writes()).toEqual([]);
      expect(
        planned
          .lines()
          .filter(({ event }) => event === 'change')
          .map(({ state, action }) => [state, action]),
      ).toEqual([
        ['planned', 'update'],
        ['planned', 'create'],
        ['planned', 'move'],
      ]);
      expect(planned.lines().find(({ event }) => event === 'round')).toMatchObject({
        result: 'changes',
        changes: { create: 1, update: 1, move: 1, delete: 0 },
      });

      const applied = watchHere(project, { mode: 'apply' }, 'text');
      expect(await applied.ended).toBe(0);
      expect(applied.printed()).toMatch(/production: round applied 1 to add, 1 to change, 1 to move, 0 to delete \[3 applied\] in /);
      expect(await watchHere(project).ended).toBe(0);
    });
  });

  it('tells what limits block, and writes nothing of it', async () => {
    const settings = 'kinds: { webhooks: { unmanaged: delete } }\nprotect: ["webhooks/*"]\n';
    await withProject({ seed, files: { 'rules.yaml': 'webhooks: []\n' }, settings }, async (project) => {
      const watch = watchHere(project, { mode: 'apply' });
      expect(await watch.ended).toBe(3);
      expect(watch.lines().find(({ event }) => event === 'round')).toMatchObject({
        level: 'warn',
        result: 'blocked',
        refusals: expect.arrayContaining([expect.stringContaining('is protected')]),
      });
      expect(project.writes()).toEqual([]);
    });
  });

  it('ends at once for a portal that is not there, a port that is taken, and a folder outside of the checkout', async () => {
    const taken = createServer();
    const port = await freePort();
    await new Promise<void>((done) => taken.listen(port, '127.0.0.1', done));
    await withProject(harbour, async (project) => {
      const endless = { rounds: 'endless' } as const;
      await expect(watchHere(project, { ...endless, portal: 'pier-*' }).ended).rejects.toThrow('no portal of salesiq.yaml fits "pier-*"');
      await expect(watchHere(project, { ...endless, listen: { host: '127.0.0.1', port } }).ended).rejects.toThrow(`127.0.0.1:${port} cannot be listened at`);
      const source = { type: 'remote', remote: project.folder, branch: 'main', checkout: 'x', path: '../y', timeoutSeconds: 9, bases: 'kept' } as const;
      await expect(watchHere(project, { ...endless, source }).ended).rejects.toThrow('--path ../y leads out of the checkout');
    });
    taken.close();
  });

  it('says so in a line of JSON on standard error, and refuses flags that need a remote', async () => {
    await withProject(harbour, async (project) => {
      const ended = await project.run(['watch', '--listen', 'off', '--branch', 'next']);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(linesOf(ended.stderr)).toMatchObject([{ message: expect.stringContaining('--branch is about a remote') }]);
    });
  });

  it('waits for files that are not there yet', async () => {
    await withProject(harbour, async (project) => {
      const port = await freePort();
      const dir = join(project.folder, 'later');
      const watch = watchHere(project, { rounds: 'endless', dir, listen: { host: '127.0.0.1', port } });
      await until(
        'it is not ready',
        async () => (await readyAt(port)).status === 503 && JSON.stringify(await readyAt(port)).includes('the folder cannot be read'),
      );
      await project.write('later/rules.yaml', rules);
      await project.write(
        'later/salesiq.yaml',
        `version: 1\nportals:\n  late: { screenname: harbour, server: "${project.sandbox.url}", accounts_server: "${project.sandbox.url}" }\n`,
      );
      await until('it is ready', async () => (await readyAt(port)).status === 200);
      watch.stop();
      expect(await watch.ended).toBe(0);
    });
  });

  it('goes on in the next round when its token is taken again, though no other may be asked for', async () => {
    await withProject(harbour, async (project) => {
      const { clientId, clientSecret, refreshToken } = project.sandbox.credentials;
      const env = { SALESIQ_CLIENT_ID: clientId, SALESIQ_CLIENT_SECRET: clientSecret, SALESIQ_REFRESH_TOKEN: refreshToken, SALESIQ_TOKEN_CACHE: 'off' };
      project.sandbox.setFaults([{ match: { path: '/visitorroutingrules' }, effect: { kind: 'error', code: 1008 } }]);
      const watch = watchHere({ ...project, env }, { rounds: 'endless', intervalSeconds: 0.02, mostBackOffSeconds: 0.05 });
      await until('no token is left', async () => watch.printed().includes('no more tokens may be asked for'));
      project.sandbox.setFaults([]);
      await until('a round is good', async () => watch.lines().some(({ result }) => result === 'changes'));
      watch.stop();
      expect(await watch.ended).toBe(0);
    });
  });

  it('keeps as many runs as it is told to', async () => {
    await withProject(harbour, async (project) => {
      for (const enabled of ['true', 'false', 'true', 'false']) {
        await project.write('rules.yaml', rules.replace('enabled: false', `enabled: ${enabled}`));
        expect(await watchHere(project, { mode: 'apply', keepRuns: 2 }).ended).toBe(0);
      }
      expect(await readdir(join(project.folder, '.salesiq/runs'))).toHaveLength(2);
    });
  });
});

describe('times and addresses of flags', () => {
  it.each([
    ['0.2', 0.2],
    ['30s', 30],
    ['500ms', 0.5],
    ['5m', 300],
    ['1.5h', 5400],
    ['7d', 604_800],
  ])('reads %s', (text, seconds) => expect(duration(text)).toBeCloseTo(seconds, 6));

  it.each(['', '-1', '1w', '8d', 's', '1 m'])('refuses the time "%s"', (text) => expect(() => duration(text)).toThrow('It should be a time'));

  it.each([
    ['9000', { host: '127.0.0.1', port: 9000 }],
    [':9000', { host: '0.0.0.0', port: 9000 }],
    ['10.0.0.7:80', { host: '10.0.0.7', port: 80 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['off', 'off'],
  ])('reads the address %s', (text, address) => expect(listenAddress(text)).toEqual(address));

  it.each(['', 'a:b', '1:2:3', '70000', 'http://a:1'])('refuses the address "%s"', (text) => expect(() => listenAddress(text)).toThrow('HOST:PORT'));
});
