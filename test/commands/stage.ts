/** A terminal that keeps what commands print, and folders to run them in. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Terminal } from '../../src/commands/terminal.ts';
import type { Environment } from '../../src/settings.ts';
import { veilFor } from '../../src/veil.ts';

export interface Stage {
  readonly terminal: Terminal;
  /** Standard output so far. */
  readonly printed: () => string;
  /** Standard error so far. */
  readonly said: () => string;
}

/** @param environment all that commands see of the environment */
export const stage = (environment: Environment = {}): Stage => {
  let printed = '';
  let said = '';
  const veil = veilFor([]);
  const terminal = {
    print: (text: string) => {
      printed += veil.hide(text);
    },
    say: (text: string) => {
      said += `${veil.hide(text)}\n`;
    },
    progress: () => undefined,
    style: 'plain' as const,
    sayStyle: 'plain' as const,
    veil,
    environment: { SALESIQ_TOKEN_CACHE: 'off', ...environment },
    home: tmpdir(),
    signal: new AbortController().signal,
    now: () => performance.now(),
    clock: () => Date.now(),
    random: () => Math.random(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
  return { terminal, printed: () => printed, said: () => said };
};

/** Does the work in a new folder, and takes the folder away. */
export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'salesiq-stage-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Flags of a command that reads the service, with nothing asked for. */
export const serviceOptions = (dir: string, portal?: string) => ({
  dir,
  ...(portal === undefined ? {} : { portal }),
  strict: 'lenient' as const,
  format: 'json' as const,
  targets: [],
  excludes: [],
  showUnmanaged: 'names' as const,
});
