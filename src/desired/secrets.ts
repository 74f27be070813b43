/**
 * Which fields of a spec came from the environment. The kind may sort lists,
 * unwrap groups or rewrite words, so that the places in the file are not those
 * in the spec: instead the spec is made twice, once with the values and once
 * with the expressions, and where the two differ a secret stands.
 */
import { isList, isObject, type Json, type JsonObject, pathText, type SensitiveField } from '../model/index.ts';

const isScalarList = (list: readonly Json[]): boolean => list.every((one) => !isObject(one) && !isList(one));

/** As written in the file: a kind may have changed the case of it. */
const asWritten = (shown: Json | undefined, expressions: readonly string[]): readonly string[] => {
  const list = isList(shown) ? shown : [shown];
  const lower = list.filter((one) => typeof one === 'string').map((one) => one.toLowerCase());
  return expressions.filter((expression) => lower.includes(expression.toLowerCase()));
};

/** @param real the spec with its values @param shown the same with expressions in their place */
export const sensitiveFields = (real: JsonObject, shown: JsonObject, expressions: readonly string[]): readonly SensitiveField[] => {
  const found: SensitiveField[] = [];
  const compare = (a: Json | undefined, b: Json | undefined, path: readonly (string | number)[]): void => {
    if (isObject(a) && isObject(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) compare(a[key], b[key], [...path, key]);
    } else if (isList(a) && isList(b) && a.length === b.length && !isScalarList(a)) {
      for (const [index, one] of a.entries()) compare(one, b[index], [...path, index]);
    } else if (JSON.stringify(a) !== JSON.stringify(b)) {
      const written = asWritten(b, expressions);
      found.push({ path: pathText(path), expression: (written.length > 0 ? written : expressions).join(', ') });
    }
  };
  compare(real, shown, []);
  return found;
};
