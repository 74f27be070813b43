/**
 * Lists in parts, in each of the forms of platform-and-people.md 1.8. What an
 * entry's number counts, and where a list ends, is documented for few of them:
 * so entries that came before count once, and a list ends with a part that is
 * short or brings nothing new. A part that is not understood is an error, never
 * the end.
 */
import { canonicalJson, isList, isObject, type Json, type Query, ServiceError } from '../model/index.ts';
import type { Endpoint, ListPaging } from './endpoints/endpoint.ts';
import type { WholeAnswer } from './verdict.ts';

/** What a list is read with. */
export interface PageSource {
  readonly endpoint: Endpoint;
  /** As errors show it. */
  readonly path: string;
  /** What the caller asked for besides pages; a page or a limit in it is heeded. */
  readonly query: Query;
  readonly get: (query: Query) => Promise<WholeAnswer>;
  /** Epoch milliseconds. */
  readonly now: number;
}

type Pages = AsyncGenerator<readonly Json[], void, undefined>;
type Paged<By extends ListPaging['by']> = Extract<ListPaging, { readonly by: By }>;

const mostPages = 5_000;
const day = 86_400_000;

const notUnderstood = ({ endpoint, path }: PageSource, why: string): ServiceError =>
  new ServiceError(`the answer was not understood: ${why}`, { method: endpoint.method, path });

/** The list of an answer: `data`, or what stands in it under the key of the table. */
const entriesOf = (source: PageSource, { data }: WholeAnswer): readonly Json[] => {
  if (isList(data)) return data;
  const inside = isObject(data) && source.endpoint.items !== undefined ? data[source.endpoint.items] : undefined;
  if (isList(inside)) return inside;
  const named = isObject(data) ? Object.values(data).filter(isList) : [];
  if (source.endpoint.bare === true && named.length === 1 && named[0] !== undefined) return named[0];
  throw notUnderstood(source, source.endpoint.items === undefined ? 'data should be a list' : `data.${source.endpoint.items} should be a list`);
};

const keyOf = (entry: Json): string => (isObject(entry) && entry['id'] !== undefined ? String(entry['id']) : canonicalJson(entry));

/** Notes what came, and gives what had not come before; one part may hold an id twice. */
const openSeen = () => {
  const keys: string[] = [];
  const known = new Set<string>();
  return {
    count: () => known.size,
    /** Place of an entry among all that came, in their order; -1 for a new one. */
    placeOf: (entry: Json | undefined): number => (entry === undefined ? -1 : keys.indexOf(keyOf(entry))),
    fresh: (entries: readonly Json[]): readonly Json[] => {
      const news = entries.filter((entry) => !known.has(keyOf(entry)));
      for (const key of news.map(keyOf)) {
        if (!known.has(key)) keys.push(key);
        known.add(key);
      }
      return news;
    },
  };
};

/** How many entries a part should have: what was asked for, the most that may be, or what comes unasked. */
const sizeOf = (query: Query, { usual, most }: { readonly usual: number; readonly most?: number }): number => {
  const asked = Number(query['limit'] ?? most ?? usual);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : usual;
};

/** A part that ends the list: shorter than asked for, and not what is given where a limit is not heeded. */
const isShort = (count: number, size: number, usual: number): boolean => count === 0 || (count < size && count !== usual);

const limitOf = (query: Query, most: number | undefined): Query => (query['limit'] !== undefined || most === undefined ? {} : { limit: String(most) });

const unending = (source: PageSource): ServiceError => notUnderstood(source, `the list did not end after ${mostPages} parts`);

async function* byPage(source: PageSource, { parameter, usual, most }: Paged<'page'>): Pages {
  const { query, get } = source;
  const size = sizeOf(query, { usual, most });
  const seen = openSeen();
  const start = Number(query[parameter] ?? 1);
  for (let page = start; page < start + mostPages; page += 1) {
    const answer = await get({ ...query, ...limitOf(query, most), [parameter]: String(page) });
    const entries = entriesOf(source, answer);
    const fresh = seen.fresh(entries);
    if (fresh.length > 0) yield fresh;
    // Only conversations say whether there is more, and only clients tell of it.
    const more = answer.envelope?.['more_data_available'];
    if (fresh.length === 0 || more === false || (more !== true && isShort(entries.length, size, usual))) return;
  }
  throw unending(source);
}

