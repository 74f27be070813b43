/**
 * Trees → plain values. Where a schema wants text, scalars are taken by their
 * source; where it wants a number or a truth value, as YAML reads them;
 * elsewhere as YAML reads them too. What is reported here, or could not be
 * filled in, is remembered as settled, so that the check after it is silent
 * about it.
 */
import type { Json, JsonObject } from '../model/index.ts';
import { freeGuide, type Guide } from './guide.ts';
import type { Fill, Filled } from './placeholders.ts';
import { booleanOf, coreValue, isLongInteger, numberOf } from './scalars.ts';
import { isNothing, type MappingTree, type TextTree, type Tree } from './tree.ts';

export interface Converter {
  readonly fill: Fill;
  readonly report: (tree: Tree, code: string, message: string, hint?: string) => void;
  /** Trees of which all has been said. */
  readonly settled: Set<Tree>;
  /** Texts that hold something of the environment. */
  readonly secrets: Set<TextTree>;
  /** `filled`: placeholders become values; `shown`: what comes from the environment stays as written. */
  readonly mode: 'filled' | 'shown';
}

const filledText = (tree: TextTree, converter: Converter): Filled => {
  const filled = converter.fill(tree.text);
  for (const gap of filled.gaps) converter.report(tree, gap.code, gap.message, gap.hint);
  if (filled.gaps.length > 0) {
    converter.settled.add(tree);
    return { ...filled, text: tree.text };
  }
  if (!filled.secret) return filled;
  converter.secrets.add(tree);
  return converter.mode === 'shown' ? { ...filled, text: tree.text } : filled;
};

/** A placeholder where a number or a truth value is wanted: its text must write one. */
const meant = (tree: TextTree, text: string, value: number | boolean | undefined, want: string, converter: Converter): Json => {
  if (value !== undefined || converter.settled.has(tree) || converter.mode === 'shown') return value ?? text;
  converter.report(tree, 'wrong-type', `"${tree.text}" should give ${want}, but it does not`, `Give the variable a value that is ${want}.`);
  converter.settled.add(tree);
  return text;
};

const numberIn = (tree: TextTree, text: string, converter: Converter): Json => {
  if (!isLongInteger(text)) return numberOf(text) ?? text;
  converter.report(tree, 'wrong-value', 'this number is too long', 'Numbers here have at most 15 digits.');
  converter.settled.add(tree);
  return text;
};

const free = (tree: TextTree, converter: Converter): Json => {
  if (!tree.plain) return tree.text;
  if (!/^[-+]?\.(?:inf|Inf|INF|nan|NaN|NAN)$/.test(tree.text)) return coreValue(tree.text);
  converter.report(tree, 'wrong-value', `${tree.text} cannot be sent to the service`, 'Write it in quotes if it is a text.');
  converter.settled.add(tree);
  return tree.text;
};

const scalar = (tree: TextTree, guide: Guide, converter: Converter): Json => {
  if (tree.text.includes('${')) {
    const { text } = filledText(tree, converter);
    if (guide.type === 'number') return meant(tree, text, numberOf(text), 'a number', converter);
    if (guide.type === 'boolean') return meant(tree, text, booleanOf(text), 'true or false', converter);
    return text;
  }
  if (guide.type === 'text') return tree.text;
  if (guide.type === 'boolean') return tree.plain ? (booleanOf(tree.text) ?? tree.text) : tree.text;
  if (guide.type === 'number') return tree.plain ? numberIn(tree, tree.text, converter) : tree.text;
  return free(tree, converter);
};

const mapping = (tree: MappingTree, guide: Guide, converter: Converter): JsonObject => {
  const written: Record<string, Json> = {};
  for (const { key, value } of tree.entries) {
    const inner = guide.type === 'mapping' ? (guide.keys.get(key) ?? guide.others ?? freeGuide) : freeGuide;
    written[key] = isNothing(value) ? null : convert(value, inner, converter);
  }
  return written;
};

/** The value of a tree. In a list of texts, unquoted null and ~ are texts too; as the value of a key they are nothing. */
export const convert = (tree: Tree, guide: Guide, converter: Converter): Json => {
  switch (tree.type) {
    case 'text':
      if (tree.plain && (guide.type !== 'text' || tree.text === '') && isNothing(tree)) return null;
      return scalar(tree, guide, converter);
    case 'list': {
      const inner = guide.type === 'list' ? guide.members : freeGuide;
      return tree.members.map((one) => convert(one, inner, converter));
    }
    case 'mapping':
      return mapping(tree, guide, converter);
    case 'broken':
      return null;
  }
};
