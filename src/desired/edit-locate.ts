/** Where everything stands in a file's text: the documents, the lists of each kind, and the resources in them. */
import { isAlias, isMap, isScalar, isSeq, type MapNode, type SeqNode } from './edit-nodes.ts';
import { columnOf, lineStart } from './edit-text.ts';
import { growerOf } from './grow.ts';
import { syntaxOf } from './syntax.ts';
import type { MappingTree, Tree } from './tree.ts';
import { type Step, usualStep } from './write-value.ts';

/** A key of a document with its value. */
export interface TopEntry {
  readonly key: string;
  readonly root: MapNode;
  readonly index: number;
  readonly node: unknown;
  readonly tree: Tree;
}

export interface LocatedDocument {
  readonly root: MapNode;
  readonly tree: MappingTree;
}

export interface Located {
  readonly text: string;
  readonly documents: readonly LocatedDocument[];
  readonly entries: readonly TopEntry[];
}

/** A resource at its place. */
export interface Spot {
  readonly kind: string;
  readonly node: unknown;
  readonly tree: Tree;
  /** The list it stands in; absent for singletons. */
  readonly list?: { readonly node: SeqNode; readonly index: number; readonly entry: TopEntry };
}

/** Reads a text that is known to be without errors. */
export const locate = (text: string): Located => {
  const grow = growerOf(
    () => undefined,
    () => 0,
  );
  const documents = syntaxOf(text).flatMap(({ root }): readonly LocatedDocument[] => {
    const tree = grow(root, 0);
    return isMap(root) && tree.type === 'mapping' ? [{ root, tree }] : [];
  });
  const entries = documents.flatMap(({ root, tree }) =>
    root.items.flatMap((pair, index): readonly TopEntry[] => {
      const key = isScalar(pair.key) ? (pair.key.source ?? '') : '';
      const value = tree.entries.find((entry) => entry.key === key)?.value;
      return value === undefined ? [] : [{ key, root, index, node: pair.value, tree: value }];
    }),
  );
  return { text, documents, entries };
};

/** The resources of a kind, from the top of the file. */
export const spotsOf = ({ entries }: Located, kind: string): readonly Spot[] =>
  entries
    .filter(({ key }) => key === kind)
    .flatMap((entry): readonly Spot[] => {
      const { node, tree } = entry;
      if (tree.type === 'mapping') return [{ kind, node, tree }];
      if (!isSeq(node) || tree.type !== 'list') return tree.type === 'list' ? tree.members.map((member) => ({ kind, node: undefined, tree: member })) : [];
      return tree.members.map((member, index) => ({ kind, node: node.items[index], tree: member, list: { node, index, entry } }));
    });

/** How deep the file indents: the first list and the first mapping below a key tell. */
export const stepOf = (text: string): Step => {
  let fields: string | undefined;
  let members: string | undefined;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !/^\s*#/.test(line));
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (next === undefined || !/:\s*(?:#.*)?$/.test(line)) continue;
    const own = /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
    const below = /^ */.exec(next)?.[0].length ?? 0;
    if (/^ *-(?: |$)/.test(next)) {
      if (below >= own) members ??= ' '.repeat(below - own);
    } else if (below > own) fields ??= ' '.repeat(below - own);
    if (fields !== undefined && members !== undefined) break;
  }
  return { fields: fields ?? usualStep.fields, members: members ?? usualStep.members };
};

export { columnOf, isAlias, lineStart };
