/**
 * A plan in a file, to be applied later and exactly so. It holds what the plan
 * was made from, the live content of all that it touches, and a checksum over
 * the whole; secrets are in it as their expressions alone (stored.ts).
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { canonicalJson, isObject, type Json, type JsonObject, UserError } from '../model/index.ts';

const format = 'salesiq-sync plan';
const formatVersion = 1;

const checksumOf = (content: JsonObject): string => createHash('sha256').update(canonicalJson(content)).digest('hex');

/** Writes the file whole or not at all, readable by its owner alone. Throws UserError. */
export const writePlanFile = async (path: string, content: JsonObject): Promise<void> => {
  const body: JsonObject = { format, format_version: formatVersion, ...content };
  try {
    await writeFileAtomic(path, `${JSON.stringify({ ...body, checksum: checksumOf(body) }, null, 1)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new UserError(`the plan cannot be written to ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Name a file in a folder that can be written.',
    });
  }
};

const again = 'Make the plan anew: salesiq-sync plan --out FILE.';

/** Throws UserError for a file that is missing, of another format or version, or edited. */
export const readPlanFile = async (path: string): Promise<JsonObject> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UserError(`the plan ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { hint: again });
  });
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${path} is no saved plan: it is not JSON`, { hint: again });
  }
  if (!isObject(value) || value['format'] !== format) throw new UserError(`${path} is no saved plan`, { hint: again });
  if (value['format_version'] !== formatVersion) {
    throw new UserError(`the plan ${path} has format version ${JSON.stringify(value['format_version'])}; this program reads ${formatVersion}`, { hint: again });
  }
  const { checksum, ...content } = value;
  if (checksum !== checksumOf(content)) throw new UserError(`the plan ${path} was edited after it was made`, { hint: again });
  return content;
};
