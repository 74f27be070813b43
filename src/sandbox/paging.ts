/** Lists that come in parts of 20 (platform-and-people.md 1.8), and lists of what changed lately. */
import { refuse } from './refusal.ts';
import type { Call } from './route.ts';

const size = 20;

/** The rows that `index` asks for: a batch or the first row, as `paging-index` says; none past the end. */
export const partOf = <T>(rows: readonly T[], call: Call): readonly T[] => {
  const index = wholeQuery(call, 'index', 1);
  if (index < 1) refuse(1011, { param: 'index' });
  const start = call.switches['paging-index'] === 'batch' ? (index - 1) * size : index - 1;
  return rows.slice(start, start + size);
};

export const wholeQuery = (call: Call, name: string, fallback: number): number => {
  const given = call.query(name);
  if (given === undefined) return fallback;
  return /^\d{1,15}$/.test(given) ? Number(given) : refuse(1011, { param: name });
};

/** `limit`, and what becomes of one beyond the highest. */
export const limitOf = (call: Call, usual: number, most: number): number => {
  const wanted = wholeQuery(call, 'limit', usual);
  if (wanted >= 1 && wanted <= most) return wanted;
  return wanted > most && call.switches['limit-beyond'] === 'lowered' ? most : refuse(1011, { param: 'limit' });
};

/** `page`, which counts from 1. */
export const pageNumber = (call: Call): number => {
  const page = wholeQuery(call, 'page', 1);
  return page >= 1 ? page : refuse(1011, { param: 'page' });
};

/** The rows of one page of `limit`. */
export const pageOf = <T>(rows: readonly T[], call: Call, usual: number, most: number): readonly T[] => {
  const limit = limitOf(call, usual, most);
  const start = (pageNumber(call) - 1) * limit;
  return rows.slice(start, start + limit);
};

/** The rows from `index` on, at most `limit`. @param first the lowest index @param counts what an index counts */
export const rowsFrom = <T>(rows: readonly T[], call: Call, limit: number, first: number, counts: 'batch' | 'offset'): readonly T[] => {
  const steps = Math.max(0, wholeQuery(call, 'index', first) - first);
  const start = counts === 'batch' ? steps * limit : steps;
  return rows.slice(start, start + limit);
};

/** Sorted by the key that `sort_by` names, in the direction of `order`; as they stand where nothing is asked. */
export const sortedBy = <T>(rows: readonly T[], call: Call, keys: Readonly<Record<string, (row: T) => number | string>>): readonly T[] => {
  const wanted = call.query('sort_by');
  const order = call.query('order') ?? 'ascending';
  if (order !== 'ascending' && order !== 'descending') refuse(1011, { param: 'order' });
  if (wanted === undefined) return rows;
  const key = Object.hasOwn(keys, wanted) ? keys[wanted] : undefined;
  if (key === undefined) return refuse(1011, { param: 'sort_by' });
  const sign = order === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
};

/** Rows changed after `last_sync_time`: milliseconds, or seconds as in the apps sample (platform-and-people.md 1.9). */
export const changedSince = <T extends { readonly modified_time: string }>(rows: readonly T[], call: Call): readonly T[] => {
  const given = wholeQuery(call, 'last_sync_time', 0);
  const since = given < 100_000_000_000 ? given * 1000 : given;
  return rows.filter((row) => Number(row.modified_time) > since);
};

/** The ids of a comma list in the query. @param name of the parameter, which is mandatory */
export const listQuery = (call: Call, name: string): readonly string[] => {
  const ids = (call.query(name) ?? '').split(',').filter((id) => id !== '');
  return ids.length > 0 ? ids : refuse(1011, { param: name });
};
