/** The names of a small portal, for references in both directions. */
import { type IdOf, type Json, type JsonObject, type Kind, type NameOf, type Request, ShapeError } from '../../src/model/index.ts';

const named: readonly (readonly [kind: string, id: string, name: string])[] = [
  ['apps', '33000000000047', 'Danny'],
  ['apps', '33000000000048', 'Hank'],
  ['departments', '17000000002003', 'Claims'],
  ['departments', '17000000002004', 'Night desk'],
  ['operators', '8000000002007', 'patricia@zylker.test'],
  ['article_categories', '17000000012001', 'Zylker - Promo/Coupon'],
  ['canned_response_categories', '18000000018001', 'general'],
  ['canned_response_categories', '18000000018002', 'Refunds'],
  ['visitor_history_views', '-1', 'All Visitors'],
  ['visitor_history_views', '-2', 'Returning Visitors'],
  ['visitor_history_views', '66000000004005', 'Chrome Visitors'],
];

export const nameOf: NameOf = (kind, id) => named.find(([of, one]) => of === kind && one === id)?.[2] ?? `#${id}`;

export const idOf: IdOf = (kind, key) => {
  const found = named.find(([of, , name]) => of === kind && name === key);
  if (found === undefined) throw new ShapeError(`nothing in ${kind} is called "${key}"`);
  return found[1];
};

/** What a creation of this spec sends. */
export const created = (kind: Kind, spec: JsonObject): Request => {
  if (kind.requests.create === undefined) throw new Error(`${kind.name} cannot be created`);
  return kind.requests.create(spec, idOf);
};

/** The body that a creation of this spec sends. */
export const sent = (kind: Kind, spec: JsonObject): JsonObject => created(kind, spec).body ?? {};

export const updated = (kind: Kind, id: string, spec: JsonObject, raw: JsonObject = {}): Request | readonly Request[] | undefined =>
  kind.requests.update?.(id, spec, raw, idOf);

/** Every form of the call that switches. */
export const switched = (kind: Kind, id: string, on: boolean): readonly Request[] => (kind.requests.enable ?? []).map((form) => form(id, on));

export const deleted = (kind: Kind, id: string, heir?: string): Request | undefined => kind.requests.delete?.(id, heir);

export const listed = (kind: Kind, data: Json): readonly Json[] => kind.lists.flatMap((call) => call.items(data));

export const read = (kind: Kind, raw: JsonObject) => kind.fromApi(raw, nameOf);

/** What a kind says of a resource beside its schema: severities and paths. */
export const findings = (kind: Kind, written: JsonObject): readonly string[] =>
  (kind.check?.(kind.normalise(written)) ?? []).map(({ severity, path }) => `${severity} ${path.join('.')}`);
