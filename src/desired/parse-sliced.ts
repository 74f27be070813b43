/** The way of slices: pieces of a file parsed one by one, as long as there is nothing to say about any of them. */
import { growerOf } from './grow.ts';
import { type Section, type Slice, slicesOf } from './slices.ts';
import { sliceOf } from './syntax.ts';
import type { Entry, MappingTree, Span, Tree } from './tree.ts';

/** The tree of a piece; undefined where anything is to be said of it. */
type TreeOf = (slice: Span) => Tree | undefined;

const treesOf = (text: string): TreeOf => {
  let remarks = 0;
  const grow = growerOf(
    () => {
      remarks += 1;
    },
    () => 0,
  );
  return ({ start, end }) => {
    const root = sliceOf(text.slice(start, end));
    const tree = root === undefined ? undefined : grow(root, start);
    return remarks === 0 ? tree : undefined;
  };
};

const entriesOfKeys = (treeOf: TreeOf, piece: Slice): readonly Entry[] | undefined => {
  const tree = treeOf(piece);
  return tree?.type === 'mapping' && tree.entries.length === piece.count ? tree.entries : undefined;
};

const listEntry = (treeOf: TreeOf, { key, keySpan, pieces }: Extract<Section, { type: 'list' }>): Entry | undefined => {
  const members: Tree[] = [];
  for (const piece of pieces) {
    const tree = treeOf(piece);
    if (tree?.type !== 'list' || tree.members.length !== piece.count) return undefined;
    for (const member of tree.members) members.push(member);
  }
  const [first] = members;
  return {
    key,
    start: keySpan.start,
    end: keySpan.end,
    value: { type: 'list', start: first?.start ?? keySpan.end, end: members.at(-1)?.end ?? keySpan.end, members },
  };
};

const documentOf = (treeOf: TreeOf, sections: readonly Section[]): MappingTree | undefined => {
  const entries: Entry[] = [];
  for (const section of sections) {
    const found = section.type === 'list' ? listEntry(treeOf, section) : entriesOfKeys(treeOf, section.piece);
    if (found === undefined) return undefined;
    for (const entry of 'key' in found ? [found] : found) entries.push(entry);
  }
  if (new Set(entries.map(({ key }) => key)).size < entries.length) return undefined;
  return { type: 'mapping', start: entries[0]?.start ?? 0, end: entries.at(-1)?.value.end ?? 0, entries };
};

/** The documents of a text; undefined where it is to be parsed in one piece. */
export const parseSliced = (text: string): readonly MappingTree[] | undefined => {
  const documents: MappingTree[] = [];
  const treeOf = treesOf(text);
  for (const sections of slicesOf(text) ?? [undefined]) {
    const document = sections === undefined ? undefined : documentOf(treeOf, sections);
    if (document === undefined) return undefined;
    if (document.entries.length > 0) documents.push(document);
  }
  return documents;
};
