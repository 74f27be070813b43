/** The live state before the first write of a run, kept with the run: what `rollback` plans back to. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { isObject, type Json, type JsonObject, UserError } from '../model/index.ts';

const name = 'snapshot.json';
const formatVersion = 1;

/** Writes it whole or not at all, readable by its owner alone. Throws UserError. */
export const writeSnapshot = async (folder: string, content: JsonObject): Promise<void> => {
  try {
    await writeFileAtomic(join(folder, name), `${JSON.stringify({ format_version: formatVersion, ...content })}\n`, { mode: 0o600 });
  } catch (error) {
    throw new UserError(`the snapshot for a rollback cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Nothing was sent. The folder .salesiq of the project must be writable, and the disk must have room.',
    });
  }
};

/** Throws UserError where the run has no snapshot, or one that this program does not read. */
export const readSnapshot = async (project: string, run: string): Promise<JsonObject> => {
  const text = await readFile(join(project, '.salesiq', 'runs', run, name), 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new UserError(`the run ${run} has no snapshot`, { hint: 'A run that wrote nothing has none. salesiq-sync runs lists the runs.' });
  let value: Json = null;
  try {
    value = JSON.parse(text);
  } catch {
    // Told below, as any other content that is not a snapshot.
  }
  if (!isObject(value) || value['format_version'] !== formatVersion)
    throw new UserError(`the snapshot of run ${run} is not one that this program reads`, { hint: 'Use the version that made it.' });
  return value;
};
