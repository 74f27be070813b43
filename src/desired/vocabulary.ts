/** Words outside what is known of a vocabulary: passed on, with a warning (an error where the run is strict). */
import { type CriteriaVocabulary, isList, isObject, type Json, someOf } from '../model/index.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import { visitPlaces } from './places.ts';
import type { ReadableKind, Run } from './run.ts';
import { type Tree, valueOf } from './tree.ts';

type Doubt = (tree: Tree, value: Json, known: readonly string[], message: (word: string) => string) => void;

const doubtIn =
  (file: ParsedFile, run: Run, settled: ReadonlySet<Tree>): Doubt =>
  (tree, value, known, message) => {
    if (settled.has(tree) || tree.type !== 'text') return;
    const near = typeof value === 'string' && !tree.text.includes('${') ? run.suggest(value, known) : undefined;
    run.tell({
      severity: run.strictness === 'strict' ? 'error' : 'warning',
      code: 'unknown-word',
      message: message(tree.text),
      origin: originOf(file, tree),
      hint: near === undefined ? `Known are ${someOf(known)}.` : `Did you mean ${near}?`,
    });
  };

const isKnown = (known: Readonly<Record<string, unknown>>, word: Json | undefined): boolean => typeof word === 'string' && Object.hasOwn(known, word);

const checkCriterion = (criterion: Json, tree: Tree, vocabulary: CriteriaVocabulary, comparators: readonly string[], doubt: Doubt, run: Run): void => {
  if (!isObject(criterion)) return;
  const { field, comparator, values, integration } = criterion;
  const fieldTree = valueOf(tree, 'field');
  const comparatorTree = valueOf(tree, 'comparator');
  const called = fieldTree?.type === 'text' ? fieldTree.text : 'this field';
  const known = typeof field === 'string' && isKnown(vocabulary.fields, field) ? vocabulary.fields[field] : undefined;
  // The fields inside an integration are the integration's own: no list of them can be complete.
  if (known === undefined && integration === undefined && field !== undefined && fieldTree !== undefined)
    doubt(fieldTree, field, Object.keys(vocabulary.fields), (word) => `"${word}" is not a known field of criteria`);
  if (comparatorTree !== undefined && typeof comparator === 'string') {
    const listed = known?.comparators;
    if (listed !== undefined && !listed.includes(comparator)) {
      const elsewhere = comparators.includes(comparator);
      doubt(comparatorTree, comparator, listed, (word) =>
        elsewhere ? `${called} is not known to be tested with "${word}"` : `"${word}" is not a known comparator`,
      );
    } else if (listed === undefined && !comparators.includes(comparator) && run.suggest(comparator, comparators) !== undefined) {
      doubt(comparatorTree, comparator, comparators, (word) => `"${word}" is not a known comparator`);
    }
  }
  const valuesTree = valueOf(tree, 'values');
  const words = known?.values;
  if (words === undefined || !isList(values) || valuesTree?.type !== 'list') return;
  values.forEach((value, index) => {
    const node = valuesTree.members[index];
    if (node !== undefined && typeof value === 'string' && !words.includes(value))
      doubt(node, value, words, (word) => `"${word}" is not a known value of ${called}`);
  });
};

/** All comparators that any field is known with. */
const comparatorsOf = (vocabulary: CriteriaVocabulary): readonly string[] => [
  ...new Set(Object.values(vocabulary.fields).flatMap(({ comparators }) => comparators ?? [])),
];

const comparatorLists = new WeakMap<CriteriaVocabulary, readonly string[]>();

const knownComparators = (vocabulary: CriteriaVocabulary): readonly string[] => {
  const list = comparatorLists.get(vocabulary) ?? comparatorsOf(vocabulary);
  comparatorLists.set(vocabulary, list);
  return list;
};

const checkCriteria = (value: Json, tree: Tree, readable: ReadableKind, doubt: Doubt, run: Run): void => {
  const { criteria, identity } = readable.kind;
  if (criteria === undefined) return;
  const comparators = knownComparators(criteria);
  const check = (criterion: Json, node: Tree): void => checkCriterion(criterion, node, criteria, comparators, doubt, run);
  visitPlaces(value, tree, identity.by === 'content' ? [identity.criteria, '[]'] : whenGroups, (group, node) => {
    if (isObject(group) && group['any'] !== undefined) visitPlaces(group, node, anyOfGroup, check);
    else check(group, node);
  });
};

const whenGroups = ['when', '[]'];
const anyOfGroup = ['any', '[]'];

/** Warns of words that are not known. */
export const checkVocabulary = (written: Json, tree: Tree, readable: ReadableKind, file: ParsedFile, run: Run, settled: ReadonlySet<Tree>): void => {
  const doubt = doubtIn(file, run, settled);
  for (const { steps, what, known } of readable.vocabulary) {
    visitPlaces(written, tree, steps, (value, node) => {
      if (typeof value === 'string' && !known.has(value)) doubt(node, value, [...known], (word) => `"${word}" is not a known ${what}`);
    });
  }
  checkCriteria(written, tree, readable, doubt, run);
};
