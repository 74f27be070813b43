/**
 * The comment on a pull request. It always fits: what is too long in full is
 * told resource by resource without the fields, and what is too long for that
 * in counts. What deletes, moves or blocks stands in each of them, line by
 * line; only thousands of those are cut, and then it says so.
 */
import type { Change, Plan } from '../model/index.ts';
import { blockSection, gap, type Lines, openPage, placeNote } from './comment-parts.ts';
import { escapeText } from './escape.ts';
import { codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { diagnosticLines, diagnosticsOf, refusalLines } from './findings.ts';
import { baseLines, costLine, errorsOf, limitLines, summaryLine } from './footer.ts';
import { groupLines } from './group-lines.ts';
import { groupsOf } from './groups.ts';
import { planMarkdown } from './plan-markdown.ts';
import { unmanagedText } from './plan-text.ts';
import { cut } from './window.ts';
import { counted } from './words.ts';

/** How much of a plan a comment shows. */
export type Detail = 'full' | 'resources' | 'counts' | 'cut';

export interface CommentOptions {
  /** A hidden first line, by which the comment is found again. */
  readonly marker: string;
  /** Paragraphs of Markdown before the plan. */
  readonly intro?: readonly string[];
  /** Paragraphs of Markdown below the plan: where the full report is, what comes next. */
  readonly notes: readonly string[];
  /** Characters that the comment may have; 60,000 if absent, well below the 65,536 that GitHub takes. */
  readonly most?: number;
}

export interface CommentText {
  readonly text: string;
  readonly detail: Detail;
}

/** Characters of a comment: GitHub takes 65,536. */
export const mostOfComment = 60_000;

export const planComment = (plan: Plan, { marker, intro = [], notes, most = mostOfComment }: CommentOptions): CommentText => {
  const around = (body: string, note: readonly string[] = []): string => [marker, ...intro, body, ...note, ...notes].join(gap);

  const full = around(planMarkdown(plan, { most: Number.MAX_SAFE_INTEGER, ...(plan.limits === undefined ? {} : { limits: plan.limits }) }));
  if (full.length <= most) return { text: full, detail: 'full' };
  const broken = errorsOf(plan) > 0;
  if (!broken) {
    const resources = around(resourcesBody(plan), [shortened.resources]);
    if (resources.length <= most) return { text: resources, detail: 'resources' };
    const counts = around(countsBody(plan, Number.MAX_SAFE_INTEGER), [shortened.counts]);
    if (counts.length <= most) return { text: counts, detail: 'counts' };
  }
  const note = [broken ? shortened.findings : shortened.cut];
  return { text: around(countsBody(plan, most - around('', note).length), note), detail: 'cut' };
};

const shortened = {
  resources: 'This is the plan without its fields: in full it is too long for a comment.',
  counts: 'This is the plan in counts, with all that it deletes, moves and blocks: in full it is too long for a comment.',
  cut: 'This is the plan in counts, with the first of what it deletes, moves and blocks: in full it is too long for a comment.',
  findings: 'These are the first of the findings: all of them are too long for a comment.',
} as const;

const headOf = (plan: Plan): string =>
  [
    `### Plan for ${codeSpan(cut(escapeText(plan.portal), 60))}`,
    `**${escapeMarkdown(summaryLine(plan))}**`,
    ...(errorsOf(plan) > 0 ? [] : [`${costLine(plan)} Fingerprint: ${codeSpan(cut(escapeText(plan.fingerprint), 64))}`]),
    ...baseLines(plan).map((line) => escapeMarkdown(cut(line, 200))),
    ...limitLines(plan.limits ?? [])
      .slice(0, 40)
      .map((line) => escapeMarkdown(line)),
    ...(plan.unmanaged.length === 0 ? [] : [escapeMarkdown(unmanagedText(plan))]),
  ].join(gap);

const unindented = (blocks: readonly Lines[]): readonly Lines[] => blocks.map((lines) => lines.map((line) => line.replace(/^ {2}/, '')));

const blockedBlocks = (plan: Plan): readonly Lines[] => unindented(refusalLines(plan.refusals, 'plain'));
const findingBlocks = (plan: Plan): readonly Lines[] => unindented(diagnosticLines(diagnosticsOf(plan), 'plain'));

/** One line for each change, in the groups of the full plan. */
const resourcesBody = (plan: Plan): string => {
  const page = openPage(headOf(plan), Number.MAX_SAFE_INTEGER);
  page.add((room) => blockSection('**Blocked**', blockedBlocks(plan), 'text', room));
  page.add((room) => blockSection('**Findings**', findingBlocks(plan), 'text', room));
  for (const group of groupsOf(plan, plan.changes)) {
    const bare = { ...group, entries: group.entries.map((entry) => ({ ...entry, fields: [] })) };
    const blocks = groupLines(bare, 'managed', 100, 'plain').blocks.map(({ lines }) => lines.map((line) => line.slice(2).replace(/^~/, '!')));
    page.add((room) => blockSection(`#### ${codeSpan(cut(group.title, 100))}`, blocks, 'diff', room));
  }
  return page.text();
};

const nameOf = (change: Change): string => cut(escapeText(change.address), 120);

const deleteBlocks = (plan: Plan): readonly Lines[] =>
  plan.changes.flatMap((change) => (change.action === 'delete' ? [[`- ${nameOf(change)}   ${cut(escapeText(change.reason), 60)}`]] : []));

const moveBlocks = (plan: Plan): readonly Lines[] =>
  plan.changes.flatMap((change) => (change.action === 'move' ? [[`${change.from}→${change.to}   ${nameOf(change)}${placeNote(change.origin)}`]] : []));

const words = [
  ['create', 'to add'],
  ['update', 'to change'],
  ['move', 'to move'],
  ['delete', 'to delete'],
] as const;

/** `12 to add, 3 to change`, for each kind or app of it. */
const countBlocks = (plan: Plan): readonly Lines[] => {
  const groups = new Map<string, Change[]>();
  for (const change of plan.changes) {
    const title = escapeText(change.app === undefined ? change.kind : `${change.kind} · ${change.app}`);
    const list = groups.get(title);
    if (list === undefined) groups.set(title, [change]);
    else list.push(change);
  }
  return [...groups].map(([title, changes]) => {
    const parts = words.flatMap(([action, word]) => {
      const count = changes.filter((change) => change.action === action).length;
      return count === 0 ? [] : [`${count} ${word}`];
    });
    return [`${cut(title, 100)}: ${parts.join(', ')}`];
  });
};

const countsBody = (plan: Plan, most: number): string => {
  const page = openPage(headOf(plan), most);
  const blocked = blockedBlocks(plan);
  const findings = findingBlocks(plan);
  page.add((room) => blockSection(`**Blocked** (${blocked.length})`, blocked, 'text', room), 1 / 3);
  if (errorsOf(plan) > 0) {
    page.add((room) => blockSection(`**Findings** (${findings.length})`, findings, 'text', room));
    return page.text();
  }
  const deletes = deleteBlocks(plan);
  const moves = moveBlocks(plan);
  page.add((room) => blockSection('**By kind and app**', countBlocks(plan), 'text', room), 1 / 4);
  page.add((room) => blockSection(`**${counted(deletes.length, 'delete')}**`, deletes, 'diff', room), 1 / 2);
  page.add((room) => blockSection(`**${counted(moves.length, 'move')}**`, moves, 'text', room), 2 / 3);
  page.add((room) => blockSection(`**Findings** (${findings.length})`, findings, 'text', room));
  return page.text();
};
