/**
 * The parser's nodes → our trees: aliases and merge keys are resolved, and what
 * no resource may hold (tags, keys that are no text, the same key twice, too
 * deep, too much by aliases) is reported at its place. One walk, in the order
 * of the text, so that an alias finds the anchor that stands before it.
 */
import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import { suggestion } from '../model/index.ts';
import { type Entry, isNothingWord, type MappingTree, type Span, type TextTree, type Tree } from './tree.ts';

const deepest = 60;
const mostExpanded = 200_000;

export type Report = (span: Span, code: string, message: string, hint?: string) => void;

/** What an anchor names: its tree, how many nodes it is, and how deep. `open` while it is still being read. */
type Anchored = 'open' | { readonly tree: Tree; readonly size: number; readonly height: number };

const knownTags = new Set(['tag:yaml.org,2002:str', 'tag:yaml.org,2002:map', 'tag:yaml.org,2002:seq', '!']);

const tagText = (tag: string): string => tag.replace('tag:yaml.org,2002:', '!!');

/** Grows the tree of a document. @param root its node at the top @param from where the parsed piece starts in the file */
export type Grow = (root: unknown, from: number) => Tree;

/**
 * Grows the trees of one file: what aliases may stand for counts for all its documents together.
 * @param lineOf the line of an offset in the file, for messages
 */
