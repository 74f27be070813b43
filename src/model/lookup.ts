import type { Live } from './state.ts';

/** Key → ids among live resources of a kind; entries that the service has retired are not found. */
export type Lookup = (kind: string, key: string) => readonly string[];

export const lookupOf = (live: Live): Lookup => {
  const tables = new Map<string, ReadonlyMap<string, readonly string[]>>();
  const tableOf = (kind: string): ReadonlyMap<string, readonly string[]> => {
    const known = tables.get(kind);
    if (known !== undefined) return known;
    const table = new Map<string, string[]>();
    for (const resource of live.resources[kind] ?? []) {
      if (resource.retired === true) continue;
      const ids = table.get(resource.key);
      if (ids === undefined) table.set(resource.key, [resource.id]);
      else ids.push(resource.id);
    }
    tables.set(kind, table);
    return table;
  };
  return (kind, key) => tableOf(kind).get(key) ?? [];
};
