/**
 * JSON in and out without losing digits: routing ids are bare numbers beyond
 * 2^53 (rules.md 1.2), so whole numbers of that size are bigints on both sides.
 */
import { isInteger, parse, stringify } from 'lossless-json';

export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The text of a value; keys without a value are left out. */
export const print = (value: Json): string => stringify(value) ?? 'null';

/** The same over several lines, for files. The native printer is several times faster, but refuses bigints. */
export const printWide = (value: unknown): string => {
  try {
    return JSON.stringify(value, null, 1);
  } catch {
    return stringify(value, null, 1) ?? 'null';
  }
};

/** The value of a text. @throws SyntaxError when it is not JSON */
export const parseJson = (text: string): unknown => parse(text, undefined, numberOf);

const numberOf = (digits: string): number | bigint => {
  const value = Number(digits);
  return isInteger(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A parsed value as JSON, for what is kept as it was sent. */
export const toJson = (value: unknown): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
  return null;
};
