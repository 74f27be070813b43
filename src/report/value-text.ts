/** Values of fields as people read them: JSON, with the quotes of plain keys left out. Safe to print, one line. */
import { isList, isObject, type Json } from '../model/index.ts';
import { escapeText } from './escape.ts';

const plainKey = /^[A-Za-z_][A-Za-z0-9_-]*$/;

const quoted = (text: string): string => escapeText(JSON.stringify(text));

export const valueText = (value: Json): string => {
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(valueText).join(', ')}]`;
  if (isObject(value)) {
    const pairs = Object.entries(value).map(([key, inner]) => `${plainKey.test(key) ? key : quoted(key)}: ${valueText(inner)}`);
    return `{${pairs.join(', ')}}`;
  }
  return String(value);
};

/** One side of a field; a field that is absent there is not the same as null. */
export const sideText = (value: Json | undefined): string => (value === undefined ? '(not set)' : valueText(value));

/** A value in parts that can be compared one by one: the lines of a text, the entries of a list, the pairs of a mapping. */
export const partsOf = (value: Json | undefined): readonly string[] => {
  if (value === undefined) return [];
  if (typeof value === 'string') return value.includes('\n') ? linesOf(value) : [quoted(value)];
  if (isList(value)) return value.map(valueText);
  if (isObject(value)) return Object.entries(value).map(([key, inner]) => `${plainKey.test(key) ? key : quoted(key)}: ${valueText(inner)}`);
  return [valueText(value)];
};

/** Lines without their break; what follows the last break is a line only if there is something. */
const linesOf = (text: string): readonly string[] => {
  const lines = text.split('\n').map((line, index, all) => (index < all.length - 1 ? `${line}\n` : line));
  return lines.filter((line) => line !== '').map(quoted);
};
