/** A folder of the test's own, gone when it ends. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const ownFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'kreuzberg-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};
