/** The YAML files of the project as a commit has them. */
import type { SourceFile } from '../model/index.ts';
import { blobs, git, prefixOf } from './git.ts';

const isOurs = (path: string): boolean =>
  path.endsWith('.yaml') && !path.endsWith('.test.yaml') && !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules');

/** The files below the project folder at a commit that are wanted, by path. */
const textsAt = async (folder: string, commit: string, isWanted: (path: string) => boolean): Promise<readonly SourceFile[] | undefined> => {
  const prefix = await prefixOf(folder);
  if (prefix === undefined) return undefined;
  const listed = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', commit, ...(prefix === '' ? [] : ['--', prefix])]);
  if (!listed.ok) return undefined;
  const entries = listed.out.split('\0').flatMap((line) => {
    const [, type, object, path] = /^\d+ (\w+) ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? [];
    const name = path?.startsWith(prefix) === true ? path.slice(prefix.length) : undefined;
    return type === 'blob' && object !== undefined && name !== undefined && isWanted(name) ? [{ object, name }] : [];
  });
  const contents = await blobs(
    folder,
    entries.map(({ object }) => object),
  );
  if (contents === undefined) return undefined;
  return entries.map(({ name }, index) => ({ path: name, text: contents[index] ?? '' })).sort((a, b) => (a.path < b.path ? -1 : 1));
};

/**
 * Every *.yaml below the project folder at a commit, with paths relative to the
 * folder. Throws nothing: undefined where the commit cannot be read.
 */
export const filesAt = (folder: string, commit: string): Promise<readonly SourceFile[] | undefined> => textsAt(folder, commit, isOurs);

/** The files at these paths, as far as the commit has them; undefined where it cannot be read. */
export const contentsAt = async (folder: string, commit: string, paths: readonly string[]): Promise<readonly SourceFile[] | undefined> => {
  if (paths.length === 0) return [];
  const wanted = new Set(paths);
  return textsAt(folder, commit, (path) => wanted.has(path));
};
