/** One resource of a file, for one portal: read, checked, and brought into the one form that live ones have. */
import { type DesiredResource, isList, isObject, type Json, type JsonObject, someOf } from '../model/index.ts';
import { contentProblems, withContents } from './content-files.ts';
import { type Converter, convert } from './convert.ts';
import type { Described } from './described.ts';
import { explain } from './explain.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import { referencesOf } from './references.ts';
import { one, type ReadableKind, type Run, tellError } from './run.ts';
import { sensitiveFields } from './secrets.ts';
import { type TextTree, type Tree, treeAt, valueOf } from './tree.ts';
import { checkVocabulary } from './vocabulary.ts';

const gapCodes = new Set(['unknown-variable', 'missing-environment-variable']);

/** Whether a resource is for this portal; unknown portals are told. */
const isForPortal = (tree: Tree, file: ParsedFile, run: Run): boolean => {
  const only = valueOf(tree, 'only');
  if (only?.type !== 'list') return true;
  const names = only.members.filter((member): member is TextTree => member.type === 'text');
  for (const name of names) {
    if (run.portals.includes(name.text)) continue;
    const near = run.suggest(name.text, run.portals);
    tellError(
      run,
      file,
      name,
      'unknown-portal',
      `salesiq.yaml has no portal "${name.text}"`,
      `${near === undefined ? '' : `Did you mean ${near}? `}It has ${someOf(run.portals)}.`,
    );
  }
  return names.length === 0 || names.some(({ text }) => text === run.portal);
};

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const generalKeys = new Set(['only', 'previously', 'key']);

const withoutGeneral = (written: JsonObject): JsonObject =>
  Object.keys(written).some((key) => generalKeys.has(key)) ? Object.fromEntries(Object.entries(written).filter(([key]) => !generalKeys.has(key))) : written;

const textsOf = (value: Json | undefined): readonly string[] => (isList(value) ? value.filter((text) => typeof text === 'string') : []);

/** The key that a resource has by its fields; undefined while one of them is missing. */
const keyOf = ({ kind }: ReadableKind, written: JsonObject, spec: JsonObject): string | undefined => {
  if (kind.identity.by === 'content') return typeof written['key'] === 'string' ? written['key'] : undefined;
  const required: unknown = kind.schema?.['required'];
  const needed = Array.isArray(required) ? required : [];
  const parts = kind.identity.fields.flatMap((field) => (spec[field] === undefined && !needed.includes(field) ? [] : [spec[field]]));
  return parts.every((part) => typeof part === 'string') ? parts.join(' ') : undefined;
};

const specOf = ({ kind, switches }: ReadableKind, written: JsonObject, file: ParsedFile, run: Run): JsonObject => {
  const spec = kind.normalise(withoutGeneral(withContents(kind, written, file.path, run.contents).fields));
  return switches && spec['enabled'] === undefined ? { ...spec, enabled: true } : spec;
};

/** What a resource says, before its kind has looked at it. */
interface Fields {
  readonly fields: JsonObject;
  readonly here: boolean;
  readonly converter: Converter;
}

/** Reads the fields, and tells what is wrong with them. */
const readFields = (tree: Tree, readable: ReadableKind, file: ParsedFile, run: Run): Fields => {
  const here = isForPortal(tree, file, run);
  const converter: Converter = {
    fill: run.fill,
    settled: new Set(),
    secrets: new Set(),
    mode: 'filled',
    // What another portal's resource lacks in this one is no mistake.
    report: (node, code, message, hint) => (here || !gapCodes.has(code) ? tellError(run, file, node, code, message, hint) : undefined),
  };
  const written = convert(tree, readable.guide, converter);
  if (!readable.validator(written)) {
    const { kind, guide } = readable;
    const checked = { tree, value: written, guide, title: one(kind.title), settled: converter.settled, ordered: kind.order !== undefined };
    for (const { span, code, message, hint } of explain(readable.validator.errors ?? [], checked)) tellError(run, file, span, code, message, hint);
  }
  checkVocabulary(written, tree, readable, file, run, converter.settled);
  return { fields: isObject(written) ? written : {}, here, converter };
};

