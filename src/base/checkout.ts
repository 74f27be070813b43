/**
 * A clone of its own that follows one branch of a remote. Nothing in its folder
 * is anybody's work: it is brought to what the branch has, whatever was there,
 * except for `.salesiq/`, which holds journals and states. What the remote does
 * is taken as it comes: new commits, history that was rewritten, a branch that
 * is gone. Where the remote cannot be read, the files stay as they were.
 */
import { UserError } from '../model/index.ts';
import { type GuardedGit, type GuardedOutput, guardedGit, localBranch, remoteName } from './guarded-git.ts';
import { emptyRepository, hasRepository, pendingBases, removeLeftovers, takeFolder, writeMark } from './own-folder.ts';
import { readAddress } from './remote-address.ts';
import { adoptBases, basesToFetch, putBackBases, type Refs, readRefs } from './remote-bases.ts';

export interface Checkout {
  /** The full path of the work tree. */
  readonly folder: string;
  /**
   * Brings the files to what the branch has now, and takes over bases that moved at the remote.
   * `changed`: another commit than at the update before; the first one is always a change.
   * Throws UserError where the remote or the branch cannot be read, and the signal's reason where it was aborted.
   */
  readonly update: () => Promise<{ readonly commit: string; readonly changed: boolean }>;
}

export interface CheckoutOptions {
  /** A URL, `user@host:path`, or a folder. What it carries of a login is used, and neither stored nor shown. */
  readonly remote: string;
  readonly branch: string;
  /** Missing, empty, or of an earlier checkout of the same remote. */
  readonly folder: string;
  /** For each single command of git. */
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
  /** That of the process: git finds there its path, the home of its settings, and logins (GIT_CONFIG_*, GIT_SSH_COMMAND). */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const watched = 'refs/salesiq-sync-watched';

interface Brought extends GuardedOutput {
  readonly commit: string;
  readonly refs: Refs;
}

const fetchBranch = (git: GuardedGit, branch: string): Promise<GuardedOutput> =>
  git.run([
    'fetch',
    '--quiet',
    '--no-tags',
    '--prune',
    '--no-recurse-submodules',
    '--end-of-options',
    remoteName,
    `+refs/heads/${branch}:${watched}`,
    basesToFetch,
  ]);

/** A branch whose files would take the place of journals is refused. */
const refuseStates = async (git: GuardedGit, commit: string, branch: string): Promise<void> => {
  const { out } = await git.run(['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit]);
  const path = out.split('\0').find((name) => name.split('/').includes('.salesiq'));
  if (path === undefined) return;
  throw new UserError(`the branch ${branch} has ${path}: .salesiq/ is where journals and states are kept, and is not for git`, {
    hint: 'git rm -r --cached .salesiq, and a line .salesiq/ in .gitignore.',
  });
};

/** What git takes as a name of a branch (git check-ref-format). */
const isBranch = (name: string): boolean => !/^[-/@]$|^-|[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|[/.]$|^\/|(^|\/)\.|\.lock(\/|$)/.test(name) && name !== '';

/**
 * Opens the checkout in a folder: makes and marks the folder, and asks nothing
 * of the remote yet. Throws UserError for an address or a branch that git would
 * not take as one, and for a folder that is not the checkout's own.
 */
export const openCheckout = async (options: CheckoutOptions): Promise<Checkout> => {
  const { branch, environment, timeoutMilliseconds, signal } = options;
  const remote = readAddress(options.remote);
  if (!isBranch(branch)) throw new UserError(`${JSON.stringify(branch)} is no name of a branch`, { hint: 'Give the plain name, such as main.' });
  const { shown } = remote;
  const folder = await takeFolder(options.folder, shown);
  const git = guardedGit({ folder, remote, environment, timeoutMilliseconds, signal });

  const clear = async (): Promise<void> => {
    await emptyRepository(folder, shown);
    const { ok, why } = await git.run(['init', '--quiet', '--template=']);
    if (!ok) throw new UserError(`there cannot be a clone in ${folder}: ${why}`);
  };

  const unread = (why: string): UserError =>
    new UserError(`${shown} cannot be read: ${why}`, { hint: 'Check the address, the network and the login. The files of the checkout stay as they were.' });

  /** Returns where the fault is in the clone: git knows it no more, or the remote and the branch can be read without it. */
  const judge = async (failed: GuardedOutput): Promise<void> => {
    if (failed.late) throw unread(failed.why);
    if (failed.code === undefined) throw new UserError(failed.why, { hint: 'It takes git 2.31 or later.' });
    if ((await git.run(['rev-parse', '--git-dir'])).code === 128) return;
    const asked = await git.run(['ls-remote', '--exit-code', '--quiet', '--end-of-options', remoteName, `refs/heads/${branch}`]);
    if (asked.code === 2) {
      throw new UserError(`${shown} has no branch ${branch}`, {
        hint: 'It was deleted or renamed, or never there: name another with --branch. The files stay as they were.',
      });
    }
    if (!asked.ok) throw unread(asked.why);
  };

  const bring = async (): Promise<Brought> => {
    const got = await fetchBranch(git, branch);
    const refs: Refs = got.ok ? await readRefs(git) : new Map();
    const commit = refs.get(watched);
    if (commit === undefined) return { ...got, ok: false, refs, commit: '' };
    if (refs.get(`refs/heads/${localBranch}`) !== commit) await refuseStates(git, commit, branch);
    return { ...(await git.run(['reset', '--quiet', '--hard', commit])), refs, commit };
  };

  /** A clone that is broken is made anew, once. */
  const bringOrClear = async (): Promise<Brought> => {
    if (!(await hasRepository(folder))) await clear();
    const first = await bring();
    if (first.ok) return first;
    await judge(first);
    await clear();
    const second = await bring();
    if (second.ok) return second;
    await judge(second);
    throw new UserError(`the checkout in ${folder} cannot be brought to ${branch}: ${second.why}`, {
      hint: 'See whether the disk is full or the folder is not writable.',
    });
  };

  /** The bases of a clone that broke are put into the new one first. */
  const settleBases = async (refs: Refs): Promise<void> => {
    const pending = await pendingBases(folder);
    if (Object.keys(pending).length === 0) return adoptBases(git, refs);
    await putBackBases(git, pending);
    await writeMark(folder, { remote: shown, bases: {} });
    await adoptBases(git, await readRefs(git));
  };

  let last: string | undefined;
  return {
    folder,
    update: async () => {
      await removeLeftovers(folder);
      const { commit, refs } = await bringOrClear();
      const cleaned = await git.run(['clean', '-ffdxq', '-e', '.salesiq']);
      if (!cleaned.ok) throw new UserError(`the checkout in ${folder} cannot be cleaned: ${cleaned.why}`);
      await settleBases(refs);
      const changed = commit !== last;
      last = commit;
      return { commit, changed };
    },
  };
};
