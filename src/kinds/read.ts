import { isList, isObject, type Json, type JsonObject, ShapeError, typeName } from '../model/index.ts';

/**
 * Readers of raw answers: each takes what is documented and the contradicting
 * form beside it (rules.md 1.2: here a number, there digits), and throws
 * ShapeError for anything else, so that a misunderstood answer never becomes
 * an absent rule.
 */

const wrong = (key: string, want: string, got: unknown): ShapeError => new ShapeError(`${key} should be ${want}, but it is ${typeName(got)}`);

/** A mapping inside a mapping. */
export const objectAt = (raw: JsonObject, key: string): JsonObject => {
  const value = raw[key];
  if (!isObject(value)) throw wrong(key, 'a mapping', value);
  return value;
};

/** A list inside a mapping. */
export const listAt = (raw: JsonObject, key: string): readonly Json[] => {
  const value = raw[key];
  if (!isList(value)) throw wrong(key, 'a list', value);
  return value;
};

/** The list that `data` is. */
export const dataList = (data: Json): readonly Json[] => {
  if (!isList(data)) throw wrong('data', 'a list', data);
  return data;
};

/** A list of mappings. */
export const objectsIn = (list: readonly Json[], what: string): readonly JsonObject[] =>
  list.map((entry, index) => {
    if (!isObject(entry)) throw wrong(`${what}[${index}]`, 'a mapping', entry);
    return entry;
  });

/** Text; numbers and booleans are taken by their digits or word. */
export const textAt = (raw: JsonObject, key: string): string => {
  const value = raw[key];
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw wrong(key, 'text', value);
};

/** An id: digits (or a minus sign and digits), as text or as a bare number; long numbers arrive as text. */
export const idAt = (raw: JsonObject, key: string): string => {
  const text = textAt(raw, key);
  if (text === '') throw new ShapeError(`${key} is empty`);
  return text;
};

/** A whole number, bare or as digits. */
export const integerAt = (raw: JsonObject, key: string): number => {
  const value = raw[key];
  const number = typeof value === 'number' ? value : typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw wrong(key, 'a whole number', value);
  return number;
};

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['enabled', true],
  ['false', false],
  ['disabled', false],
]);

/** On or off: a boolean, "true"/"false", or "enabled"/"disabled" (rules.md 1.2). */
export const switchAt = (raw: JsonObject, key: string): boolean => {
  const value = raw[key];
  if (typeof value === 'boolean') return value;
  const meant = typeof value === 'string' ? words.get(value.toLowerCase()) : undefined;
  if (meant === undefined) throw wrong(key, 'true or false', value);
  return meant;
};

/** Whether a key says nothing. */
export const isNone = (value: Json | undefined): value is null | undefined => value === undefined || value === null;

/** On or off, or undefined where nothing is said. */
export const switchOrNone = (raw: JsonObject, key: string): boolean | undefined => (isNone(raw[key]) ? undefined : switchAt(raw, key));

/** Text, or undefined where nothing is said. */
export const textOrNone = (raw: JsonObject, key: string): string | undefined => (isNone(raw[key]) ? undefined : textAt(raw, key));

/** A list of texts; numbers and booleans inside are taken by their digits or word. */
export const textsAt = (raw: JsonObject, key: string): readonly string[] =>
  listAt(raw, key).map((entry, index) => textAt({ [`${key}[${index}]`]: entry }, `${key}[${index}]`));

/** The same, where an absent or null list means an empty one. */
export const textsOrNone = (raw: JsonObject, key: string): readonly string[] => (raw[key] === undefined || raw[key] === null ? [] : textsAt(raw, key));

/** A set in its one written form: sorted, each once. */
export const setOf = (list: readonly string[]): readonly string[] => [...new Set(list)].sort();

/**
 * The id of the one department that something stands in: `department_id`,
 * `department` as a mapping, or one alone in `department_ids` or `departments`
 * (platform-and-people.md 6.1 leaves the key open). Undefined for none, and for
 * several, which no request can name.
 */
export const departmentIdIn = (raw: JsonObject): string | undefined => {
  const idOf = (value: Json | undefined): string | undefined =>
    isObject(value) ? textOrNone(value, 'id') : textOrNone({ department: value ?? null }, 'department');
  const list = raw['department_ids'] ?? raw['departments'];
  const [first, ...more] = isList(list) ? list : [];
  const id = idOf(raw['department_id']) ?? idOf(raw['department']) ?? (more.length === 0 ? idOf(first) : undefined);
  return id === '' ? undefined : id;
};

/** Text without the line breaks at its end, which files have and services drop. */
export const withoutLastBreaks = (text: string): string => text.replace(/[\r\n]+$/, '');

/** The fields that are there: undefined ones are left out. */
export const present = (fields: Readonly<Record<string, Json | undefined>>): JsonObject => {
  const kept: Record<string, Json> = {};
  for (const key of Object.keys(fields)) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value;
  }
  return kept;
};
