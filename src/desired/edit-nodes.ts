/**
 * The places of the parser's nodes in a text, and the edits that take entries
 * out of collections and put new ones in: block or flow as the collection is,
 * with the lines, commas and brackets around them left as they are.
 */
import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, type YAMLMap, type YAMLSeq } from 'yaml';
import { blankAbove, breakOf, columnOf, type Edit, lineEnd, lineStart, nextLine, withBlanksAbove, withBlanksBelow, withComments } from './edit-text.ts';

export type MapNode = YAMLMap<unknown, unknown>;
export type SeqNode = YAMLSeq<unknown>;

export const isFlowNode = (node: unknown): boolean => isCollection(node) && node.flow === true;

/** From the first character of a node to behind the last of its own; undefined for what has no place. */
export const spanOf = (node: unknown): { readonly start: number; readonly end: number } | undefined => {
  if (!isScalar(node) && !isAlias(node) && !isCollection(node)) return undefined;
  const { range } = node;
  return range === null || range === undefined ? undefined : { start: range[0], end: range[1] };
};

const isNoValue = (node: unknown): boolean =>
  node === null || node === undefined || (isScalar(node) && node.source === '' && (node.type === 'PLAIN' || node.type === undefined));

/** The colon behind a key. */
const colonAfter = (text: string, key: unknown): number => text.indexOf(':', spanOf(key)?.end ?? 0);

