/** The findings of a validator → diagnostics in our words: one for each mistake, at the node that is wrong. */
import { type Json, type Path, someOf, suggestion, valueAt } from '../model/index.ts';
import type { Guide } from './guide.ts';
import { entryOf, type Span, type Tree, treeAt } from './tree.ts';
import type { Finding } from './validators.js';
import { described, keysOf, nameOf, typeHint, wanted } from './wording.ts';

/** A diagnostic without its file. */
export interface Remark {
  readonly span: Span;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

export interface Checked {
  readonly tree: Tree;
  readonly value: Json;
  readonly guide: Guide;
  /** What it is called: `a webhook`. */
  readonly title: string;
  readonly settled: ReadonlySet<Tree>;
  /** Whether the list is the order, so that a position has no place here. */
  readonly ordered: boolean;
}

const stepsOf = (pointer: string): Path =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));

/** Steps that are digits may still be keys: the tree knows. */
const pathIn = (tree: Tree, pointer: string): Path => {
  let at = tree;
  return stepsOf(pointer).map((step) => {
    const right = at.type === 'mapping' ? String(step) : step;
    at = treeAt(at, [right]);
    return right;
  });
};

const guideAt = (guide: Guide, path: Path): Guide =>
  path.reduce<Guide>((at, step) => {
    if (at.type === 'list') return at.members;
    return at.type === 'mapping' ? (at.keys.get(String(step)) ?? at.others ?? at) : at;
  }, guide);

/** What the schema says of a place. */
const saidOf = (guide: Guide | undefined): { readonly hint?: string } => {
  const about = guide?.schema['description'];
  return typeof about === 'string' ? { hint: about } : {};
};

const unknownKey = (checked: Checked, path: Path, guide: Guide, key: string): Remark | undefined => {
  const span = entryOf(treeAt(checked.tree, path), key);
  if (span === undefined) return undefined;
  if (path.length === 0 && key === 'position' && checked.ordered)
    return {
      span,
      code: 'position-is-not-a-key',
      message: 'position is not a key: the list is the order',
      hint: 'Put the rule at its place in the list, or name it in an order list.',
    };
  const known = keysOf(guide);
  if (guide.type === 'mapping' && guide.alone !== undefined && known.includes(key))
    return { span, code: 'unknown-key', message: `${key} cannot stand beside ${guide.alone}`, hint: `Write either ${guide.alone} or the other keys.` };
  const near = suggestion(key, known);
  const name = nameOf(path, checked.title);
  return {
    span,
    code: 'unknown-key',
    message: `${name} has no key "${key}"`,
    hint: near === undefined ? `The keys of ${name} are ${someOf(known, 20)}.` : `Did you mean ${near}?`,
  };
};

const missingKey = (checked: Checked, path: Path, guide: Guide, key: string): Remark | undefined => {
  const tree = treeAt(checked.tree, path);
  const known = keysOf(guide);
  // A misspelt key is one mistake, not two.
  const misspelt = tree.type === 'mapping' && tree.entries.some((entry) => !known.includes(entry.key) && suggestion(entry.key, known) === key);
  if (misspelt) return undefined;
  return {
    span: tree,
    code: 'missing-key',
    message: `${nameOf(path, checked.title)} needs ${key}`,
    ...saidOf(guide.type === 'mapping' ? guide.keys.get(key) : undefined),
  };
};

const wrongType = (checked: Checked, path: Path, guide: Guide, want: string): Remark => {
  const span = treeAt(checked.tree, path);
  const name = nameOf(path, checked.title);
  const value = valueAt(checked.value, path);
  if (value === null && typeof path.at(-1) === 'string')
    return {
      span,
      code: 'cannot-be-cleared',
      message: `${name} has no value, and it cannot be cleared`,
      hint: `Give it a value, or leave ${name} out to keep what is live.`,
    };
  if (value === null)
    return { span, code: 'wrong-type', message: `${name} is empty`, hint: want === 'string' ? 'Write "" for an empty text.' : 'Take the "- " out.' };
  const hint = typeHint(want, span, guide);
  return {
    span,
    code: 'wrong-type',
    message: `${name} should be ${wanted[want] ?? want}, but it is ${described(value, span)}`,
    ...(hint === undefined ? saidOf(guide) : { hint }),
  };
};

const wrongWord = (tree: Tree, name: string, value: Json | undefined, allowed: unknown): Remark => {
  const words = Array.isArray(allowed) ? allowed.filter((word) => typeof word === 'string') : [];
  const near = tree.type === 'text' ? suggestion(tree.text, words) : undefined;
  return {
    span: tree,
    code: 'wrong-value',
    message: `${name} cannot be "${tree.type === 'text' ? tree.text : described(value, tree)}"`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}It is one of ${someOf(words, 20)}.`,
  };
};

const text = (value: unknown): string => (typeof value === 'string' ? value : String(value));

const remarkOf = (finding: Finding, checked: Checked): Remark | undefined => {
  const { keyword, params } = finding;
  const path = pathIn(checked.tree, finding.instancePath);
  const tree = treeAt(checked.tree, path);
  if (checked.settled.has(tree) || tree.type === 'broken') return undefined;
  const guide = guideAt(checked.guide, path);
  const name = nameOf(path, checked.title);
  const value = valueAt(checked.value, path);
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(checked, path, guide, text(params['additionalProperty']));
    case 'required':
      return missingKey(checked, path, guide, text(params['missingProperty']));
    case 'type':
      return wrongType(checked, path, guide, text(params['type']));
    case 'enum':
      return wrongWord(tree, name, value, params['allowedValues']);
    case 'const':
      return { span: tree, code: 'wrong-value', message: `${name} should be ${JSON.stringify(params['allowedValue'])}`, ...saidOf(guide) };
    case 'minItems':
    case 'minProperties':
      return { span: tree, code: 'empty-list', message: `${name} is empty`, hint: `Give at least one, or leave ${name} out.` };
    case 'minLength':
      return { span: tree, code: 'empty-text', message: `${name} is empty`, hint: 'Write a text that is not empty.' };
    case 'minimum':
      return {
        span: tree,
        code: 'wrong-value',
        message: `${name} should be at least ${text(params['limit'])}, but it is ${described(value, tree)}`,
        ...saidOf(guide),
      };
    case 'pattern':
      return { span: tree, code: 'wrong-value', message: `${name} is not written as it should be`, ...saidOf(guide) };
    default:
      return { span: tree, code: 'wrong-value', message: `${name} ${finding.message ?? 'is wrong'}`, ...saidOf(guide) };
  }
};

/** Findings about one and the same value say the same thing in several ways; about keys, each says its own. */
const isAboutKeys = ({ keyword }: Finding): boolean => keyword === 'additionalProperties' || keyword === 'required';

export const explain = (findings: readonly Finding[], checked: Checked): readonly Remark[] => {
  const places = new Set<string>();
  return [...findings]
    .sort((a, b) => Number(b.keyword === 'type') - Number(a.keyword === 'type'))
    .filter((finding) => {
      if (finding.keyword === 'if') return false;
      if (isAboutKeys(finding)) return true;
      const fresh = !places.has(finding.instancePath);
      places.add(finding.instancePath);
      return fresh;
    })
    .map((finding) => remarkOf(finding, checked))
    .filter((remark) => remark !== undefined);
};