/**
 * The first call names no number, and the next asks for 1, then 2. A part that
 * begins inside of what is known tells that entries are counted, and from
 * where; one that shares nothing with it is the next of the parts.
 */
async function* byIndex(source: PageSource, { usual, most }: Paged<'index'>): Pages {
  const { query, get } = source;
  const size = sizeOf(query, { usual, ...(most === undefined ? {} : { most }) });
  const seen = openSeen();
  const given = query['index'] === undefined ? undefined : Number(query['index']);
  const ask = async (place: Query): Promise<readonly Json[]> => entriesOf(source, await get({ ...query, ...limitOf(query, most), ...place }));
  const first = await ask({});
  if (first.length > 0) yield seen.fresh(first);
  if (isShort(first.length, size, usual)) return;
  let index = (given ?? 0) + 1;
  let start: number | undefined;
  for (let part = 1; part < mostPages; part += 1) {
    const entries = await ask({ index: String(index) });
    const at = seen.placeOf(entries[0]);
    const fresh = seen.fresh(entries);
    // The first part again: numbers begin with 1, and 2 will tell what they count.
    const again = part === 1 && at === 0 && fresh.length === 0;
    if (fresh.length > 0) yield fresh;
    if (!again && (fresh.length === 0 || isShort(entries.length, size, usual))) return;
    if (!again && at !== -1) start ??= index - at;
    index = start === undefined ? index + 1 : start + seen.count();
  }
  throw unending(source);
}

const textAt = (value: Json | undefined, key: string): string | undefined => {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
};

async function* byKey(source: PageSource, { parameter, answer: name, most }: Paged<'key'>): Pages {
  const { query, get } = source;
  const seen = openSeen();
  let place: Query = {};
  for (let part = 0; part < mostPages; part += 1) {
    const answer = await get({ ...query, ...limitOf(query, most), ...place });
    const entries = entriesOf(source, answer);
    const fresh = seen.fresh(entries);
    if (fresh.length > 0) yield fresh;
    const next = textAt(answer.data, name) ?? textAt(answer.envelope, name);
    if (fresh.length === 0 || next === undefined || next === '' || next === place[parameter]) return;
    place = { [parameter]: next };
  }
  throw unending(source);
}

/** Asked for what was before a time, messages come from the newest back (7.2); so the first call names a time that is still to come. */
async function* byTime(source: PageSource, { parameter, answer: name, usual }: Paged<'time'>): Pages {
  const { query, get } = source;
  const seen = openSeen();
  const size = sizeOf(query, { usual });
  let until = query[parameter] ?? String(source.now + day);
  for (let part = 0; part < mostPages; part += 1) {
    const entries = entriesOf(source, await get({ ...query, [parameter]: until }));
    const fresh = seen.fresh(entries);
    if (fresh.length > 0) yield fresh;
    const times = entries.flatMap((entry) => textAt(entry, name) ?? []).map(Number);
    if (fresh.length === 0 || times.length === 0 || isShort(entries.length, size, usual)) return;
    // One more: whether the time itself is within is not known, and several may share it.
    until = String(Math.min(...times) + 1);
  }
  throw unending(source);
}

/** The parts of a list, one after the other; a list that comes whole is one part. Throws ServiceError. */
export const readPages = (source: PageSource): Pages => {
  const { paging } = source.endpoint;
  if (paging === 'none') return wholeList(source);
  switch (paging.by) {
    case 'page':
      return byPage(source, paging);
    case 'index':
      return byIndex(source, paging);
    case 'key':
      return byKey(source, paging);
    case 'time':
      return byTime(source, paging);
  }
};

async function* wholeList(source: PageSource): Pages {
  yield entriesOf(source, await source.get(source.query));
}
