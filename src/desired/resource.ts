/** One resource of a file, for one portal: read, checked, and brought into the one form that live ones have. */
import { addressOf, type DesiredResource, isList, isObject, type Json, type JsonObject, type Reference, someOf, suggestion } from '../model/index.ts';
import { convert, type Converter } from './convert.ts';
import { explain } from './explain.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import { placesAt } from './places.ts';
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
    const near = suggestion(name.text, run.portals);
    tellError(run, file, name, 'unknown-portal', `salesiq.yaml has no portal "${name.text}"`, `${near === undefined ? '' : `Did you mean ${near}? `}It has ${someOf(run.portals)}.`);
  }
  return names.length === 0 || names.some(({ text }) => text === run.portal);
};

const generalKeys = new Set(['only', 'previously', 'key']);

const withoutGeneral = (written: JsonObject): JsonObject => Object.fromEntries(Object.entries(written).filter(([key]) => !generalKeys.has(key)));

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

const referencesOf = (readable: ReadableKind, written: JsonObject, spec: JsonObject, tree: Tree, file: ParsedFile, secrets: ReadonlySet<Tree>): readonly Reference[] =>
  readable.refs.flatMap(({ steps, kind }) =>
    placesAt({ value: written, tree, path: [] }, steps).flatMap((place): readonly Reference[] => {
      const { value, path } = place;
      if (typeof value !== 'string') return [];
      return [
        {
          path,
          kind,
          key: normalKey(value, spec, steps),
          origin: originOf(file, place.tree),
          ...(place.tree.type === 'text' && secrets.has(place.tree) ? { expression: place.tree.text } : {}),
        },
      ];
    }),
  );

/** A name as the kind's one form writes it: addresses of operators in small letters. */
const normalKey = (name: string, spec: JsonObject, steps: readonly string[]): string => {
  const lower = name.toLowerCase();
  if (lower === name) return name;
  const forms = leavesAt(spec, steps, 0);
  return forms.includes(name) ? name : (forms.find((form) => form.toLowerCase() === lower) ?? name);
};

const leavesAt = (value: Json | undefined, steps: readonly string[], from: number): readonly string[] => {
  const step = steps[from];
  if (step === undefined) return typeof value === 'string' ? [value] : [];
  if (step === '[]') return isList(value) ? value.flatMap((inner) => leavesAt(inner, steps, from + 1)) : [];
  return isObject(value) ? leavesAt(value[step], steps, from + 1) : [];
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
  const place = { value: fields, tree, path: [] };
  checkVocabulary(place, readable, file, inner, converter.settled);
  const described = { kind: kind.name, file, tree, previously: texts(fields['previously']) };
  const broken = (): Described => ({ ...described, state: here ? 'broken' : 'elsewhere', app: textOf(fields['app']), realKey: keyOf(readable, fields, fields) });
  if (errors > 0 || tree.type !== 'mapping' || converter.settled.size > 0) return broken();

  const spec = specOf(readable, fields);
  for (const { path, message, severity } of kind.check?.(spec) ?? [])
    tell({ severity, code: 'wrong-value', message, origin: originOf(file, treeAt(tree, path)) });
  const realKey = keyOf(readable, fields, spec);
  if (errors > 0 || realKey === undefined) return broken();
  const app = kind.identity.by === 'fields' && kind.identity.inApp ? textOf(spec['app']) : undefined;
  if (!here) return { ...described, state: 'elsewhere', app, realKey };

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
    previously: described.previously,
    sensitive: shown === spec ? [] : sensitiveFields(spec, shown, [...converter.secrets].map(({ text }) => text)),
    ...(key === realKey || kind.identity.by === 'content' ? {} : { secretKey: realKey }),
    ...(lasting === undefined ? {} : { lastingKey: lasting }),
  };
  return { ...described, state: 'here', app, realKey, resource };
};

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** The fields once more, with what comes from the environment as written. */
const shownIn = (tree: MappingTree, readable: ReadableKind, converter: Converter): JsonObject => {
  const shown = convert(tree, readable.guide, { ...converter, mode: 'shown', report: () => undefined });
  return isObject(shown) ? shown : {};
};

/** What a described resource is called in a message. */
export const nameOf = ({ kind, app, realKey, resource }: Described): string => (resource === undefined ? addressOf({ kind, app, key: realKey ?? '' }) : addressOf(resource));
