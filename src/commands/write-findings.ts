/** Findings for other programs: SARIF for code scanning, a code-quality report for GitLab. */
import writeFileAtomic from 'write-file-atomic';
import { prefixOf } from '../base/index.ts';
import { UserError } from '../model/index.ts';
import { type Annotation, codeQuality, diagnosticAnnotations, sarif } from '../report/index.ts';
import { version } from '../version.ts';
import type { CommonOptions } from './options.ts';
import { FileError } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import type { Terminal } from './terminal.ts';

/** Files to write; `-` is standard output, which then holds nothing else. */
export interface FindingsOptions extends CommonOptions {
  readonly sarif?: string;
  readonly codeQuality?: string;
}

/** Whether standard output is taken by a report. */
export const takesOutput = ({ sarif: one, codeQuality: other }: FindingsOptions): boolean => one === '-' || other === '-';

const put = async (file: string, text: string, terminal: Terminal): Promise<void> => {
  if (file === '-') {
    terminal.print(text);
    return;
  }
  await writeFileAtomic(file, terminal.veil.hide(text)).catch((error: unknown) => {
    throw new UserError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Name a file in a folder that is there.',
      cause: error,
    });
  });
};

/** Writes what was asked for. Throws UserError. */
export const writeFindings = async (annotations: readonly Annotation[], options: FindingsOptions, terminal: Terminal): Promise<void> => {
  if (options.sarif === undefined && options.codeQuality === undefined) return;
  if (options.sarif === '-' && options.codeQuality === '-')
    throw new UserError('--sarif and --code-quality cannot both go to standard output', { hint: 'Name a file for one of them.' });
  const prefix = (await prefixOf(options.dir)) ?? '';
  const shown = annotations.map((one) => ({ ...one, message: terminal.veil.hide(one.message) }));
  if (options.sarif !== undefined) await put(options.sarif, jsonText(sarif(shown, { prefix, version })), terminal);
  if (options.codeQuality !== undefined) await put(options.codeQuality, jsonText(codeQuality(shown, { prefix })), terminal);
};

/** Does the work; errors in files are written too before they end the command. */
export const withFindings = async <T>(options: FindingsOptions, terminal: Terminal, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError && (error instanceof FileError || error.diagnostics.length > 0))
      await writeFindings(diagnosticAnnotations(error.diagnostics), options, terminal);
    throw error;
  }
};
