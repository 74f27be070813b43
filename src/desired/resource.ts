/** One resource of a file, for one portal: read, checked, and brought into the one form that live ones have. */
import { type DesiredResource, isList, isObject, type Json, type JsonObject, type Kind, type Reference, someOf } from '../model/index.ts';
import { convert, type Converter } from './convert.ts';
import { explain } from './explain.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import { type Steps, visitPlaces } from './places.ts';
import { one, type ReadableKind, type Run, tellError } from './run.ts';
import { sensitiveFields } from './secrets.ts';
import { type MappingTree, type TextTree, type Tree, treeAt, valueOf } from './tree.ts';
import { checkVocabulary } from './vocabulary.ts';

/** A resource that a file describes. */
export interface Described {
  readonly kind: string;
  readonly file: ParsedFile;
  readonly tree: Tree;
  /** `here`: for this portal; `elsewhere`: for others; `broken`: with errors, so that only its name counts. */
  readonly state: 'here' | 'elsewhere' | 'broken';
  readonly app: string | undefined;
  /** The key with its real values, as far as it could be read. */
  readonly realKey: string | undefined;
  readonly previously: readonly string[];
  /** There where the state is `here`. */
  readonly resource?: DesiredResource;
}

const gapCodes = new Set(['unknown-variable', 'missing-environment-variable']);

/** Whether a resource is for this portal; unknown portals are told. */
const isForPortal = (tree: Tree, file: ParsedFile, run: Run): boolean => {
  const only = valueOf(tree, 'only');
  if (only?.type !== 'list') return true;
  const names = only.items.filter((item): item is TextTree => item.type === 'text');
  for (const name of names) {
    if (run.portals.includes(name.text)) continue;
    const near = run.suggest(name.text, run.portals);
    tellError(run, file, name, 'unknown-portal', `salesiq.yaml has no portal "${name.text}"`, `${near === undefined ? '' : `Did you mean ${near}? `}It has ${someOf(run.portals)}.`);
  }
  return names.length === 0 || names.some(({ text }) => text === run.portal);
};

const generalKeys = new Set(['only', 'previously', 'key']);

const withoutGeneral = (written: JsonObject): JsonObject =>
  Object.keys(written).some((key) => generalKeys.has(key)) ? Object.fromEntries(Object.entries(written).filter(([key]) => !generalKeys.has(key))) : written;

const texts = (value: Json | undefined): readonly string[] => (isList(value) ? value.filter((text) => typeof text === 'string') : []);

/** The key that a resource has by its fields; undefined while one of them is missing. */
const keyOf = ({ kind }: ReadableKind, written: JsonObject, spec: JsonObject): string | undefined => {
  if (kind.identity.by === 'content') return typeof written['key'] === 'string' ? written['key'] : undefined;
  const parts = kind.identity.fields.map((field) => spec[field]);
  return parts.every((part) => typeof part === 'string') ? parts.join(' ') : undefined;
};

const specOf = ({ kind, switches }: ReadableKind, written: JsonObject): JsonObject => {
  const spec = kind.normalise(withoutGeneral(written));
  return switches && spec['enabled'] === undefined ? { ...spec, enabled: true } : spec;
};

const referencesOf = (readable: ReadableKind, written: JsonObject, spec: JsonObject, tree: Tree, file: ParsedFile, secrets: ReadonlySet<Tree>): readonly Reference[] => {
  const references: Reference[] = [];
  for (const { steps, kind } of readable.refs) {
    visitPlaces(written, tree, steps, (value, node, path) => {
      if (typeof value !== 'string') return;
      const reference = { path: [...path], kind, key: normalKey(value, spec, steps), origin: originOf(file, node) };
      references.push(node.type === 'text' && secrets.has(node) ? { ...reference, expression: node.text } : reference);
    });
  }
  return references;
};

/** A name as the kind's one form writes it: addresses of operators in small letters. */
const normalKey = (name: string, spec: JsonObject, steps: Steps): string => {
  const lower = name.toLowerCase();
  if (lower === name) return name;
  return leafOf(spec, steps, (form) => form === name) ?? leafOf(spec, steps, (form) => form.toLowerCase() === lower) ?? name;
};

