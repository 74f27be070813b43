/**
 * New texts → the project's folder. Everything that could stop a write is
 * looked at before the first: whether each file still is what it was when it
 * was read, and whether its folder is one of the project's own. Then each file
 * is written as a whole or not at all.
 */
import { mkdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { UserError } from '../model/index.ts';

/** A file as it was read and as it shall be; undefined where there is none. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

const orNone = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

const stop = (message: string, hint: string): UserError => new UserError(message, { hint });

const isInside = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !/^(?:[A-Za-z]:|[\\/])/.test(way);
};

/** The nearest folder on the way to a file that is there: it must be a folder, and inside of the project. */
const checkFolder = async (root: string, path: string): Promise<void> => {
  const folder = dirname(path);
  const found = await orNone(stat(join(root, folder)));
  if (found === undefined) return folder === '.' ? undefined : checkFolder(root, folder);
  if (!found.isDirectory()) throw stop(`${path} cannot be written: ${folder} is no folder`, 'Move it elsewhere. No file was written.');
  if (!isInside(root, await realpath(join(root, folder))))
    throw stop(`${path} cannot be written: ${folder} leads out of the project`, 'Replace the link by a folder. No file was written.');
};

const byteOrderMark = '\ufeff';

interface Ready extends FileChange {
  /** Where it really stands, links followed. */
  readonly real: string;
  readonly mark: string;
}

const readyFor = async (root: string, change: FileChange): Promise<Ready> => {
  const { path, before } = change;
  const file = join(root, path);
  await checkFolder(root, path);
  const text = await orNone(readFile(file, 'utf8'));
  const mark = text?.startsWith(byteOrderMark) === true ? byteOrderMark : '';
  if (text?.slice(mark.length) !== before)
    throw stop(
      before === undefined ? `${path} is there already and was not read` : `${path} was changed while this command ran`,
      'No file was written. Run the command again.',
    );
  const real = text === undefined ? file : await realpath(file);
  if (!isInside(root, real)) throw stop(`${path} leads out of the project`, 'Export it where it belongs, or replace the link by a file. No file was written.');
  return { ...change, real, mark };
};

/** Writes and removes files of a project. Throws UserError before the first write where one of them cannot be. */
export const writeFiles = async (folder: string, changes: readonly FileChange[]): Promise<void> => {
  const root = await realpath(folder);
  const ready: Ready[] = [];
  for (const change of changes) ready.push(await readyFor(root, change));
  for (const { real, after } of ready) if (after !== undefined) await mkdir(dirname(real), { recursive: true });
  for (const { real, after, mark } of ready) {
    if (after === undefined) await rm(real);
    else await writeFileAtomic(real, `${mark}${after}`);
  }
};

/** Whether the project has a file at this path. */
export const isThere = async (folder: string, path: string): Promise<boolean> => (await orNone(stat(join(folder, path))))?.isFile() === true;
