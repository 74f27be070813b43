/** Any call of the API: from an entry of the table, or a path that is not in it, to an answer or to pages. */
import { type Json, type JsonObject, type Query, ServiceError } from '../model/index.ts';
import type { Inside } from './access.ts';
import type { Ask, Content } from './call.ts';
import type { Connection, Hooks } from './connection.ts';
import type { Base, Endpoint } from './endpoints/endpoint.ts';
import { type Closable, openLines } from './open.ts';
import { readPages } from './pages.ts';
import { systemTiming } from './timing.ts';
import { shownPath } from './url.ts';
import type { WholeAnswer } from './verdict.ts';

/** A file that is sent. */
export interface FileToSend {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Absent: `application/octet-stream`. */
  readonly type?: string;
}

/** What goes with a call. */
export interface Parcel {
  readonly query?: Query | undefined;
  readonly body?: JsonObject | undefined;
  /** Fields of a form; beside a file, or by themselves. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  readonly file?: FileToSend | undefined;
}

/** A call by its address: what an entry of the table says of it, or a person. */
export interface Address {
  readonly method: Endpoint['method'];
  readonly base: Base;
  /** In parts, so that an id with a slash stays one. */
  readonly parts: readonly string[];
  /** The entry that it is, where it is one. */
  readonly endpoint?: Endpoint | undefined;
}

export interface Caller extends Closable {
  /** Throws ServiceError; `unclear` says that a write may have landed. */
  readonly call: (address: Address, parcel?: Parcel) => Promise<WholeAnswer>;
  /** The parts of a list. Throws ServiceError. */
  readonly pages: (endpoint: Endpoint, address: Address, query?: Query) => AsyncGenerator<readonly Json[], void, undefined>;
}

/** The parts of an entry's path, with these in the places of its parameters. Throws ServiceError where one is missing. */
export const filledParts = ({ method, path }: Endpoint, parameters: readonly string[]): readonly string[] => {
  const rest = [...parameters];
  return path
    .replace(/^\//, '')
    .split('/')
    .map((part) => {
      if (!part.startsWith('{') || part === '{screenname}') return part;
      const value = rest.shift();
      if (value === undefined || value === '')
        throw new ServiceError(`the call needs ${part.slice(1, -1)}, and none was given`, { method, path, notSent: true });
      return value;
    });
};

const contentOf = async ({ form, file }: Parcel): Promise<Content | undefined> => {
  if (file === undefined && form === undefined) return undefined;
  if (file === undefined) return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(new URLSearchParams(form).toString()) };
  const data = new FormData();
  data.append('file', new Blob([Uint8Array.from(file.bytes)], { type: file.type ?? 'application/octet-stream' }), file.name);
  for (const [name, value] of Object.entries(form ?? {})) data.append(name, value);
  const packed = new Response(data);
  return { type: packed.headers.get('content-type') ?? '', bytes: Buffer.from(await packed.arrayBuffer()) };
};

const wantsOf = (endpoint: Endpoint | undefined): Ask['wants'] => {
  if (endpoint?.accept !== undefined) return 'file';
  return endpoint === undefined || endpoint.bare === true ? 'bare' : 'whole';
};

const askOf = async ({ method, base, parts, endpoint }: Address, parcel: Parcel): Promise<Ask> => ({
  method,
  base,
  path: parts,
  query: { ...endpoint?.fixed, ...parcel.query },
  body: parcel.body,
  content: await contentOf(parcel),
  accept: endpoint?.accept,
  wants: wantsOf(endpoint),
});

/**
 * Opens a caller: four reads at a time, writes one by one, with one token and
 * one pace. Nothing is sent before the first call.
 * Throws UserError when the connection can never work.
 */
export const openCaller = (connection: Connection, hooks: Hooks = {}, inside: Inside = {}): Caller => {
  const lines = openLines(connection, hooks, inside);
  const timing = inside.timing ?? systemTiming;
  const call = async (address: Address, parcel: Parcel = {}): Promise<WholeAnswer> => {
    const ask = await askOf(address, parcel);
    return address.method === 'GET' ? lines.read(ask) : lines.write(ask);
  };
  return {
    call,
    pages: (endpoint, address, query = {}) =>
      readPages({
        endpoint,
        path: shownPath(address.parts, query, address.base),
        query,
        get: (place) => call(address, { query: place }),
        now: timing.now(),
      }),
    close: lines.close,
  };
};