/** The first text at the steps that fits. */
const leafOf = (value: Json | undefined, steps: Steps, fits: (text: string) => boolean, from = 0): string | undefined => {
  const step = steps[from];
  if (step === undefined) return typeof value === 'string' && fits(value) ? value : undefined;
  if (step !== '[]') return isObject(value) ? leafOf(value[step], steps, fits, from + 1) : undefined;
  if (!isList(value)) return undefined;
  for (const inner of value) {
    const found = leafOf(inner, steps, fits, from + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Reads one resource. What is wrong with it is told; the name is given even then, so that nothing is said to be missing that stands there. */
export const readResource = (tree: Tree, readable: ReadableKind, file: ParsedFile, run: Run): Described => {
  const { kind } = readable;
  let errors = 0;
  const tell: Run['tell'] = (diagnostic) => {
    if (diagnostic.severity === 'error') errors += 1;
    run.tell(diagnostic);
  };
  const inner: Run = { ...run, tell };
  const here = isForPortal(tree, file, inner);
  const converter: Converter = {
    fill: run.fill,
    settled: new Set(),
    secrets: new Set(),
    mode: 'filled',
    // What another portal's resource lacks in this one is no mistake.
    report: (node, code, message, hint) => (here || !gapCodes.has(code) ? tellError(inner, file, node, code, message, hint) : undefined),
  };
  const written = convert(tree, readable.guide, converter);
  if (!readable.validator(written)) {
    const checked = { tree, value: written, guide: readable.guide, title: one(kind.title), settled: converter.settled, ordered: kind.order !== undefined };
    for (const { span, code, message, hint } of explain(readable.validator.errors ?? [], checked)) tellError(inner, file, span, code, message, hint);
  }
  const fields = isObject(written) ? written : {};
  checkVocabulary(fields, tree, readable, file, inner, converter.settled);
  const previously = texts(fields['previously']);
  const broken = (): Described => ({ kind: kind.name, file, tree, previously, state: here ? 'broken' : 'elsewhere', app: textOf(fields['app']), realKey: keyOf(readable, fields, fields) });
  if (errors > 0 || tree.type !== 'mapping' || converter.settled.size > 0) return broken();

  const spec = specOf(readable, fields);
  for (const { path, message, severity } of kind.check?.(spec) ?? [])
    tell({ severity, code: 'wrong-value', message, origin: originOf(file, treeAt(tree, path)) });
  const realKey = keyOf(readable, fields, spec);
  if (errors > 0 || realKey === undefined) return broken();
  const app = kind.identity.by === 'fields' && kind.identity.inApp ? textOf(spec['app']) : undefined;
  if (!here) return { kind: kind.name, file, tree, previously, state: 'elsewhere', app, realKey };

  const shownFields = converter.secrets.size === 0 ? fields : shownIn(tree, readable, converter);
  const shown = shownFields === fields ? spec : specOf(readable, shownFields);
  if (app !== undefined && shown['app'] !== spec['app']) {
    tellError(inner, file, treeAt(tree, ['app']), 'secret-app', 'the app stands in every message about this resource, so it cannot come from the environment', 'Use a variable of the portal with the name written in salesiq.yaml.');
    return broken();
  }
  const key = keyOf(readable, shownFields, shown) ?? realKey;
  const lasting = kind.identity.by === 'fields' ? textOf(shownFields['key']) : undefined;
  const resource: DesiredResource = {
    kind: kind.name,
    ...(app === undefined ? {} : { app }),
    key,
    spec,
    origin: originOf(file, tree),
    references: referencesOf(readable, fields, spec, tree, file, converter.secrets),
    previously,
    sensitive: shown === spec ? [] : sensitiveFields(spec, shown, [...new Set([...converter.secrets].map(({ text }) => text))]),
    ...(key === realKey || kind.identity.by === 'content' ? {} : { secretKey: realKey }),
    ...(lasting === undefined ? {} : { lastingKey: lasting }),
  };
  return { kind: kind.name, file, tree, previously, state: 'here', app, realKey, resource };
};

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The fields once more, with what comes from the environment as written. */
const shownIn = (tree: MappingTree, readable: ReadableKind, converter: Converter): JsonObject => {
  const shown = convert(tree, readable.guide, { ...converter, mode: 'shown', report: () => undefined });
  return isObject(shown) ? shown : {};
};

/** What a described resource is called in a message: as written where its key is not known, so that no secret shows. */
export const nameOf = ({ tree, resource }: Described, { identity }: Kind): string => {
  if (resource !== undefined) return resource.key;
  const fields = identity.by === 'content' ? ['key'] : identity.fields;
  return fields.map((field) => valueOf(tree, field)).flatMap((node) => (node?.type === 'text' ? [node.text] : [])).join(' ');
};
