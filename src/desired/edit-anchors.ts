/** Anchors that an edit takes away and that others still use: the first alias that stays gets the anchor and its value. */
import { isPair, visit } from 'yaml';
import type { Located, LocatedDocument } from './edit-locate.ts';
import { isAlias, isMap, isScalar, isSeq, spanOf } from './edit-nodes.ts';
import type { Edit } from './edit-text.ts';
import type { Span, Tree } from './tree.ts';
import { quoted } from './write-scalar.ts';
import { keyText } from './write-value.ts';

/** A tree as it is written, between brackets on one line: placeholders and the lack of quotes stay. */
const flowTree = (tree: Tree): string => {
  switch (tree.type) {
    case 'text':
      return tree.plain && tree.text !== '' && !/[,[\]{}\n]|: | #/.test(tree.text) ? tree.text : quoted(tree.text);
    case 'list':
      return `[${tree.members.map(flowTree).join(', ')}]`;
    case 'mapping':
      return tree.entries.length === 0 ? '{}' : `{ ${tree.entries.map(({ key, value }) => `${keyText(key)}: ${flowTree(value)}`).join(', ')} }`;
    case 'broken':
      return 'null';
  }
};

/** The tree of the alias at a place: it has the content of the anchor. */
const aliasTree = (tree: Tree, span: Span): Tree | undefined => {
  if (tree.start === span.start && tree.end === span.end) return tree;
  const inner = tree.type === 'list' ? tree.members : tree.type === 'mapping' ? tree.entries.map(({ value }) => value) : [];
  for (const one of inner) {
    const found = aliasTree(one, span);
    if (found !== undefined) return found;
  }
  return undefined;
};

interface Use {
  readonly name: string;
  readonly span: Span;
  /** Where the anchor stands that it means. */
  readonly anchor: number;
}

const usesIn = (text: string, { root }: LocatedDocument): readonly Use[] => {
  const anchors = new Map<string, number>();
  const uses: Use[] = [];
  visit(root, (_key, node) => {
    if (isPair(node)) return;
    const span = spanOf(node);
    if (span === undefined) return;
    if (isAlias(node)) uses.push({ name: node.source, span, anchor: anchors.get(node.source) ?? -1 });
    else if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
      anchors.set(node.anchor, text.lastIndexOf(`&${node.anchor}`, span.start));
  });
  return uses;
};

const isIn = (offset: number, { start, end }: Span): boolean => start <= offset && offset < end;

/** The edits that keep aliases meaning what they meant. */
export const rescueAnchors = (located: Located, edits: readonly Edit[]): readonly Edit[] => {
  if (!/[ ,[{(]\*|^\*/m.test(located.text)) return [];
  return located.documents.flatMap((document) => {
    const rescued = new Set<number>();
    return usesIn(located.text, document).flatMap(({ name, span, anchor }): readonly Edit[] => {
      const lost = anchor !== -1 && edits.some((edit) => isIn(anchor, edit) && !edit.text.includes(`&${name}`));
      if (!lost || rescued.has(anchor) || edits.some((edit) => isIn(span.start, edit))) return [];
      const tree = aliasTree(document.tree, span);
      rescued.add(anchor);
      return tree === undefined ? [] : [{ ...span, text: `&${name} ${flowTree(tree)}` }];
    });
  });
};
