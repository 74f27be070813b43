/**
 * The schemas as editors use them: to complete and to check while typing. They
 * are wider than the checks made here: placeholders may stand for any scalar,
 * and editors read an unquoted 0123 or true as number or boolean where the
 * files mean the text.
 */
import { type Kind, pluralOf, type Schema } from '../model/index.ts';
import { describable, projectSchemaFor } from './project-schema.ts';
import { isSchema, propertiesOf, resourceSchema } from './schema.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

const placeholder: Schema = { type: 'string', pattern: '\\$\\{' };

const wideScalar = (schema: Schema): Schema => {
  const { description, ...rest } = schema;
  const about = description === undefined ? {} : { description };
  if (rest['type'] === 'string' && rest['enum'] === undefined && rest['pattern'] === undefined)
    return { ...about, ...rest, type: ['string', 'number', 'boolean'] };
  return { ...about, anyOf: [rest['pattern'] === undefined ? rest : { ...rest, type: ['string', 'number'] }, placeholder] };
};

const wide = (schema: Schema): Schema => {
  const alternatives: unknown = schema['anyOf'];
  if (Array.isArray(alternatives)) return { ...schema, anyOf: alternatives.filter(isSchema).map((one) => (one['enum'] === undefined ? wide(one) : one)) };
  const { items, additionalProperties: others } = schema;
  switch (schema['type']) {
    case 'object':
      return {
        ...schema,
        ...(schema['properties'] === undefined
          ? {}
          : { properties: Object.fromEntries(Object.entries(propertiesOf(schema)).map(([key, one]) => [key, wide(one)])) }),
        ...(isSchema(others) ? { additionalProperties: wide(others) } : {}),
      };
    case 'array':
      return isSchema(items) ? { ...schema, items: wide(items) } : schema;
    case 'null':
      return schema;
    default:
      return schema['const'] === undefined ? wideScalar(schema) : schema;
  }
};

const kindSchema = (kind: Kind, schema: Schema): Schema => {
  const resource = wide({ ...resourceSchema(kind, schema), title: kind.title });
  return kind.shape === 'singleton' ? { ...resource, description: kind.doc } : { type: 'array', description: kind.doc, items: resource };
};

const orderSchema = (kind: Kind): Schema => {
  const [name = 'title'] = kind.identity.by === 'fields' ? kind.identity.fields : [];
  return {
    type: 'object',
    description: `The order of the ${pluralOf(kind.title)} of each app: the app, then the rules from the top. "*" stands for those that no file describes.`,
    additionalProperties: {
      type: 'array',
      description: 'The rules from the top, each once.',
      items: {
        anyOf: [
          { type: ['string', 'number', 'boolean'], description: `The ${name} of a rule, or "*".` },
          {
            type: 'object',
            description: `A rule whose ${name} is "*".`,
            properties: { [name]: { type: ['string', 'number', 'boolean'], description: `The ${name} of the rule.` } },
            required: [name],
            additionalProperties: false,
          },
        ],
      },
    },
  };
};

/** The schema of resource files. */
export const resourcesSchema = (kinds: readonly Kind[]): Schema => ({
  $schema: dialect,
  title: 'Resources of a SalesIQ portal',
  description: 'A mapping of kinds to lists (or to one mapping). A kind that is absent is not managed; an empty list says that none of ours shall exist.',
  type: 'object',
  properties: Object.fromEntries([
    ...kinds.flatMap((kind) => (kind.schema === undefined ? [] : [[kind.name, kindSchema(kind, kind.schema)] as const])),
    ...kinds.flatMap((kind) => (kind.order === undefined ? [] : [[kind.order.list, orderSchema(kind)] as const])),
  ]),
  patternProperties: { '^(?:x-|\\.)': { description: 'A place for anchors; not read otherwise.' } },
  additionalProperties: false,
});

/** The schema of salesiq.yaml. */
export const projectSchema = (kinds: readonly Kind[]): Schema => ({
  $schema: dialect,
  title: 'A salesiq-sync project',
  ...wide(projectSchemaFor(describable(kinds))),
});