/** The fields once more, with what comes from the environment as written. */
const shownIn = (tree: Tree, readable: ReadableKind, { fields, converter }: Fields): JsonObject => {
  if (converter.secrets.size === 0) return fields;
  const shown = convert(tree, readable.guide, { ...converter, mode: 'shown', report: () => undefined });
  return isObject(shown) ? shown : {};
};

const appOf = ({ kind }: ReadableKind, fields: JsonObject): string | undefined =>
  kind.identity.by === 'fields' && kind.identity.inApp ? textOf(fields['app']) : undefined;

/** The resource that good fields describe; undefined where a secret stands in its address. */
const resourceOf = (
  tree: Tree,
  readable: ReadableKind,
  file: ParsedFile,
  run: Run,
  read: Fields,
  spec: JsonObject,
  realKey: string,
): DesiredResource | undefined => {
  const { fields, converter } = read;
  const { kind } = readable;
  const shownFields = shownIn(tree, readable, read);
  const shown = shownFields === fields ? spec : specOf(readable, shownFields, file, run);
  const app = appOf(readable, spec);
  if (app !== appOf(readable, shown)) {
    tellError(
      run,
      file,
      treeAt(tree, ['app']),
      'secret-app',
      'the app stands in every message about this resource, so it cannot come from the environment',
      'Use a variable of the portal with the name written in salesiq.yaml.',
    );
    return undefined;
  }
  const key = keyOf(readable, shownFields, shown) ?? realKey;
  const contents = withContents(kind, fields, file.path, run.contents).from;
  const lasting = kind.identity.by === 'fields' ? textOf(shownFields['key']) : undefined;
  return {
    kind: kind.name,
    ...(app === undefined ? {} : { app }),
    key,
    spec,
    origin: originOf(file, tree),
    references: referencesOf(readable, fields, spec, tree, file, converter.secrets),
    previously: textsOf(fields['previously']),
    sensitive: shown === spec ? [] : sensitiveFields(spec, shown, [...new Set([...converter.secrets].map(({ text }) => text))]),
    ...(key === realKey || kind.identity.by === 'content' ? {} : { secretKey: realKey }),
    ...(lasting === undefined ? {} : { lastingKey: lasting }),
    ...(contents.length === 0 ? {} : { contentFiles: contents }),
  };
};

/** Reads one resource. What is wrong with it is told; the name is given even then, so that nothing is said to be missing that stands there. */
export const readResource = (tree: Tree, readable: ReadableKind, file: ParsedFile, outer: Run): Described => {
  const { kind } = readable;
  let errors = 0;
  const tell: Run['tell'] = (diagnostic) => {
    if (diagnostic.severity === 'error') errors += 1;
    outer.tell(diagnostic);
  };
  const run: Run = { ...outer, tell };
  const read = readFields(tree, readable, file, run);
  const { fields, here } = read;
  const previously = textsOf(fields['previously']);
  const broken = (): Described => ({
    kind: kind.name,
    file,
    tree,
    previously,
    state: here ? 'broken' : 'elsewhere',
    app: appOf(readable, fields),
    realKey: keyOf(readable, fields, fields),
  });
  if (errors > 0 || read.converter.settled.size > 0) return broken();

  for (const { key, code, message, hint } of here ? contentProblems(kind, fields, file.path, run.contents) : [])
    tellError(run, file, treeAt(tree, [key]), code, message, hint);
  if (errors > 0) return broken();
  const spec = specOf(readable, fields, file, run);
  for (const { path, message, severity } of kind.check?.(spec) ?? [])
    tell({ severity, code: 'wrong-value', message, origin: originOf(file, treeAt(tree, path)) });
  const realKey = keyOf(readable, fields, spec);
  if (errors > 0 || realKey === undefined) return broken();
  if (!here) return { kind: kind.name, file, tree, previously, state: 'elsewhere', app: appOf(readable, spec), realKey };
  const resource = resourceOf(tree, readable, file, run, read, spec, realKey);
  return resource === undefined ? broken() : { kind: kind.name, file, tree, previously, state: 'here', app: resource.app, realKey, resource };
};
