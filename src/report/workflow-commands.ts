/**
 * Lines that a runner of GitHub Actions takes for annotations, and the
 * annotations of a check run. Texts are data: a line break in one would begin
 * a command of its own.
 */
import type { Annotation } from './annotation.ts';
import { escapeText } from './escape.ts';

const commandWords = { error: 'error', warning: 'warning', note: 'notice' } as const;
const checkWords = { error: 'failure', warning: 'warning', note: 'notice' } as const;

const escapeData = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Line breaks stay; everything else that is invisible becomes visible. */
const printable = (text: string): string => text.split(/\r?\n/).map(escapeText).join('\n');

/** One line for standard output. */
export const commandText = (word: 'error' | 'warning' | 'notice', message: string, properties: Readonly<Record<string, string>> = {}): string => {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(printable(value))}`);
  return `::${word}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(printable(message))}`;
};

/** @param prefix the project's folder in the repository, with a slash at its end; empty at the top */
export const annotationCommand = ({ level, title, message, origin }: Annotation, prefix: string): string =>
  commandText(commandWords[level], message, { title, file: `${prefix}${origin.file}`, line: String(origin.line), col: String(origin.column) });

/** An annotation as a check run takes it. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: (typeof checkWords)[keyof typeof checkWords];
  readonly title: string;
  readonly message: string;
}

const most = { title: 255, message: 4_000 } as const;

/** Not within a pair of surrogates. */
const cutTo = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');

/** @param prefix the project's folder in the repository, with a slash at its end; empty at the top */
export const checkAnnotation = ({ level, title, message, origin }: Annotation, prefix: string): CheckAnnotation => ({
  path: `${prefix}${origin.file}`,
  start_line: origin.line,
  end_line: origin.line,
  annotation_level: checkWords[level],
  title: cutTo(escapeText(title), most.title),
  message: cutTo(printable(message), most.message),
});
