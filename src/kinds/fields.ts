/** Plain fields of a resource, told by a table: what people write, what the service calls it, and of which type it is. */
import type { Json, JsonObject, Schema } from '../model/index.ts';
import { present, switchAt, textAt } from './read.ts';
import { anyText, clearable, flag, openWord } from './schema.ts';

export interface Field {
  readonly name: string;
  /** The service's key; those behind it are read too. */
  readonly keys: readonly [string, ...string[]];
  /** `text` may be empty, which counts as absent; `flag` is "true" or "false" as text, `switch` a boolean. */
  readonly type: 'text' | 'flag' | 'switch';
  readonly doc: string;
  /** Known words of a text. */
  readonly words?: readonly string[];
}

const schemaOf = ({ type, doc, words }: Field): Schema => (type !== 'text' ? flag(doc) : words !== undefined ? openWord(doc, words) : clearable(anyText(doc)));

export const fieldSchemas = (fields: readonly Field[]): Readonly<Record<string, Schema>> =>
  Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)]));

const readOne = (raw: JsonObject, { keys, type }: Field): Json | undefined => {
  const key = keys.find((one) => raw[one] !== undefined && raw[one] !== null && raw[one] !== '');
  if (key === undefined) return undefined;
  return type === 'text' ? textAt(raw, key) : switchAt(raw, key);
};

/** Raw → the fields that say something. Throws ShapeError. */
export const readFields = (raw: JsonObject, fields: readonly Field[]): JsonObject =>
  present(Object.fromEntries(fields.map((field) => [field.name, readOne(raw, field)])));

const sent = (value: Json, { type }: Field): Json => (type === 'flag' ? String(value) : value);

/**
 * The fields as a body. A text that is to be empty is sent as such where the
 * service has one; what neither has is left out.
 * @param names only these of the fields; absent: all
 */
export const writeFields = (spec: JsonObject, raw: JsonObject, fields: readonly Field[], names?: readonly string[]): JsonObject =>
  present(
    Object.fromEntries(
      fields
        .filter(({ name }) => names === undefined || names.includes(name))
        .map((field) => {
          const value = spec[field.name] ?? (field.type === 'text' && readOne(raw, field) !== undefined ? '' : undefined);
          return [field.keys[0], value === undefined ? undefined : sent(value, field)];
        }),
    ),
  );

/** An empty text is none. */
export const normaliseFields = (written: JsonObject, fields: readonly Field[]): JsonObject => {
  const emptied = fields.filter(({ name, type }) => type === 'text' && written[name] === '').map(({ name }) => name);
  return emptied.length === 0 ? written : { ...written, ...Object.fromEntries(emptied.map((name) => [name, null])) };
};

export const fieldVocabulary = (fields: readonly Field[]): readonly { readonly path: string; readonly what: string; readonly known: readonly string[] }[] =>
  fields.flatMap(({ name, words }) => (words === undefined ? [] : [{ path: name, what: name.replaceAll('_', ' '), known: words }]));
