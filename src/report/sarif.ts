/** Findings as SARIF 2.1.0, for code scanning, and as a code-quality report, for GitLab. */
import { createHash } from 'node:crypto';
import type { JsonObject } from '../model/index.ts';
import type { Annotation } from './annotation.ts';
import { escapeText } from './escape.ts';

export interface FindingsOptions {
  /** The project's folder in the repository, with a slash at its end; empty at the top. */
  readonly prefix: string;
  /** The version of this program. */
  readonly version: string;
}

/** The same finding keeps its mark when lines above it come and go; several alike in one file are told apart by their number. */
const marksOf = (annotations: readonly Annotation[], prefix: string): readonly string[] => {
  const seen = new Map<string, number>();
  return annotations.map(({ rule, message, origin, address }) => {
    const key = JSON.stringify([rule, `${prefix}${origin.file}`, address ?? '', message]);
    const number = seen.get(key) ?? 0;
    seen.set(key, number + 1);
    return createHash('sha256').update(`${key}\n${number}`).digest('hex').slice(0, 40);
  });
};

/** A path as a reference that may stand in an address. */
const uriOf = (path: string): string => escapeText(path).split('/').map(encodeURIComponent).join('/');

/** In messages of SARIF brackets make links, and a backslash takes that from them. */
const sarifText = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => escapeText(line).replaceAll(/[\\[\]]/g, '\\$&'))
    .join('\n');

const rulesOf = (annotations: readonly Annotation[]): readonly string[] => [...new Set(annotations.map(({ rule }) => rule))].sort();

const sarifUri = 'https://json.schemastore.org/sarif-2.1.0.json';

/** One run of this program, as SARIF 2.1.0. */
export const sarif = (annotations: readonly Annotation[], { prefix, version }: FindingsOptions): JsonObject => {
  const rules = rulesOf(annotations);
  const marks = marksOf(annotations, prefix);
  return {
    $schema: sarifUri,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'salesiq-sync', semanticVersion: version, rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: annotations.map(({ rule, level, message, origin }, index) => ({
          ruleId: rule,
          ruleIndex: rules.indexOf(rule),
          level,
          message: { text: sarifText(message) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(`${prefix}${origin.file}`), uriBaseId: '%SRCROOT%' },
                region: {
                  startLine: origin.line,
                  startColumn: origin.column,
                  ...(origin.length === undefined || origin.length < 1 ? {} : { endColumn: origin.column + origin.length }),
                },
              },
            },
          ],
          partialFingerprints: { 'salesiqSync/v1': marks[index] ?? '' },
        })),
      },
    ],
  };
};

const severities = { error: 'major', warning: 'minor', note: 'info' } as const;

/** The report that GitLab shows beside the lines of a merge request. */
export const codeQuality = (annotations: readonly Annotation[], { prefix }: Pick<FindingsOptions, 'prefix'>): readonly JsonObject[] => {
  const marks = marksOf(annotations, prefix);
  return annotations.map(({ rule, level, message, origin }, index) => ({
    description: message.split(/\r?\n/).map(escapeText).join(' '),
    check_name: rule,
    fingerprint: marks[index] ?? '',
    severity: severities[level],
    location: { path: `${prefix}${origin.file}`, lines: { begin: origin.line } },
  }));
};
