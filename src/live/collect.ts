/** Service → live state: every list of the kinds asked for, complete or not at all. */
import {
  type Answer,
  isObject,
  type Json,
  type JsonObject,
  type Kind,
  type ListCall,
  type Reader,
  type Report,
  ServiceError,
  ShapeError,
} from '../model/index.ts';
import { readPages } from './pages.ts';

/** One kind's raw entries, as the service listed them. */
export interface RawKind {
  readonly kind: Kind;
  readonly entries: readonly RawEntry[];
  readonly reports: readonly Report[];
}

export interface RawEntry {
  readonly raw: JsonObject;
  /** The call it came from, for messages. */
  readonly path: string;
}

/** Runs a reader of shapes; what it does not understand becomes an error with the call that brought it. */
export const understood = <T>(path: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ServiceError(`the answer was not understood: ${error.message}`, {
      method: 'GET',
      path,
      hint: 'Nothing was written. If the service has changed its answers, this program must learn it first.',
      cause: error,
    });
  }
};

const queryText = (call: ListCall): string => {
  const query = new URLSearchParams(call.query).toString();
  return query === '' ? call.path : `${call.path}?${query}`;
};

const dataOf = (answer: Answer): Json => answer.data ?? null;

const readList = async (reader: Reader, kind: Kind, call: ListCall): Promise<{ entries: readonly RawEntry[]; reports: readonly Report[] }> => {
  const path = queryText(call);
  const reports: Report[] = [];
  const take = (data: Json | undefined): readonly Json[] => {
    for (const [name, value] of Object.entries(call.reports?.(data ?? null) ?? {})) reports.push({ kind: kind.name, name, value });
    return understood(path, () => call.items(data ?? null));
  };
  const list = call.paging === 'index' ? await readPages(reader, call, take) : take(dataOf(await reader.get(call.path, call.query)));
  const entries = list.map((entry, index) =>
    understood(path, () => {
      if (!isObject(entry)) throw new ShapeError(`entry ${index} of the list should be a mapping`);
      return { raw: entry, path };
    }),
  );
  return { entries, reports };
};

const completed = async (reader: Reader, kind: Kind, entry: RawEntry): Promise<RawEntry> => {
  const { details } = kind;
  if (details === undefined || !details.isShort(entry.raw)) return entry;
  const path = details.path(String(entry.raw['id']));
  const answer = await reader.get(path);
  return understood(path, () => {
    if (!isObject(answer.data)) throw new ShapeError('data should be a mapping');
    return { raw: { ...entry.raw, ...answer.data }, path };
  });
};

/** A service that pays no heed to a filter gives one entry in several lists; the first counts. */
const eachOnce = (lists: readonly (readonly RawEntry[])[]): readonly RawEntry[] => {
  const earlier = new Set<string>();
  return lists.flatMap((list) => {
    const fresh = list.filter(({ raw }) => !earlier.has(String(raw['id'])));
    for (const { raw } of fresh) if (raw['id'] !== undefined) earlier.add(String(raw['id']));
    return fresh;
  });
};

const readKind = async (reader: Reader, kind: Kind): Promise<RawKind> => {
  const lists = await Promise.all(kind.lists.map((call) => readList(reader, kind, call)));
  const entries = await Promise.all(eachOnce(lists.map((list) => list.entries)).map((entry) => completed(reader, kind, entry)));
  return { kind, entries, reports: lists.flatMap((list) => list.reports) };
};

/** The kinds to read: those asked for and all that they refer to, each once, in the order of `all`. */
export const withReferences = (all: readonly Kind[], names: readonly string[]): readonly Kind[] => {
  const wanted = new Set<string>();
  const add = (name: string): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const ref of all.find((kind) => kind.name === name)?.refs ?? []) add(ref.kind);
  };
  for (const name of names) add(name);
  return all.filter((kind) => wanted.has(kind.name));
};

/** Reads the kinds given, whole or not at all. Throws ServiceError: an unreadable list is never an empty one. */
export const collectKinds = (reader: Reader, kinds: readonly Kind[]): Promise<readonly RawKind[]> => Promise.all(kinds.map((kind) => readKind(reader, kind)));
