/**
 * JSON text → value, without losing a digit of an id.
 *
 * Ids pass 2^53 and may come as bare numbers, which JSON.parse rounds. So
 * whole numbers that a double cannot hold become strings of their digits; all
 * others (points, positions, prices) stay numbers.
 *
 * A search for 16 digits in a number's place goes first (3 ms for 4 MB, Node
 * 20); only texts with such a number pay for more. Where there are few of them
 * in proportion, JSON.parse itself does the work on a text in which they stand
 * in quotes; the lossless parser, ten times slower, reads what is left: texts
 * with long fractions or exponents, and texts that are no JSON.
 */
import { parse } from 'lossless-json';
import type { Json } from '../model/index.ts';

// A number stands at the start, behind a colon, a comma or an opening bracket. 2^53 has 16 digits.
const longNumber = /(?:^|[:,[])\s*-?\d{16}/;

/** The same, to be walked from one to the next; the number ends where a value may end, or it is no plain whole number. */
const longNumbers = /([:,[]\s*)(-?\d{16,})(?=\s*([,}\]]?))/g;

const numberOf = (digits: string): number | string => {
  const value = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(value) ? digits : value;
};

/** Whether a place in the text is outside of strings, found by walking from one quote to the next; asked for rising places. */
const outsideStrings = (text: string): ((place: number) => boolean) => {
  let at = 0;
  let inside = false;
  return (place) => {
    for (let quote = text.indexOf('"', at); quote !== -1 && quote < place; quote = text.indexOf('"', at)) {
      if (inside && isEscaped(text, quote)) {
        at = quote + 1;
        continue;
      }
      inside = !inside;
      at = quote + 1;
    }
    return !inside;
  };
};

const isEscaped = (text: string, quote: number): boolean => {
  let slashes = 0;
  while (text.charCodeAt(quote - 1 - slashes) === 92) slashes += 1;
  return slashes % 2 === 1;
};

/** The text with its long whole numbers in quotes; undefined where a long number is not a plain one. */
const quoted = (text: string): string | undefined => {
  const isOutside = outsideStrings(text);
  const parts: string[] = [];
  let done = 0;
  for (const match of text.matchAll(longNumbers)) {
    const [, before = '', digits = '', end = ''] = match;
    const from = match.index + before.length;
    if (!isOutside(from)) continue;
    // Fractions, exponents and leading zeros are for the parser that knows them.
    if (end === '' || /^-?0/.test(digits)) return undefined;
    if (Number.isSafeInteger(Number(digits))) continue;
    parts.push(text.slice(done, from), '"', digits, '"');
    done = from + digits.length;
  }
  parts.push(text.slice(done));
  return parts.join('');
};

const losslessly = (text: string): unknown =>
  parse(text, undefined, { parseNumber: numberOf, onDuplicateKey: ({ newValue }: { newValue: unknown }) => newValue });

/** Throws SyntaxError (or RangeError, for a nesting without end) when the text is not JSON. */
export const parseJson = (text: string): Json => {
  const value = longNumber.test(text) ? parseLong(text) : JSON.parse(text);
  // The one gate of this program from unknown to a type: a JSON parser makes nothing but JSON values.
  return value as Json;
};

const parseLong = (text: string): unknown => {
  const plain = /^\s*-?\d/.test(text) ? undefined : quoted(text);
  return plain === undefined ? losslessly(text) : JSON.parse(plain);
};
