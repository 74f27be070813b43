/**
 * Git for a process that runs for months with nobody beside it: it asks
 * nothing, runs no hook and no submodule, ends in time, and takes the programs
 * that it started along when it is stopped. Settings travel in the environment,
 * where other users of the machine cannot read them.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { GitOutput } from './git.ts';
import { type RemoteAddress, withoutSecrets } from './remote-address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface GuardedGit {
  /** A failure is a value; an abort of the signal throws its reason. */
  readonly run: (args: readonly string[], input?: string) => Promise<GuardedOutput>;
}

export interface GuardedOutput extends GitOutput {
  /** Git's exit code; none where it was stopped or never ran. */
  readonly code: number | undefined;
  /** It did not end in time. */
  readonly late: boolean;
}

/** The name under which git knows the remote. */
export const remoteName = 'salesiq-sync';

/** The branch that a checkout stands on, whatever that of the remote is called. */
export const localBranch = 'watched';

const graceMilliseconds = 2000;
const mostCharacters = 64 * 1024 * 1024;

/** Where the repository is, is ours to say; traces would show what is secret. */
const notOurs = /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|CONFIG|TRACE.*|CURL_VERBOSE)$/;

/** Answers git's question for a login with what the environment holds; the words themselves are in no argument. */
const loginProgram =
  '!answer() { test "$1" = get && printf "username=%s\\npassword=%s\\n" "$SALESIQ_SYNC_GIT_USERNAME" "$SALESIQ_SYNC_GIT_PASSWORD"; }; answer';

const settingsFor = ({ address, login }: RemoteAddress): readonly (readonly [string, string])[] => [
  [`remote.${remoteName}.url`, address],
  ...(login === undefined
    ? []
    : ([
        [`credential.${login.scope}.helper`, ''],
        [`credential.${login.scope}.helper`, loginProgram],
      ] as const)),
  ['core.askPass', 'true'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.logAllRefUpdates', 'false'],
  ['core.quotePath', 'false'],
  ['protocol.ext.allow', 'never'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['gc.autoDetach', 'false'],
  ['maintenance.autoDetach', 'false'],
  ['advice.detachedHead', 'false'],
  ['init.defaultBranch', localBranch],
];

const environmentFor = (given: Environment, folder: string, remote: RemoteAddress): Environment => {
  const kept = Object.fromEntries(Object.entries(given).filter(([name]) => !notOurs.test(name)));
  const first = /^\d{1,4}$/.test(given['GIT_CONFIG_COUNT'] ?? '') ? Number(given['GIT_CONFIG_COUNT']) : 0;
  const settings = settingsFor(remote);
  const numbered = settings.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${first + index}`, key],
    [`GIT_CONFIG_VALUE_${first + index}`, value],
  ]);
  const hasSsh = given['GIT_SSH_COMMAND'] !== undefined || given['GIT_SSH'] !== undefined;
  return {
    ...kept,
    ...Object.fromEntries(numbered),
    GIT_CONFIG_COUNT: String(first + settings.length),
    GIT_DIR: `${folder}/.git`,
    GIT_TERMINAL_PROMPT: '0',
    SSH_ASKPASS_REQUIRE: 'never',
    ...(hasSsh ? {} : { GIT_SSH_COMMAND: 'ssh -oBatchMode=yes' }),
    ...(remote.login === undefined ? {} : { SALESIQ_SYNC_GIT_USERNAME: remote.login.username, SALESIQ_SYNC_GIT_PASSWORD: remote.login.password }),
    LC_ALL: 'C',
  };
};

/** The process and all that it started: they are one group, where the system knows groups. */
const signalGroup = (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
};

const firstWords = (text: string): string => {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(fatal|error):/.test(line)) ?? lines.find((line) => line !== '') ?? 'git failed';
};

/** Git in a checkout of its own. */
export const guardedGit = (options: {
  readonly folder: string;
  readonly remote: RemoteAddress;
  readonly environment: Environment;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}): GuardedGit => {
  const { folder, remote, timeoutMilliseconds, signal } = options;
  const env = environmentFor(options.environment, folder, remote);
  const run = async (args: readonly string[], input = ''): Promise<GuardedOutput> => {
    signal.throwIfAborted();
    const child = spawn('git', [...args], { cwd: folder, env, detached: true, windowsHide: true, stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let said = '';
    let late = false;
    let last: NodeJS.Timeout | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (out.length < mostCharacters) out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < 65_536) said += text;
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const stop = (): void => {
      if (last !== undefined) return;
      // Asked first, git takes its lock files away; what does not listen is killed.
      signalGroup(child, 'SIGTERM');
      last = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMilliseconds);
    };
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, timeoutMilliseconds);
    signal.addEventListener('abort', stop, { once: true });
    try {
      const code = await new Promise<number | undefined>((done, fail) => {
        child.on('error', fail);
        child.on('close', (status) => done(status ?? undefined));
      });
      signal.throwIfAborted();
      const why = late ? `git did not end in ${timeoutMilliseconds / 1000} s` : withoutSecrets(firstWords(said), remote);
      return { ok: code === 0 && !late, out, why, code, late };
    } catch (error) {
      signal.throwIfAborted();
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      return { ok: false, out, why: missing ? 'git is not installed' : 'git cannot be run', code: undefined, late };
    } finally {
      clearTimeout(timer);
      clearTimeout(last);
      signal.removeEventListener('abort', stop);
    }
  };
  return { run };
};
