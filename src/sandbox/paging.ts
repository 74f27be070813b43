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
