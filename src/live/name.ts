/** Raw entries → live resources: ids become the names that people use. */
import { compareText, type Kind, type Live, type LiveResource, type NameOf, ServiceError } from '../model/index.ts';
import { type RawEntry, type RawKind, understood } from './collect.ts';

const noName: NameOf = (_kind, id) => `#${id}`;

const compareIds = (a: string, b: string): number => a.length - b.length || compareText(a, b);

/**
 * Reported position first, then id: the same list whatever order the service
 * gave it in. Kinds without an order stand by the place that the service
 * reports of them, if it does, and by key.
 */
const inOrder = (kind: Kind, list: readonly LiveResource[]): readonly LiveResource[] =>
  [...list].sort(
    (a, b) =>
      (kind.order === undefined ? 0 : compareText(a.app ?? '', b.app ?? '')) ||
      (a.position ?? 0) - (b.position ?? 0) ||
      (kind.order === undefined ? compareText(a.key, b.key) : 0) ||
      compareIds(a.id, b.id),
  );

const nameEntry = (kind: Kind, entry: RawEntry, nameOf: NameOf): LiveResource => {
  const { id, key, app, spec, position, retired, builtIn } = understood(entry.path, () => kind.fromApi(entry.raw, nameOf));
  return {
    kind: kind.name,
    id,
    // What the service stores no name for is called by its id until it is paired.
    key: kind.identity.by === 'content' ? `#${id}` : key,
    ...(app === undefined ? {} : { app }),
    spec,
    raw: entry.raw,
    ...(position === undefined ? {} : { position }),
    ...(retired === true ? { retired } : {}),
    ...(builtIn === true ? { builtIn } : {}),
  };
};

const nameKind = ({ kind, entries }: RawKind, nameOf: NameOf): readonly LiveResource[] => {
  const list = entries.map((entry) => nameEntry(kind, entry, nameOf));
  const seen = new Set<string>();
  for (const [index, resource] of list.entries()) {
    if (seen.has(resource.id))
      throw new ServiceError(`the answer was not understood: the id ${resource.id} stands in the list twice`, {
        method: 'GET',
        path: entries[index]?.path ?? '',
      });
    seen.add(resource.id);
  }
  return inOrder(kind, list);
};

/** Id → key for references. A name that two carry is no name: such ids stay `#id`, so that nothing is guessed. */
const namesOf = (raw: readonly RawKind[]): NameOf => {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  const named = new Set(raw.flatMap((one) => one.kind.refs.map((ref) => ref.kind)));
  for (const kind of raw.filter((one) => named.has(one.kind.name))) {
    const list = nameKind(kind, noName).filter((resource) => resource.retired !== true);
    const count = new Map<string, number>();
    for (const { key } of list) count.set(key, (count.get(key) ?? 0) + 1);
    tables.set(kind.kind.name, new Map(list.filter(({ key }) => count.get(key) === 1).map(({ id, key }) => [id, key])));
  }
  return (kind, id) => tables.get(kind)?.get(id) ?? `#${id}`;
};

/** @param reads how many GETs it took */
export const nameLive = (raw: readonly RawKind[], reads: number): Live => {
  const nameOf = namesOf(raw);
  return {
    resources: Object.fromEntries(raw.map((kind) => [kind.kind.name, nameKind(kind, nameOf)])),
    reports: raw.flatMap((kind) => kind.reports),
    reads,
    diagnostics: [],
  };
};
