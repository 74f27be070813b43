/** Diagnostics and refusals inside a plan, where the files are not at hand: one line, and what to do below it. */
import type { Diagnostic, Origin, Plan, Refusal } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { paint, type Style } from './style.ts';

/** `routing/acme-shop.yaml:12:5`, safe to print. */
export const originText = ({ file, line, column }: Origin): string => escapeText(`${file}:${line}:${column}`);

/** Each line of a message in several lines, safe to print. */
export const messageLines = (message: string): readonly string[] => message.trimEnd().split(/\r?\n/).map(escapeText);

const hintLines = (hint: string | undefined): readonly string[] => (hint === undefined ? [] : messageLines(hint));

const findingLines = (word: string, finding: Diagnostic | Refusal): readonly string[] => {
  const [first = '', ...rest] = messageLines(finding.message);
  const place = finding.origin === undefined ? '' : `${originText(finding.origin)}  `;
  return [`  ${word} ${place}${first}`, ...[...rest, ...hintLines(finding.hint)].map((line) => `      ${line}`)];
};

export const diagnosticLines = (diagnostics: readonly Diagnostic[], style: Style): readonly (readonly string[])[] =>
  diagnostics.map((diagnostic) => findingLines(severityWord(diagnostic.severity, style), diagnostic));

export const refusalLines = (refusals: readonly Refusal[], style: Style): readonly (readonly string[])[] =>
  refusals.map((refusal) => findingLines(paint('bad', 'blocked:', style), refusal));

export const severityWord = (severity: Diagnostic['severity'], style: Style): string =>
  severity === 'error' ? paint('bad', 'error:', style) : paint('caution', 'warning:', style);

/** Errors first. */
export const diagnosticsOf = (plan: Pick<Plan, 'diagnostics'>): readonly Diagnostic[] => [
  ...plan.diagnostics.filter(({ severity }) => severity === 'error'),
  ...plan.diagnostics.filter(({ severity }) => severity === 'warning'),
];
