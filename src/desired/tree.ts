/** What a file says, before anybody asks what it means: texts as written, lists, mappings, each with its place in the file. */
import type { Path } from '../model/index.ts';

/** From the first character to behind the last, as offsets into the file's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface TextTree extends Span {
  readonly type: 'text';
  readonly text: string;
  /** Written without quotes. */
  readonly plain: boolean;
}

export interface ListTree extends Span {
  readonly type: 'list';
  readonly members: readonly Tree[];
}

export interface MappingTree extends Span {
  readonly type: 'mapping';
  readonly entries: readonly Entry[];
}

/** Something that was reported already: nothing more is said of it. */
export interface BrokenTree extends Span {
  readonly type: 'broken';
}

export type Tree = TextTree | ListTree | MappingTree | BrokenTree;

/** A key with its value; the place is that of the key. */
export interface Entry extends Span {
  readonly key: string;
  readonly value: Tree;
}

/** The words that YAML reads as nothing, where they stand without quotes. */
export const isNothingWord = (text: string): boolean =>
  text.length <= 4 && (text === '' || text === '~' || text === 'null' || text === 'Null' || text === 'NULL');

export const isNothing = (tree: Tree): boolean => tree.type === 'text' && tree.plain && isNothingWord(tree.text);

export const entryOf = (tree: Tree | undefined, key: string): Entry | undefined => {
  if (tree?.type !== 'mapping') return undefined;
  for (const entry of tree.entries) if (entry.key === key) return entry;
  return undefined;
};

export const valueOf = (tree: Tree | undefined, key: string): Tree | undefined => entryOf(tree, key)?.value;

/** The tree at a path; where the path leads out of it, the last one on the way. */
export const treeAt = (tree: Tree, path: Path): Tree => {
  let at = tree;
  for (const step of path) {
    const next = typeof step === 'number' ? (at.type === 'list' ? at.members[step] : undefined) : valueOf(at, step);
    if (next === undefined) return at;
    at = next;
  }
  return at;
};
