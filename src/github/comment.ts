/** The sticky comments of a pull request: one for each portal and stage, edited in place. Only comments of our own account count. */
import { asking, createOnce, type GitHub, once, ownAccounts } from './client.ts';
import { type Marker, readMarker } from './marker.ts';

interface Found {
  readonly id: number;
  /** Its name where editors can be asked for. */
  readonly node: string | undefined;
  readonly url: string;
  readonly body: string;
  readonly marker: Marker;
}

/** The oldest is taken where there are several, for reading as for editing. */
const find = async (github: GitHub, number: number, { about, portal }: Pick<Marker, 'about' | 'portal'>): Promise<Found | undefined> => {
  const { api, repo } = github;
  const own = await ownAccounts(github);
  const comments = await api.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repo, issue_number: number, per_page: 100 });
  const found = comments.flatMap((comment): readonly Found[] => {
    const body = comment.body ?? '';
    const marker = readMarker(body);
    if (marker?.about !== about || marker.portal !== portal || !own.has(comment.user?.login ?? '')) return [];
    return [{ id: comment.id, node: comment.node_id, url: comment.html_url, body, marker }];
  });
  return found.sort((a, b) => a.id - b.id)[0];
};

const editorQuery = 'query ($id: ID!) { node(id: $id) { ... on IssueComment { editor { __typename login } } } }';

interface Edited {
  readonly node?: { readonly editor?: { readonly __typename: string; readonly login: string } | null } | null;
}

/** Who edited the comment last, if it was not we: whoever may write here may edit the comments of others. GitHub tells it by GraphQL alone. */
const strangerIn = async (github: GitHub, { node }: Found): Promise<string | undefined> => {
  if (node === undefined) return undefined;
  const answer = await github.api.graphql<Edited>(editorQuery, { id: node }).catch(() => undefined);
  const editor = answer?.node?.editor ?? undefined;
  if (editor === undefined) return undefined;
  const login = editor.__typename === 'Bot' ? `${editor.login.replace(/\[bot\]$/, '')}[bot]` : editor.login;
  return (await ownAccounts(github)).has(login) ? undefined : login;
};

export interface ReadComment {
  readonly marker: Marker;
  /** Who else edited it: then its marker says nothing. */
  readonly stranger?: string;
}

/** The comment's marker; undefined where there is none of our own. Throws UserError. */
export const readComment = (github: GitHub, number: number, about: Pick<Marker, 'about' | 'portal'>): Promise<ReadComment | undefined> =>
  asking('list the comments of the pull request', async () => {
    const found = await find(github, number, about);
    if (found === undefined) return undefined;
    const stranger = await strangerIn(github, found);
    return { marker: found.marker, ...(stranger === undefined ? {} : { stranger }) };
  });

/** Writes the comment, or edits the one that is there. Gives its address. Throws UserError. */
export const putComment = (github: GitHub, number: number, about: Pick<Marker, 'about' | 'portal'>, body: string): Promise<string> =>
  asking('take the comment', async () => {
    const { api, repo } = github;
    const look = (): Promise<Found | undefined> => find(github, number, about);
    const before = await look();
    if (before === undefined) {
      const make = async (): Promise<{ readonly url: string }> => {
        const { data } = await api.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...repo, ...once, issue_number: number, body });
        return { url: data.html_url };
      };
      return (await createOnce(make, look)).url;
    }
    if (before.body !== body) await api.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repo, comment_id: before.id, body });
    return before.url;
  });
