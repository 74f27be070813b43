/** Where the project's files can be seen at this commit: by a flag, or by what a run of GitHub or GitLab says of itself. */
import { prefixOf } from '../base/index.ts';
import { UserError } from '../model/index.ts';
import type { Environment } from '../settings.ts';

export interface LinkOptions {
  readonly dir: string;
  /** The page to write. */
  readonly html?: string;
  /** The address of the project's folder, as given. */
  readonly linkBase?: string;
}

/** A text with a lone surrogate has no form for an address. */
const parts = (path: string): string | undefined => {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(encodeURIComponent)
      .join('/');
  } catch {
    return undefined;
  }
};

/** An address of the web without a login; undefined for anything else. */
const webAddress = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url : undefined;
};

/** Throws UserError for a base that no page may link to, or that is given without a page. */
export const checkLinkBase = ({ linkBase: given, html }: LinkOptions): void => {
  if (given !== undefined && html === undefined)
    throw new UserError('--link-base is about the page of --html, and none is asked for', { hint: 'Add --html FILE, or leave --link-base out.' });
  if (given === undefined || (webAddress(given) !== undefined && !/[#\s]/.test(given))) return;
  throw new UserError('--link-base should be an address that begins with https:// or http://, without a login and without #', {
    hint: 'It is the address of the project folder at a commit, such as https://github.com/acme/support/blob/1f2e3d.',
  });
};

/** The address below a server; undefined where one of its parts is missing. */
const below = (server: string, paths: readonly string[]): string | undefined => {
  const url = webAddress(server);
  const path = paths.map(parts);
  if (url === undefined || path.some((part) => part === undefined)) return undefined;
  return [`${url.origin}${url.pathname.replace(/\/+$/, '')}`, ...path.filter((part) => part !== '')].join('/');
};

/** The folder of a repository at a commit, as GitHub shows it. */
export const gitHubBase = (environment: Environment, commit: string, prefix: string): string | undefined => {
  const repository = environment['GITHUB_REPOSITORY'] ?? '';
  return repository === '' || commit === '' ? undefined : below(environment['GITHUB_SERVER_URL'] || 'https://github.com', [repository, 'blob', commit, prefix]);
};

const gitLabBase = (environment: Environment, prefix: string): string | undefined => {
  const commit = environment['CI_COMMIT_SHA'] ?? '';
  return commit === '' ? undefined : below(environment['CI_PROJECT_URL'] ?? '', ['-/blob', commit, prefix]);
};

/** Undefined where nobody says it: places in files are plain text then. */
export const linkBaseOf = async ({ dir, linkBase }: LinkOptions, environment: Environment): Promise<string | undefined> => {
  if (linkBase !== undefined) return linkBase;
  const isGitHub = environment['GITHUB_ACTIONS'] === 'true';
  if (!isGitHub && environment['GITLAB_CI'] !== 'true') return undefined;
  const prefix = await prefixOf(dir);
  if (prefix === undefined) return undefined;
  return isGitHub ? gitHubBase(environment, environment['GITHUB_SHA'] ?? '', prefix) : gitLabBase(environment, prefix);
};
