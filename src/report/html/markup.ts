/**
 * The one place where text becomes HTML. What is put into a template is text
 * and is escaped, in elements and in quoted attributes alike; only what was
 * made by a template itself goes in as it is.
 */
import { escapeHtml, escapeText } from '../escape.ts';

/** A piece of a page, safe to be part of it. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text, a number, pieces, or nothing. */
export type Part = string | number | Markup | undefined | readonly (Markup | undefined)[];

const isPieces = (part: Part): part is readonly (Markup | undefined)[] => Array.isArray(part);

const written = (part: Part): string => {
  if (part === undefined) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeHtml(part);
  return isPieces(part) ? part.map((one) => one?.markup ?? '').join('') : part.markup;
};

/** A piece of a page. Attributes must stand in double quotes. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: strings.map((text, index) => text + written(parts[index])).join(''),
});

/** Text of this program that is no HTML: a style sheet, a script. Never for anything that was read. */
export const verbatim = (text: string): Markup => ({ markup: text });

/** Whether it is surely written in the direction of the page. */
export const isLeftToRight = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** A name or a value of others, on one line: its own direction of writing does not turn what stands around it. */
export const foreign = (text: string): Markup => (isLeftToRight(text) ? html`${text}` : html`<bdi>${escapeText(text)}</bdi>`);

/** Told to who listens, not shown. */
export const spoken = (text: string): Markup => html`<span class="spoken">${text}</span>`;

/** A word in whose place a sign is seen, by the style sheet: who listens, copies or has no styles gets the word. */
export const signWord = (word: string): Markup => html`<i>${word}</i>`;
