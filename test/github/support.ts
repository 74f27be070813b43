/** A repository with a remote, a portal, and a GitHub on this machine: where the ci commands run as GitHub would run them. */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ended } from '../chaos/support/command.ts';
import { fast, openProject, type Project } from '../cli/support.ts';
import { type Double, openDouble } from './double.ts';

export interface Flow {
  readonly project: Project;
  readonly github: Double;
  readonly git: (...args: readonly string[]) => string;
  /** Commits all, and gives the commit. */
  readonly commit: () => string;
  readonly ci: (args: readonly string[], event: Event, env?: Readonly<Record<string, string>>) => Promise<CiEnded>;
  readonly close: () => Promise<void>;
}

export interface Event {
  readonly name: string;
  readonly sha: string;
  readonly payload?: unknown;
}

export interface CiEnded extends Ended {
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

const repository = 'harbour/portal';

export const pullEvent = (number: number, sha: string, from = repository): Event => ({
  name: 'pull_request',
  sha: 'f'.repeat(40),
  payload: { pull_request: { number, head: { sha, repo: { full_name: from } }, user: { login: 'anna' } } },
});

export const pushEvent = (sha: string): Event => ({ name: 'push', sha, payload: {} });

const outputsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/^(\w+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name ?? '', value ?? '']));

export const openFlow = async (options: Parameters<typeof openProject>[0]): Promise<Flow> => {
  const project = await openProject(options);
  const github = await openDouble();
  const { folder } = project;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Anna', '-c', 'user.email=anna@harbour.test', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const remote = `${folder}-remote`;
  await mkdir(remote);
  execFileSync('git', ['init', '--quiet', '--bare', remote]);
  git('init', '--quiet');
  git('remote', 'add', 'origin', remote);
  await project.write('.gitignore', '.salesiq/\n.runner/\n.cache-of-this-test/\n');
  const commit = (): string => {
    git('add', '-A');
    git('commit', '--quiet', '--allow-empty', '-m', 'Files');
    return git('rev-parse', 'HEAD');
  };
  let runs = 0;
  return {
    project,
    github,
    git,
    commit,
    ci: async ([verb = '', ...args], event, env = {}) => {
      runs += 1;
      const runner = join(folder, '.runner', String(runs));
      await mkdir(runner, { recursive: true });
      await writeFile(join(runner, 'event.json'), JSON.stringify(event.payload ?? {}));
      const ended = await project.run(['ci', verb, '--portal', 'production', ...fast, ...args], {
        GITHUB_ACTIONS: 'true',
        GITHUB_REPOSITORY: repository,
        GITHUB_EVENT_NAME: event.name,
        GITHUB_SHA: event.sha,
        GITHUB_RUN_ID: String(7000 + runs),
        GITHUB_SERVER_URL: 'https://github.test',
        GITHUB_API_URL: github.url,
        GITHUB_EVENT_PATH: join(runner, 'event.json'),
        GITHUB_OUTPUT: join(runner, 'output'),
        GITHUB_STEP_SUMMARY: join(runner, 'summary'),
        GITHUB_TOKEN: github.token,
        RUNNER_TEMP: runner,
        ...env,
      });
      const written = (name: string): Promise<string> => readFile(join(runner, name), 'utf8').catch(() => '');
      return { ...ended, outputs: outputsIn(await written('output')), summary: await written('summary') };
    },
    close: async () => {
      await github.close();
      await project.close();
      await rm(remote, { recursive: true, force: true });
    },
  };
};

/** Does the work in such a place, and takes it away. */
export const withFlow = async (options: Parameters<typeof openProject>[0], work: (flow: Flow) => Promise<void>): Promise<void> => {
  const flow = await openFlow(options);
  try {
    await work(flow);
  } finally {
    await flow.close();
  }
};

/** The pull request is merged: what GitHub knows of it from then on. */
export const merged = ({ github }: Flow, number: number, head: string, sha: string): void => {
  github.pulls.set(sha, [{ number, head: { sha: head }, merged_at: '2026-11-24T12:00:00Z', merge_commit_sha: sha }]);
};
