/** What a creation made, found in its answer or in the lists. */
import { type Change, canonicalJson, isObject, type Json, type Kind, type Live, type LiveResource, ShapeError, switchFieldOf } from '../model/index.ts';

/** The id in the answer to a creation, where it has one. */
export const idIn = (data: Json | undefined): string | undefined => {
  const id = isObject(data) ? data['id'] : data;
  return typeof id === 'number' || (typeof id === 'string' && /^\d+$/.test(id)) ? String(id) : undefined;
};

/** Whether an echoed resource is on; undefined where the echo does not say. */
export const echoedEnabled = (kind: Kind, data: Json | undefined): boolean | undefined => {
  if (!isObject(data)) return undefined;
  try {
    const enabled = kind.fromApi(data, (_kind, id) => `#${id}`).spec[switchFieldOf(kind)];
    return typeof enabled === 'boolean' ? enabled : undefined;
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
};

const sameContent = (a: Json | undefined, b: Json | undefined): boolean => canonicalJson(a) === canonicalJson(b);

/** Fields that a resource just created need not show: its switch, what an update brings, and what the service never tells. */
const isOpenYet = (kind: Kind, field: string, { spec }: LiveResource): boolean =>
  field === switchFieldOf(kind) || kind.updateOnly?.includes(field) === true || (kind.writeOnly?.includes(field) === true && spec[field] === undefined);

/** New ones (ids that were not there before) that are what the change creates: by key, or by content where the kind has no name. */
export const findCreated = (kind: Kind, change: Change & { readonly action: 'create' }, before: ReadonlySet<string>, live: Live): readonly LiveResource[] => {
  const fresh = (live.resources[kind.name] ?? []).filter((resource) => !before.has(resource.id));
  const { identity } = kind;
  if (identity.by === 'content')
    return fresh.filter((resource) =>
      Object.entries(change.spec).every(([field, value]) => isOpenYet(kind, field, resource) || sameContent(value, resource.spec[field])),
    );
  const key = identity.fields.flatMap((field) => (change.spec[field] === undefined ? [] : [String(change.spec[field])])).join(' ');
  return fresh.filter((resource) => resource.key === key && resource.app === change.app);
};