export const growerOf = (report: Report, lineOf: (offset: number) => number): Grow => {
  const anchors = new Map<string, Anchored>();
  let base = 0;
  let made = 0;
  let expanded = 0;
  let reached = 0;

  const spanOf = (node: { range?: readonly [number, number, number] | null | undefined }, otherwise: Span): Span => {
    const { range } = node;
    return range === null || range === undefined ? otherwise : { start: range[0] + base, end: range[1] + base };
  };

  const broken = (span: Span, code: string, message: string, hint?: string): Tree => {
    report(span, code, message, hint);
    return { type: 'broken', start: span.start, end: span.end };
  };

  const alias = (name: string, span: Span, depth: number): Tree => {
    const found = anchors.get(name);
    if (found === undefined) {
      const near = anchors.size > 500 ? undefined : suggestion(name, [...anchors.keys()]);
      return broken(
        span,
        'unknown-anchor',
        `no &${name} stands before *${name}`,
        `${near === undefined ? '' : `Did you mean *${near}? `}A text that begins with * is written in quotes: "*${name}".`,
      );
    }
    if (found === 'open') return broken(span, 'endless-alias', `*${name} stands inside of &${name} and would never end`, 'Take the alias out.');
    expanded += found.size;
    made += found.size;
    // Told once: every alias after it would say the same.
    if (expanded - found.size > mostExpanded) return { type: 'broken', start: span.start, end: span.end };
    if (expanded > mostExpanded)
      return broken(span, 'too-many-aliases', `with *${name} the aliases of this file stand for more than ${mostExpanded} values`, 'Use fewer aliases.');
    reached = Math.max(reached, depth + found.height);
    if (depth + found.height > deepest)
      return broken(span, 'too-deep', `with *${name} the values nest deeper than ${deepest}`, 'Use fewer aliases of aliases.');
    return { ...found.tree, start: span.start, end: span.end };
  };

  const merged = (entries: Entry[], taken: ReadonlySet<string>, sources: readonly Tree[]): void => {
    const added = new Set<string>();
    for (const source of sources) {
      if (source.type !== 'mapping') {
        if (source.type !== 'broken')
          report(source, 'bad-merge', '<< takes a mapping, or a list of mappings', 'Write `<<: *name`, or `<<: [*first, *second]`.');
        continue;
      }
      for (const entry of source.entries) {
        if (taken.has(entry.key) || added.has(entry.key)) continue;
        added.add(entry.key);
        made += 1;
        entries.push(entry);
      }
    }
  };

  const mapping = (pairs: readonly { readonly key: unknown; readonly value?: unknown }[], span: Span, depth: number): MappingTree => {
    const entries: Entry[] = [];
    const places = new Map<string, number>();
    let sources: readonly Tree[] = [];
    for (const pair of pairs) {
      const key = keyOf(pair.key, span);
      const value = grow(pair.value, key ?? span, depth + 1);
      if (key === undefined) continue;
      const before = places.get(key.text);
      places.set(key.text, before ?? key.start);
      if (before !== undefined) {
        report(
          key,
          'duplicate-key',
          `"${key.text}" stands in this mapping twice; the first is in line ${lineOf(before)}`,
          key.merges ? 'Merge several with one list: `<<: [*first, *second]`.' : 'Keep one of the two.',
        );
      } else if (key.merges) {
        sources = value.type === 'list' ? value.members : [value];
      } else {
        entries.push({ key: key.text, start: key.start, end: key.end, value });
      }
    }
    if (sources.length > 0) merged(entries, new Set(places.keys()), sources);
    return { type: 'mapping', start: span.start, end: span.end, entries };
  };

  const keyOf = (
    node: unknown,
    around: Span,
  ): { readonly text: string; readonly start: number; readonly end: number; readonly merges: boolean } | undefined => {
    const span = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? spanOf(node, around) : around;
    if (!isScalar(node) || (node.tag !== undefined && !knownTags.has(node.tag))) {
      report(span, 'bad-key', 'a key must be a plain text', 'A key cannot be a list, a mapping, an alias or a tagged value.');
      return undefined;
    }
    const text = node.source ?? '';
    const plain = node.type === 'PLAIN' || node.type === undefined;
    if (plain && isNothingWord(text)) {
      report(span, 'bad-key', 'a key is missing before the colon', 'Write the key, in quotes if it is the word null.');
      return undefined;
    }
    if (text === '__proto__') {
      report(span, 'bad-key', 'this key cannot be used', 'Choose another name.');
      return undefined;
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, { tree: { type: 'text', text, plain, ...span }, size: 1, height: 0 });
    return { text, start: span.start, end: span.end, merges: plain && text === '<<' };
  };

  /** The place of an entry that is not there: the dash before it. */
  const placeIn = (list: Span, node: unknown): Span => {
    if (!isScalar(node) || node.source !== '') return list;
    const { end } = spanOf(node, list);
    return { start: end - 1, end };
  };

  const text = (node: { readonly source?: string | undefined; readonly type?: unknown }, span: Span, keySpan: Span): TextTree => {
    const source = node.source ?? '';
    const plain = node.type === 'PLAIN' || node.type === undefined;
    // A value that is not there has no place of its own: its key stands for it.
    const place = plain && source === '' ? keySpan : span;
    return { type: 'text', text: source, plain, start: place.start, end: place.end };
  };

  const inside = (node: unknown, keySpan: Span, depth: number): Tree => {
    made += 1;
    if (isAlias(node)) return alias(node.source, spanOf(node, keySpan), depth);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { type: 'text', text: '', plain: true, start: keySpan.start, end: keySpan.end };
    const span = spanOf(node, keySpan);
    reached = Math.max(reached, depth);
    if (depth > deepest) return broken(span, 'too-deep', `values nest deeper than ${deepest}`, 'No resource needs more than a handful of levels.');
    if (node.tag !== undefined && !knownTags.has(node.tag))
      return broken(span, 'tag', `tags such as ${tagText(node.tag)} are not read`, 'Write the value without the tag.');
    if (isScalar(node)) {
      const tree = text(node, span, keySpan);
      return node.tag === undefined ? tree : { ...tree, plain: false };
    }
    if (isMap(node)) return mapping(node.items, span, depth);
    return { type: 'list', start: span.start, end: span.end, members: node.items.map((one) => grow(one, placeIn(span, one), depth + 1)) };
  };

  const grow = (node: unknown, keySpan: Span, depth: number): Tree => {
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    if (anchor === undefined) return inside(node, keySpan, depth);
    const [madeBefore, reachedBefore] = [made, reached];
    anchors.set(anchor, 'open');
    reached = depth;
    const tree = inside(node, keySpan, depth);
    anchors.set(anchor, { tree, size: made - madeBefore, height: reached - depth });
    reached = Math.max(reached, reachedBefore);
    return tree;
  };

  return (root, from) => {
    base = from;
    anchors.clear();
    return grow(root, { start: base, end: base }, 0);
  };
};
