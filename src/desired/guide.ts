/** How to read scalars: what a schema wants at each place, as a small table that is quick to follow. */
import type { Schema } from '../model/index.ts';
import { alternativesOf, isClearable, isSchema, propertiesOf, tellingKey } from './schema.ts';

export type Guide =
  | { readonly type: 'text' | 'number' | 'boolean'; readonly schema: Schema }
  | { readonly type: 'list'; readonly members: Guide; readonly schema: Schema }
  | {
      readonly type: 'mapping';
      readonly keys: ReadonlyMap<string, Guide>;
      /** What keys beside these hold; undefined where there may be none. */
      readonly others: Guide | undefined;
      /** The key that makes it the second of two forms: then it stands alone. */
      readonly alone?: string;
      readonly schema: Schema;
    }
  | { readonly type: 'free'; readonly schema: Schema };

/** Reads values as YAML says, with no wish of its own. */
export const freeGuide: Guide = { type: 'free', schema: {} };

const mappingGuide = (schema: Schema): Guide => {
  const others = schema['additionalProperties'];
  return {
    type: 'mapping',
    keys: new Map(Object.entries(propertiesOf(schema)).map(([key, one]) => [key, guideFor(one)])),
    others: others === false ? undefined : isSchema(others) ? guideFor(others) : freeGuide,
    schema,
  };
};

const guideForAlternatives = (schema: Schema): Guide => {
  const [first, second] = alternativesOf(schema);
  if (first === undefined) return freeGuide;
  const guide = guideFor(first);
  if (second === undefined) return isClearable(schema) ? { ...guide, schema: { ...first, description: schema['description'] } } : guide;
  const other = guideFor(second);
  if (guide.type !== 'mapping' || other.type !== 'mapping') return guide;
  const alone = tellingKey(first, second);
  return { ...guide, keys: new Map([...guide.keys, ...other.keys]), ...(alone === undefined ? {} : { alone }) };
};

/** The guide of a schema. */
export const guideFor = (schema: Schema): Guide => {
  if (schema['anyOf'] !== undefined) return guideForAlternatives(schema);
  switch (schema['type']) {
    case 'string':
      return { type: 'text', schema };
    case 'integer':
    case 'number':
      return { type: 'number', schema };
    case 'boolean':
      return { type: 'boolean', schema };
    case 'array': {
      const items = schema['items'];
      return { type: 'list', members: isSchema(items) ? guideFor(items) : freeGuide, schema };
    }
    case 'object':
      return mappingGuide(schema);
    default:
      return freeGuide;
  }
};
