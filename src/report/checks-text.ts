/** What `doctor` found: one line each, and what to do about it where something is wrong. */
import { escapeText } from './escape.ts';
import { messageLines } from './findings.ts';
import { paint, type Style, type Tone } from './style.ts';

/** One thing that was looked at. `skipped` says why it was not. */
export interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warning' | 'problem' | 'skipped';
  readonly message: string;
  readonly hint?: string;
}

const marks: Readonly<Record<Check['state'], readonly [string, Tone]>> = {
  ok: ['✓', 'good'],
  warning: ['!', 'caution'],
  problem: ['✗', 'bad'],
  skipped: ['-', 'quiet'],
};

const words: Readonly<Record<Check['state'], string>> = { ok: 'ok', warning: 'warning', problem: 'problem', skipped: 'skipped' };

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const closing = (checks: readonly Check[]): string => {
  const count = (state: Check['state']): number => checks.filter((check) => check.state === state).length;
  const problems = count('problem');
  const warnings = count('warning');
  const begin = problems === 0 ? 'No problems' : counted(problems, 'problem');
  return `${begin}${warnings === 0 ? '' : `, ${counted(warnings, 'warning')}`}.`;
};

const lines = ({ name, state, message, hint }: Check, width: number, style: Style): readonly string[] => {
  const [mark, tone] = marks[state];
  const [first = '', ...rest] = messageLines(message);
  const indent = ' '.repeat(width + 16);
  const said = hint === undefined ? rest : [...rest, ...messageLines(hint)];
  return [
    `  ${paint(tone, `${mark} ${words[state].padEnd(8)}`, style)}  ${escapeText(name).padEnd(width)}  ${first}`,
    ...said.map((line) => `${indent}${line}`),
  ];
};

/** All checks as text; no line break at the end. */
export const checksText = (checks: readonly Check[], style: Style): string => {
  const width = Math.max(0, ...checks.map(({ name }) => escapeText(name).length));
  return [...checks.flatMap((check) => lines(check, width, style)), '', closing(checks)].join('\n');
};

/** All checks as one document. */
export const checksJson = (checks: readonly Check[], portal: string | undefined) => ({
  format_version: 1,
  ...(portal === undefined ? {} : { portal }),
  checks: checks.map(({ name, state, message, hint }) => ({ name, state, message, ...(hint === undefined ? {} : { hint }) })),
  summary: Object.fromEntries(
    (['ok', 'warning', 'problem', 'skipped'] as const).map((state) => [state, checks.filter((check) => check.state === state).length]),
  ),
});
