/** The built command as a child process, as people run it. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The path of the built command. */
export const builtCommand = process.env['SALESIQ_TEST_COMMAND'] ?? resolve(import.meta.dirname, '../../../dist/cli.js');

export interface Ended {
  /** The exit code; null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from its start to its end. */
  readonly took: number;
}

export interface Child {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
  /** Resolves once standard error or standard output holds the text; rejects when the command ends without it. */
  readonly says: (text: string) => Promise<void>;
}

export interface Running {
  readonly cwd: string;
  /** All that the command sees of the environment, besides PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export const start = (args: readonly string[], { cwd, env = {}, input }: Running): Child => {
  const from = performance.now();
  const child = spawn(process.execPath, [builtCommand, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, SALESIQ_TOKEN_CACHE: 'off', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  let stdout = '';
  let stderr = '';
  let hear = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    hear();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    hear();
  });
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr, took: performance.now() - from }));
  });
  return {
    kill: (signal) => {
      child.kill(signal);
    },
    ended,
    says: (text) =>
      new Promise((done, fail) => {
        hear = () => {
          if (stderr.includes(text) || stdout.includes(text)) done();
        };
        hear();
        void ended.then(() => fail(new Error(`it ended without saying "${text}":\n${stdout}\n${stderr}`)));
      }),
  };
};

export const run = (args: readonly string[], running: Running): Promise<Ended> => start(args, running).ended;
