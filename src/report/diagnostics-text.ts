/** Findings in files, all of them, each with its line and a caret. */
import type { Diagnostic, Origin } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { excerptOf } from './excerpt.ts';
import { messageLines, originText, severityWord } from './findings.ts';
import { paint, type Style, type Tone } from './style.ts';
import { counted } from './words.ts';

/** The text of a file as it was read, or undefined where it is not at hand. */
export type Sources = (file: string) => string | undefined;

/**
 * The findings in the order given, a blank line between them, their number
 * last; no line break at the end. Empty where there are none.
 */
export const diagnosticsText = (diagnostics: readonly Diagnostic[], sources: Sources, style: Style): string => {
  if (diagnostics.length === 0) return '';
  const lineOf = linesFrom(sources);
  const blocks = diagnostics.map((diagnostic) => diagnosticBlock(diagnostic, lineOf, style).join('\n'));
  return [...blocks, paint('strong', countText(diagnostics), style)].join('\n\n');
};

/** Gives the line of a place. Files are split once, however many findings they have. */
export const linesFrom = (sources: Sources): ((origin: Origin) => string | undefined) => {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const known = files.get(file);
    const lines = known ?? (sources(file) ?? '').split(/\r?\n/);
    if (known === undefined) files.set(file, lines);
    return lines[line - 1];
  };
};

const diagnosticBlock = (diagnostic: Diagnostic, lineOf: (origin: Origin) => string | undefined, style: Style): readonly string[] => {
  const { origin, severity, code } = diagnostic;
  const [first = '', ...rest] = messageLines(diagnostic.message);
  const place = origin === undefined ? '' : `${paint('strong', originText(origin), style)}  `;
  return [
    `${place}${severityWord(severity, style)} ${first}  ${paint('quiet', `[${escapeText(code)}]`, style)}`,
    ...rest.map((line) => `  ${line}`),
    ...(origin === undefined ? [] : sourceLines(origin, lineOf(origin), severity === 'error' ? 'bad' : 'caution', style)),
    ...(diagnostic.hint === undefined ? [] : messageLines(diagnostic.hint).map((line) => `  ${line}`)),
  ];
};

const sourceLines = (origin: Origin, line: string | undefined, tone: Tone, style: Style): readonly string[] => {
  if (line === undefined || line.trim() === '') return [];
  const { source, underline } = excerptOf(line, origin.column, origin.length ?? 1);
  const number = String(origin.line);
  const bar = (text: string): string => paint('quiet', `  ${text.padStart(number.length)} |`, style);
  return [`${bar(number)} ${source}`, `${bar('')} ${paint(tone, underline, style)}`];
};

const countText = (diagnostics: readonly Diagnostic[]): string => {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return `${[...(errors > 0 ? [counted(errors, 'error')] : []), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])].join(', ')}.`;
};
