/** A watch that follows a branch of a remote. */
import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { withProject } from '../chaos/support/project.ts';
import { rules, seed } from '../cli/support.ts';
import { freePort, readyAt, until } from './support/asked.ts';
import { watchHere } from './support/inside.ts';

const run = promisify(execFile);

it('takes up what is pushed, tells the remote what was applied, and outlives a remote that is gone', { timeout: 60_000 }, async () => {
  await withProject({ seed, files: { 'config/rules.yaml': rules } }, async (project) => {
    const at = (path: string): string => join(project.folder, path);
    const git = async (...args: readonly string[]): Promise<string> =>
      (await run('git', ['-c', 'user.name=Ben', '-c', 'user.email=ben@harbour.test', ...args], { cwd: project.folder })).stdout.trim();
    const commit = async (text: string): Promise<string> => {
      await writeFile(at('config/rules.yaml'), text);
      await git('add', 'config');
      await git('commit', '--quiet', '-m', 'Rules');
      await git('push', '--quiet', at('remote.git'), 'HEAD:refs/heads/live');
      return git('rev-parse', 'HEAD');
    };
    const told = (ref: string): Promise<string> => git('--git-dir', at('remote.git'), 'for-each-ref', '--format=%(objectname)', ref);

    await git('init', '--quiet');
    await git('init', '--quiet', '--bare', 'remote.git');
    await rename(at('salesiq.yaml'), at('config/salesiq.yaml'));
    const first = await commit(rules);

    const port = await freePort();
    const watch = watchHere(project, {
      source: { type: 'remote', remote: at('remote.git'), branch: 'live', checkout: at('checkout'), path: 'config', timeoutSeconds: 20, bases: 'pushed' },
      mode: 'apply',
      rounds: 'endless',
      listen: { host: '127.0.0.1', port },
    });
    const base = 'refs/salesiq-sync/production';
    await until('the first commit is applied and told', async () => (await told(base)) === first);
    // The base is told before the round is over.
    await until('it is ready', async () => (await readyAt(port)).status === 200);
    expect(await readyAt(port)).toMatchObject({ commit: first });

    // With a base, what leaves the files is deleted.
    const second = await commit(rules.slice(0, rules.indexOf('  - title: Spring sale')));
    await until('the second commit is applied and told', async () => (await told(base)) === second);
    expect(project.sandbox.state().visitor_routing_rules.map(({ title }) => title)).not.toContain('Spring sale');
    expect(await readFile(at('checkout/config/rules.yaml'), 'utf8')).not.toContain('Spring sale');

    await rename(at('remote.git'), at('gone.git'));
    await until('it is not ready', async () => (await readyAt(port)).status === 503);
    expect(await readyAt(port)).toMatchObject({ commit: second, error: { message: expect.stringContaining('cannot be read') } });
    await rename(at('gone.git'), at('remote.git'));
    await until('it is ready again', async () => (await readyAt(port)).status === 200);

    watch.stop();
    expect(await watch.ended).toBe(0);
    const lines = watch.lines();
    expect(lines.filter(({ event }) => event === 'commit').map((line) => line['commit'])).toEqual([first, second]);
    expect(lines.filter(({ event }) => event === 'base')).toMatchObject([
      { level: 'info', commit: first },
      { level: 'info', commit: second },
    ]);
    expect(lines.filter(({ result }) => result === 'failed')).toEqual([]);
  });
});
