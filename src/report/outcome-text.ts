/** What became of each change, and the counts: nothing half done reads as done, or as nothing. */
import type { Outcome } from '../model/index.ts';
import { callText, codeText } from './error-text.ts';
import { escapeText } from './escape.ts';
import { messageLines } from './findings.ts';
import { paint, type Style, type Tone } from './style.ts';
import { padded, widest } from './width.ts';

const looks: Readonly<Record<Outcome['state'], { readonly sign: string; readonly word: string; readonly tone: Tone }>> = {
  applied: { sign: '✓', word: 'applied', tone: 'good' },
  failed: { sign: '✗', word: 'failed', tone: 'bad' },
  not_tried: { sign: '·', word: 'not tried', tone: 'quiet' },
  unknown: { sign: '?', word: 'unknown', tone: 'caution' },
};

/** One line per change, errors below theirs, the counts last; no line break at the end. */
export const outcomeText = (outcomes: readonly Outcome[], style: Style): string => {
  const addresses = widest(
    outcomes.map(({ address }) => escapeText(address)),
    60,
  );
  const lines = outcomes.flatMap((outcome) => {
    const { sign, word, tone } = looks[outcome.state];
    const line = `  ${paint(tone, sign, style)} ${padded(outcome.action, 6)}   ${padded(escapeText(outcome.address), addresses)}   ${paint(tone, word, style)}`;
    return [line, ...errorLines(outcome)];
  });
  return [...lines, ...(lines.length === 0 ? [] : ['']), ...countLines(outcomes, style)].join('\n');
};

const errorLines = ({ error }: Outcome): readonly string[] => {
  if (error === undefined) return [];
  const [first = '', ...rest] = messageLines(error.message);
  const code = codeText(error);
  const call = callText(error);
  const lines = [
    code === '' ? first : `${first} (${code})`,
    ...rest,
    ...(call === '' ? [] : [call]),
    ...(error.hint === undefined ? [] : messageLines(error.hint)),
  ];
  return lines.map((line) => `      ${line}`);
};

const countLines = (outcomes: readonly Outcome[], style: Style): readonly string[] => {
  const count = (state: Outcome['state']): number => outcomes.filter((outcome) => outcome.state === state).length;
  const states: readonly Outcome['state'][] = ['applied', 'failed', 'not_tried', 'unknown'];
  const parts = states.filter((state) => state === 'applied' || count(state) > 0).map((state) => `${count(state)} ${looks[state].word}`);
  const doubt =
    count('unknown') === 0
      ? []
      : ['Unknown: no clear answer came, or a part was not sent or not read back; all or some of it may have landed. Run plan to see what is left.'];
  return [paint('strong', `Outcome: ${parts.join(', ')}.`, style), ...doubt];
};
