/**
 * A live resource in the form of a file: every field that we own, `enabled`
 * only where it is off, keys in the order of the schema. What no file can say
 * is found by reading back what was written: such fields are left out, so that
 * they stay as they are.
 */
import { addressOf, canonicalJson, changeAt, isList, isObject, type Json, type JsonObject, type LiveResource } from '../model/index.ts';
import { linedText } from './lines.ts';
import { parseWhole } from './parse-files.ts';
import { fillFor } from './placeholders.ts';
import { readResource } from './resource.ts';
import type { ReadableKind, Run } from './run.ts';
import { escapePlaceholders } from './write-scalar.ts';
import { blockMember, usualStep } from './write-value.ts';

/** A field that a file cannot say, by its path. */
export interface Unsaid {
  readonly path: readonly string[];
  readonly reason: string;
}

/** What is written of a resource; `fields` is absent where nothing can be. */
export interface Writable {
  readonly live: LiveResource;
  /** As in the file: placeholders escaped, nothing in it that stays unsaid. */
  readonly fields?: JsonObject;
  readonly unsaid: readonly Unsaid[];
}

/** A value as files write it: what looks like a placeholder is none. */
export const escapedJson = (value: Json): Json => {
  if (typeof value === 'string') return escapePlaceholders(value);
  if (isList(value)) return value.map(escapedJson);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapedJson(inner)])) : value;
};

/** Without nulls: in a mapping they would clear what they stand for. Lists are taken whole, with theirs. */
const withoutNulls = (value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]]))) : value;

const withoutPath = (spec: JsonObject, path: readonly string[]): JsonObject => changeAt(spec, path, () => undefined);

/** Fields that a new resource writes. @param key the name for people, for kinds that the service stores none for */
const fieldsOf = ({ kind, switches }: ReadableKind, spec: JsonObject, key: string): JsonObject => {
  const { enabled, ...rest } = spec;
  const plain = withoutNulls(switches && enabled === true ? rest : spec);
  const written = escapedJson(kind.identity.by === 'content' ? { key, ...(isObject(plain) ? plain : {}) } : plain);
  return isObject(written) ? written : {};
};

const silentRun: Run = {
  portal: 'any',
  portals: ['any'],
  fill: fillFor({ name: 'any', origin: { file: '', line: 1, column: 1 }, variables: {}, place: { type: 'sandbox', file: '' } }, {}),
  strictness: 'lenient',
  complete: true,
  contents: new Map(),
  tell: () => undefined,
  suggest: () => undefined,
};

/** The fields as they come out of a file; undefined where the file would have errors. */
const readBack = (readable: ReadableKind, fields: JsonObject): JsonObject | undefined => {
  const text = `${['x:', ...blockMember(fields, readable.guide, '', usualStep)].join('\n')}\n`;
  const { file, diagnostics } = parseWhole(linedText('', text));
  const list = file.documents[0]?.entries[0]?.value;
  const tree = list?.type === 'list' ? list.members[0] : undefined;
  if (diagnostics.length > 0 || tree === undefined) return undefined;
  return readResource(tree, readable, file, silentRun).resource?.spec;
};

const isSame = (a: Json | undefined, b: Json | undefined): boolean => canonicalJson(a) === canonicalJson(b);

const comesBack = (readable: ReadableKind, spec: JsonObject, key: string): boolean => {
  const back = readBack(readable, fieldsOf(readable, spec, key));
  return back !== undefined && isSame(back, withoutNulls(readable.switches ? { enabled: true, ...spec } : spec));
};

/** Fields without which there is no resource in a file. */
const mustHave = ({ kind }: ReadableKind): readonly string[] => {
  const required: unknown = kind.schema?.['required'];
  return [
    ...(kind.identity.by === 'fields' ? kind.identity.fields : [kind.identity.criteria]),
    ...(Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []),
  ];
};

const pick = (spec: JsonObject, names: readonly string[]): JsonObject => Object.fromEntries(Object.entries(spec).filter(([name]) => names.includes(name)));

/**
 * What can be written of a live resource.
 * @param key the name for people, for kinds that the service stores none for
 * @param unnamed fields that refer to what has no name of its own
 */
export const writableOf = (readable: ReadableKind, live: LiveResource, key: string, unnamed: readonly Unsaid[]): Writable => {
  const needed = mustHave(readable);
  const nothing = (unsaid: readonly Unsaid[]): Writable => ({ live, unsaid });
  if (unnamed.some(({ path: [head = ''] }) => needed.includes(head))) return nothing(unnamed);
  const named = unnamed.reduce((spec, { path }) => withoutPath(spec, path), live.spec);
  if (comesBack(readable, named, key)) return { live, fields: fieldsOf(readable, named, key), unsaid: unnamed };
  const reason = 'a file cannot say what it is';
  if (!comesBack(readable, pick(named, needed), key)) return nothing([...unnamed, { path: [], reason }]);
  const unsayable = Object.keys(named).filter((name) => !needed.includes(name) && !comesBack(readable, pick(named, [...needed, name]), key));
  const sayable = pick(
    named,
    Object.keys(named).filter((name) => !unsayable.includes(name)),
  );
  const unsaid = [...unnamed, ...unsayable.map((name) => ({ path: [name], reason }))];
  return comesBack(readable, sayable, key) ? { live, fields: fieldsOf(readable, sayable, key), unsaid } : nothing([...unsaid, { path: [], reason }]);
};

/** What a message calls it: its address, with the id where the service stores no name. */
export const calledOf = (live: LiveResource): string => addressOf(live);
