/** A check on a commit, with annotations at lines of files: as many as there are, where a log would show ten of a sort. */
import { asking, type GitHub, once } from './client.ts';

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

export interface Check {
  readonly name: string;
  readonly sha: string;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  readonly summary: string;
  readonly detailsUrl: string;
  readonly annotations: readonly CheckAnnotation[];
}

/** GitHub takes so many in one request, and adds those of the next to them. */
const mostAtOnce = 50;
/** What the page of a check still shows without wearing anybody out. */
const mostInAll = 500;

/** Gives the address of the check. Throws UserError. */
export const putCheck = ({ api, repo }: GitHub, check: Check): Promise<string> =>
  asking('take the check', async () => {
    const shown = check.annotations.slice(0, mostInAll);
    const output = (from: number) => ({ title: check.title, summary: check.summary, annotations: shown.slice(from, from + mostAtOnce) });
    const { data } = await api.request('POST /repos/{owner}/{repo}/check-runs', {
      ...repo,
      ...once,
      name: check.name,
      head_sha: check.sha,
      status: 'completed',
      conclusion: check.conclusion,
      details_url: check.detailsUrl,
      output: output(0),
    });
    for (let from = mostAtOnce; from < shown.length; from += mostAtOnce) {
      await api.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', { ...repo, check_run_id: data.id, output: output(from) });
    }
    return data.html_url ?? '';
  });
