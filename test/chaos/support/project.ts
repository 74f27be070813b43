/** A project folder and a portal in this process, for commands that run beside it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type LoggedRequest, type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts';
import { type Child, type Ended, run, start } from './command.ts';

export interface Project {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly env: Readonly<Record<string, string>>;
  readonly write: (path: string, text: string) => Promise<void>;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly start: (args: readonly string[], env?: Readonly<Record<string, string>>) => Child;
  /** Requests that write, in the order in which they came. */
  readonly writes: () => readonly LoggedRequest[];
  readonly close: () => Promise<void>;
}

export const isWrite = ({ method, path }: LoggedRequest): boolean => method !== 'GET' && path.startsWith('/api/');

/** @param files paths in the project folder, with their texts; salesiq.yaml is made unless it is among them */
export const openProject = async (options: {
  readonly seed: object;
  readonly files: Readonly<Record<string, string>>;
  /** What salesiq.yaml says besides the portal. */
  readonly settings?: string;
  readonly sandbox?: Omit<SandboxOptions, 'seed'>;
}): Promise<Project> => {
  const folder = await mkdtemp(join(tmpdir(), 'salesiq-chaos-'));
  const sandbox = await startSandbox({ ...options.sandbox, seed: options.seed });
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const project = `version: 1\nportals:\n  production: { screenname: ${sandbox.screenname}, server: "${sandbox.url}", accounts_server: "${sandbox.url}" }\n${options.settings ?? ''}`;
  for (const [path, text] of Object.entries({ 'salesiq.yaml': project, ...options.files })) await write(path, text);
  const env = { SALESIQ_ACCESS_TOKEN: sandbox.accessToken, XDG_CACHE_HOME: join(folder, '.cache-of-this-test') };
  return {
    folder,
    sandbox,
    env,
    write,
    run: (args, more = {}) => run(args, { cwd: folder, env: { ...env, ...more } }),
    start: (args, more = {}) => start(args, { cwd: folder, env: { ...env, ...more } }),
    writes: () => sandbox.requests().filter(isWrite),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Does the work with a project, and takes it away. */
export const withProject = async <T>(options: Parameters<typeof openProject>[0], work: (project: Project) => Promise<T>): Promise<T> => {
  const project = await openProject(options);
  try {
    return await work(project);
  } finally {
    await project.close();
  }
};

/** No pace: these portals are on this machine. */
export const fast = ['--rate', '100000'] as const;
