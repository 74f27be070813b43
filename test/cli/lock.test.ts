/** One apply at a time to one portal. */
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyHere } from '../chaos/support/inside.ts';
import { fast, openProject, type Project, withProject } from '../chaos/support/project.ts';

const seed = { screenname: 'harbour', apps: [{ name: 'Harbour shop' }], lead_score_config: { frequency: 'monthly' } };
const files = { 'decay.yaml': 'lead_score_decay: { frequency: yearly }\n' };
const slow = { faults: [{ match: { method: 'WRITE' }, times: 1, effect: { kind: 'delay', ms: 2_500 } as const }] };
const apply = ['apply', '--auto-approve', ...fast];

const locksOf = async (project: Project): Promise<readonly string[]> => {
  const folder = join(project.env['XDG_CACHE_HOME'] ?? '', 'salesiq-sync', 'locks');
  return (await readdir(folder).catch(() => [])).map((name) => join(folder, name));
};

const untilWriting = async (project: Project): Promise<void> => {
  while ((await readdir(join(project.folder, '.salesiq', 'runs')).catch(() => [])).length === 0) await new Promise((done) => setTimeout(done, 20));
};

describe('the lock of a portal', () => {
  it('makes a second apply wait, or refuse once it has waited long enough', { timeout: 90_000 }, async () => {
    await withProject({ seed, files, sandbox: slow }, async (project) => {
      const first = project.start(apply);
      await untilWriting(project);
      const [refused, waited] = await Promise.all([project.run([...apply, '--lock-timeout', '0.2']), project.run(apply)]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(/another apply to this portal is running: process \d+ on /);
      expect(refused.stderr).toMatch(/--lock-timeout/);
      expect(waited.code).toBe(0);
      expect(waited.stderr).toContain('Another apply to production is running');
      expect(waited.stdout).toContain('No changes.');
      expect((await first.ended).code).toBe(0);
      expect(project.writes().length).toBe(1);
      expect(await locksOf(project)).toEqual([]);
    });
  });

  it('is taken over at once from a holder that was killed', { timeout: 90_000 }, async () => {
    await withProject({ seed, files, sandbox: slow }, async (project) => {
      const first = project.start(apply);
      await untilWriting(project);
      first.kill('SIGKILL');
      await first.ended;
      expect((await locksOf(project)).length).toBe(1);
      const second = await project.run([...apply, '--lock-timeout', '1']);
      expect(second).toMatchObject({ code: 0 });
      expect(second.stderr).not.toContain('Another apply');
      expect(await locksOf(project)).toEqual([]);
    });
  });

  it('is taken over by one alone where many find its holder dead at the same time', { timeout: 120_000 }, async () => {
    await withProject({ seed, files }, async (project) => {
      // A lock of a process that is gone for certain, at the place where the next apply will look.
      let path = '';
      await applyHere(project, {
        terminal: {
          confirm: async () => {
            path = (await locksOf(project))[0] ?? '';
            return false;
          },
        },
        consent: 'ask',
      });
      await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), mark: 'gone' }));
      const holders: number[] = [];
      let inside = 0;
      const ended = await Promise.all(
        Array.from({ length: 12 }, () =>
          applyHere(project, {
            consent: 'ask',
            lockSeconds: 30,
            terminal: {
              confirm: async () => {
                inside += 1;
                holders.push(inside);
                await new Promise((done) => setTimeout(done, 15));
                inside -= 1;
                return false;
              },
            },
          }),
        ),
      );
      expect(holders).toEqual(Array.from({ length: 12 }, () => 1));
      expect(ended.map(({ code }) => code)).toEqual(ended.map(() => 1));
    });
  });

  it('does not hold up an apply to another portal', { timeout: 90_000 }, async () => {
    await withProject({ seed, files, sandbox: slow }, async (project) => {
      const other = await openProject({ seed: { ...seed, screenname: 'quay' }, files });
      try {
        const first = project.start(apply);
        await untilWriting(project);
        const second = await other.run([...apply, '--lock-timeout', '0.1'], { XDG_CACHE_HOME: project.env['XDG_CACHE_HOME'] ?? '' });
        expect(second).toMatchObject({ code: 0 });
        expect((await first.ended).code).toBe(0);
      } finally {
        await other.close();
      }
    });
  });

  it('is not lost by a holder that lives, even if its clock seems to stand hours behind', async () => {
    await withProject({ seed, files }, async (project) => {
      let told = '';
      await applyHere(project, {
        consent: 'ask',
        terminal: {
          confirm: async () => {
            const [path = ''] = await locksOf(project);
            await utimes(path, new Date(0), new Date(0));
            // As the holder does every ten seconds.
            setTimeout(() => void utimes(path, new Date(1000), new Date(1000)), 600);
            const second = await applyHere(project, { lockSeconds: 0.3 });
            told = second.said;
            expect(second.code).toBe(1);
            expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
            return false;
          },
        },
      });
      expect(told).toContain('another apply to this portal is running');
    });
  });

  it('says so where an interrupt ends the wait for it', { timeout: 90_000 }, async () => {
    await withProject({ seed, files, sandbox: slow }, async (project) => {
      const first = project.start(apply);
      await untilWriting(project);
      const second = project.start(apply);
      await second.says('Another apply to production is running');
      second.kill('SIGINT');
      expect(await second.ended).toMatchObject({ code: 130 });
      expect((await second.ended).stderr).toContain('interrupted while another apply');
      expect((await first.ended).code).toBe(0);
    });
  });
});
