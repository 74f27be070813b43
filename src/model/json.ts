/** A JSON value as read from the service or from a file. Long numbers arrive as strings of digits. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a plain JSON mapping (not null, not a list). */
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for a list of JSON values. */
export const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);

/** What a JSON value is, in the words of a message: `text`, `number`, `true or false`, `list`, `mapping`, `nothing`. */
export const typeName = (value: unknown): string => {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    default:
      return 'a mapping';
  }
};

/** JSON text with sorted keys: equal values give equal bytes, whatever order their keys came in. */
export const canonicalJson = (value: Json | undefined): string => {
  if (value === undefined) return 'null';
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isObject(value)) {
    const pairs = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value);
};

/** Code-unit order: the same on every machine, unlike a locale's order. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