/** Behind the last character that says something: comments and blank lines after it are not part of it. */
export const contentEnd = (text: string, node: unknown, otherwise: number): number => {
  if (isNoValue(node)) return otherwise;
  const span = spanOf(node);
  if (span === undefined) return otherwise;
  if (isCollection(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (isPair(last)) return pairEnd(text, last);
    return contentEnd(text, last, span.end);
  }
  return span.start + text.slice(span.start, span.end).trimEnd().length;
};

const pairEnd = (text: string, pair: { readonly key: unknown; readonly value?: unknown }): number => {
  const keyEnd = spanOf(pair.key)?.end ?? 0;
  const colon = colonAfter(text, pair.key);
  return contentEnd(text, pair.value, isNoValue(pair.value) && pair.value !== null && colon !== -1 ? colon + 1 : keyEnd);
};

/** Where an entry begins: its dash, or its key; undefined where that is not at a place of its own. */
const dashOf = (text: string, seq: SeqNode, item: unknown): number | undefined => {
  const first = spanOf(seq)?.start;
  const start = spanOf(item)?.start;
  if (first === undefined || start === undefined) return undefined;
  const column = columnOf(text, first);
  for (let line = lineStart(text, start); line >= lineStart(text, first); line = lineStart(text, line - 1)) {
    const at = line + column;
    if (text[at] === '-' && at <= start && /^(?:[ \t\r\n]|$)/.test(text.slice(at + 1, at + 2)) && (at === first || text.slice(line, at).trim() === ''))
      return at;
    if (line === 0) break;
  }
  return undefined;
};

/** The lines of a block: its own comments above, all to the end of its last line. */
interface Region {
  readonly start: number;
  readonly end: number;
}

const linesOf = (text: string, start: number, end: number): Region => ({ start: withComments(text, lineStart(text, start)), end: nextLine(text, end) });

/** Takes lines out with the blank ones that parted them from what stands before, or, for the first of a list, from what follows. */
const withoutLines = (text: string, region: Region, role: 'first' | 'later'): Edit => {
  if (role === 'first') return { start: region.start, end: withBlanksBelow(text, region.end), text: '' };
  const start = withBlanksAbove(text, region.start);
  // At the end of a file without a last line break the break before goes instead.
  if (region.end === text.length && !text.endsWith('\n')) return { start: lineEnd(text, Math.max(0, start - 1)), end: region.end, text: '' };
  return { start, end: region.end, text: '' };
};

const behindComma = (text: string, end: number): number => {
  const after = /^[ \t]*,[ \t]*/.exec(text.slice(end, end + 200));
  return after === null ? end : end + after[0].length;
};

/** Takes entries of a flow collection out, with as many of its commas. */
const withoutFlow = (text: string, spans: readonly Region[], from: number, to: number): Edit => {
  const start = spans[from]?.start ?? 0;
  const end = spans[to]?.end ?? 0;
  const next = spans[to + 1];
  if (next !== undefined) return { start, end: next.start, text: '' };
  const before = spans[from - 1];
  return before === undefined ? { start, end: behindComma(text, end), text: '' } : { start: before.end, end, text: '' };
};

/** Anchors and tags stand before their node and belong to it. */
const withProperties = (text: string, start: number): number => {
  const before = /(?:[&!][^\s,[\]{}]*[ \t]+)+$/.exec(text.slice(lineStart(text, start), start));
  return before === null ? start : start - before[0].length;
};

const memberSpan = (text: string, item: unknown): Region => {
  const span = spanOf(item) ?? { start: 0, end: 0 };
  return { start: withProperties(text, span.start), end: contentEnd(text, item, span.end) };
};

const pairSpan = (text: string, pair: { readonly key: unknown; readonly value?: unknown }): Region => ({
  start: withProperties(text, spanOf(pair.key)?.start ?? 0),
  end: pairEnd(text, pair),
});

/** Takes entries out of a list, from one to another; undefined where their lines cannot be told from others. */
export const withoutMembers = (text: string, seq: SeqNode, from: number, to: number): Edit | undefined => {
  if (seq.flow === true) {
    return withoutFlow(
      text,
      seq.items.map((item) => memberSpan(text, item)),
      from,
      to,
    );
  }
  const first = memberLinesAt(text, seq, from);
  const last = memberLinesAt(text, seq, to);
  return first === undefined || last === undefined ? undefined : withoutLines(text, { start: first.start, end: last.end }, from === 0 ? 'first' : 'later');
};

/** Takes an entry out of a mapping; undefined where it is the only one. */
export const withoutPair = (text: string, map: MapNode, index: number): Edit | undefined => {
  const pair = map.items[index];
  if (pair === undefined || map.items.length < 2) return undefined;
  if (map.flow === true) {
    return withoutFlow(
      text,
      map.items.map((one) => pairSpan(text, one)),
      index,
      index,
    );
  }
  const own = pairSpan(text, pair);
  if (text.slice(lineStart(text, own.start), own.start).trim() === '')
    return withoutLines(text, linesOf(text, own.start, own.end), index === 0 ? 'first' : 'later');
  // Behind a dash: the next key moves up.
  const next = map.items[index + 1];
  return next === undefined ? undefined : { start: own.start, end: pairSpan(text, next).start, text: '' };
};

/** Takes the lines of an entry out, even where it is the only one: the mapping is empty then. */
export const withoutLinesOf = (text: string, map: MapNode, index: number): Edit | undefined => {
  const pair = map.items[index];
  if (pair === undefined || map.flow === true) return undefined;
  const own = pairSpan(text, pair);
  return withoutLines(text, linesOf(text, own.start, own.end), 'first');
};

const joined = (lines: readonly string[], text: string): string => lines.join(breakOf(text));

/** Puts something behind an entry of a flow collection; -1: before the first. */
const intoFlow = (spans: readonly Region[], index: number, whole: Region, added: string, brackets: readonly [string, string]): Edit => {
  const before = spans[index];
  if (before !== undefined) return { start: before.end, end: before.end, text: `, ${added}` };
  const [first] = spans;
  return first === undefined ? { ...whole, text: `${brackets[0]}${added}${brackets[1]}` } : { start: first.start, end: first.start, text: `${added}, ` };
};

/** Puts `key: value` behind an entry of a mapping. @param lines at the indentation of the keys */
export const withPair = (text: string, map: MapNode, after: number, lines: readonly string[], flow: string): Edit | undefined => {
  const whole = spanOf(map);
  if (whole === undefined) return undefined;
  if (map.flow === true) {
    return intoFlow(
      map.items.map((pair) => pairSpan(text, pair)),
      after,
      whole,
      flow,
      ['{ ', ' }'],
    );
  }
  const before = map.items[after];
  if (before === undefined) return undefined;
  const at = lineEnd(text, pairEnd(text, before));
  return { start: at, end: at, text: `${breakOf(text)}${joined(lines, text)}` };
};

/** The column at which the keys of a block mapping stand. */
export const keyColumn = (text: string, map: MapNode): number => columnOf(text, spanOf(map.items[0]?.key)?.start ?? spanOf(map)?.start ?? 0);

/** The column of the dashes of a block list. */
export const dashColumn = (text: string, seq: SeqNode): number => columnOf(text, spanOf(seq)?.start ?? 0);

/** Whether blank lines part the entries of a list. */
const isSpaced = (text: string, seq: SeqNode): boolean | undefined => {
  const second = seq.items[1] === undefined ? undefined : dashOf(text, seq, seq.items[1]);
  return second === undefined ? undefined : blankAbove(text, withComments(text, lineStart(text, second)));
};

/** A new entry: its lines in a block, its text between brackets. */
export interface NewMember {
  readonly lines: readonly string[];
  readonly flow: string;
}

/**
 * Puts entries into a list that has some.
 * @param index of the entry that they follow; -1: before the first
 * @param spacing for lists of one entry, where nobody can see whether blank lines part them
 */
export const withMembers = (text: string, seq: SeqNode, index: number, added: readonly NewMember[], spacing: 'spaced' | 'dense'): Edit | undefined => {
  const eol = breakOf(text);
  if (seq.flow === true) {
    const spans = seq.items.map((item) => memberSpan(text, item));
    const flow = added.map((one) => one.flow).join(', ');
    return intoFlow(spans, index, spanOf(seq) ?? { start: 0, end: 0 }, flow, ['[', ']']);
  }
  const spaced = isSpaced(text, seq) ?? spacing === 'spaced';
  const gap = spaced ? `${eol}${eol}` : eol;
  const lines = added.map((one) => joined(one.lines, text));
  if (index >= 0) {
    const at = lineEnd(text, memberSpan(text, seq.items[index]).end);
    return { start: at, end: at, text: lines.map((one) => `${gap}${one}`).join('') };
  }
  const dash = dashOf(text, seq, seq.items[0]);
  if (dash === undefined || text.slice(lineStart(text, dash), dash).trim() !== '') return undefined;
  const at = withComments(text, lineStart(text, dash));
  return { start: at, end: at, text: lines.map((one) => `${one}${gap}`).join('') };
};

/** The lines of an entry of a block list, as they stand; undefined where they cannot be told from others. */
export const memberLinesAt = (text: string, seq: SeqNode, index: number): Region | undefined => {
  const dash = seq.flow === true ? undefined : dashOf(text, seq, seq.items[index]);
  if (dash === undefined || text.slice(lineStart(text, dash), dash).trim() !== '') return undefined;
  return linesOf(text, dash, memberSpan(text, seq.items[index]).end);
};

const properties = /^[ \t]*((?:[&!][^\s]*[ \t]*)*)/;

/** What stands behind a colon: on its line, or on the lines below it. */
export interface Behind {
  readonly inline: boolean;
  readonly lines: readonly string[];
}

/** Replaces the value behind a key, or puts one there; anchors stay, and a comment behind the colon too. */
export const valueEdit = (text: string, key: unknown, value: unknown, written: Behind): Edit => {
  const colon = colonAfter(text, key) + 1;
  const span = isNoValue(value) ? undefined : spanOf(value);
  const start = span?.start ?? colon;
  const end = span === undefined ? colon : contentEnd(text, value, span.end);
  const lines = joined(written.lines, text);
  const below = text.slice(colon, start).includes('\n');
  if (written.inline) {
    if (span === undefined) return { start: colon, end: colon, text: ` ${lines}` };
    if (!below) return { start, end, text: lines };
    const line = text.slice(colon, lineEnd(text, colon));
    const kept = (properties.exec(line)?.[1] ?? '').trim();
    const comment = /[ \t]+#.*$/.exec(line)?.[0] ?? '';
    return { start: colon, end, text: ` ${kept === '' ? '' : `${kept} `}${lines}${comment}` };
  }
  const block = `${breakOf(text)}${lines}`;
  if (below) return { start: lineEnd(text, colon), end, text: block };
  const from = span === undefined ? colon : start - (/[ \t]*$/.exec(text.slice(0, start))?.[0].length ?? 0);
  return { start: from, end: lineEnd(text, end), text: `${text.slice(end, lineEnd(text, end)).trimEnd()}${block}` };
};

export { isAlias, isMap, isScalar, isSeq };
