/**
 * JSON in and out without losing digits: routing ids are bare numbers beyond
 * 2^53 (rules.md 1.2), so whole numbers of that size are bigints on both sides.
 */
import { randomBytes } from 'node:crypto';
import { isInteger, parse } from 'lossless-json';

export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What a bigint is while the native printer has it: a text that nobody else can have written. */
const mark = randomBytes(12).toString('hex');
const marked = new RegExp(`"${mark}(-?\\d+)"`, 'g');

const marking = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${mark}${value}` : value);

/**
 * The text of a value; keys without a value are left out. By the native
 * printer, which is fast and makes flat texts: lists of ten thousand rules are
 * kept as the texts of their rows.
 */
export const print = (value: Json): string => JSON.stringify(value, marking).replace(marked, '$1');

/** The same over several lines, for files. */
export const printWide = (value: Json): string => JSON.stringify(value, marking, 1).replace(marked, '$1');

/** The value of a text. @throws SyntaxError when it is not JSON */
export const parseJson = (text: string): unknown => parse(text, undefined, numberOf);

const numberOf = (digits: string): number | bigint => {
  const value = Number(digits);
  return isInteger(digits) && !Number.isSafeInteger(value) ? BigInt(digits) : value;
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A parsed value as JSON, for what is kept as it was sent. */
export const toJson = (value: unknown): Json => {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
  return null;
};
