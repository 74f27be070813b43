/** The folder of a checkout as the file system sees it: whose it is, and what of a broken clone is worth keeping. */
import { mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isObject, UserError } from '../model/index.ts';

/**
 * The mark of a folder that a checkout made. It is a file beside git's own and
 * not a setting of git: a clone that git can no longer read is still known.
 */
const markName = 'salesiq-sync-checkout.json';

export interface Mark {
  /** The remote's address, without what is secret. */
  readonly remote: string;
  /** Bases saved from a clone that broke, until they stand in the new one. */
  readonly bases: Readonly<Record<string, string>>;
}

const repository = (folder: string): string => join(folder, '.git');

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const readMark = async (folder: string): Promise<Mark | undefined> => {
  try {
    const value: unknown = JSON.parse(await readFile(join(repository(folder), markName), 'utf8'));
    if (!isObject(value) || typeof value['remote'] !== 'string') return undefined;
    const bases = isObject(value['bases']) ? value['bases'] : {};
    return { remote: value['remote'], bases: Object.fromEntries(Object.entries(bases).flatMap(([name, id]) => (typeof id === 'string' ? [[name, id]] : []))) };
  } catch {
    return undefined;
  }
};

/** Whether there is a clone at all, whole or broken. */
export const hasRepository = async (folder: string): Promise<boolean> => (await namesIn(repository(folder))).includes('HEAD');

export const writeMark = async (folder: string, mark: Mark): Promise<void> => {
  const path = join(repository(folder), markName);
  await writeFile(`${path}.new`, `${JSON.stringify(mark)}\n`);
  await rename(`${path}.new`, path);
};

/**
 * Makes the folder where it is missing, and marks it. Throws UserError for a
 * folder that holds what is not of a checkout of this remote.
 * @returns the folder's full path
 */
export const takeFolder = async (given: string, remote: string): Promise<string> => {
  const wanted = resolve(given);
  try {
    await mkdir(wanted, { recursive: true });
    const folder = await realpath(wanted);
    const mark = await readMark(folder);
    if (mark !== undefined) {
      if (mark.remote === remote) return folder;
      throw new UserError(`the folder ${wanted} is a checkout of ${mark.remote}, not of ${remote}`, {
        hint: 'Give each remote a folder of its own, or delete this one.',
      });
    }
    const inside = (await readdir(folder)).filter((name) => name !== '.salesiq' && name !== '.git');
    if (inside.length > 0 || (await namesIn(repository(folder))).some((name) => name !== `${markName}.new`)) {
      throw new UserError(`the folder ${wanted} is not empty, and no checkout of this program`, {
        hint: 'A checkout overwrites its folder at every round: give it an empty one, or one that is not there yet.',
      });
    }
    await mkdir(repository(folder), { recursive: true });
    await writeMark(folder, { remote, bases: {} });
    return folder;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`the folder ${wanted} cannot be used: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

/**
 * Takes away what a git that was killed left behind: locks, and packs that it
 * had begun, which would fill the disk in the end. Nobody else runs git in this
 * folder while a checkout is brought up to date.
 */
export const removeLeftovers = async (folder: string): Promise<void> => {
  const git = repository(folder);
  const inRefs = await readdir(join(git, 'refs'), { recursive: true }).catch(() => []);
  const paths = [
    ...[
      ...(await namesIn(git)),
      ...inRefs.map((path) => `refs/${path}`),
      ...(await namesIn(join(git, 'objects/info'))).map((name) => `objects/info/${name}`),
    ].filter((path) => path.endsWith('.lock')),
    ...(await namesIn(join(git, 'objects/pack'))).filter((name) => name.startsWith('tmp_')).map((name) => `objects/pack/${name}`),
  ];
  await Promise.all(paths.map((path) => rm(join(git, path), { recursive: true, force: true })));
};

const refLine = /^([0-9a-f]{40,64}) refs\/salesiq-sync\/([^\s/]+)$/;

/** The bases, read without git: of a clone that git cannot read. */
const savedBases = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const packed = await readFile(join(repository(folder), 'packed-refs'), 'utf8').catch(() => '');
  const bases: Record<string, string> = {};
  const add = (line: string): void => {
    const [, commit, name] = refLine.exec(line) ?? [];
    if (commit !== undefined && name !== undefined) bases[name] = commit;
  };
  packed.split('\n').forEach(add);
  const loose = join(repository(folder), 'refs/salesiq-sync');
  for (const name of await namesIn(loose)) add(`${(await readFile(join(loose, name), 'utf8').catch(() => '')).trim()} refs/salesiq-sync/${name}`);
  return bases;
};

/** Empties the repository, but for the mark, which then holds the bases. The files of the work tree stay. */
export const emptyRepository = async (folder: string, remote: string): Promise<Mark> => {
  const before = await readMark(folder);
  const mark = { remote, bases: { ...before?.bases, ...(await savedBases(folder)) } };
  await mkdir(repository(folder), { recursive: true });
  await writeMark(folder, mark);
  const names = (await namesIn(repository(folder))).filter((name) => name !== markName);
  await Promise.all(names.map((name) => rm(join(repository(folder), name), { recursive: true, force: true })));
  return mark;
};

/** Bases that a clone which broke left behind, and that are not put back yet. */
export const pendingBases = async (folder: string): Promise<Readonly<Record<string, string>>> => (await readMark(folder))?.bases ?? {};
