/** The ref that says which commit a portal was last settled at. */
import { UserError } from '../model/index.ts';
import { commitOf, git, prefixOf, refOf } from './git.ts';

/**
 * The commit of the work tree, if the files given are just as it has them.
 * @param paths relative to the folder
 */
export const committedAt = async (folder: string, paths: readonly string[]): Promise<{ readonly commit: string } | { readonly reason: string } | undefined> => {
  if ((await prefixOf(folder)) === undefined) return undefined;
  const commit = await commitOf(folder, 'HEAD');
  if (commit === undefined) return { reason: 'nothing is committed yet' };
  const status = await git(folder, ['status', '--porcelain', '-z', '--untracked-files=all', '--ignored=matching', '--', '.']);
  const prefix = (await prefixOf(folder)) ?? '';
  if (!status.ok) return { reason: status.why };
  const changed = new Set(status.out.split('\0').flatMap((entry) => (entry.length > 3 ? [entry.slice(3), entry] : [])));
  const dirty = paths.filter(
    (path) => changed.has(`${prefix}${path}`) || [...changed].some((name) => name.endsWith('/') && `${prefix}${path}`.startsWith(name)),
  );
  return dirty.length === 0 ? { commit } : { reason: `${dirty[0]}${dirty.length > 1 ? ` and ${dirty.length - 1} more` : ''} not committed` };
};

/** Points the portal's ref at a commit. Throws UserError. */
export const setRef = async (folder: string, portal: string, commit: string): Promise<void> => {
  const { ok, why } = await git(folder, ['update-ref', '-m', 'salesiq-sync: settled', refOf(portal), commit]);
  if (!ok) throw new UserError(`the base of ${portal} cannot be recorded: ${why}`, { hint: 'salesiq-sync base set COMMIT records it by hand.' });
};

const transfer = async (folder: string, portal: string, args: readonly string[], what: string, hint: string): Promise<void> => {
  const { ok, why } = await git(folder, args);
  if (!ok) throw new UserError(`the base of ${portal} cannot be ${what}: ${why}`, { hint });
};

/** Sends the portal's ref to a remote. Throws UserError. */
export const pushRef = (folder: string, portal: string, remote: string): Promise<void> =>
  transfer(folder, portal, ['push', '--quiet', remote, `+${refOf(portal)}:${refOf(portal)}`], 'pushed', 'The job needs permission to write to the repository.');

/** Brings the portal's ref from a remote, with its commit. Throws UserError. */
export const fetchRef = (folder: string, portal: string, remote: string): Promise<void> =>
  transfer(
    folder,
    portal,
    ['fetch', '--quiet', '--no-tags', remote, `+${refOf(portal)}:${refOf(portal)}`],
    'fetched',
    'If nothing was applied yet there is none: the first settled apply records it.',
  );
