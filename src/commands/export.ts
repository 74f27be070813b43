/** `export`: the live portal into the project's files. Holds a reader and nothing else; what it writes is files. */
import { isThere, type Layout, writeFiles } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { type Desired, type Diagnostic, someOf, sortDiagnostics, suggestion, UserError } from '../model/index.ts';
import type { Scope } from '../plan/index.ts';
import { diagnosticsText } from '../report/index.ts';
import { choosePortal } from '../settings.ts';
import { exportTexts } from './export-files.ts';
import { readForExport } from './export-read.ts';
import { type FileAction, fileActions, shownChanges } from './export-text.ts';
import { withReader } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { type BaseOptions, readBase } from './read-base.ts';
import { assembleFor, type DesiredFiles, readFiles } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface ExportOptions extends ServiceOptions, BaseOptions {
  /** Names of kinds, several of them parted by commas; none: all. */
  readonly kinds: readonly string[];
  readonly layout: Layout;
  /** `check`: nothing is written; the exit code tells whether something would be. */
  readonly files: 'write' | 'check';
}

/** Where `init` puts the schema that editors use. */
const schemaPath = '.schema/resources.schema.json';

const describable = kinds.filter(({ schema }) => schema !== undefined).map(({ name }) => name);

/** The kinds asked for. Throws UserError for names that are none. */
const namesOf = (asked: readonly string[], desired: Desired): readonly string[] => {
  const wanted = asked
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  for (const name of wanted) {
    if (describable.includes(name)) continue;
    const near = suggestion(name, describable);
    throw new UserError(`--kinds: there is no kind "${name}" that files can describe`, {
      hint: `${near === undefined ? '' : `Did you mean ${near}? `}They are ${someOf(describable, 20)}.`,
    });
  }
  return describable.filter((name) => (wanted.length === 0 ? desired.policies[name]?.mode !== 'ignore' : wanted.includes(name)));
};

const tell = (diagnostics: readonly Diagnostic[], files: DesiredFiles, actions: readonly FileAction[], options: ExportOptions, terminal: Terminal): void => {
  const sorted = sortDiagnostics(diagnostics);
  if (options.format === 'json') {
    terminal.print(
      jsonText({
        format_version: 1,
        portal: files.portal.name,
        files: actions.map(({ path, action }) => ({ path, action })),
        warnings: sorted.map(({ code, message, address, origin, hint }) => ({
          code,
          message,
          ...(address === undefined ? {} : { address }),
          ...(origin === undefined ? {} : { origin: { file: origin.file, line: origin.line, column: origin.column } }),
          ...(hint === undefined ? {} : { hint }),
        })),
      }),
    );
    return;
  }
  if (sorted.length > 0) terminal.say(diagnosticsText(sorted, files.sources, terminal.sayStyle));
  terminal.print(shownChanges(actions, options.files));
};

export const runExport = async (options: ExportOptions, terminal: Terminal): Promise<ExitCode> => {
  const read = await readFiles(options, terminal);
  const files = assembleFor(read, choosePortal(read.project.portals, options.portal), options, terminal);
  const wanted = namesOf(options.kinds, files.desired);
  const { base } = await readBase(files, options, terminal);
  const needed = options.kinds.length === 0 ? files.desired.kinds : wanted;
  const { look, names, warnings } = await withReader(files.portal, options, terminal, (reader) => readForExport(reader, wanted, needed));
  const { live } = look;
  const scope: Scope = { targets: options.targets, excludes: options.excludes };
  const schema = (await isThere(options.dir, schemaPath)) ? schemaPath : undefined;
  const { environment } = terminal;
  const result = exportTexts({ files, live, base, scope, names, layout: options.layout, environment, ...(schema === undefined ? {} : { schema }) });
  const actions = fileActions(files.paths, result.changes);
  if (options.files === 'write') await writeFiles(options.dir, result.changes);
  tell([...result.diagnostics, ...warnings], files, actions, options, terminal);
  return options.files === 'check' && result.changes.length > 0 ? exitCodes.changes : exitCodes.done;
};
