/**
 * Text that GitHub shows as it is. A backslash does not help against what
 * GitHub looks for after rendering (mentions, issue numbers, addresses): there
 * a zero-width space parts the sign from the word.
 */
import { escapeText } from './escape.ts';

const part = '&#8203;';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** One line of running text. */
export const escapeMarkdown = (text: string): string =>
  escapeText(text)
    .replace(/[&<>]|[\\`*_[\]#!|~$]/g, (character) => entities[character] ?? `\\${character}`)
    // Numbers first: the zero-width space is itself written with a number sign.
    .replace(/#(?=\d)/g, `#${part}`)
    .replace(/@/g, `@${part}`)
    .replace(/\b(gh-)(?=\d)/gi, `$1${part}`)
    .replace(/:(?=\/\/)/g, `:${part}`)
    .replace(/\b(www)(?=\.)/gi, `$1${part}`)
    // What makes a list, a rule or an underline only at the start of a line.
    .replace(/^ /, '&#32;')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)(?=[.)])/, '$1\\')
    .replace(/ $/, '&#32;');

/** One more backtick than the longest run inside, and at least so many. */
const fenceFor = (text: string, least: number): string => {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  return '`'.repeat(Math.max(least, longest + 1));
};

/** One line as inline code, whatever backticks it holds. Not for table cells. */
export const codeSpan = (text: string): string => {
  const safe = escapeText(text);
  if (safe === '') return '` `';
  const fence = fenceFor(safe, 1);
  const padded = /^`|`$|^ .* $|^ +$/.test(safe) ? ` ${safe} ` : safe;
  return `${fence}${padded}${fence}`;
};

/** Lines as a block of code. The lines must already be safe to print. */
export const codeBlock = (lines: readonly string[], language: string): string => {
  const body = lines.join('\n');
  const fence = fenceFor(body, 3);
  return `${fence}${language}\n${body}\n${fence}`;
};
