/**
 * One described resource against its live one: the edits that make the file
 * say what is live, and no others. Only what is written is compared: a field
 * that the file leaves out is not ours. Mappings are compared key by key, lists
 * entry by entry; what means the same in another form stays as it is written.
 *
 * A value that is reached through an alias is left alone in the first pass:
 * what its anchor holds may be about to change as well. In later passes it is
 * replaced by a value of its own where it still differs.
 */
import { canonicalJson, isList, isObject, type Json, type JsonObject, type Path } from '../model/index.ts';
import { type Converter, convert } from './convert.ts';
import { aligned, alignedSets, isScalarList, isSet, normalAt, wrapped } from './edit-compare.ts';
import {
  contentEnd,
  dashColumn,
  isAlias,
  isFlowNode,
  isMap,
  isScalar,
  isSeq,
  keyColumn,
  type MapNode,
  type NewMember,
  type SeqNode,
  spanOf,
  valueEdit,
  withMembers,
  withoutMembers,
  withoutPair,
  withPair,
} from './edit-nodes.ts';
import { columnOf, type Edit, lineStart } from './edit-text.ts';
import type { Guide } from './guide.ts';
import type { ReadableKind } from './run.ts';
import { isClearable } from './schema.ts';
import { type Entry, type MappingTree, type Tree, valueOf } from './tree.ts';
import { escapedJson } from './write-resource.ts';
import { isScalarJson, type Place, quoted, scalarText } from './write-scalar.ts';
import { entryLines, flowText, guideOf, isLiteral, keyText, literalLines, memberLines, membersOf, type Step, writtenValue } from './write-value.ts';

export interface FieldWork {
  readonly text: string;
  readonly readable: ReadableKind;
  readonly converter: Converter;
  readonly step: Step;
  readonly pass: 'first' | 'later';
  readonly live: JsonObject;
  /** Whether live would change if these fields were applied to it. */
  readonly differs: (live: JsonObject, desired: JsonObject) => boolean;
  /** Whether two values count as one. */
  readonly isSame: (a: Json | undefined, b: Json | undefined) => boolean;
  /** Whether nothing can be said about a field, so that it stays as written. */
  readonly isUnsayable: (path: Path) => boolean;
  /** Told of what stays as it is although it differs: a placeholder that gives something else. */
  readonly keep: (tree: Tree, path: Path) => void;
  /** Told that something waits for the next pass. */
  readonly wait: () => void;
  readonly add: (edit: Edit | undefined) => void;
}

const general: ReadonlySet<string> = new Set(['only', 'previously', 'key']);

const hasPlaceholder = (tree: Tree): boolean => {
  switch (tree.type) {
    case 'text':
      return tree.text.replaceAll('$${', '').includes('${');
    case 'list':
      return tree.members.some(hasPlaceholder);
    case 'mapping':
      return tree.entries.some(({ value }) => hasPlaceholder(value));
    case 'broken':
      return false;
  }
};

const pairIndex = (map: MapNode, key: string): number => map.items.findIndex((pair) => isScalar(pair.key) && pair.key.source === key);

/** The live value of what is written, and no more. */
const projected = (tree: Tree, live: Json): Json =>
  tree.type === 'mapping' && isObject(live)
    ? Object.fromEntries(tree.entries.flatMap(({ key, value }) => (live[key] === undefined || live[key] === null ? [] : [[key, projected(value, live[key])]])))
    : live;

