/** Where a checkout comes from: the address as git gets it, as people may see it, and what of it is secret. */
import { resolve } from 'node:path';
import { UserError } from '../model/index.ts';

export interface RemoteAddress {
  /** For git: without password or token. */
  readonly address: string;
  /** For messages and the marker: also without query. */
  readonly shown: string;
  /** What the address carried, for the server at `scope` alone. */
  readonly login?: { readonly scope: string; readonly username: string; readonly password: string };
  /** Texts that no message may hold, in each form they may be met in. */
  readonly secrets: readonly string[];
}

const hint = 'Give an address of https, ssh (also git@HOST:PATH) or file, or a folder.';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const steering = /[\u0000-\u001f\u007f]/;

const withScheme = (text: string): RemoteAddress => {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    // The text may hold a token that only misses a valid host: it is not repeated.
    throw new UserError('the address of the remote is not a valid URL', { hint });
  }
  const { protocol, username, password, search, hash } = url;
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (!isWeb && !['ssh:', 'git:', 'file:'].includes(protocol)) throw new UserError(`the remote has a protocol that is not taken: ${protocol}//`, { hint });
  const login = { username: decoded(username), password: decoded(password) };
  if (steering.test(login.username) || steering.test(login.password)) throw new UserError('the address of the remote has control characters', { hint });
  url.password = '';
  // To a web server a user without password is a token; to ssh it is a plain name.
  if (isWeb) url.username = '';
  const address = url.href;
  url.search = '';
  url.hash = '';
  const secrets = [...(isWeb ? [username, login.username] : []), password, login.password, search.slice(1), hash.slice(1)].filter(
    (secret) => secret.length > 2,
  );
  return {
    address,
    shown: url.href,
    secrets: [...new Set(secrets)].sort((a, b) => b.length - a.length),
    ...(isWeb && username !== '' ? { login: { ...login, scope: `${protocol}//${url.host}` } } : {}),
  };
};

/**
 * Understands the address of a remote repository: a URL, `user@host:path`, or a folder.
 * Throws UserError for what git would take as an option or as a program to run.
 */
export const readAddress = (remote: string): RemoteAddress => {
  if (remote === '') throw new UserError('the address of the remote is empty', { hint });
  if (remote.startsWith('-') || steering.test(remote))
    throw new UserError('the address of the remote is none: it begins with - or has control characters', { hint });
  // `ext::…` and its like run programs.
  if (/^[A-Za-z0-9+.-]+::/.test(remote)) throw new UserError('the address of the remote names a program of git', { hint });
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(remote)) return withScheme(remote);
  const isHostAndPath = /^[^/\\]{2,}:/.test(remote);
  const address = isHostAndPath ? remote : resolve(remote);
  return { address, shown: address, secrets: [] };
};

/** The text without what is secret. */
export const withoutSecrets = (text: string, { secrets }: RemoteAddress): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
