/** How messages about values name things. */
import { type Json, type Path, pathText, someOf, typeName } from '../model/index.ts';
import type { Guide } from './guide.ts';
import type { Tree } from './tree.ts';

/** The keys that a mapping may have. */
export const keysOf = (guide: Guide): readonly string[] => (guide.type === 'mapping' ? [...guide.keys.keys()] : []);

/** What the messages call a place: its key, or an entry of the list of that key. */
export const nameOf = (path: Path, title: string): string => {
  const last = path.at(-1);
  if (last === undefined) return title;
  if (typeof last === 'string') return pathText([last]);
  const list = path.findLast((step) => typeof step === 'string');
  return list === undefined ? `an entry of ${title}` : `an entry of ${pathText([list])}`;
};

/** The types of a schema in the words of a message. */
export const wanted: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

const yesWords: Readonly<Record<string, string>> = {
  yes: 'true',
  y: 'true',
  on: 'true',
  enabled: 'true',
  '1': 'true',
  no: 'false',
  n: 'false',
  off: 'false',
  disabled: 'false',
  '0': 'false',
};

/** What to do about a value of the wrong type, where that can be guessed. */
export const typeHint = (want: string, tree: Tree, guide: Guide): string | undefined => {
  const text = tree.type === 'text' ? tree.text : undefined;
  if (want === 'boolean' && text !== undefined) {
    const word = yesWords[text.toLowerCase()] ?? (/^(?:true|false)$/i.test(text) ? text.toLowerCase() : undefined);
    return word === undefined ? 'Write true or false, without quotes.' : `Did you mean ${word}? Write it without quotes.`;
  }
  if ((want === 'integer' || want === 'number') && tree.type === 'text' && !tree.plain && /^[-+]?\d/.test(tree.text)) return 'Write it without quotes.';
  if (want === 'array' && text !== undefined) return `Write [${text}], or one entry a line, each after "- ".`;
  if (want === 'array' && tree.type === 'mapping') return 'Write "- " before each entry.';
  if (want === 'object' && guide.type === 'mapping') return `Its keys are ${someOf(keysOf(guide), 20)}.`;
  return undefined;
};

/** The value as a message may show it: what placeholders gave stays unsaid. */
export const described = (value: Json | undefined, tree: Tree): string => {
  if (tree.type === 'text' && tree.text.includes('${')) return `what ${tree.text} gives`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeName(value);
};
