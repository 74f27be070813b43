/**
 * How the scalars of a body are read. A file may write `value: 10` where the
 * service takes a text; which forms a place has is known only once the body is
 * checked, so all forms are laid over each other here: no key means a text in
 * one and a truth value in another.
 */
import type { Schema } from '../model/index.ts';

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

const schemasIn = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.filter(isSchema) : isSchema(value) ? [value] : []);

/** Every schema that may hold of the same value, whatever its conditions say. */
const layersOf = (schema: Schema, definitions: Schema): readonly Schema[] => {
  const { $ref: name, allOf, then, else: otherwise } = schema;
  const target = typeof name === 'string' ? definitions[name.replace('#/$defs/', '')] : undefined;
  return [schema, ...[target, allOf, then, otherwise].flatMap(schemasIn).flatMap((inner) => layersOf(inner, definitions))];
};

const overlay = (layers: readonly Schema[], definitions: Schema): Schema => {
  const all = layers.flatMap((layer) => layersOf(layer, definitions));
  const type = all.find((layer) => typeof layer['type'] === 'string')?.['type'];
  const keys = new Map<string, Schema[]>();
  for (const { properties } of all)
    for (const [key, inner] of Object.entries(isSchema(properties) ? properties : {})) keys.set(key, [...(keys.get(key) ?? []), ...schemasIn(inner)]);
  const items = all.flatMap((layer) => schemasIn(layer['items']));
  return {
    ...(type === undefined ? {} : { type }),
    ...(keys.size === 0 ? {} : { properties: Object.fromEntries([...keys].map(([key, inner]) => [key, overlay(inner, definitions)])) }),
    ...(items.length === 0 ? {} : { items: overlay(items, definitions) }),
  };
};

/** The schema by which files with such a body are read. It says nothing of what is right. */
export const readingOf = (schema: Schema): Schema => {
  const { $defs: definitions } = schema;
  return overlay([schema], isSchema(definitions) ? definitions : {});
};
