/**
 * One apply at a time to one portal on one machine. The lock is a file that
 * names its holder; it comes into being whole, with its content, by a link. A
 * holder that is dead has lost it, and one that has not touched it for a
 * minute while another watched for a while. Whoever takes a lost lock away
 * holds a second one meanwhile, so that two never take away what the first of
 * them has just made anew.
 */
import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HeldError, isObject, UserError } from '../model/index.ts';

export interface Lock {
  readonly release: () => Promise<void>;
}

const touchMilliseconds = 10_000;
const staleMilliseconds = 60_000;
/** A holder that lives and touches its lock does so within this time: a clock that jumped makes nobody lose a lock. */
const watchMilliseconds = 15_000;
const pollMilliseconds = 200;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Tells this holding from a later one of the same process. */
  readonly mark: string;
}

const holderOf = async (path: string): Promise<Holder | undefined> => {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (!isObject(value)) return undefined;
    const { pid, host, mark } = value;
    return typeof pid === 'number' && typeof host === 'string' ? { pid, host, mark: String(mark) } : undefined;
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

/** What this process holds. A container that is started again has the name and the number of the one before it, and has forgotten what that one held. */
const ownMarks = new Set<string>();

const isDead = async (path: string): Promise<boolean> => {
  const holder = await holderOf(path);
  if (holder === undefined || holder.host !== hostname()) return false;
  return holder.pid === process.pid ? !ownMarks.has(holder.mark) : !isAlive(holder.pid);
};

const touchedAt = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );

/** Makes the file with its content in one step, or finds it there. */
const tryTake = async (path: string, mark: string): Promise<boolean> => {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, JSON.stringify({ pid: process.pid, host: hostname(), mark }), { mode: 0o600 });
  ownMarks.add(mark);
  try {
    await link(own, path);
    return true;
  } catch (error) {
    ownMarks.delete(mark);
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(own).catch(() => undefined);
  }
};

/** Takes a lost lock away, if it is still lost once nobody else can do so. */
const takeAway = async (path: string, isLost: () => Promise<boolean>): Promise<void> => {
  const guard = `${path}.guard`;
  const mark = randomUUID();
  if (!(await tryTake(guard, mark))) {
    if (await isDead(guard)) await unlink(guard).catch(() => undefined);
    return;
  }
  try {
    if (await isLost()) await unlink(path).catch(() => undefined);
  } finally {
    await unlink(guard).catch(() => undefined);
    ownMarks.delete(mark);
  }
};

export interface LockOptions {
  readonly folder: string;
  /** What tells this portal from others, whatever folder the command runs in. */
  readonly portal: string;
  readonly waitMilliseconds: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds, from any start: for durations. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stopped: () => boolean;
  readonly onWait: (holder: string) => void;
}

/** Waits until the file is ours. Throws HeldError where another apply holds it until the end of the wait, or an interrupt ends it. */
const waitFor = async (path: string, mark: string, options: LockOptions): Promise<void> => {
  const { now } = options;
  const until = now() + options.waitMilliseconds;
  let told = false;
  let touched: { readonly at: number; readonly seen: number } | undefined;
  let touches = 0;
  while (!(await tryTake(path, mark))) {
    const at = await touchedAt(path);
    if (at !== undefined && at !== touched?.at) {
      touched = { at, seen: now() };
      touches += 1;
    }
    const isForgotten = async (): Promise<boolean> =>
      touched !== undefined &&
      options.clock() - touched.at > staleMilliseconds &&
      now() - touched.seen > watchMilliseconds &&
      (await touchedAt(path)) === touched.at;
    const isLost = async (): Promise<boolean> => (await isDead(path)) || (await isForgotten());
    if (await isLost()) await takeAway(path, isLost);
    else {
      const holder = await holderOf(path);
      const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`;
      if (options.stopped()) throw new UserError('interrupted while another apply to this portal was running', { hint: 'Nothing was read or written.' });
      // One that looks forgotten is watched until that is certain, or whoever waits for less would never get it.
      const looksForgotten = touched !== undefined && touches === 1 && options.clock() - touched.at > staleMilliseconds;
      if (now() >= until && !looksForgotten)
        throw new HeldError(`another apply to this portal is running: ${who}`, {
          hint: 'Wait for it, or give --lock-timeout more seconds. Nothing was read or written.',
        });
      if (!told) options.onWait(who);
      told = true;
      const left = until - now();
      await options.sleep(left > 0 ? Math.min(pollMilliseconds, Math.max(1, left)) : pollMilliseconds);
    }
  }
};

/** Takes the lock of a portal, waiting for as long as is allowed. Throws UserError. */
export const takeLock = async (options: LockOptions): Promise<Lock> => {
  const path = join(options.folder, `${createHash('sha256').update(options.portal).digest('hex').slice(0, 32)}.lock`);
  const mark = randomUUID();
  try {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    await waitFor(path, mark, options);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`the lock of this portal cannot be taken: ${error instanceof Error ? error.message : String(error)}`, {
      hint: `Nothing was read or written. The folder ${options.folder} must be writable.`,
    });
  }
  const timer = setInterval(() => {
    const time = new Date(options.clock());
    utimes(path, time, time).catch(() => undefined);
  }, touchMilliseconds);
  timer.unref();
  return {
    release: async () => {
      clearInterval(timer);
      // Whoever slept for minutes may have lost it to another.
      if ((await holderOf(path))?.mark === mark) await unlink(path).catch(() => undefined);
      ownMarks.delete(mark);
    },
  };
};
