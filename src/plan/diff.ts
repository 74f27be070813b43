/** Unequal specs → field differences by path, as deep as people wrote them: a changed value inside a criterion reads `when[0].values`. */
import equal from 'fast-deep-equal';
import { type FieldChange, isList, isObject, type Json, type JsonObject, type Path, pathText, type SensitiveField } from '../model/index.ts';

interface Difference {
  readonly path: Path;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** The service writes some numbers and booleans as text and passes unknown ones through: 5 and "5" are one value. */
const sameScalar = (a: Json | undefined, b: Json | undefined): boolean =>
  typeof a !== typeof b &&
  a !== null &&
  b !== null &&
  typeof a !== 'object' &&
  typeof b !== 'object' &&
  a !== undefined &&
  b !== undefined &&
  String(a) === String(b);

const isScalarList = (list: readonly Json[]): boolean => list.every((entry) => typeof entry !== 'object' || entry === null);

const sameShape = (a: JsonObject, b: JsonObject): boolean => (a['any'] === undefined) === (b['any'] === undefined);

const differencesAt = (from: Json | undefined, to: Json | undefined, path: Path): readonly Difference[] => {
  if (equal(from, to) || sameScalar(from, to)) return [];
  if (isObject(from) && isObject(to) && (path.length < 2 || sameShape(from, to))) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return keys.flatMap((key) => differencesAt(from[key], to[key], [...path, key]));
  }
  if (isList(from) && isList(to) && !(isScalarList(from) && isScalarList(to))) {
    const longest = Math.max(from.length, to.length);
    return Array.from({ length: longest }, (_none, index) => differencesAt(from[index], to[index], [...path, index])).flat();
  }
  return [{ path, from, to }];
};

/** Every field in which the two differ, in the order of the paths. Values are raw: see `hideSensitive`. */
export const diffSpecs = (from: JsonObject, to: JsonObject): readonly FieldChange[] =>
  differencesAt(from, to, []).map(({ path, from: old, to: next }) => ({ path: pathText(path), from: old, to: next }));

/** The fields of a new resource: mappings are opened, lists stay whole. */
export const fieldsOf = (spec: JsonObject, path: readonly string[] = []): readonly FieldChange[] =>
  Object.entries(spec).flatMap(([key, value]) =>
    isObject(value) && Object.keys(value).length > 0
      ? fieldsOf(value, [...path, key])
      : value === null
        ? []
        : [{ path: pathText([...path, key]), from: undefined, to: value }],
  );

const touches = (path: string, sensitive: string): boolean =>
  path === sensitive || ['.', '['].some((step) => path.startsWith(`${sensitive}${step}`) || sensitive.startsWith(`${path}${step}`));

/** Takes away both values of a field that the environment gives: the old one may be the old secret. */
export const hideSensitive = (fields: readonly FieldChange[], sensitive: readonly SensitiveField[]): readonly FieldChange[] =>
  sensitive.length === 0
    ? fields
    : fields.map((field) => (sensitive.some(({ path }) => touches(field.path, path)) ? { ...field, from: undefined, to: undefined, sensitive: true } : field));
