/** What YAML 1.2 (core schema) takes an unquoted scalar for. */
import type { Json } from '../model/index.ts';
import { isNothingWord } from './tree.ts';

const truth = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
]);

const whole = /^[-+]?[0-9]+$/;
const based = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const fraction = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

export const booleanOf = (text: string): boolean | undefined => truth.get(text);

/** The number that a text writes; undefined for what is none, infinity and not-a-number included. */
export const numberOf = (text: string): number | undefined => {
  if (!whole.test(text) && !based.test(text) && !fraction.test(text)) return undefined;
  const number = Number(text);
  if (!Number.isFinite(number)) return undefined;
  return Object.is(number, -0) ? 0 : number;
};

/** A whole number with more digits than a number can carry. */
export const isLongInteger = (text: string): boolean => (whole.test(text) || based.test(text)) && !Number.isSafeInteger(Number(text));

/** The value of an unquoted scalar that no schema has a wish for. Long numbers stay digits. */
export const coreValue = (text: string): Json => {
  if (isNothingWord(text)) return null;
  return booleanOf(text) ?? (isLongInteger(text) ? text : (numberOf(text) ?? text));
};
