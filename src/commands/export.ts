/** `export`: the live portal into the project's files. Holds a reader and nothing else; what it writes is files. */
import { assemble, isThere, type KindState, type Layout, type ParsedFile, parseFiles, type WriteResult, writeFiles, writeTexts } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { lookAgain } from '../live/index.ts';
import {
  addressOf,
  type Change,
  canonicalJson,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  type Live,
  type Plan,
  type Portal,
  type SourceFile,
  someOf,
  sortDiagnostics,
  suggestion,
  UserError,
} from '../model/index.ts';
import { makePlan, type Scope } from '../plan/index.ts';
import { diagnosticsText } from '../report/index.ts';
import { choosePortal } from '../settings.ts';
import { statesOf } from './export-state.ts';
import { type FileAction, fileActions, shownChanges } from './export-text.ts';
import { withReader } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { type BaseOptions, readBase } from './read-base.ts';
import { assembleFor, type DesiredFiles, FileError, readFiles } from './read-files.ts';
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

/** The project's texts with the changes in them. */
const textsWith = (files: DesiredFiles, { changes }: WriteResult): readonly SourceFile[] => {
  const changed = new Map(changes.map(({ path, after }) => [path, after]));
  const kept = files.paths.filter((path) => !changed.has(path)).map((path) => ({ path, text: files.sources(path) ?? '' }));
  return [...kept, ...[...changed].flatMap(([path, text]) => (text === undefined ? [] : [{ path, text }]))];
};

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

const notWritten = (what: string): UserError =>
  new UserError(`the files that were made would not say what the portal has: ${what}`, {
    hint: 'Nothing was written. Please report it; --kinds and --target export the rest.',
  });

const planOf = (desired: Desired, live: Live, scope: Scope): Plan =>
  makePlan({ kinds, desired, live, scope, protect: [], warnings: [], estimateSeconds: () => 0 });

/** Rules that report one and the same place are in no order that a file could say. */
const hasTies = (live: Live, { kind, app }: Change): boolean => {
  const places = (live.resources[kind] ?? []).filter((one) => one.app === app).map(({ position }) => position);
  return new Set(places).size < places.length;
};

const specText = (resource: DesiredResource): string => canonicalJson(resource.spec);

/** What the files say for a portal of what the export is not about must stay as it was. */
const proveUntouched = (before: Desired | undefined, after: Desired | undefined, isTouched: (resource: DesiredResource) => boolean): void => {
  if (before === undefined) return;
  const now = new Map((after?.resources ?? []).map((one) => [addressOf(one), one]));
  for (const one of before.resources) {
    const same = now.get(addressOf(one));
    if (!isTouched(one) && (same === undefined || specText(same) !== specText(one))) throw notWritten(`${addressOf(one)} would change as well`);
  }
};

/** The last check before anything is written: the new files are read as any others, and planning them must find nothing to do. */
const proveSettled = (files: DesiredFiles, result: WriteResult, live: Live, scope: Scope, states: readonly KindState[], terminal: Terminal): void => {
  const parsed = parseFiles(textsWith(files, result));
  const { project, portal } = files;
  const read = (one: Portal, from: readonly ParsedFile[]) =>
    assemble({ parsed: from, project, portal: one, kinds, environment: terminal.environment, strictness: 'lenient' });
  const assembled = read(portal, parsed.value ?? []);
  const [wrong] = [...parsed.diagnostics, ...assembled.diagnostics].filter(isError);
  if (assembled.value === undefined || wrong !== undefined)
    throw notWritten(wrong === undefined ? 'they cannot be read' : `${wrong.message} (${wrong.origin?.file}:${wrong.origin?.line})`);
  const names = states.map(({ kind }) => kind.name);
  const plan = planOf({ ...assembled.value, kinds: assembled.value.kinds.filter((name) => names.includes(name)) }, live, scope);
  const told = new Set(result.open);
  const [first] = [...plan.changes, ...plan.observed].filter((change) => !told.has(change.address) && !(change.action === 'move' && hasTies(live, change)));
  const [problem] = plan.diagnostics.filter(isError);
  if (problem !== undefined && told.size === 0) throw notWritten(problem.message);
  if (first !== undefined) throw notWritten(`${first.action} ${first.address}`);

  const touched = new Set(states.flatMap((state) => [...state.pairs.map(({ desired }) => desired), ...state.gone]));
  proveUntouched(files.desired, assembled.value, (resource) => touched.has(resource));
  const mine = new Set(files.desired.resources.map(({ origin }) => `${origin.file}:${origin.line}:${origin.column}`));
  for (const other of Object.values(project.portals).filter(({ name }) => name !== portal.name)) {
    const shared = ({ origin }: DesiredResource): boolean => mine.has(`${origin.file}:${origin.line}:${origin.column}`);
    proveUntouched(read(other, files.parsed).value, read(other, parsed.value ?? []).value, shared);
  }
};

/** What would be deleted by the next apply, because the kind says so and no file can describe it. */
const endangered = (files: DesiredFiles, result: WriteResult): readonly Diagnostic[] =>
  result.diagnostics
    .filter(({ code, address = '' }) => code === 'not-exported' && files.desired.policies[address.split('/')[0] ?? '']?.unmanaged === 'delete')
    .map((one) => ({
      ...one,
      severity: 'error',
      hint: 'This kind says `unmanaged: delete` in salesiq.yaml, so the next apply would delete it. Say `keep` there, or mend it in SalesIQ.',
    }));

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
  const names = namesOf(options.kinds, files.desired);
  const { base } = await readBase(files, options, terminal);
  const { live } = await withReader(files.portal, options, terminal, (reader) => lookAgain(reader, kinds, names));
  const scope: Scope = { targets: options.targets, excludes: options.excludes };
  const { states, diagnostics } = statesOf({ desired: files.desired, live, base, scope, names });
  if (diagnostics.some(isError)) throw new FileError(diagnostics, files.sources);
  const schema = (await isThere(options.dir, schemaPath)) ? schemaPath : undefined;
  const sources = files.paths.map((path) => ({ path, text: files.sources(path) ?? '' }));
  const result = writeTexts({
    kinds,
    sources,
    portal: files.portal,
    environment: terminal.environment,
    described: files.desired.resources,
    states,
    layout: options.layout,
    ...(schema === undefined ? {} : { schema }),
  });
  const errors = [...result.diagnostics.filter(isError), ...endangered(files, result)];
  if (errors.length > 0) throw new FileError(errors, files.sources);
  proveSettled(files, result, live, scope, states, terminal);
  const actions = fileActions(files.paths, result.changes);
  if (options.files === 'write') await writeFiles(options.dir, result.changes);
  tell(result.diagnostics, files, actions, options, terminal);
  return options.files === 'check' && result.changes.length > 0 ? exitCodes.changes : exitCodes.done;
};
