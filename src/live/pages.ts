/**
 * Paging by `index` (operators and departments, platform-and-people.md 1.8):
 * 20 entries a fetch, and the pages can be read as counting batches or
 * entries. Asking for index 2 second tells: a batch shares nothing with the
 * first page, an offset of one shares all but one. An offset of 21 would tell
 * nothing: as a batch it is an empty page, and an empty page that is not the
 * end would be a short read taken for the whole.
 */
import { isObject, type Json, type ListCall, type Reader, ShapeError } from '../model/index.ts';

const pageSize = 20;
const mostPages = 5_000;

const idOf = (entry: Json): string => (isObject(entry) ? String(entry['id']) : '');

/** All entries of a paged list, each once, in the order in which they came. */
export const readPages = async (reader: Reader, call: ListCall, take: (data: Json | undefined) => readonly Json[]): Promise<readonly Json[]> => {
  const seen = new Map<string, Json>();
  let countsEntries = false;
  let index = 1;
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await reader.get(call.path, { ...call.query, index: String(index) });
    const entries = take(answer.data);
    const fresh = entries.filter((entry) => !seen.has(idOf(entry)));
    if (page > 1 && fresh.length < entries.length) countsEntries = true;
    for (const entry of fresh) seen.set(idOf(entry), entry);
    if (fresh.length === 0 || entries.length < pageSize) return [...seen.values()];
    index = countsEntries ? seen.size + 1 : index + 1;
  }
  throw new ShapeError(`the list did not end after ${mostPages} pages`);
};
