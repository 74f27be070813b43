/** `validate`: checks the files, for one portal or for all, and sends nothing. */
import { type Diagnostic, sortDiagnostics } from '../model/index.ts';
import { diagnosticAnnotations, diagnosticsText } from '../report/index.ts';
import { choosePortal } from '../settings.ts';
import { assembleFor, FileError, readFiles } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { type FindingsOptions, takesOutput, withFindings, writeFindings } from './write-findings.ts';

const keyOf = ({ code, message, origin }: Diagnostic): string => `${code}\n${message}\n${origin?.file}:${origin?.line}:${origin?.column}`;

const once = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => sortDiagnostics([...new Map(diagnostics.map((one) => [keyOf(one), one])).values()]);

export const runValidate = (options: FindingsOptions, terminal: Terminal): Promise<ExitCode> =>
  withFindings(options, terminal, () => validate(options, terminal));

const validate = async (options: FindingsOptions, terminal: Terminal): Promise<ExitCode> => {
  const files = await readFiles(options, terminal);
  const portals = options.portal === undefined ? Object.values(files.project.portals) : [choosePortal(files.project.portals, options.portal)];
  const findings: Diagnostic[] = [...files.findings];
  const described: string[] = [];
  for (const portal of portals) {
    try {
      const { desired, warnings } = assembleFor(files, portal, options, terminal);
      findings.push(...warnings);
      described.push(
        `${portal.name}: ${desired.resources.length} ${desired.resources.length === 1 ? 'resource' : 'resources'} of ${desired.kinds.length} ${desired.kinds.length === 1 ? 'kind' : 'kinds'}`,
      );
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      findings.push(...error.diagnostics);
    }
  }
  const all = once(findings);
  if (all.some(({ severity }) => severity === 'error')) throw new FileError(all, files.sources);
  await writeFindings(diagnosticAnnotations(all), options, terminal);
  if (takesOutput(options)) return exitCodes.done;
  if (options.format === 'json') terminal.print(jsonText({ format_version: 1, diagnostics: all.map(diagnosticJson) }));
  else {
    if (all.length > 0) terminal.say(diagnosticsText(all, files.sources, terminal.sayStyle));
    terminal.print(`The files are valid.\n${described.map((line) => `  ${line}\n`).join('')}`);
  }
  return exitCodes.done;
};

const diagnosticJson = ({ severity, code, message, origin, address, hint }: Diagnostic) => ({
  severity,
  code,
  message,
  ...(origin === undefined ? {} : { origin: { file: origin.file, line: origin.line, column: origin.column } }),
  ...(address === undefined ? {} : { address }),
  ...(hint === undefined ? {} : { hint }),
});
