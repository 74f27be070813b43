/** One issue for each portal and matter: opened when something is wrong, edited while it is, closed when it is settled. */
import { asking, createOnce, type GitHub, once, ownAccounts } from './client.ts';
import { type Marker, readMarker } from './marker.ts';

/** All issues of this program carry it. */
export const issueLabel = 'salesiq-sync';

interface Found {
  readonly number: number;
  readonly url: string;
  readonly body: string;
  readonly marker: Marker;
}

type Matter = Pick<Marker, 'about' | 'portal'>;

const find = async (github: GitHub, { about, portal }: Matter): Promise<Found | undefined> => {
  const { api, repo } = github;
  const own = await ownAccounts(github);
  const issues = await api.paginate('GET /repos/{owner}/{repo}/issues', { ...repo, labels: issueLabel, state: 'open', per_page: 100 });
  const found = issues.flatMap((issue): readonly Found[] => {
    const body = issue.body ?? '';
    const marker = readMarker(body);
    if (issue.pull_request !== undefined || marker?.about !== about || marker.portal !== portal || !own.has(issue.user?.login ?? '')) return [];
    return [{ number: issue.number, url: issue.html_url, body, marker }];
  });
  return found.sort((a, b) => a.number - b.number)[0];
};

const say = async ({ api, repo }: GitHub, number: number, body: string): Promise<void> => {
  await api.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repo, ...once, issue_number: number, body });
};

export interface IssueText {
  readonly title: string;
  /** Begins with its marker. */
  readonly body: string;
  /** Said below an issue that is open already, so that somebody hears of it; only where the fingerprint in its marker is another one. */
  readonly news: string;
}

/** Opens the issue, or edits the open one. Gives its address. Throws UserError. */
export const reportIssue = (github: GitHub, matter: Matter, { title, body, news }: IssueText): Promise<string> =>
  asking('take the issue', async () => {
    const { api, repo } = github;
    const look = (): Promise<Found | undefined> => find(github, matter);
    const before = await look();
    if (before === undefined) {
      const make = async (): Promise<{ readonly url: string }> => {
        const { data } = await api.request('POST /repos/{owner}/{repo}/issues', { ...repo, ...once, title, body, labels: [issueLabel] });
        return { url: data.html_url };
      };
      return (await createOnce(make, look)).url;
    }
    if (before.body !== body) await api.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...repo, issue_number: before.number, title, body });
    const now = readMarker(body);
    if (before.marker.fingerprint !== now?.fingerprint || before.marker.head !== now?.head) await say(github, before.number, news);
    return before.url;
  });

/** Closes the issue with a last word, if it is open. Gives its address. Throws UserError. */
export const settleIssue = (github: GitHub, matter: Matter, word: string): Promise<string | undefined> =>
  asking('close the issue', async () => {
    const { api, repo } = github;
    const open = await find(github, matter);
    if (open === undefined) return undefined;
    await say(github, open.number, word);
    await api.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...repo, issue_number: open.number, state: 'closed', state_reason: 'completed' });
    return open.url;
  });
