/**
 * Large files cut into small pieces, because the parser keeps every token of a
 * document until its end: ten thousand rules parsed a few at a time take half
 * the time and a quarter of the memory. The cuts are made only where they
 * cannot matter: before a key in the first column, and before a `- ` of the
 * list under such a key. Whatever looks otherwise, and every piece in which the
 * parser or grow.ts finds anything to say, sends the whole file through the
 * parser in one piece, so that messages are those of the whole.
 */
import type { Span } from './tree.ts';

/** A part of a text, and how many entries of a list, or keys, must come out of it. */
export interface Slice extends Span {
  readonly count: number;
}

/** A list under a key in the first column, cut into pieces; or keys with their values. */
export type Section =
  | { readonly type: 'list'; readonly key: string; readonly keySpan: Span; readonly pieces: readonly Slice[] }
  | { readonly type: 'keys'; readonly piece: Slice };

const keyAlone = /^([A-Za-z_][A-Za-z0-9_]*):(?: +#.*| *)$/;
const keyWithValue = /^[A-Za-z_][A-Za-z0-9_]*: /;
const aliasOrAnchor = /(?:^|[\s[{,:-])[&*][^\s"']/m;
const strangeBreak = /\r(?!\n)|[\u0085\u2028\u2029\ufeff]/;

interface Line {
  readonly start: number;
  readonly end: number;
  /** Without its line break. */
  readonly text: string;
  readonly indent: number;
}

type Open = { readonly key: string; readonly start: number; indent: number | undefined; dashes: number[]; whole: boolean };

const startsMember = (line: Line): boolean => {
  const after = line.text.charCodeAt(line.indent + 1);
  return line.text.charCodeAt(line.indent) === 45 && (Number.isNaN(after) || after === 32);
};

/** Pieces this long cost no more in one than alone; shorter ones do. */
const pieceLength = 2_000;

/** Parts that follow each other, joined until they are long enough. */
const joined = (starts: readonly number[], end: number): readonly Slice[] => {
  const pieces: Slice[] = [];
  let start = starts[0] ?? end;
  let count = 0;
  for (const next of [...starts.slice(1), end]) {
    count += 1;
    if (next - start < pieceLength && next !== end) continue;
    pieces.push({ start, end: next, count });
    start = next;
    count = 0;
  }
  return pieces;
};

const closed = (open: Open, end: number): Section =>
  open.whole || open.dashes.length === 0
    ? { type: 'keys', piece: { start: open.start, end, count: 1 } }
    : { type: 'list', key: open.key, keySpan: { start: open.start, end: open.start + open.key.length }, pieces: joined(open.dashes, end) };

/** Adds a section; short keys that follow each other become one piece. */
const add = (sections: Section[], section: Section): void => {
  const last = sections.at(-1);
  if (section.type === 'keys' && last?.type === 'keys' && last.piece.end - last.piece.start < pieceLength)
    sections[sections.length - 1] = { type: 'keys', piece: { start: last.piece.start, end: section.piece.end, count: last.piece.count + 1 } };
  else sections.push(section);
};

function* linesOf(text: string): Generator<Line> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found + 1;
    const last = found === -1 ? end : found > start && text.charCodeAt(found - 1) === 13 ? found - 1 : found;
    let indent = start;
    while (indent < last && text.charCodeAt(indent) === 32) indent += 1;
    yield { start, end, text: text.slice(start, last), indent: indent - start };
    start = end;
  }
}

/** The documents of a text, each as its sections; undefined where the text is to be parsed in one piece. */
export const slicesOf = (text: string): readonly (readonly Section[])[] | undefined => {
  if (strangeBreak.test(text) || aliasOrAnchor.test(text)) return undefined;
  const documents: Section[][] = [[]];
  let open: Open | undefined;
  const close = (end: number): void => {
    const sections = documents.at(-1);
    if (open !== undefined && sections !== undefined) add(sections, closed(open, end));
    open = undefined;
  };

  for (const line of linesOf(text)) {
    const first = line.text.charCodeAt(line.indent);
    if (Number.isNaN(first) || first === 35) continue;
    if (first === 9) return undefined;
    if (line.indent === 0 && line.text.startsWith('---')) {
      if (line.text.trimEnd() !== '---') return undefined;
      close(line.start);
      documents.push([]);
    } else if (open !== undefined && !open.whole && open.indent === undefined && startsMember(line)) {
      open.indent = line.indent;
      open.dashes.push(line.start);
    } else if (open !== undefined && open.indent !== undefined && line.indent === open.indent && startsMember(line)) {
      open.dashes.push(line.start);
    } else if (line.indent > 0) {
      if (open === undefined || (open.indent !== undefined && line.indent <= open.indent)) return undefined;
      if (open.indent === undefined) open.whole = true;
    } else {
      const alone = keyAlone.exec(line.text)?.[1];
      if (alone === undefined && !keyWithValue.test(line.text)) return undefined;
      close(line.start);
      open = { key: alone ?? '', start: line.start, indent: undefined, dashes: [], whole: alone === undefined };
    }
  }
  close(text.length);
  return documents;
};
