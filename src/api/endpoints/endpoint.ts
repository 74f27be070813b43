/** What a call of the API is made of, as data. */
import type { Query } from '../../model/index.ts';

/**
 * Where a path stands (platform-and-people.md 1.2, 7.4 and 7.5). `portal`:
 * below `/api/v2/{screenname}`; `service`: below `/api/v2`; then the families
 * of the visitor's side and the versions before and after; `unprefixed`: how
 * one page prints it (6.2).
 */
export const bases = {
  portal: '/api/v2/{screenname}',
  service: '/api/v2',
  visitor: '/visitor/v2/{screenname}',
  'visitor-v1': '/api/visitor/v1/{screenname}',
  v1: '/api/v1/{screenname}',
  v3: '/api/v3/{screenname}',
  unprefixed: '/v2/{screenname}',
} as const;

export type Base = keyof typeof bases;

/**
 * How a list comes in parts (platform-and-people.md 1.8). `usual`: entries of a
 * part when no `limit` is sent; `most`: the largest `limit` that a page names,
 * absent where the list takes none.
 *
 * - `page`: parts are counted from 1, under this name.
 * - `index`: counts parts or entries, which no page tells, from `first`.
 * - `key`: each answer holds the key of the next part.
 * - `time`: from the newest back, each part up to the oldest time of the one before.
 */
export type ListPaging =
  | { readonly by: 'page'; readonly parameter: 'page' | 'pageno'; readonly usual: number; readonly most: number }
  | { readonly by: 'index'; readonly first: 0 | 1; readonly usual: number; readonly most?: number }
  | { readonly by: 'key'; readonly parameter: string; readonly answer: string; readonly usual: number; readonly most?: number }
  | { readonly by: 'time'; readonly parameter: string; readonly answer: string; readonly usual: number };

/** Another form that some page or client gives for the same call. */
export interface OtherForm {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path?: string;
  readonly base?: Base;
  readonly scope?: string;
  readonly why: string;
}

/** An entry as the sections write it; what is left out is filled in. */
export interface Written {
  /** The place in the client: `webhooks.executions.retry`. */
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base; `{…}` are parameters, and `{screenname}` is the portal of the connection. */
  readonly path: string;
  readonly scope: string;
  /** Section of the page, and the number in its table where it has one. */
  readonly at: string;
  /** One line for people. */
  readonly doc: string;
  /** Absent: `portal`. */
  readonly base?: Base;
  /** Absent: everything but GET does. */
  readonly writes?: boolean;
  /** Of the body; absent: none is sent. */
  readonly contentType?: 'json' | 'form' | 'multipart';
  /** Absent: the answer is not a list, or a whole one. */
  readonly paging?: ListPaging;
  /** The key of `data` that holds the list, where `data` is not the list itself. */
  readonly items?: string;
  /** Names of the documented query parameters. */
  readonly query?: readonly string[];
  /** Sent always: what tells calls with one path apart. */
  readonly fixed?: Query;
  /** The Accept header, where the answer is a file. */
  readonly accept?: string;
  /** What tells calls of the same method and path apart: the body, the query or a header. */
  readonly variant?: string;
  /** The answer is no envelope, or its shape is not known: it is taken as it is. */
  readonly bare?: true;
  /** No page shows this call: it is taken to be like its neighbours. */
  readonly inferred?: true;
  readonly also?: readonly OtherForm[];
}

/** The calls of one section of the documentation. */
export interface WrittenSection {
  readonly section: string;
  /** The reference page that it comes from. */
  readonly page: 'platform-and-people.md' | 'rules.md' | 'webhooks-and-more.md';
  readonly endpoints: readonly Written[];
}

/** One call of the API, with nothing left out. */
export interface Endpoint extends Omit<Written, 'at' | 'contentType' | 'paging'> {
  readonly section: string;
  readonly base: Base;
  readonly writes: boolean;
  readonly contentType: 'none' | 'json' | 'form' | 'multipart';
  readonly paging: 'none' | ListPaging;
  /** Page and section: `webhooks-and-more.md 2.1 #13`. */
  readonly source: string;
}

/** @throws nothing: an entry is whole once the defaults are in it */
export const whole = ({ section, page }: WrittenSection, { at, ...written }: Written): Endpoint => ({
  ...written,
  section,
  base: written.base ?? 'portal',
  writes: written.writes ?? written.method !== 'GET',
  contentType: written.contentType ?? 'none',
  paging: written.paging ?? 'none',
  source: `${page} ${at}`,
});
