/**
 * A plan as one comment that always fits. Names and values stand in blocks of
 * code, where nothing can mention, link or close anything; what is too much is
 * cut change by change, and how much was cut is said.
 */
import type { LimitUse, Plan } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { codeBlock, codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { diagnosticLines, diagnosticsOf, refusalLines } from './findings.ts';
import { baseLines, costLine, errorsOf, limitLines, summaryLine } from './footer.ts';
import { type Block, type CountWord, countText, groupLines } from './group-lines.ts';
import { groupsOf } from './groups.ts';
import { observedHeading, reportTexts, unmanagedText } from './plan-text.ts';
import { cut } from './window.ts';

export interface PlanMarkdownOptions {
  /** Characters that the text may have; 60,000 if absent, which leaves room in a comment of 65,536. */
  readonly most?: number;
  /** How much of the limits the plan uses up. */
  readonly limits?: readonly LimitUse[];
}

/** Columns of a line of code. */
const wide = 100;
/** Characters kept free for a line that says how much was cut. */
const forMore = 60;

/** The plan for a comment on a pull request, never longer than `most`; the summary comes first and is never cut away for changes. */
export const planMarkdown = (plan: Plan, options: PlanMarkdownOptions = {}): string => {
  const most = options.most ?? 60_000;
  const head = headOf(plan);
  if (head.length > most) return cutShort(head, most);
  const sections: string[] = [head];
  let room = most - head.length;
  const add = (section: (room: number) => string, share: number): void => {
    const text = section(Math.floor((room - gap.length) * share));
    if (text === '' || text.length + gap.length > room) return;
    sections.push(text);
    room -= text.length + gap.length;
  };

  // Why it is blocked and what is wrong come first, but never at the price of all changes.
  add((space) => codeSection('Blocked', refusalLines(plan.refusals, 'plain').map(asBlock), space), 1 / 4);
  add((space) => codeSection('Findings', diagnosticLines(diagnosticsOf(plan), 'plain').map(asBlock), space), 1 / 3);
  if (errorsOf(plan) > 0) return sections.join(gap);
  add((space) => listSection(limitLines(options.limits ?? []), space), 1);
  add((space) => groupSection(plan, plan.changes, 'managed', '', space), 1);
  add((space) => groupSection(plan, plan.observed, 'described', `**${observedHeading}**`, space), 1);
  add((space) => listSection([...reportTexts(plan), ...(plan.unmanaged.length === 0 ? [] : [unmanagedText(plan)])], space), 1);
  return sections.join(gap);
};

const gap = '\n\n';

const headOf = (plan: Plan): string => {
  const idle = plan.changes.length === 0 || errorsOf(plan) > 0;
  return [
    `### Plan for ${codeSpan(cut(escapeText(plan.portal), 60))}`,
    `**${escapeMarkdown(summaryLine(plan))}**`,
    ...(idle ? [] : [`${costLine(plan)} Fingerprint: ${codeSpan(cut(escapeText(plan.fingerprint), 64))}`]),
    ...baseLines(plan).map((line) => escapeMarkdown(cut(line, 200))),
  ].join(gap);
};

/** Only for a bound so small that not even the summary fits. */
const cutShort = (text: string, most: number): string =>
  Array.from(text.slice(0, Math.max(0, most)))
    .filter((character) => !/\p{Cs}/u.test(character))
    .join('');

/** The indent of a terminal is not needed in a block of code. */
const asBlock = (lines: readonly string[]): Block => ({ lines: lines.map((line) => line.slice(2)), counts: 1 });

const moreText = (left: number): string => (left === 0 ? '' : `… and ${left} more`);

interface Taken {
  readonly lines: readonly string[];
  /** How many that count are not among the lines. */
  readonly left: number;
}

/** As many whole blocks as fit, in order. */
const take = (blocks: readonly Block[], room: number): Taken => {
  const lines: string[] = [];
  let used = 0;
  for (const [index, block] of blocks.entries()) {
    used += block.lines.reduce((sum, line) => sum + line.length + 1, 0);
    if (used > room) return { lines, left: countOf(blocks.slice(index)) };
    lines.push(...block.lines);
  }
  return { lines, left: 0 };
};

const countOf = (blocks: readonly Block[]): number => blocks.reduce((sum, { counts }) => sum + counts, 0);

/** What a heading and the fences around the blocks take. */
const around = (heading: string, blocks: readonly Block[], language: string): number => {
  const lines = blocks.flatMap((block) => block.lines);
  return heading.length + gap.length + codeBlock(lines, language).length - lines.join('\n').length;
};

const codeSection = (title: string, blocks: readonly Block[], room: number): string => {
  if (blocks.length === 0) return '';
  const heading = `**${title}**`;
  const { lines, left } = take(blocks, room - around(heading, blocks, 'text') - forMore);
  const parts = [heading, ...(lines.length === 0 ? [] : [codeBlock(lines, 'text')]), ...(left === 0 ? [] : [moreText(left)])];
  return parts.join(gap);
};

const listSection = (texts: readonly string[], room: number): string => {
  const blocks = texts.map((text): Block => ({ lines: [`- ${escapeMarkdown(text)}`], counts: 1 }));
  const { lines, left } = take(blocks, room - forMore);
  return [...lines, ...(left === 0 ? [] : [`- ${moreText(left)}`])].join('\n');
};

/** A sign at the very start of a line is what colours it; a change is told by `!` there. */
const diffLine = (line: string): string => line.slice(2).replace(/^~/, '!');

const groupSection = (plan: Plan, changes: Plan['changes'], word: CountWord, title: string, room: number): string => {
  const sections: string[] = title === '' ? [] : [title];
  let space = room - title.length - forMore;
  let left = 0;
  for (const group of groupsOf(plan, changes)) {
    const counts = countText(group, word);
    const heading = `#### ${codeSpan(cut(group.title, wide))}${counts === '' ? '' : ` (${counts})`}`;
    const blocks = groupLines(group, word, wide, 'plain').blocks.map((block): Block => ({ ...block, lines: block.lines.map(diffLine) }));
    const taken = left > 0 ? { lines: [], left: countOf(blocks) } : take(blocks, space - around(heading, blocks, 'diff') - gap.length);
    left += taken.left;
    if (taken.lines.length === 0) continue;
    const section = [heading, codeBlock(taken.lines, 'diff')].join(gap);
    sections.push(section);
    space -= section.length + gap.length;
  }
  if (left > 0) sections.push(moreText(left));
  return sections.length === (title === '' ? 0 : 1) ? '' : sections.join(gap);
};
