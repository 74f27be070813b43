/** Pages of the built command: of plans, of what failed, and of runs that ended in every way. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runShow } from '../../src/commands/runs.ts';
import { applyHere } from '../chaos/support/inside.ts';
import { expectSound, wordsOf } from '../commands/pages.ts';
import { stage } from '../commands/stage.ts';
import { expectNoTrace, fast, type Project, rules, seed, withProject } from './support.ts';

const files = { 'routing.yaml': rules };

const pageIn = async ({ folder }: Project, name: string): Promise<string> => {
  const text = await readFile(join(folder, name), 'utf8');
  expectSound(text);
  return wordsOf(text);
};

const lastRun = async ({ folder }: Project): Promise<string> => (await readdir(join(folder, '.salesiq', 'runs'))).sort().at(-1) ?? '';

const journalOf = async (project: Project): Promise<string> =>
  readFile(join(project.folder, '.salesiq', 'runs', await lastRun(project), 'journal.jsonl'), 'utf8');

const showInside = async (project: Project): Promise<string> => {
  const html = join(project.folder, 'run.html');
  await runShow(await lastRun(project), { dir: project.folder, strict: 'lenient', format: 'text', html }, stage().terminal);
  return pageIn(project, 'run.html');
};

describe('the built command', { timeout: 60_000 }, () => {
  it('writes the page of a plan, and in its place the page of a failure', async () => {
    await withProject({ seed, files }, async (project) => {
      const plan = ['plan', '--no-base', '--html', 'plan.html', '--link-base', 'https://code.harbour.test/x', ...fast];
      expect(await project.run(plan)).toMatchObject({ code: 0, stdout: expect.stringContaining('Plan: 1 to add') });
      expect(await pageIn(project, 'plan.html')).toContain('Plan: 1 to add, 1 to change, 1 to move, 0 to delete.');
      await project.write('fog.yaml', 'trigger_rules: [{ titel: Fog }]\n');
      const failed = await project.run(plan);
      expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('titel') });
      expectNoTrace(failed);
      expect(await pageIn(project, 'plan.html')).toContain('What to do Nothing was sent. Mend the files and run the command again.');
    });
  });

  it('writes the page of a run that is settled, of one that failed, and of one that was killed', async () => {
    await withProject({ seed, files }, async (project) => {
      project.sandbox.setFaults([{ match: { method: 'WRITE', nth: 2 }, effect: { kind: 'error', code: 1018 } }]);
      expect(await applyHere(project, { base: 'none' })).toMatchObject({ code: 4 });
      const failed = await showInside(project);
      expect(failed).toContain('✗ Not settled');
      expect(failed).toMatch(/1 applied, 1 failed, 1 not tried\./);
      expect(failed).toContain('code 1018');
      expect(failed).toContain('salesiq-sync apply --portal production');

      project.sandbox.setFaults([{ match: { method: 'WRITE', nth: 1 }, effect: { kind: 'delay', ms: 60_000 } }]);
      const child = project.start(['apply', '--auto-approve', '--no-base', ...fast]);
      await child.says('Writing 1 of');
      await expect.poll(() => journalOf(project), { timeout: 20_000 }).toContain('"event":"sent"');
      child.kill('SIGKILL');
      await child.ended;
      const ended = await project.run(['runs', 'show', await lastRun(project), '--html', 'run.html']);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      expectNoTrace(ended);
      const killed = await pageIn(project, 'run.html');
      expect(killed).toContain('? Not finished');
      expect(killed).toContain('Open: 1 write');
      expect(killed).toContain('sent, and no answer was written down');

      project.sandbox.setFaults([]);
      expect(await applyHere(project, { base: 'none' })).toMatchObject({ code: 0 });
      const done = await showInside(project);
      expect(done).toContain('✓ Settled');
      expect(done).toContain('0 failed, 0 unknown.');
      expect(done).toContain(`salesiq-sync rollback ${await lastRun(project)}`);
    });
  });
});
