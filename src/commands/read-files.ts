/** The project's files, read and understood as far as no portal is needed. */

import type { Secret } from '../apply/index.ts';
import { assemble, type Contents, contentFilesIn, type ParsedFile, parseFiles, readContents, readProject, readSources } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { type Desired, type Diagnostic, type Portal, type Project, type SourceFile, sortDiagnostics, UserError } from '../model/index.ts';
import { choosePortal, type Environment } from '../settings.ts';
import type { CommonOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface Files {
  readonly project: Project;
  readonly parsed: readonly ParsedFile[];
  readonly warnings: readonly Diagnostic[];
  readonly secrets: readonly Secret[];
  /** Paths of the resource files, relative to the project folder. */
  readonly paths: readonly string[];
  /** Texts that stand in files of their own. */
  readonly contents: Contents;
  /** Every file's text, for messages that show the line. */
  readonly sources: (file: string) => string | undefined;
}

export interface DesiredFiles extends Files {
  readonly portal: Portal;
  readonly desired: Desired;
}

const noSources = (): undefined => undefined;

/** Findings in files, with the texts to show them in. */
export class FileError extends UserError {
  readonly sources: (file: string) => string | undefined;

  constructor(diagnostics: readonly Diagnostic[], sources: (file: string) => string | undefined) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    super(`${errors} ${errors === 1 ? 'error' : 'errors'} in the files`, {
      hint: 'Nothing was sent. Mend the files and run the command again.',
      diagnostics: sortDiagnostics(diagnostics),
    });
    this.sources = sources;
  }
}

const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(({ severity }) => severity === 'error');

/** Variables of the environment that the files ask for: none of their values may be printed or stored. */
export const secretsIn = (files: readonly Pick<SourceFile, 'text'>[], environment: Environment): readonly Secret[] => {
  const names = new Set(files.flatMap(({ text }) => [...text.matchAll(/\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g)].map(([, name]) => name ?? '')));
  return [...names].sort().flatMap((name) => {
    const value = environment[name];
    return value === undefined || value === '' ? [] : [{ name, value }];
  });
};

/** Both, each variable once. */
export const joined = (some: readonly Secret[], others: readonly Secret[]): readonly Secret[] => [
  ...some,
  ...others.filter(({ name }) => !some.some((one) => one.name === name)),
];

/** Reads all files. Throws FileError with every finding where salesiq.yaml cannot be understood; other files' errors wait for assembleFor. */
export const readFiles = async (options: CommonOptions, terminal: Terminal): Promise<Files & { readonly findings: readonly Diagnostic[] }> => {
  const read = await readSources(options.dir);
  if (read.value === undefined) throw new FileError(read.diagnostics, noSources);
  const { project: projectSource, files } = read.value;
  const secrets = secretsIn([projectSource, ...files], terminal.environment);
  terminal.veil.add(secrets.map(({ value }) => value));
  const texts = new Map([projectSource, ...files].map((file) => [file.path, file.text]));
  const sources = (file: string): string | undefined => texts.get(file);
  const project = readProject(projectSource, terminal.environment);
  const parsed = parseFiles(files);
  const contents = new Map((await readContents(options.dir, contentFilesIn(parsed.value ?? [], kinds))).map((file) => [file.path, file]));
  const findings = [...read.diagnostics, ...project.diagnostics, ...parsed.diagnostics];
  if (project.value === undefined || parsed.value === undefined) throw new FileError(findings, sources);
  return {
    project: project.value,
    parsed: parsed.value,
    warnings: findings.filter(({ severity }) => severity === 'warning'),
    sources,
    secrets,
    paths: files.map(({ path }) => path),
    contents,
    findings,
  };
};

/** What the files say for one portal. Throws FileError with all findings of all files. */
export const assembleFor = (
  files: Files & { readonly findings: readonly Diagnostic[] },
  portal: Portal,
  options: CommonOptions,
  terminal: Terminal,
): DesiredFiles => {
  const { project, parsed, contents } = files;
  const assembled = assemble({ parsed, project, portal, kinds, contents, environment: terminal.environment, strictness: options.strict });
  const findings = [...files.findings, ...assembled.diagnostics];
  if (assembled.value === undefined || hasErrors(findings)) throw new FileError(findings, files.sources);
  return { ...files, portal, desired: assembled.value, warnings: findings };
};

/** Files and portal in one step, for the commands that are about one portal. */
export const readDesired = async (options: CommonOptions, terminal: Terminal): Promise<DesiredFiles> => {
  const files = await readFiles(options, terminal);
  return assembleFor(files, choosePortal(files.project.portals, options.portal), options, terminal);
};
