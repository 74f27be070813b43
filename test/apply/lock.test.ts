/** Locks that are left behind, and whoever comes next. */
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Lock, takeLock } from '../../src/apply/index.ts';
import { HeldError } from '../../src/model/index.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salesiq-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A clock that only waiting moves, from the present on: times of files are real. */
const take = async (
  waitMilliseconds: number,
  onSleep: (passed: number) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly lock: Lock; readonly passed: number }> => {
  const begin = Date.now();
  let passed = 0;
  const lock = await takeLock({
    folder,
    portal: 'harbour',
    waitMilliseconds,
    clock: () => begin + passed,
    now: () => passed,
    sleep: async (milliseconds) => {
      passed += milliseconds;
      await onSleep(passed);
    },
    stopped: () => false,
    onWait: () => undefined,
  });
  return { lock, passed };
};

const path = async (): Promise<string> => join(folder, (await readdir(folder))[0] ?? '');

/** Leaves a lock behind, as a process that is gone would. */
const leave = async (holder: object, agoSeconds: number): Promise<string> => {
  const { lock } = await take(0);
  const file = await path();
  await lock.release();
  await writeFile(file, JSON.stringify({ mark: 'of another', ...holder }));
  const at = new Date(Date.now() - agoSeconds * 1000);
  await utimes(file, at, at);
  return file;
};

describe('a lock that was left behind', () => {
  it('by a container that had the name and the number of this process is taken over at once', async () => {
    await leave({ pid: process.pid, host: hostname() }, 1);
    const { lock, passed } = await take(0);
    expect(passed).toBe(0);
    await lock.release();
  });

  it('on another machine is taken over once it is certain that nobody touches it, even if nobody would wait for it', async () => {
    await leave({ pid: 1, host: 'a pod that is gone' }, 120);
    const { lock, passed } = await take(0);
    expect(passed).toBeGreaterThan(15_000);
    expect(passed).toBeLessThan(16_000);
    await lock.release();
  });

  it('is not waited for where it was touched lately, or is touched meanwhile', async () => {
    const file = await leave({ pid: 1, host: 'a pod that lives' }, 20);
    await expect(take(0)).rejects.toThrow(HeldError);
    const long = new Date(Date.now() - 3_600_000);
    await utimes(file, long, long);
    let waited = 0;
    const touch = async (passed: number): Promise<void> => {
      waited = passed;
      if (passed > 8_000) await utimes(file, new Date(1000), new Date(1000));
    };
    await expect(take(0, touch)).rejects.toThrow('another apply to this portal is running: process 1 on a pod that lives');
    expect(waited).toBeLessThan(9_000);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ host: 'a pod that lives' });
  });

  it('is told from one that this process holds', async () => {
    const { lock } = await take(0);
    await expect(take(500)).rejects.toThrow(HeldError);
    await lock.release();
    await (await take(0)).lock.release();
    expect(await readdir(folder)).toEqual([]);
  });
});
