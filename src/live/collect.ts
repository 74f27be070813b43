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
  const list = call.paging === undefined ? take(dataOf(await reader.get(call.path, call.query))) : await readPages(reader, call, call.paging, take);
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
const eachOnce = (kind: Kind, lists: readonly (readonly RawEntry[])[]): readonly RawEntry[] => {
  const earlier = new Set<string>();
  return lists.flatMap((list, index) => {
    const idOf = ({ raw }: RawEntry): string => kind.lists[index]?.idOf?.(raw) ?? String(raw['id']);
    const fresh = list.filter((entry) => !earlier.has(idOf(entry)));
    for (const entry of fresh) if (entry.raw['id'] !== undefined) earlier.add(idOf(entry));
    return fresh;
  });
};

/** How much of a kind is wanted: everything, or what names and ids need. */
export type Depth = 'whole' | 'names';

const readKind = async (reader: Reader, kind: Kind, depth: Depth): Promise<RawKind> => {
  const lists = await Promise.all(kind.lists.map((call) => readList(reader, kind, call)));
  const listed = eachOnce(
    kind,
    lists.map((list) => list.entries),
  );
  const entries = depth === 'names' ? listed : await Promise.all(listed.map((entry) => completed(reader, kind, entry)));
  return { kind, entries, reports: depth === 'names' ? [] : lists.flatMap((list) => list.reports) };
};

/** The kinds to read: those asked for and all that these refer to, each once, in the order of `all`. */
export const withReferences = (all: readonly Kind[], names: readonly string[]): readonly Kind[] => {
  const referred = all.filter(({ name }) => names.includes(name)).flatMap(({ refs }) => refs.map(({ kind }) => kind));
  return all.filter(({ name }) => names.includes(name) || referred.includes(name));
};

/**
 * Reads the kinds given, whole or not at all. Throws ServiceError: an
 * unreadable list is never an empty one.
 * @param names the kinds that are wanted for more than their names
 */
export const collectKinds = (reader: Reader, kinds: readonly Kind[], names: readonly string[]): Promise<readonly RawKind[]> =>
  Promise.all(kinds.map((kind) => readKind(reader, kind, names.includes(kind.name) ? 'whole' : 'names')));