/** Text in single quotes, where those can hold it. */
const inSingleQuotes = (text: string): string | undefined =>
  /^[\x20-\x7e\u00a1-\ud7ff]*$/.test(text) && quoted(text).length - 2 - text.replaceAll(/[^"\\]/g, '').length === text.length
    ? `'${text.replaceAll("'", "''")}'`
    : undefined;

/** A scalar in the place of another, in its quotes. */
const scalarInstead = (node: unknown, value: string | number | boolean | null, place: Place, work: FieldWork): string => {
  if (typeof value !== 'string' || !isScalar(node)) return scalarText(value, place);
  if (node.type === 'QUOTE_DOUBLE') return quoted(value);
  if (node.type === 'QUOTE_SINGLE') return inSingleQuotes(value) ?? quoted(value);
  if ((node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') && isLiteral(value)) {
    const start = spanOf(node)?.start ?? 0;
    const line = /^ +/.exec(work.text.slice(work.text.indexOf('\n', start) + 1))?.[0];
    const indent = line ?? `${' '.repeat(columnOf(work.text, lineStart(work.text, start)))}${work.step.fields}`;
    return literalLines(value, indent).join('\n');
  }
  return scalarText(value, place);
};

const placeIn = (flow: boolean, guide: Guide): Place => (flow ? (guide.type === 'text' ? 'name' : 'flow') : 'block');

/** Puts a value where an entry of a list stands. */
const replaceMember = (seq: SeqNode, index: number, target: Json, guide: Guide, work: FieldWork): void => {
  const node = seq.items[index];
  const span = spanOf(node);
  if (span === undefined) return;
  const value = escapedJson(target);
  const end = contentEnd(work.text, node, span.end);
  if (isScalar(node) && isScalarJson(value)) {
    work.add({ start: span.start, end, text: scalarInstead(node, value, placeIn(isFlowNode(seq), guide), work) });
  } else if (isFlowNode(seq)) {
    work.add({ start: span.start, end, text: flowText(value, guide) });
  } else {
    const column = dashColumn(work.text, seq);
    const lines = memberLines(value, guide, ' '.repeat(column), work.step);
    work.add({ start: span.start, end, text: lines.join('\n').slice(column + 2) });
  }
};

/** Puts a value behind a key. */
const replaceValue = (map: MapNode, index: number, target: Json, guide: Guide, work: FieldWork): void => {
  const pair = map.items[index];
  if (pair === undefined) return;
  const value = escapedJson(target);
  if (isScalar(pair.value) && pair.value.source !== '' && isScalarJson(value)) {
    const span = spanOf(pair.value);
    if (span !== undefined)
      work.add({
        start: span.start,
        end: contentEnd(work.text, pair.value, span.end),
        text: scalarInstead(pair.value, value, isFlowNode(map) ? 'flow' : 'block', work),
      });
    return;
  }
  const written = isFlowNode(map)
    ? { inline: true, lines: [flowText(value, guide)] }
    : writtenValue(value, guide, ' '.repeat(keyColumn(work.text, map)), work.step);
  work.add(valueEdit(work.text, pair.key, pair.value, written));
};

/** Adds a key to a mapping, behind those that come before it in the schema. */
const addKey = (map: MapNode, tree: MappingTree, key: string, target: Json, guide: Guide, work: FieldWork): void => {
  const known = guide.type === 'mapping' ? [...guide.keys.keys()] : [];
  const before = known.indexOf(key) === -1 ? known : known.slice(0, known.indexOf(key));
  const places = before.map((name) => pairIndex(map, name)).filter((place) => place !== -1);
  const after = places.length === 0 ? (known.includes(key) && tree.entries.length > 0 ? 0 : map.items.length - 1) : Math.max(...places);
  const value = escapedJson(target);
  const inner = guideOf(guide, key);
  const lines = entryLines(key, value, inner, ' '.repeat(keyColumn(work.text, map)), work.step);
  work.add(withPair(work.text, map, after, lines, `${keyText(key)}: ${flowText(value, inner)}`));
};

const textOf = (value: Json): string => (typeof value === 'object' && value !== null ? canonicalJson(value) : `=${String(value)}`);

const editList = (
  seq: SeqNode,
  members: readonly Tree[],
  written: readonly Json[],
  normal: Json,
  target: readonly Json[],
  guide: Guide,
  path: Path,
  work: FieldWork,
): void => {
  const { kind } = work.readable;
  const scalars = isScalarList(written) && isScalarList(target);
  const set = scalars && isSet(kind, path, [written, target]);
  const normals = !set && isList(normal) && normal.length === written.length ? normal : written.map((one) => normalAt(kind, [...path, 0], one));
  const inner = membersOf(guide);
  const steps = (set ? alignedSets : aligned)(normals.map(textOf), target.map(textOf));
  // A placeholder that gives something else is not overwritten, nor is the list around it.
  const lost = steps.flatMap(({ from, changed, to }) => {
    const member = from === undefined ? undefined : members[from];
    return member !== undefined && member.type === 'text' && (changed === true || to === undefined) && hasPlaceholder(member) ? [member] : [];
  });
  if (lost.length > 0) {
    for (const member of lost) work.keep(member, path);
    return;
  }
  const goes: number[] = [];
  let last = -1;
  const comes = new Map<number, Json[]>();
  for (const { from, to, changed } of steps) {
    const value = to === undefined ? undefined : target[to];
    if (from === undefined) comes.set(last, [...(comes.get(last) ?? []), value ?? null]);
    else if (to === undefined) goes.push(from);
    else {
      last = from;
      if (changed === true) editMember(seq, from, members[from], written[from] ?? null, normals[from] ?? null, value ?? null, inner, [...path, from], work);
    }
  }
  const added = (values: readonly Json[]): readonly NewMember[] =>
    values.map((value) => {
      const escaped = escapedJson(value);
      return {
        lines: memberLines(escaped, inner, ' '.repeat(dashColumn(work.text, seq)), work.step),
        flow: isScalarJson(escaped) ? scalarText(escaped, placeIn(true, inner)) : flowText(escaped, inner),
      };
    });
  for (const [after, values] of comes) work.add(withMembers(work.text, seq, after, added(values), 'dense'));
  for (let index = 0; index < goes.length; ) {
    const from = goes[index] ?? 0;
    let to = from;
    while (goes[index + 1] === to + 1) {
      index += 1;
      to += 1;
    }
    index += 1;
    work.add(withoutMembers(work.text, seq, from, to));
  }
};

const editMember = (
  seq: SeqNode,
  index: number,
  tree: Tree | undefined,
  written: Json,
  normal: Json,
  target: Json,
  guide: Guide,
  path: Path,
  work: FieldWork,
): void => {
  if (tree === undefined || work.isSame(normal, target)) return;
  const node = seq.items[index];
  if (isAlias(node)) {
    if (work.pass === 'first') work.wait();
    else if (hasPlaceholder(tree)) work.keep(tree, path);
    else replaceMember(seq, index, target, guide, work);
  } else if (isMap(node) && tree.type === 'mapping' && isObject(target) && editWhole(node, tree, written, normal, target, guide, path, work)) {
    return;
  } else if (isSeq(node) && tree.type === 'list' && isList(written) && isList(target) && target.length > 0) {
    editList(node, tree.members, written, normal, target, guide, path, work);
  } else if (hasPlaceholder(tree)) {
    work.keep(tree, path);
  } else {
    replaceMember(seq, index, target, guide, work);
  }
};

/** A mapping that is taken whole, inside of a list. False where the two have nothing in common. */
const editWhole = (map: MapNode, tree: MappingTree, written: Json, normal: Json, target: JsonObject, guide: Guide, path: Path, work: FieldWork): boolean => {
  const keys = tree.entries.map(({ key }) => key);
  const shared = keys.filter((key) => target[key] !== undefined);
  const [only] = tree.entries;
  if (shared.length === 0) {
    // A list of one around what is written without it elsewhere.
    const index = only === undefined ? -1 : pairIndex(map, only.key);
    const list = map.items[index]?.value;
    if (keys.length !== 1 || only?.value.type !== 'list' || only.value.members.length !== 1 || !isSeq(list)) return false;
    const inside = isObject(written) && isList(written[only.key]) ? written[only.key] : undefined;
    const first = isList(inside) ? (inside[0] ?? null) : null;
    editMember(list, 0, only.value.members[0], first, normal, target, membersOf(guideOf(guide, only.key)), [...path, only.key, 0], work);
    return true;
  }
  const normals: JsonObject = isObject(normal) ? normal : {};
  for (const key of Object.keys(target)) {
    const value = target[key];
    if (value === undefined || keys.includes(key) || work.isSame(normals[key], value)) continue;
    addKey(map, tree, key, value, guide, work);
  }
  for (const entry of tree.entries) {
    const { key } = entry;
    const value = target[key];
    const inner = guideOf(guide, key);
    const mine = isObject(written) ? (written[key] ?? null) : null;
    const meant = normals[key] ?? normalAt(work.readable.kind, [...path, key], mine);
    if (work.isSame(meant, value)) continue;
    const index = pairIndex(map, key);
    if (value === undefined) {
      if (hasPlaceholder(entry.value)) work.keep(entry.value, [...path, key]);
      else if (index === -1) return false;
      else work.add(withoutPair(work.text, map, index));
    } else {
      editValue(map, index, tree, entry, mine, meant, value, inner, guide, [...path, key], work);
    }
  }
  return true;
};

/** The value behind a key becomes another. */
const editValue = (
  map: MapNode,
  index: number,
  around: MappingTree,
  entry: Entry,
  written: Json,
  normal: Json,
  target: Json,
  guide: Guide,
  outer: Guide,
  path: Path,
  work: FieldWork,
): void => {
  const { value: tree, key } = entry;
  const node = map.items[index]?.value;
  if (index === -1 || isAlias(node)) {
    if (work.pass === 'first') work.wait();
    else if (hasPlaceholder(tree)) work.keep(tree, path);
    else if (index === -1) addKey(map, around, key, projected(tree, target), outer, work);
    else replaceValue(map, index, projected(tree, target), guide, work);
  } else if (isSeq(node) && tree.type === 'list' && isList(written) && isList(target) && target.length > 0 && tree.members.length > 0) {
    editList(node, tree.members, written, normal, target, guide, path, work);
  } else if (
    isMap(node) &&
    tree.type === 'mapping' &&
    isObject(target) &&
    path.some((step) => typeof step === 'number') &&
    editWhole(node, tree, written, normal, target, guide, path, work)
  ) {
    return;
  } else if (hasPlaceholder(tree)) {
    work.keep(tree, path);
  } else {
    replaceValue(map, index, target, guide, work);
  }
};

/** A key that the live one has no value for: null where that is what null means, else it goes. */
const clearKey = (map: MapNode, index: number, entry: Entry, path: readonly string[], guide: Guide, work: FieldWork): void => {
  if (index === -1 || isAlias(map.items[index]?.value)) {
    if (work.pass === 'first') {
      work.wait();
      return;
    }
  }
  if (hasPlaceholder(entry.value)) {
    work.keep(entry.value, path);
    return;
  }
  const clears = isClearable(guide.schema) && !work.differs({}, wrapped(path, null));
  const gone = clears || index === -1 ? undefined : withoutPair(work.text, map, index);
  if (gone !== undefined) work.add(gone);
  else replaceValue(map, index, clears ? null : {}, guide, work);
};

/** Whether none of the keys that a mapping has is left in the live one. */
const isEmptied = (tree: Tree, live: Json | undefined): boolean =>
  tree.type === 'mapping' &&
  tree.entries.length > 0 &&
  !hasPlaceholder(tree) &&
  isObject(live) &&
  tree.entries.every(({ key }) => (live[key] ?? null) === null);

/** A mapping whose keys are ours one by one: the resource itself, and the mappings in it. */
const editMapping = (map: MapNode, tree: MappingTree, live: JsonObject, spec: JsonObject, guide: Guide, path: readonly string[], work: FieldWork): void => {
  for (const entry of tree.entries) {
    const { key, value } = entry;
    const at = [...path, key];
    const isContentFile = path.length === 0 && work.readable.kind.contentFiles?.some(({ file }) => file === key) === true;
    if ((path.length === 0 && general.has(key)) || isContentFile || work.isUnsayable(at)) continue;
    const target = live[key] ?? undefined;
    const normal = spec[key] ?? null;
    const inner = guideOf(guide, key);
    if (!work.differs(target === undefined ? {} : wrapped(at, target), wrapped(at, normal))) continue;
    const index = pairIndex(map, key);
    const node = map.items[index]?.value;
    if (isMap(node) && isEmptied(value, target)) replaceValue(map, index, {}, inner, work);
    else if (target === undefined) clearKey(map, index, entry, at, inner, work);
    else if (isMap(node) && value.type === 'mapping' && isObject(target)) editMapping(node, value, target, isObject(normal) ? normal : {}, inner, at, work);
    else editValue(map, index, tree, entry, convert(value, inner, work.converter), normal, target, inner, guide, at, work);
  }
};

/** The edits of one resource. @param node its node, where it is no alias */
export const editResource = (map: MapNode, tree: MappingTree, work: FieldWork): void => {
  const { readable, live } = work;
  const written = convert(tree, readable.guide, work.converter);
  if (!isObject(written)) return;
  const spec = readable.kind.normalise(Object.fromEntries(Object.entries(written).filter(([key]) => !general.has(key))));
  if (readable.switches && live['enabled'] === false && valueOf(tree, 'enabled') === undefined) addKey(map, tree, 'enabled', false, readable.guide, work);
  editMapping(map, tree, live, spec, readable.guide, [], work);
};
