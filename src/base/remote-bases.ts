/**
 * The bases of the portals, as the remote has them and as this checkout has
 * recorded them. Both move: a watcher records here what it settled, and CI or a
 * person may push another base. What has moved at the remote since we last
 * looked is somebody's word and is taken, unless what is here descends from it;
 * what has not moved there says nothing, and ours stays.
 */
import type { GuardedGit } from './guarded-git.ts';

const own = 'refs/salesiq-sync/';
const fetched = 'refs/salesiq-sync-fetched/';
/** What the remote had when we last decided. */
const seen = 'refs/salesiq-sync-seen/';

/** The refspec that brings the bases of the remote; what was deleted there is deleted in the copy alone. */
export const basesToFetch = `+${own}*:${fetched}*`;

export type Refs = ReadonlyMap<string, string>;

/** Every ref of the checkout, with what it points at. */
export const readRefs = async ({ run }: GuardedGit): Promise<Refs> => {
  const { out } = await run(['for-each-ref', '--format=%(objectname) %(refname)']);
  return new Map(
    out.split('\n').flatMap((line) => {
      const [id, name] = line.split(' ');
      return id === undefined || name === undefined ? [] : [[name, id]];
    }),
  );
};

const isAhead = async ({ run }: GuardedGit, ours: string, theirs: string): Promise<boolean> => (await run(['merge-base', '--is-ancestor', theirs, ours])).ok;

/** After a fetch: takes over the bases that moved at the remote. */
export const adoptBases = async (git: GuardedGit, refs: Refs): Promise<void> => {
  const lines: string[] = [];
  for (const [ref, theirs] of refs) {
    if (!ref.startsWith(fetched)) continue;
    const name = ref.slice(fetched.length);
    const ours = refs.get(`${own}${name}`);
    if (ours !== undefined && theirs === refs.get(`${seen}${name}`)) continue;
    const isTaken = ours === undefined || (ours !== theirs && !(await isAhead(git, ours, theirs)));
    if (isTaken) lines.push(`update ${own}${name} ${theirs}`);
    lines.push(`update ${seen}${name} ${theirs}`);
  }
  // One transaction: a kill between the two would make old word of new word.
  if (lines.length > 0) await git.run(['update-ref', '--stdin'], `${lines.join('\n')}\n`);
};

/** Puts back bases that were saved from a broken clone, as far as the new one has their commits. */
export const putBackBases = async ({ run }: GuardedGit, bases: Readonly<Record<string, string>>): Promise<void> => {
  const all = Object.entries(bases);
  const { out } = await run(['cat-file', '--batch-check=%(objecttype)'], all.map(([, commit]) => `${commit}\n`).join(''));
  const types = out.split('\n');
  const lines = all.flatMap(([name, commit], index) => (types[index] === 'commit' ? [`update ${own}${name} ${commit}\n`] : []));
  if (lines.length > 0) await run(['update-ref', '--stdin'], lines.join(''));
};
