/** Offsets in a text → lines and columns, as people and editors count them. */
import type { Origin } from '../model/index.ts';
import type { Span } from './tree.ts';

/** A text with its path and the offsets at which its lines start. */
export interface Lined {
  readonly path: string;
  readonly text: string;
  readonly starts: readonly number[];
}

export const linedText = (path: string, text: string): Lined => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return { path, text, starts };
};

/** Index of the line that an offset stands in, from 0. */
const lineAt = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};

const lineEnd = (text: string, offset: number): number => {
  const found = text.indexOf('\n', offset);
  const end = found === -1 ? text.length : found;
  return end > offset && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
};

/** The place of a span. What runs over several lines is marked on its first. */
export const originOf = (file: Lined, span: Span): Origin => {
  const start = Math.max(0, Math.min(span.start, file.text.length));
  const line = lineAt(file.starts, start);
  const end = Math.min(span.end, lineEnd(file.text, start));
  return { file: file.path, line: line + 1, column: start - (file.starts[line] ?? 0) + 1, length: Math.max(1, end - start) };
};
