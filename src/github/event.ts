/** The environment of a run of GitHub Actions and the event that began it, as far as this program needs them. Pure. */
import { isObject, type Json, UserError } from '../model/index.ts';

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

export interface PullRequest {
  readonly number: number;
  /** The newest commit of its branch: checks belong there, not to the merge that is tried out. */
  readonly headSha: string;
  /** `fork`: no secrets, and a token that may only read. */
  readonly from: 'here' | 'fork';
  /** The commit that it was merged as, where the event says that it was. */
  readonly mergedAs?: string;
}

export interface ActionsRun {
  readonly repository: Repository;
  /** The commit that is checked out. */
  readonly sha: string;
  readonly event: string;
  readonly pull?: PullRequest;
  readonly apiUrl: string;
  /** The page of this run. */
  readonly runUrl: string;
  readonly runId: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Whether this is a run of GitHub Actions. */
export const isActions = (environment: Variables): boolean =>
  (environment['GITHUB_REPOSITORY'] ?? '') !== '' && (environment['GITHUB_EVENT_NAME'] ?? '') !== '';

const hint = 'Run it as a step of GitHub Actions. Elsewhere, plan, apply and drift do the same without GitHub: docs/ci.md.';

const required = (environment: Variables, name: string): string => {
  const value = environment[name];
  if (value === undefined || value === '') throw new UserError(`${name} is not set: this is no run of GitHub Actions`, { hint });
  return value;
};

const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((inside, key) => (isObject(inside) ? inside[key] : undefined), value);

/** A fork that was deleted has no repository any more: what is not known to be of this repository counts as a fork. */
const pullOf = (event: Json, repository: string): PullRequest | undefined => {
  const number = at(event, 'pull_request', 'number');
  const headSha = at(event, 'pull_request', 'head', 'sha');
  if (typeof number !== 'number' || typeof headSha !== 'string') return undefined;
  const from = at(event, 'pull_request', 'head', 'repo', 'full_name');
  const sender = at(event, 'pull_request', 'user', 'login');
  // Dependabot's branches are in this repository, yet its runs get no secrets either.
  const own = typeof from === 'string' && from.toLowerCase() === repository.toLowerCase() && sender !== 'dependabot[bot]';
  const mergedAs = at(event, 'pull_request', 'merged') === true ? at(event, 'pull_request', 'merge_commit_sha') : undefined;
  return { number, headSha, from: own ? 'here' : 'fork', ...(typeof mergedAs === 'string' ? { mergedAs } : {}) };
};

/** @param event what GITHUB_EVENT_PATH holds. Throws UserError where the environment is not that of a run. */
export const readRun = (environment: Variables, event: Json): ActionsRun => {
  const full = required(environment, 'GITHUB_REPOSITORY');
  const [owner = '', name = '', ...rest] = full.split('/');
  if (owner === '' || name === '' || rest.length > 0) throw new UserError(`GITHUB_REPOSITORY is "${full}", not OWNER/NAME`, { hint });
  const runId = environment['GITHUB_RUN_ID'] ?? '0';
  const pull = pullOf(event, full);
  return {
    repository: { owner, name },
    sha: required(environment, 'GITHUB_SHA'),
    event: required(environment, 'GITHUB_EVENT_NAME'),
    apiUrl: environment['GITHUB_API_URL'] || 'https://api.github.com',
    runUrl: `${environment['GITHUB_SERVER_URL'] || 'https://github.com'}/${full}/actions/runs/${runId}`,
    runId,
    ...(pull === undefined ? {} : { pull }),
  };
};
