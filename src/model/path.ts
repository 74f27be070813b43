import { isList, isObject, type Json, type JsonObject } from './json.ts';

/** A path inside a spec: mapping keys and list places, written `route.operators` or `when[0].values`. */
export type Path = readonly (string | number)[];

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The path as people read it; keys with other characters are quoted: `action.params["a b"]`. */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!plainKey.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');

/** The value at a path, or undefined where the path leads nowhere. */
export const valueAt = (value: Json | undefined, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((inner, step) => {
    if (typeof step === 'number') return isList(inner) ? inner[step] : undefined;
    return isObject(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);

/** A copy of the mapping with the value at the path replaced by `change(value)`; undefined removes the key. Missing parents leave it as it is. */
export const changeAt = (spec: JsonObject, path: readonly string[], change: (value: Json) => Json | undefined): JsonObject => {
  const [head, ...rest] = path;
  if (head === undefined || !Object.hasOwn(spec, head)) return spec;
  const inner = spec[head];
  if (inner === undefined) return spec;
  const next = rest.length === 0 ? change(inner) : isObject(inner) ? changeAt(inner, rest, change) : inner;
  if (next === inner) return spec;
  if (next === undefined) {
    const { [head]: _gone, ...others } = spec;
    return others;
  }
  return { ...spec, [head]: next };
};
