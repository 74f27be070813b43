/**
 * Lists in pages (platform-and-people.md 1.8). With `index` the number can be
 * read as counting batches or entries, and no page shows a second request; of
 * some lists it is not even known whether it begins at 0 or 1. Those are first
 * asked without a number, and then for 1 and 2, the others for the number that
 * comes next: an answer that shares nothing with what is known is the next batch; one
 * that begins inside of what is known tells what the number counts and from
 * where. Asking further ahead would tell nothing: past the end a batch is an
 * empty page, and that would be a short read taken for the whole. With `page`
 * batches count from 1; entries that come twice (one list gives one more than
 * was asked for) count once.
 */
import { isObject, type Json, type ListCall, type Paging, type Query, type Reader, ShapeError } from '../model/index.ts';

const mostPages = 5_000;

const idOf = (entry: Json, call: ListCall): string => (isObject(entry) ? (call.idOf?.(entry) ?? String(entry['id'])) : '');

const limitOf = ({ size }: Paging): Query => (size === undefined ? {} : { limit: String(size) });

/** A page that ends the list: shorter than what was asked for, and not the number that is given where a limit is not heeded. */
const isShort = (count: number, { size, usual }: Paging): boolean => count < (size ?? usual) && count !== usual;

const unending = (): ShapeError => new ShapeError(`the list did not end after ${mostPages} pages`);

/** The entries of one page that were not seen before; they are noted. */
const noteFresh = (entries: readonly Json[], seen: Map<string, Json>, call: ListCall): number => {
  const before = seen.size;
  for (const entry of entries) if (!seen.has(idOf(entry, call))) seen.set(idOf(entry, call), entry);
  return seen.size - before;
};

/** All entries of a paged list, each once, in the order in which they came. */
export const readPages = async (
  reader: Reader,
  call: ListCall,
  paging: Paging,
  take: (data: Json | undefined) => readonly Json[],
): Promise<readonly Json[]> => {
  const seen = new Map<string, Json>();
  const get = async (place: Query): Promise<readonly Json[]> => take((await reader.get(call.path, { ...call.query, ...limitOf(paging), ...place })).data);

  if (paging.by === 'page') {
    for (let page = 1; page <= mostPages; page += 1) {
      const entries = await get({ page: String(page) });
      if (noteFresh(entries, seen, call) === 0 || isShort(entries.length, paging)) return [...seen.values()];
    }
    throw unending();
  }

  const first = await get(paging.first === undefined ? {} : { index: String(paging.first) });
  noteFresh(first, seen, call);
  if (first.length === 0 || isShort(first.length, paging)) return [...seen.values()];
  let index = (paging.first ?? 0) + 1;
  /** The number of the first entry, once it is known that entries are counted. */
  let start: number | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const known = [...seen.keys()];
    const entries = await get({ index: String(index) });
    const [head] = entries;
    const at = head === undefined ? -1 : known.indexOf(idOf(head, call));
    const fresh = noteFresh(entries, seen, call);
    // The same page again: numbers count from 1, batches or entries, and 2 will tell which.
    const again = paging.first === undefined && page === 1 && at === 0 && fresh === 0;
    if (!again && (fresh === 0 || isShort(entries.length, paging))) return [...seen.values()];
    if (!again && at !== -1) start ??= index - at;
    index = start === undefined ? index + 1 : start + seen.size;
  }
  throw unending();
};
