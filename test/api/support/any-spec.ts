/** A resource that fits a schema, with every field that the schema knows: enough to see which calls a kind makes of it. */
import { isList, isObject, type Json, type JsonObject, type Schema } from '../../../src/model/index.ts';

const texts = ['Kreuzberg', '60d', '10.20.30.40', '#7a3e9d', 'anna@kreuzberg.test', 'https://kreuzberg.test/hooks', '7', 'data', '12-02-1988', '1'];

const listAt = (schema: JsonObject, key: string): readonly Json[] => {
  const value = schema[key];
  return isList(value) ? value : [];
};

const textFor = (schema: JsonObject): string => {
  const pattern = schema['pattern'];
  const found = typeof pattern === 'string' ? texts.find((text) => new RegExp(pattern, 'u').test(text)) : texts[0];
  if (found === undefined) throw new Error(`no text for the pattern ${String(pattern)}`);
  return found;
};

const valueFor = (schema: Json | undefined): Json => {
  if (!isObject(schema)) return 'Kreuzberg';
  if (schema['const'] !== undefined) return schema['const'];
  const [word] = listAt(schema, 'enum');
  if (word !== undefined) return word;
  const alternatives = [...listAt(schema, 'anyOf'), ...listAt(schema, 'oneOf')].filter((one) => !isObject(one) || one['type'] !== 'null');
  if (alternatives[0] !== undefined) return valueFor(alternatives[0]);
  const type = isList(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type'];
  switch (type) {
    case 'array':
      return [valueFor(schema['items'])];
    case 'object':
      return Object.fromEntries(Object.entries(isObject(schema['properties']) ? schema['properties'] : {}).map(([key, one]) => [key, valueFor(one)]));
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 7;
    default:
      return textFor(schema);
  }
};

/** Throws when the schema is not one of a mapping. */
export const anySpec = (schema: Schema): JsonObject => {
  const spec = valueFor(JSON.parse(JSON.stringify(schema)));
  if (!isObject(spec)) throw new Error('the schema is not one of a mapping');
  return spec;
};
