/**
 * A kind's schema has three uses: it tells how scalars are read (guide.ts), it
 * checks what was read (the form made here, compiled at build time), and it
 * completes in editors (editor-schema.ts). The kinds write alternatives in
 * three ways only, and here each becomes a form that yields one finding for
 * one mistake: a field that null clears, a word of an open vocabulary, and two
 * mappings told apart by a key that only the second has.
 */
import type { Kind, Schema } from '../model/index.ts';

const onlyPortals: Schema = {
  type: 'array',
  minItems: 1,
  items: { type: 'string', minLength: 1 },
  description: 'The portals it is meant for; without it, all of them.',
};

const oldKeys = (fields: readonly string[]): Schema => ({
  type: 'array',
  items: { type: 'string', minLength: 1 },
  description: `What it was called before: its old ${fields.join(' and ')}${fields.length > 1 ? ', with a blank between' : ''}.`,
});

const lastingKey: Schema = {
  type: 'string',
  minLength: 1,
  description: 'A key of your own that stays when the name changes. Unique within the kind.',
};

/** The keys that every resource may carry beside those of its kind. They are about the resource, not part of it. */
export const generalKeys = (kind: Kind): Readonly<Record<string, Schema>> => ({
  only: onlyPortals,
  ...(kind.shape === 'list' && kind.identity.by === 'fields' ? { previously: oldKeys(kind.identity.fields), key: lastingKey } : {}),
});

/** The properties of a mapping's schema. */
export const propertiesOf = (schema: Schema): Readonly<Record<string, Schema>> => {
  const properties = schema['properties'];
  return isSchema(properties) ? Object.fromEntries(Object.entries(properties).filter((pair): pair is [string, Schema] => isSchema(pair[1]))) : {};
};

export const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The alternatives of a schema, without the one that is null. */
export const alternativesOf = (schema: Schema): readonly Schema[] => {
  const anyOf: unknown = schema['anyOf'];
  return Array.isArray(anyOf) ? anyOf.filter(isSchema).filter(({ type }) => type !== 'null') : [];
};

/** Whether null is an alternative. */
export const isClearable = (schema: Schema): boolean => {
  const anyOf: unknown = schema['anyOf'];
  return Array.isArray(anyOf) && anyOf.some((one) => isSchema(one) && one['type'] === 'null');
};

/** The key by which the second of two mappings is told from the first. */
export const tellingKey = (first: Schema, second: Schema): string | undefined =>
  Object.keys(propertiesOf(second)).find((key) => !Object.hasOwn(propertiesOf(first), key));

/** One resource as it stands in a file: the kind's own schema with the general keys. */
export const resourceSchema = (kind: Kind, schema: Schema): Schema => ({
  ...schema,
  properties: { ...generalKeys(kind), ...propertiesOf(schema) },
});

const strictAlternatives = (schema: Schema): Schema => {
  const { anyOf: _alternatives, ...rest } = schema;
  const alternatives = alternativesOf(schema);
  const [first, second, ...more] = alternatives;
  if (first === undefined) throw new Error('an anyOf without alternatives');
  if (second === undefined) return { ...rest, ...strictSchema(first) };
  if (alternatives.every(({ type }) => type === 'string')) {
    // The widest alternative says it all: listed words beside it are for completion.
    return { ...rest, ...strictSchema(alternatives.find((one) => one['enum'] === undefined) ?? first) };
  }
  const key = tellingKey(first, second);
  if (key === undefined || more.length > 0) throw new Error('alternatives of a schema must be told apart by one key');
  return {
    ...rest,
    type: 'object',
    if: { type: 'object', properties: { [key]: {} }, required: [key] },
    then: strictSchema(second),
    else: strictSchema(first),
  };
};

/** The checking form of a schema. Throws on alternatives that are none of the three. */
export const strictSchema = (described: Schema): Schema => {
  const { description: _said, ...schema } = described;
  if (schema['anyOf'] !== undefined) {
    const strict = strictAlternatives(schema);
    if (!isClearable(schema)) return strict;
    const words: unknown = strict['enum'];
    return { ...strict, nullable: true, ...(Array.isArray(words) ? { enum: [...words, null] } : {}) };
  }
  const items = schema['items'];
  const others = schema['additionalProperties'];
  return {
    ...schema,
    ...(schema['properties'] === undefined
      ? {}
      : { properties: Object.fromEntries(Object.entries(propertiesOf(schema)).map(([key, one]) => [key, strictSchema(one)])) }),
    ...(isSchema(items) ? { items: strictSchema(items) } : {}),
    ...(isSchema(others) ? { additionalProperties: strictSchema(others) } : {}),
  };
};
