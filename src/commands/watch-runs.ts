/** Journals of a service that runs for years: the oldest go, so that the disk does not fill. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readRuns } from '../apply/index.ts';
import type { Portal } from '../model/index.ts';

/** Keeps the newest runs of a portal, and those that never came to their end: the next apply looks after them. Throws what the file system says. */
export const pruneRuns = async (dir: string, portal: Portal, keep: number): Promise<number> => {
  const runs = (await readRuns(dir)).filter((run) => run.portal === portal.name);
  const old = runs.slice(0, Math.max(0, runs.length - keep)).filter(({ finished }) => finished);
  for (const { run } of old) await rm(join(dir, '.salesiq', 'runs', run), { recursive: true, force: true });
  return old.length;
};
