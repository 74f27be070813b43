/**
 * The new texts of a project's files, and the proof that they say what the
 * portal has: they are read as any others, planning them must find nothing to
 * do, and what the export is not about must mean what it meant.
 */
import { assemble, type Contents, type KindState, type Layout, type ParsedFile, parseFiles, type WriteResult, writeTexts } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import {
  addressOf,
  type Base,
  type Change,
  canonicalJson,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  type Live,
  type Plan,
  type Portal,
  type SourceFile,
  UserError,
} from '../model/index.ts';
import { makePlan, type Scope } from '../plan/index.ts';
import type { Environment } from '../settings.ts';
import { statesOf } from './export-state.ts';
import { type DesiredFiles, FileError } from './read-files.ts';

export interface ExportInput {
  readonly files: DesiredFiles;
  readonly live: Live;
  readonly base: Base | undefined;
  readonly scope: Scope;
  /** Names of the kinds to write. */
  readonly names: readonly string[];
  readonly layout: Layout;
  readonly environment: Environment;
  /** Where the schema for editors is, from the project folder. */
  readonly schema?: string;
}

/** The project's texts with the changes in them. */
const textsWith = (files: DesiredFiles, { changes }: WriteResult): readonly SourceFile[] => {
  const changed = new Map(changes.map(({ path, after }) => [path, after]));
  const kept = files.paths.filter((path) => !changed.has(path)).map((path) => ({ path, text: files.sources(path) ?? '' }));
  return [...kept, ...[...changed].flatMap(([path, text]) => (text === undefined || files.contents.has(path) ? [] : [{ path, text }]))];
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
const proveSettled = (files: DesiredFiles, result: WriteResult, live: Live, scope: Scope, states: readonly KindState[], environment: Environment): void => {
  const parsed = parseFiles(textsWith(files, result));
  const { project, portal } = files;
  const read = (one: Portal, from: readonly ParsedFile[], contents: Contents) =>
    assemble({ parsed: from, project, portal: one, kinds, contents, environment, strictness: 'lenient' });
  const changed = result.changes.flatMap(({ path, after }) =>
    after === undefined || !files.contents.has(path) ? [] : [[path, { path, text: after }] as const],
  );
  const contents: Contents = new Map([...files.contents, ...changed]);
  const assembled = read(portal, parsed.value ?? [], contents);
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
    proveUntouched(read(other, files.parsed, files.contents).value, read(other, parsed.value ?? [], contents).value, shared);
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

/** The texts of all files that change. Throws FileError where the portal cannot be written down, and UserError where the proof fails. */
export const exportTexts = (input: ExportInput): WriteResult => {
  const { files, live, base, scope, names, layout, environment, schema } = input;
  const { states, diagnostics } = statesOf({ desired: files.desired, live, base, scope, names });
  if (diagnostics.some(isError)) throw new FileError(diagnostics, files.sources);
  const result = writeTexts({
    kinds,
    sources: files.paths.map((path) => ({ path, text: files.sources(path) ?? '' })),
    portal: files.portal,
    environment,
    described: files.desired.resources,
    states,
    layout,
    contents: files.contents,
    ...(schema === undefined ? {} : { schema }),
  });
  const errors = [...result.diagnostics.filter(isError), ...endangered(files, result)];
  if (errors.length > 0) throw new FileError(errors, files.sources);
  proveSettled(files, result, live, scope, states, environment);
  return result;
};
