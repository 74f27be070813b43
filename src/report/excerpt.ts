/**
 * A line of a file with its underline. Tabs become blanks, invisible characters
 * visible escapes, wide characters take two columns: the underline is measured
 * on what is printed, not on what stands in the file. A long line is cut around
 * the place.
 */
import { escapeText } from './escape.ts';
import { cellsOf } from './width.ts';

export interface Excerpt {
  readonly source: string;
  /** Blanks, then at least one caret. */
  readonly underline: string;
}

/** What is printed for a run of characters of the line; `end` is where the run ends, in UTF-16 units. */
interface Piece {
  readonly text: string;
  readonly width: number;
  readonly end: number;
}

const tabStop = 4;
/** Columns of a line that are shown. */
const mostColumns = 100;
/** Columns before the place that are kept when a line is cut. */
const lead = 30;
/** What is farther from the place than this is not looked at: UTF-16 units. */
const reach = 1_000;

/** @param column of the place, from 1, and `length` of what is meant, both in UTF-16 units, as editors count */
export const excerptOf = (line: string, column: number, length: number): Excerpt => {
  const at = Math.min(Math.max(0, column - 1), line.length);
  const start = afterPair(line, Math.max(0, at - reach));
  const stop = afterPair(line, Math.min(line.length, at + reach));
  const pieces = piecesOf(line.slice(start, stop), start);

  const place = indexOr(pieces, (piece) => piece.end > at);
  const past = Math.max(place + 1, 1 + indexOr(pieces, (piece) => piece.end >= at + length));
  const fits = widthOf(pieces) <= mostColumns && start === 0 && stop === line.length;
  const from = fits ? 0 : windowStart(pieces, place);
  const to = fits ? pieces.length : windowEnd(pieces, from);

  const head = from > 0 || start > 0 ? '…' : '';
  const tail = to < pieces.length || stop < line.length ? '…' : '';
  return {
    source: `${head}${pieces
      .slice(from, to)
      .map(({ text }) => text)
      .join('')}${tail}`.trimEnd(),
    underline: ' '.repeat(head.length + widthOf(pieces.slice(from, place))) + '^'.repeat(Math.max(1, widthOf(pieces.slice(place, Math.min(past, to))))),
  };
};

/** The index, moved on where it would part a surrogate pair. */
const afterPair = (line: string, index: number): number => {
  const before = line.charCodeAt(index - 1);
  const next = line.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && next >= 0xdc00 && next <= 0xdfff ? index + 1 : index;
};

const indexOr = (pieces: readonly Piece[], test: (piece: Piece) => boolean): number => {
  const index = pieces.findIndex(test);
  return index === -1 ? pieces.length : index;
};

const widthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { width }) => sum + width, 0);

const windowStart = (pieces: readonly Piece[], place: number): number => {
  let from = place;
  let room = lead;
  while (from > 0 && (pieces[from - 1]?.width ?? 0) <= room) {
    from -= 1;
    room -= pieces[from]?.width ?? 0;
  }
  return from;
};

const windowEnd = (pieces: readonly Piece[], from: number): number => {
  let to = from;
  let room = mostColumns;
  while (to < pieces.length && (pieces[to]?.width ?? 0) <= room) {
    room -= pieces[to]?.width ?? 0;
    to += 1;
  }
  return to;
};

const piecesOf = (text: string, offset: number): readonly Piece[] => {
  const pieces: Piece[] = [];
  let end = offset;
  let column = 0;
  for (const cell of cellsOf(text)) {
    end += cell.text.length;
    const shown = cell.text === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : escapeText(cell.text);
    const width = shown === cell.text ? cell.width : shown.length;
    const last = pieces.at(-1);
    column += width;
    // What stands on the character before it belongs to it.
    if (last !== undefined && shown === cell.text && (cell.width === 0 || cell.text === '\uFE0F')) {
      pieces[pieces.length - 1] = { text: last.text + shown, width: last.width + width, end };
    } else pieces.push({ text: shown, width, end });
  }
  return pieces;
};
