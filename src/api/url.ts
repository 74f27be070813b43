/** Paths and queries → addresses. */
import { type Query, ServiceError } from '../model/index.ts';

/** The path with its query, as messages and records show it. */
export const shownPath = (path: string, query: Query | undefined): string => {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
};

/** `https://host` or `https://host/prefix`, without a slash at the end. */
export const baseOf = (address: string): string => {
  const url = new URL(address);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
};

/**
 * The address of a path below `/api/v2/{screenname}`, or below `/api/v2` where
 * the path names `{screenname}` itself (platform-and-people.md 1.2). Each part
 * of the path is encoded, so an id cannot lead elsewhere.
 * Throws ServiceError for `.` and `..`, which no encoding makes harmless.
 */
export const serviceUrl = (
  connection: { readonly server: string; readonly screenname: string },
  method: string,
  path: string,
  query: Query | undefined,
): URL => {
  const parts = path.replace(/^\//, '').split('/');
  if (parts.some((part) => part === '.' || part === '..' || part === '' || /\p{Cs}/u.test(part)))
    throw new ServiceError('the path is not one of the service: it has a part that is empty, dots only or no text', { method, path: shownPath(path, query) });
  const own = parts.includes('{screenname}')
    ? parts.map((part) => (part === '{screenname}' ? connection.screenname : part))
    : [connection.screenname, ...parts];
  const encoded = own.map(encodeURIComponent).join('/');
  const url = new URL(`${baseOf(connection.server)}/api/v2/${encoded}`);
  url.search = new URLSearchParams(query).toString();
  return url;
};
