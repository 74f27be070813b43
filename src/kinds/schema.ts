import type { Schema } from '../model/index.ts';

/** Pieces that the kinds' schemas are made of. Draft 2020-12. */

export const text = (description: string): Schema => ({ type: 'string', minLength: 1, description });

/** Text that may be empty. */
export const anyText = (description: string): Schema => ({ type: 'string', description });

export const flag = (description: string): Schema => ({ type: 'boolean', description });

export const wholeNumber = (description: string, minimum?: number): Schema => ({
  type: 'integer',
  description,
  ...(minimum === undefined ? {} : { minimum }),
});

/** A field that `null` clears. */
export const clearable = (schema: Schema): Schema => {
  const { description, ...rest } = schema;
  return { description, anyOf: [rest, { type: 'null' }] };
};

export const listOf = (items: Schema, description: string): Schema => ({ type: 'array', items, description });

/** Text of a vocabulary that is only partly known: editors offer the known values, others pass. */
export const openWord = (description: string, known: readonly string[]): Schema => ({
  description,
  anyOf: [
    { type: 'string', enum: known },
    { type: 'string', minLength: 1 },
  ],
});

/** Text of a vocabulary that the documentation closes. */
export const closedWord = (description: string, known: readonly string[]): Schema => ({ type: 'string', enum: known, description });

/** A mapping with these keys and no others. */
export const mapping = (description: string, properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  description,
  properties,
  additionalProperties: false,
  ...(required.length === 0 ? {} : { required }),
});
