/** What a command came to, as a comment or an issue that always fits: why it failed, or what became of each change. */
import type { Diagnostic, Outcome } from '../model/index.ts';
import { blockSection, gap, type Lines, openPage } from './comment-parts.ts';
import { diagnosticsText, type Sources } from './diagnostics-text.ts';
import { type ErrorInfo, errorText } from './error-text.ts';
import { escapeText } from './escape.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { outcomeText } from './outcome-text.ts';
import { type CommentText, mostOfComment } from './plan-comment.ts';

interface Frame {
  /** A hidden first line, by which the comment is found again. */
  readonly marker: string;
  /** One line of text: what happened. */
  readonly title: string;
  /** Paragraphs of Markdown at the end. */
  readonly notes: readonly string[];
  readonly most?: number;
}

const framed = ({ marker, title, notes, most = mostOfComment }: Frame, fill: (page: ReturnType<typeof openPage>) => void): string => {
  const head = [marker, `### ${escapeMarkdown(title)}`].join(gap);
  const foot = notes.join(gap);
  const page = openPage(head, most - foot.length - gap.length);
  fill(page);
  return foot === '' ? page.text() : `${page.text()}${gap}${foot}`;
};

/** A finding with its line and a caret, without the number of findings that ends the text for a terminal. */
const findingBlock = (diagnostic: Diagnostic, sources: Sources): Lines => {
  const text = diagnosticsText([diagnostic], sources, 'plain');
  return text.slice(0, text.lastIndexOf('\n\n')).split('\n');
};

/** Why there is no plan, or why nothing was written: the error, and every finding that fits. */
export const failureComment = (
  failure: { readonly error: ErrorInfo; readonly diagnostics: readonly Diagnostic[]; readonly sources: Sources },
  frame: Frame,
): string =>
  framed(frame, (page) => {
    const { error, diagnostics, sources } = failure;
    page.add((room) => blockSection('', [errorText(error, 'plain').split('\n')], 'text', room).trimStart(), 1 / 2);
    page.add((room) =>
      blockSection(
        `**Findings** (${diagnostics.length})`,
        diagnostics.map((one) => findingBlock(one, sources)),
        'text',
        room,
      ),
    );
  });

export interface OutcomeReport {
  /** One sentence: how it ended. */
  readonly sentence: string;
  readonly outcomes: readonly Outcome[];
  /** What moved in the portal since the plan was approved. */
  readonly moved?: readonly string[];
  readonly error?: ErrorInfo;
}

const isKept = ({ state, action }: Outcome): boolean => state !== 'applied' || action === 'delete' || action === 'move';

/** The lines of one outcome, without the counts that end the text. */
const outcomeBlock = (outcome: Outcome): Lines => {
  const text = outcomeText([outcome], 'plain');
  return text
    .slice(0, text.indexOf('\n\nOutcome:'))
    .split('\n')
    .map((line) => line.replace(/^ {2}/, ''));
};

const countsOf = (outcomes: readonly Outcome[]): string => {
  const text = outcomeText(outcomes, 'plain');
  return text.slice(text.lastIndexOf('Outcome:'));
};

/** What became of an apply. Too long in full, it is told without the creates and updates that were applied. */
export const outcomeComment = ({ sentence, outcomes, moved = [], error }: OutcomeReport, frame: Frame): CommentText => {
  const most = frame.most ?? mostOfComment;
  const write = (shown: readonly Outcome[], bound: number, notes: readonly string[]): string =>
    framed({ ...frame, most: bound, notes: [...notes, ...frame.notes] }, (page) => {
      page.add(() => `**${escapeMarkdown(sentence)}**`);
      if (outcomes.length > 0) page.add(() => escapeMarkdown(countsOf(outcomes).replaceAll('\n', ' ')));
      if (error !== undefined) page.add((room) => blockSection('', [errorText(error, 'plain').split('\n')], 'text', room).trimStart(), 1 / 2);
      page.add(
        (room) =>
          blockSection(
            '**What moved**',
            moved.map((line) => [escapeText(line)]),
            'text',
            room,
          ),
        1 / 2,
      );
      page.add((room) => blockSection(`**Changes** (${shown.length})`, shown.map(outcomeBlock), 'text', room));
    });
  const full = write(outcomes, Number.MAX_SAFE_INTEGER, []);
  if (full.length <= most) return { text: full, detail: 'full' };
  const kept = outcomes.filter(isKept);
  const note = 'Creates and updates that were applied are only counted: in full this is too long for a comment.';
  const few = write(kept, Number.MAX_SAFE_INTEGER, [note]);
  return few.length <= most ? { text: few, detail: 'resources' } : { text: write(kept, most, [note]), detail: 'cut' };
};
