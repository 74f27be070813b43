/** Changes of a text by offsets, and what must be known of its lines. */
import type { Span } from './tree.ts';

/** The text from `start` to `end` becomes `text`. */
export interface Edit extends Span {
  readonly text: string;
}

/** The text with all edits in it. What goes twice goes once; others that begin inside of an earlier one fall away with what that one replaces. */
export const applyEdits = (text: string, edits: readonly Edit[]): string => {
  const sorted = edits.map((edit, index) => ({ edit, index })).sort((a, b) => a.edit.start - b.edit.start || a.index - b.index);
  const eol = breakOf(text);
  let done = 0;
  let result = '';
  for (const { edit } of sorted) {
    if (edit.start < done) {
      if (edit.text === '') done = Math.max(done, edit.end);
      continue;
    }
    result += text.slice(done, edit.start) + edit.text.replaceAll(/\r?\n/g, eol);
    done = edit.end;
  }
  return result + text.slice(done);
};

/** The line break of the file: that of its first line. */
export const breakOf = (text: string): '\n' | '\r\n' => {
  const first = text.indexOf('\n');
  return first > 0 && text.charCodeAt(first - 1) === 13 ? '\r\n' : '\n';
};

export const lineStart = (text: string, offset: number): number => (offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1);

/** Where the line ends, before its break. */
export const lineEnd = (text: string, offset: number): number => {
  const found = text.indexOf('\n', offset);
  if (found === -1) return text.length;
  return found > offset && text.charCodeAt(found - 1) === 13 ? found - 1 : found;
};

/** Where the next line starts. */
export const nextLine = (text: string, offset: number): number => {
  const found = text.indexOf('\n', offset);
  return found === -1 ? text.length : found + 1;
};

export const columnOf = (text: string, offset: number): number => offset - lineStart(text, offset);

/** The start of the comment lines that stand directly above a line. */
export const withComments = (text: string, start: number): number => {
  let at = start;
  while (at > 0) {
    const before = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(before, at))) return at;
    // The line that tells editors the schema belongs to the file.
    if (/^# yaml-language-server:/.test(text.slice(before, at))) return at;
    at = before;
  }
  return at;
};

const isBlank = (line: string): boolean => line.trim() === '';

/** The start of the blank lines above a line. */
export const withBlanksAbove = (text: string, start: number): number => {
  let at = start;
  while (at > 0) {
    const before = lineStart(text, at - 1);
    if (!isBlank(text.slice(before, at))) return at;
    at = before;
  }
  return at;
};

/** The end of the blank lines that follow a line's end. */
export const withBlanksBelow = (text: string, end: number): number => {
  let at = end;
  while (at < text.length) {
    const next = nextLine(text, at);
    if (!isBlank(text.slice(at, next))) return at;
    at = next;
  }
  return at;
};

/** Whether the line before this one is blank. */
export const blankAbove = (text: string, start: number): boolean => start > 0 && isBlank(text.slice(lineStart(text, start - 1), start));
