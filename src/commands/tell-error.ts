/** Whatever a command throws, said in full: what, where, what to do. */
import { type Diagnostic, ServiceError, sortDiagnostics, UserError } from '../model/index.ts';
import { diagnosticsText, errorJson, errorText, type Sources } from '../report/index.ts';
import { hideDiagnostics, hideError, hideSources } from './hide-plan.ts';
import { FileError } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Format, type Terminal } from './terminal.ts';

/** What is told of an error. */
export interface Told {
  readonly message: string;
  readonly method?: string;
  readonly path?: string;
  readonly code?: number;
  readonly field?: string;
  readonly hint?: string;
}

export const told = (error: unknown): Told => {
  if (error instanceof ServiceError) {
    return {
      message: error.message,
      method: error.method,
      path: error.path,
      ...(error.code === undefined ? {} : { code: error.code }),
      ...(error.field === undefined ? {} : { field: error.field }),
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    };
  }
  if (error instanceof UserError) return { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) };
  const message = error instanceof Error ? error.message : String(error);
  return {
    message: `this should not have happened: ${message}`,
    hint: 'Please report it, with the command and with SALESIQ_DEBUG=1 set, which shows where it came from.',
  };
};

/** A failure to be laid out as a page or a comment. */
export interface Failure {
  readonly error: Told;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
}

/** An error as a command would say it, with secrets taken out before anything is laid out. */
export const failureOf = (error: unknown, { veil: { hide } }: Pick<Terminal, 'veil'>): Failure => ({
  error: hideError(told(error), hide),
  diagnostics: error instanceof UserError ? hideDiagnostics(sortDiagnostics(error.diagnostics), hide) : [],
  sources: hideSources(error instanceof FileError ? error.sources : () => undefined, hide),
});

/** Prints the error in the form asked for, and gives the exit code: nothing was written. */
export const tellError = (error: unknown, format: Format, terminal: Terminal): ExitCode => {
  const info = told(error);
  const diagnostics = error instanceof UserError ? sortDiagnostics(error.diagnostics) : [];
  if (format === 'json') terminal.print(jsonText(errorJson({ error: info, diagnostics })));
  if (diagnostics.length > 0) terminal.say(diagnosticsText(diagnostics, error instanceof FileError ? error.sources : () => undefined, terminal.sayStyle));
  terminal.say(errorText(info, terminal.sayStyle));
  if ((terminal.environment['SALESIQ_DEBUG'] ?? '') !== '' && error instanceof Error) terminal.say(error.stack ?? '');
  return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
};
