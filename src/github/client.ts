/**
 * GitHub's API by its own client library. Reads are repeated after errors of
 * the server; what creates something is not, because the answer alone does not
 * say whether it was created: who creates looks again first. Limits of the API
 * are waited for, as long as the wait is short.
 */
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { UserError } from '../model/index.ts';
import type { Repository } from './event.ts';

const Client = Octokit.plugin(paginateRest, retry, throttling);

export interface GitHub {
  readonly api: InstanceType<typeof Client>;
  readonly repo: { readonly owner: string; readonly repo: string };
}

export interface GitHubOptions {
  readonly apiUrl: string;
  readonly token: string;
  readonly repository: Repository;
  /** What this program calls itself. */
  readonly agent: string;
  /** Told of each wait for a limit. */
  readonly onWait: (reason: string, seconds: number) => void;
}

const silent = (): void => undefined;
const patience = { tries: 2, seconds: 60, timeoutMilliseconds: 30_000 } as const;

const isLoopback = ({ hostname }: URL): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);

/** Throws UserError for an address that would carry the token in the clear. */
const checkedUrl = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))) return url;
  throw new UserError(`GITHUB_API_URL is "${text}"`, { hint: 'It should be an address that begins with https://; http:// is for this machine alone.' });
};

/** Throws UserError for an address that would carry the token in the clear. */
export const openGitHub = ({ apiUrl, token, repository, agent, onWait }: GitHubOptions): GitHub => {
  const url = checkedUrl(apiUrl);
  const wait =
    (reason: string) =>
    (seconds: number, _options: object, _api: unknown, tried: number): boolean => {
      const waits = tried < patience.tries && seconds <= patience.seconds;
      if (waits) onWait(reason, seconds);
      return waits;
    };
  const api = new Client({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: agent,
    // The library's own log would go past what hides secrets.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: {
      fetch: (input: string, init: RequestInit) => fetch(input, { ...init, signal: AbortSignal.timeout(patience.timeoutMilliseconds) }),
    },
    throttle: {
      // A server on this machine needs no pace of a write a second.
      enabled: !isLoopback(url),
      onRateLimit: wait('GitHub allows no more requests for now'),
      onSecondaryRateLimit: wait('GitHub asks for fewer requests'),
    },
    retry: { retryAfterBaseValue: isLoopback(url) ? 10 : 1_000, retries: 3 },
  });
  return { api, repo: { owner: repository.owner, repo: repository.name } };
};

const statusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' ? error.status : undefined;

const hints: Readonly<Record<number, string>> = {
  401: 'The token is not valid any more, or is none. GITHUB_TOKEN should be the token of the run.',
  403: 'The token lacks a permission: compare `permissions:` in the workflow with docs/ci.md. In runs of forks it may only read.',
  404: 'The token lacks a permission, or what it names is not there: compare `permissions:` in the workflow with docs/ci.md.',
  410: 'Issues are switched off in this repository.',
  422: 'GitHub did not take it as it was sent.',
};

/** Does a piece of work; a refusal of GitHub becomes an error in words. Throws UserError. */
export const asking = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const status = statusOf(error);
    if (status === undefined) throw error;
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new UserError(`GitHub did not ${what}: ${said.slice(0, 300)} (${status})`, {
      hint: hints[status] ?? 'GitHub may be down for a moment: run the job again later.',
      cause: error,
    });
  }
};

/** Whether a creation may have landed although its answer was an error. */
export const isUnclear = (error: unknown): boolean => (statusOf(error) ?? 0) >= 500;

/** Creates something, once: after an unclear answer it is looked for, and only if it is not there created again. */
export const createOnce = async <T>(create: () => Promise<T>, find: () => Promise<T | undefined>): Promise<T> => {
  try {
    return await create();
  } catch (error) {
    if (!isUnclear(error)) throw error;
    return (await find()) ?? (await create());
  }
};

/** No repeats by the library. */
export const once = { request: { retries: 0 } } as const;

const actionsBot = 'github-actions[bot]';

/** The token's account where the other way to ask is not open. The token of a run may not ask. */
const userOf = (api: GitHub['api']): Promise<string | undefined> =>
  api.request('GET /user').then(
    ({ data }) => data.login,
    () => undefined,
  );

/** The accounts whose comments count as this program's: the token's own, and that of GitHub Actions. */
export const ownAccounts = async ({ api }: GitHub): Promise<ReadonlySet<string>> => {
  const answer = await api.graphql<{ readonly viewer?: { readonly login?: string } }>('query { viewer { login } }').catch(() => undefined);
  const login = answer?.viewer?.login ?? (await userOf(api));
  return new Set(login === undefined ? [actionsBot] : [actionsBot, login]);
};
