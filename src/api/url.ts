/** Paths and queries → addresses. */
import { type Query, ServiceError } from '../model/index.ts';
import { type Base, bases } from './endpoints/endpoint.ts';

/** A path as text, or in parts of which each stays one: an id with a slash in it leads nowhere else. */
export type Path = string | readonly string[];

const partsOf = (path: Path): readonly string[] => (typeof path === 'string' ? path.replace(/^\//, '').split('/') : path);

/** The path with its query, as messages and records show it: below the screenname, or whole where it stands elsewhere. */
export const shownPath = (path: Path, query: Query | undefined, base: Base = 'portal'): string => {
  const own = typeof path === 'string' ? path : `/${path.map((part) => part.replaceAll('/', '%2F')).join('/')}`;
  const whole = base === 'portal' || base === 'service' ? own : `${bases[base]}${own}`;
  const text = new URLSearchParams(query).toString();
  return text === '' ? whole : `${whole}?${text}`;
};

/** `https://host` or `https://host/prefix`, without a slash at the end. */
export const baseOf = (address: string): string => {
  const url = new URL(address);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/**
 * The address of a path below its base; without one, below
 * `/api/v2/{screenname}`, or below `/api/v2` where the path names
 * `{screenname}` itself (platform-and-people.md 1.2). Each part of the path is
 * encoded, so an id cannot lead elsewhere.
 * Throws ServiceError for `.` and `..`, which no encoding makes harmless.
 */
export const serviceUrl = (
  connection: { readonly server: string; readonly screenname: string },
  method: string,
  path: Path,
  query: Query | undefined,
  base?: Base,
): URL => {
  const parts = partsOf(path);
  if (parts.some((part) => part === '.' || part === '..' || part === '' || /\p{Cs}/u.test(part)))
    throw new ServiceError('the path is not one of the service: it has a part that is empty, dots only or no text', {
      method,
      path: shownPath(path, query, base),
    });
  const prefix = partsOf(bases[base ?? (parts.includes('{screenname}') ? 'service' : 'portal')]);
  const encoded = [...prefix, ...parts].map((part) => encodeURIComponent(part === '{screenname}' ? connection.screenname : part)).join('/');
  const url = new URL(`${baseOf(connection.server)}/${encoded}`);
  url.search = new URLSearchParams(query).toString();
  return url;
};
