/**
 * One apply at a time to one portal on one machine. The lock is a file that
 * names its holder; a holder that is dead, or that has not touched it for a
 * minute, has lost it.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isObject, UserError } from '../model/index.ts';

export interface Lock {
  readonly release: () => Promise<void>;
}

const touchMilliseconds = 10_000;
const staleMilliseconds = 60_000;
const pollMilliseconds = 200;

interface Holder {
  readonly pid: number;
  readonly host: string;
}

const holderOf = async (path: string): Promise<Holder | undefined> => {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isObject(value) && typeof value['pid'] === 'number' && typeof value['host'] === 'string' ? { pid: value['pid'], host: value['host'] } : undefined;
  } catch {
    return undefined;
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // No right to signal it is a sign of life.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const isLost = async (path: string, now: number): Promise<boolean> => {
  const times = await stat(path).catch(() => undefined);
  if (times === undefined) return false;
  if (now - times.mtimeMs > staleMilliseconds) return true;
  const holder = await holderOf(path);
  return holder !== undefined && holder.host === hostname() && !isAlive(holder.pid);
};

const tryTake = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(JSON.stringify({ pid: process.pid, host: hostname() }));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Takes the lock of a portal, waiting for as long as is allowed.
 * @param portal what tells this portal from others, whatever folder the command runs in
 * Throws UserError where another apply holds it until the end of the wait.
 */
export const takeLock = async (options: {
  readonly folder: string;
  readonly portal: string;
  readonly waitMilliseconds: number;
  readonly clock: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stopped: () => boolean;
  readonly onWait: (holder: string) => void;
}): Promise<Lock> => {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const path = join(options.folder, `${createHash('sha256').update(options.portal).digest('hex').slice(0, 32)}.lock`);
  const until = options.clock() + options.waitMilliseconds;
  let told = false;
  while (!(await tryTake(path))) {
    if (await isLost(path, options.clock())) {
      // Renamed first: of several that find it lost only one takes it away.
      const aside = `${path}.${process.pid}`;
      await rename(path, aside).then(
        () => unlink(aside),
        () => undefined,
      );
      continue;
    }
    const holder = await holderOf(path);
    const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
    if (options.clock() >= until || options.stopped()) {
      throw new UserError(`another apply to this portal is running: ${who}`, {
        hint: 'Wait for it, or give --lock-timeout more seconds. Nothing was read or written.',
      });
    }
    if (!told) options.onWait(who);
    told = true;
    await options.sleep(pollMilliseconds);
  }
  const timer = setInterval(() => {
    const now = new Date(options.clock());
    utimes(path, now, now).catch(() => undefined);
  }, touchMilliseconds);
  timer.unref();
  return {
    release: async () => {
      clearInterval(timer);
      await unlink(path).catch(() => undefined);
    },
  };
};
