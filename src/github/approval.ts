/**
 * Which plan was approved: the one in the comment on the pull request that was
 * merged, if it was made of the very commits that were merged. Merging is what
 * approves it; a comment that anybody else wrote says nothing.
 */
import { asking, type GitHub } from './client.ts';
import { readComment } from './comment.ts';

export type Approval =
  | { readonly state: 'approved'; readonly fingerprint: string; readonly pull: number }
  | { readonly state: 'none'; readonly reason: string; readonly pull?: number };

/** @param sha the commit that was pushed. Throws UserError where GitHub cannot be asked. */
export const findApproval = async (github: GitHub, sha: string, portal: string): Promise<Approval> => {
  const { api, repo } = github;
  const pulls = await asking('say which pull request the commit came from', () =>
    api.paginate('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', { ...repo, commit_sha: sha, per_page: 100 }),
  );
  const merged = pulls.filter(({ merged_at }) => merged_at !== null);
  const pull = merged.find(({ merge_commit_sha }) => merge_commit_sha === sha) ?? (merged.length === 1 ? merged[0] : undefined);
  if (pull === undefined) return { state: 'none', reason: `the commit ${sha.slice(0, 7)} did not come from a pull request that was merged` };
  const { number } = pull;
  const comment = await readComment(github, number, { about: 'plan', portal });
  if (comment === undefined) return { state: 'none', pull: number, reason: `pull request ${number} has no comment with a plan for ${portal}` };
  const { marker, stranger } = comment;
  if (stranger !== undefined)
    return { state: 'none', pull: number, reason: `the comment of pull request ${number} with the plan for ${portal} was edited by ${stranger}` };
  if (marker.fingerprint === undefined)
    return { state: 'none', pull: number, reason: `the plan of pull request ${number} for ${portal} failed, so there was nothing to approve` };
  if (marker.head !== pull.head.sha) {
    return {
      state: 'none',
      pull: number,
      reason: `pull request ${number} was merged at ${pull.head.sha.slice(0, 7)}, and its plan was made of ${(marker.head ?? 'nothing').slice(0, 7)}`,
    };
  }
  return { state: 'approved', fingerprint: marker.fingerprint, pull: number };
};
