/**
 * Reading values that came from outside. A spot is a value with the path that
 * leads to it and a way to complain, so that the same readers serve request
 * bodies (the complaint is 1015 or 1007 with `json_key`) and seed files (it is
 * a sentence naming the entry).
 */
import { isRecord } from './json.ts';
import { refuse } from './refusal.ts';

/** absent: nothing there; kind: another datatype; value: the right datatype, but not an allowed value. */
export type Problem = 'absent' | 'kind' | 'value';

export interface Spot {
  readonly value: unknown;
  /** `parent.child`, `list[0]`, `list[1].name`, the notation of `json_key` (platform-and-people.md 1.3). */
  readonly path: string;
  readonly fail: (problem: Problem, path: string, wanted: string) => never;
}

/** The root of a request body: absent and wrong values are 1015, wrong datatypes 1007 (platform-and-people.md 10). */
export const bodySpot = (value: unknown): Spot => ({
  value,
  path: '',
  fail: (problem, path) => refuse(problem === 'kind' ? 1007 : 1015, path === '' ? {} : { json_key: path }),
});

export const isAbsent = (spot: Spot): boolean => spot.value === undefined;

export const complain = (spot: Spot, problem: Problem, wanted: string): never => spot.fail(isAbsent(spot) ? 'absent' : problem, spot.path, wanted);

export const keysOf = (spot: Spot): readonly string[] => (isRecord(spot.value) ? Object.keys(spot.value) : complain(spot, 'kind', 'must be an object'));

export const child = (spot: Spot, key: string): Spot => {
  const path = spot.path === '' ? key : `${spot.path}.${key}`;
  if (isAbsent(spot)) return { value: undefined, path, fail: spot.fail };
  if (!isRecord(spot.value)) return complain(spot, 'kind', 'must be an object');
  return { value: Object.hasOwn(spot.value, key) ? spot.value[key] : undefined, path, fail: spot.fail };
};

export const has = (spot: Spot, key: string): boolean => !isAbsent(child(spot, key));

export const elements = (spot: Spot): readonly Spot[] => {
  if (!Array.isArray(spot.value)) return complain(spot, 'kind', 'must be a list');
  const list: readonly unknown[] = spot.value;
  return list.map((value, index) => ({ value, path: `${spot.path}[${index}]`, fail: spot.fail }));
};

export const text = (spot: Spot): string => (typeof spot.value === 'string' ? spot.value : complain(spot, 'kind', 'must be a text'));

export const texts = (spot: Spot): string[] => elements(spot).map(text);

/** An id, as digits. Sent as a string or as a bare number: which of the two is legal is not documented. */
export const id = (spot: Spot): string => {
  const { value } = spot;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return String(value);
  return typeof value === 'string' ? value : complain(spot, 'kind', 'must be an id');
};

export const ids = (spot: Spot): string[] => elements(spot).map(id);

/** On or off. The service writes both JSON booleans and "true" strings (platform-and-people.md 1.9), and takes both. */
export const flag = (spot: Spot): boolean => {
  if (typeof spot.value === 'boolean') return spot.value;
  if (spot.value === 'true' || spot.value === 'false') return spot.value === 'true';
  return complain(spot, 'kind', 'must be true or false');
};

/** A whole number, or its digits. */
export const whole = (spot: Spot): number => {
  if (typeof spot.value === 'number' && Number.isSafeInteger(spot.value)) return spot.value;
  if (typeof spot.value === 'string' && /^[+-]?\d{1,15}$/.test(spot.value)) return Number(spot.value);
  return complain(spot, 'kind', 'must be a whole number');
};

export const oneOf = (spot: Spot, words: readonly string[]): string => {
  const word = text(spot);
  return words.includes(word) ? word : complain(spot, 'value', `must be one of ${words.join(', ')}`);
};

/** The value if there is one, else the fallback. */
export const optional = <T, F>(spot: Spot, read: (spot: Spot) => T, fallback: F): T | F => (isAbsent(spot) ? fallback : read(spot));
