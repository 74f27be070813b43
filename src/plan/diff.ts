/** Unequal specs → field differences by path, as deep as people wrote them: a changed value inside a criterion reads `when[0].values`. */
import { createHash } from 'node:crypto';
import equal from 'fast-deep-equal';
import {
  canonicalJson,
  type FieldChange,
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  pathText,
  type SensitiveField,
  type Side,
  valueAt,
} from '../model/index.ts';

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

/** Whose change a difference is, judged by what was last applied there; what the base did not write was not ours to drift. */
const sideOf = ({ path, from, to }: Difference, base: JsonObject): Side => {
  const before = valueAt(base, path);
  if (before === undefined) return 'yours';
  if (same(before, to)) return 'drift';
  return same(before, from) ? 'yours' : 'both';
};

const same = (a: Json | undefined, b: Json | undefined): boolean => equal(a, b) || sameScalar(a, b);

/**
 * Every field in which the two differ, in the order of the paths. Values are raw: see `hideSensitive`.
 * @param base the spec as last applied, where it is known: tells whose each change is
 */
export const diffSpecs = (from: JsonObject, to: JsonObject, base?: JsonObject): readonly FieldChange[] =>
  differencesAt(from, to, []).map((difference) => ({
    path: pathText(difference.path),
    from: difference.from,
    to: difference.to,
    ...(base === undefined ? {} : { side: sideOf(difference, base) }),
  }));

/**
 * The spec to be reached without undoing what was changed in SalesIQ: where the
 * files say what they said when they were last applied, the live value stays.
 * A list that was changed on both sides is taken from the files, whole.
 */
export const keepDrift = (live: JsonObject, to: JsonObject, base: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(to).map(([key, value]) => {
      const now = live[key];
      const before = base[key];
      if (now === undefined || before === undefined) return [key, value];
      if (isObject(value) && isObject(now) && isObject(before)) return [key, keepDrift(now, value, before)];
      return [key, same(before, value) ? now : value];
    }),
  );

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

const digestOf = ({ from, to }: FieldChange): string =>
  createHash('sha256')
    .update(canonicalJson([from ?? null, to ?? null]))
    .digest('hex');

/** Takes away both values of a field that the environment gives: the old one may be the old secret. */
export const hideSensitive = (fields: readonly FieldChange[], sensitive: readonly SensitiveField[]): readonly FieldChange[] =>
  sensitive.length === 0
    ? fields
    : fields.map((field) =>
        sensitive.some(({ path }) => touches(field.path, path))
          ? { ...field, from: undefined, to: undefined, sensitive: true, digest: digestOf(field) }
          : field,
      );
