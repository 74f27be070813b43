import type { Json, JsonObject } from './json.ts';

/** Query parameters of a call; order is kept. */
export type Query = Readonly<Record<string, string>>;

/**
 * One HTTP call that writes, as data. The path stands below
 * `/api/v2/{screenname}`; one that names `{screenname}` itself stands below
 * `/api/v2`: `/portals/{screenname}`.
 */
export interface Request {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Query;
  readonly body?: JsonObject;
}

/** What came back of a call that the service accepted. `data` is absent where the body was empty. */
export interface Answer {
  readonly data?: Json;
  readonly object?: string;
}

/** Reads the service; has no way to write. */
export interface Reader {
  /** GET below `/api/v2/{screenname}`, or `/api/v2` where the path names `{screenname}` itself. Throws ServiceError. */
  readonly get: (path: string, query?: Query) => Promise<Answer>;
  /** How many GETs of the API were sent so far. */
  readonly reads: () => number;
}

/** Writes to the service, one call at a time. Throws ServiceError; `unclear` says that the write may have landed. */
export interface Writer {
  readonly send: (request: Request) => Promise<Answer>;
}
