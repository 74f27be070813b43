/** What comments are put together from: sections that take as many whole blocks as fit, and say how many did not. */
import { escapeText } from './escape.ts';
import { codeBlock } from './escape-markdown.ts';
import { cut } from './window.ts';

export const gap = '\n\n';

/** Columns of a line of code. */
const widest = 200;
/** Characters kept free for a line that says how much was cut. */
const forMore = 60;

/** Lines that stay together, safe to print. */
export type Lines = readonly string[];

/** A heading and blocks below it, as far as they fit; empty where there is nothing to say or not even the heading fits. */
export const blockSection = (heading: string, blocks: readonly Lines[], language: string, room: number): string => {
  if (blocks.length === 0) return '';
  const frame = heading.length + codeBlock([], language).length + 2 * gap.length + forMore;
  const lines: string[] = [];
  let used = frame;
  let fence = 0;
  let taken = 0;
  for (const block of blocks) {
    const cutLines = block.map((line) => cut(line, widest));
    used += cutLines.reduce((sum, line) => sum + line.length + 1, 0);
    // A run of backticks inside makes the fences longer.
    fence = Math.max(fence, longestFence(cutLines));
    if (used + 2 * fence > room) break;
    lines.push(...cutLines);
    taken += 1;
  }
  const left = blocks.length - taken;
  const parts = [heading, ...(lines.length === 0 ? [] : [codeBlock(lines, language)]), ...(left === 0 ? [] : [`… and ${left} more.`])];
  const text = parts.join(gap);
  return text.length > room ? '' : text;
};

const longestFence = (lines: Lines): number => lines.reduce((most, line) => Math.max(most, ...(line.match(/`+/g) ?? []).map((run) => run.length)), 0);

/** Sections one after the other, each given what is left, or a share of it. */
export interface Page {
  readonly add: (section: (room: number) => string, share?: number) => void;
  readonly text: () => string;
}

export const openPage = (head: string, most: number): Page => {
  const sections = [head];
  let room = most - head.length;
  return {
    add: (section, share = 1) => {
      const text = section(Math.floor((room - gap.length) * share));
      if (text === '' || text.length + gap.length > room) return;
      sections.push(text);
      room -= text.length + gap.length;
    },
    text: () => sections.join(gap),
  };
};

/** The place of a line in a file, in brackets; nothing where there is none. */
export const placeNote = (origin: { readonly file: string; readonly line: number } | undefined): string =>
  origin === undefined ? '' : `   ${escapeText(`${origin.file}:${origin.line}`)}`;
