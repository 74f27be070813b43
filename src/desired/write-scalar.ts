/**
 * Values of the service → YAML scalars. Texts are data: whatever they hold,
 * they stay inside of their scalar. A text stands without quotes only where
 * every reader of YAML, old ones included, takes it for the same text; all
 * others stand in double quotes on one line, with everything escaped that
 * cannot be seen or that turns the direction of reading.
 */
import type { Json } from '../model/index.ts';

/** `block`: alone on its line; `flow`: between brackets; `name`: the same, in a list of texts, where whole numbers need no quotes. */
export type Place = 'block' | 'flow' | 'name';

/** A literal `${` as files write it. */
export const escapePlaceholders = (text: string): string => text.replaceAll('${', () => '$${');

const wholeNumber = /^(?:0|[1-9]\d{0,14})$/;

/** What one or another version of YAML reads as something else than text. */
const otherThanText: readonly RegExp[] = [
  /^(?:null|true|false|yes|no|on|off|y|n)$/i,
  /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[-+]?\d+)?$/i,
  /^[-+]?0[xob][\dA-F_]+$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/,
  /^\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?$/,
  /^[-+]?\.(?:inf|nan)$/i,
];

const beginsPlain = /^[\p{L}\p{N}_/($]/u;
/** What cannot be seen, breaks lines or turns the direction of reading; joiners and marks that belong to the writing of words and emoji are not among it. */
const unseen = /(?![\u200c-\u200f\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\ufdd0-\ufdef\ufffe\uffff]/u;
const toEscape = new RegExp(`${unseen.source}|["\\\\]`, 'gu');

export const hasUnseen = (text: string): boolean => unseen.test(text);

const isPlain = (text: string, place: Place): boolean =>
  beginsPlain.test(text) &&
  !/\s$/.test(text) &&
  !/: |:$| #|\t/.test(text) &&
  (place === 'block' || !/[,[\]{}]/.test(text)) &&
  !unseen.test(text) &&
  !otherThanText.some((pattern) => pattern.test(text));

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u0000': '\\0' };

const escaped = (character: string): string => {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
};

/** The text in double quotes, on one line. */
export const quoted = (text: string): string => `"${text.replaceAll(toEscape, escaped)}"`;

/** A text as a scalar. Placeholders are left as they are: see escapePlaceholders. */
export const textScalar = (text: string, place: Place): string => (isPlain(text, place) || (place === 'name' && wholeNumber.test(text)) ? text : quoted(text));

/** Any scalar; texts that no schema asks for stand in quotes where they look like something else, like all texts here. */
export const scalarText = (value: string | number | boolean | null, place: Place): string =>
  typeof value === 'string' ? textScalar(value, place) : String(value);

export const isScalarJson = (value: Json): value is string | number | boolean | null => typeof value !== 'object' || value === null;
