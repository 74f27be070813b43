/** The order of each app's rules, in the files as they are by now: lists that are there follow the portal, and one is added where the order of the file says something else. */
import { compareText, type Diagnostic } from '../model/index.ts';
import type { OpenFile, Owner } from './edit-file.ts';
import { type Located, locate, spotsOf, stepOf, type TopEntry } from './edit-locate.ts';
import { isMap, isScalar, isSeq, keyColumn, type MapNode, valueEdit, withoutLinesOf, withoutPair, withPair } from './edit-nodes.ts';
import { arranged, type OrderEntry, orderEdit, withStar } from './edit-orders.ts';
import { applyEdits, breakOf, type Edit } from './edit-text.ts';
import { linedText, originOf } from './lines.ts';
import type { Fill } from './placeholders.ts';
import type { ReadableKind } from './run.ts';
import { type Entry, type Tree, valueOf } from './tree.ts';
import { canBeKey, nameField, nameText } from './write-orders.ts';
import { textScalar } from './write-scalar.ts';
import { keyText } from './write-value.ts';

/** One app's rules. */
export interface AppOrder {
  readonly readable: ReadableKind;
  readonly app: string;
  /** The place of each described rule in the portal's list. */
  readonly ranks: ReadonlyMap<Owner, number>;
  /** Names as the lists have them → the rule, its place, and what it is called now. */
  readonly names: ReadonlyMap<string, { readonly rank: number; readonly name: string; readonly fixed: boolean }>;
  /** Names of rules that are gone. */
  readonly gone: ReadonlySet<string>;
  /** Places of live rules that no file describes. */
  readonly strangers: readonly number[];
}

interface FoundList {
  readonly file: number;
  readonly top: TopEntry;
  readonly map: MapNode;
  readonly entry: Entry;
  readonly index: number;
}

/** A name in a list: a text, or a mapping with the one field. */
const nameIn = (tree: Tree, field: string): { readonly text: string; readonly bare: boolean } | undefined => {
  if (tree.type === 'text') return { text: tree.text, bare: true };
  const inner = valueOf(tree, field);
  return inner?.type === 'text' ? { text: inner.text, bare: false } : undefined;
};

const listsOf = (located: readonly Located[], order: AppOrder): FoundList | undefined => {
  for (const [file, one] of located.entries())
    for (const top of one.entries) {
      if (top.key !== order.readable.kind.order?.list || top.tree.type !== 'mapping' || !isMap(top.node)) continue;
      const entry = top.tree.entries.find(({ key }) => key === order.app);
      const index = top.node.items.findIndex(({ key }) => isScalar(key) && key.source === order.app);
      if (entry !== undefined && index !== -1) return { file, top, map: top.node, entry, index };
    }
  return undefined;
};

const entriesOf = (members: readonly Tree[], order: AppOrder, fill: Fill): readonly OrderEntry[] =>
  members.flatMap((tree, index): readonly OrderEntry[] => {
    const name = nameIn(tree, nameField(order.readable));
    if (name === undefined) return [{ index, type: 'other' }];
    if (name.bare && name.text === '*') return [{ index, type: 'star' }];
    const real = fill(name.text).text;
    const known = order.names.get(real);
    if (known === undefined) return order.gone.has(real) ? [] : [{ index, type: 'other' }];
    const renamed = known.name !== real && !name.text.replaceAll('$${', '').includes('${');
    return [{ index, type: 'rule', rank: known.rank, fixed: known.fixed, ...(renamed ? { name: known.name } : {}) }];
  });

/** Removes lists of apps that stand under one key, and the key with the last of them. */
const withoutLists = (text: string, located: Located, lists: readonly FoundList[]): readonly Edit[] | 'empty' => {
  const [first] = lists;
  if (first === undefined) return [];
  const { map, top } = first;
  if (map.items.length > lists.length) return lists.flatMap(({ index }) => withoutPair(text, map, index) ?? []);
  if (located.entries.length === 1) return 'empty';
  const edit = withoutPair(text, top.root, top.index) ?? withoutLinesOf(text, top.root, top.index);
  return edit === undefined ? [] : [edit];
};

export interface ListsResult {
  readonly files: readonly (OpenFile & { readonly state: 'kept' | 'empty' })[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Pending {
  readonly edits: Edit[];
  /** New lists by the key that they stand under. */
  readonly fresh: Map<string, NewList[]>;
  /** Lists that go, by the key that they stand under. */
  readonly gone: Map<TopEntry, FoundList[]>;
  state: 'kept' | 'empty';
}

/** Names of an app's described rules, in the portal's order. */
const inPortalOrder = ({ names }: AppOrder): readonly { readonly rank: number; readonly name: string }[] => {
  const byRank = new Map([...names.values()].map((one) => [one.rank, one]));
  return [...byRank.values()].sort((a, b) => a.rank - b.rank);
};

const editFound = (file: OpenFile, found: FoundList, order: AppOrder, fill: Fill, pending: Pending, tell: (diagnostic: Diagnostic) => void): void => {
  const { entry, map, index } = found;
  if (entry.value.type !== 'list') return;
  const written = entriesOf(entry.value.members, order, fill);
  const listed = new Set(written.map(({ rank }) => rank));
  const fresh = inPortalOrder(order)
    .filter(({ rank }) => !listed.has(rank))
    .map((one): OrderEntry => ({ type: 'rule', ...one }));
  const list = arranged(written, fresh);
  const starred = withStar(list, order.strangers);
  const after = starred ?? list.filter(({ type }) => type !== 'star');
  if (starred === undefined)
    tell({
      severity: 'warning',
      code: 'star-removed',
      message: `"*" was taken out of the order of "${order.app}": the rules that no file describes do not stand together`,
      origin: originOf(linedText(file.path, file.text), entry),
      hint: 'They stay where they are.',
    });
  if (after.every(({ type }) => type === 'star')) {
    pending.gone.set(found.top, [...(pending.gone.get(found.top) ?? []), found]);
    return;
  }
  const pair = map.items[index];
  if (pair === undefined) return;
  if (isSeq(pair.value)) {
    const edit = orderEdit(file.text, pair.value, after, order.readable);
    if (edit !== undefined) pending.edits.push(edit);
    return;
  }
  // Through an alias: a list of its own, where it has to differ.
  if (after.length === entry.value.members.length && after.every((one, at) => one.index === at && one.name === undefined)) return;
  const indent = `${' '.repeat(keyColumn(file.text, map))}${stepOf(file.text).members}`;
  const byRank = new Map([...order.names.values()].map(({ rank, name }) => [rank, name]));
  const lines = after.flatMap(({ type, rank = -1 }) =>
    type === 'star' ? [`${indent}- "*"`] : byRank.has(rank) ? [`${indent}- ${nameText(order.readable, byRank.get(rank) ?? '', 'block')}`] : [],
  );
  pending.edits.push(valueEdit(file.text, pair.key, pair.value, { inline: false, lines }));
};

const isRising = (ranks: readonly number[]): boolean => ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) < rank);

/** Whether the rules stand in one file, in the order of the portal. */
const isFileOrder = (files: readonly OpenFile[], order: AppOrder): { readonly file: number; readonly right: boolean } | undefined => {
  const found = files.flatMap((file, index) => {
    const ranks = (file.owners.get(order.readable.kind.name) ?? []).flatMap((owner) => (owner === undefined ? [] : (order.ranks.get(owner) ?? [])));
    return ranks.length === 0 ? [] : [{ index, ranks }];
  });
  const [first] = found;
  return first === undefined ? undefined : { file: first.index, right: found.length === 1 && isRising(first.ranks) };
};

/** A name of a new list. `written`: as a file has it, placeholders and all. */
type ListName = { readonly name: string } | { readonly written: string };

/** All names of a new list: the rules in the portal's order, and each of another portal's behind the one that it follows in its file. */
const namesFor = (files: readonly OpenFile[], located: readonly Located[], order: AppOrder, fill: Fill): readonly ListName[] => {
  const { kind } = order.readable;
  const behind = new Map<number, string[]>();
  for (const [index, file] of files.entries()) {
    const one = located[index];
    const owners = file.owners.get(kind.name) ?? [];
    if (one === undefined || owners.every((owner) => owner !== undefined)) continue;
    let rank = -1;
    for (const [ordinal, { tree }] of spotsOf(one, kind.name).entries()) {
      const owner = owners[ordinal];
      const [app, name] = [valueOf(tree, 'app'), valueOf(tree, nameField(order.readable))];
      if (owner !== undefined) rank = order.ranks.get(owner) ?? rank;
      else if (app?.type === 'text' && fill(app.text).text === order.app && name?.type === 'text') behind.set(rank, [...(behind.get(rank) ?? []), name.text]);
    }
  }
  const others = (rank: number): readonly ListName[] => (behind.get(rank) ?? []).map((written) => ({ written }));
  const own = new Set([...order.names.values()].map(({ name }) => name));
  return [...others(-1), ...inPortalOrder(order).flatMap(({ rank, name }) => [{ name }, ...others(rank)])].filter(
    (one) => 'name' in one || !own.has(fill(one.written).text),
  );
};

interface NewList {
  readonly order: AppOrder;
  readonly names: readonly ListName[];
}

const orderLineBlock = ({ order, names }: NewList, indent: string, text: string): readonly string[] => {
  const field = nameField(order.readable);
  const writtenText = (written: string): string => (written === '*' ? `{ ${field}: "*" }` : textScalar(written, 'block'));
  return [
    `${indent}${keyText(order.app)}:`,
    ...names.map((one) => `${indent}${stepOf(text).members}- ${'name' in one ? nameText(order.readable, one.name, 'block') : writtenText(one.written)}`),
  ];
};

/** New lists: beside those that the file has, or under a key of their own at its end. Other edits are done by then. */
const addLists = (text: string, fresh: Pending['fresh']): string => {
  if (fresh.size === 0) return text;
  const located = locate(text);
  const edits: Edit[] = [];
  const ends: string[] = [];
  for (const [key, orders] of fresh) {
    const top = located.entries.find((one) => one.key === key && isMap(one.node) && one.node.flow !== true && one.node.items.length > 0);
    if (top !== undefined && isMap(top.node)) {
      const indent = ' '.repeat(keyColumn(text, top.node));
      const lines = orders.flatMap((order) => orderLineBlock(order, indent, text));
      const edit = withPair(text, top.node, top.node.items.length - 1, lines, '');
      if (edit !== undefined) edits.push(edit);
    } else {
      ends.push([`${key}:`, ...orders.flatMap((order, index) => [...(index === 0 ? [] : ['']), ...orderLineBlock(order, '  ', text)])].join('\n'));
    }
  }
  return withBlocks(applyEdits(text, edits), ends);
};

/** The text with blocks at its end, a blank line before each; the last line break is as it was. */
export const withBlocks = (text: string, blocks: readonly string[]): string => {
  if (blocks.length === 0) return text;
  const eol = breakOf(text);
  const body = text.trimEnd();
  const tail = text === '' ? eol : /\r?\n$/.test(text) ? eol : '';
  return `${[...(body === '' ? [] : [body]), ...blocks.map((block) => block.replaceAll(/\r?\n/g, eol))].join(`${eol}${eol}`)}${tail}`;
};

/** Brings the order of every app into the files. */
export const editLists = (files: readonly OpenFile[], orders: readonly AppOrder[], fill: Fill): ListsResult => {
  const located = files.map(({ text }) => locate(text));
  const pending = files.map((): Pending => ({ edits: [], fresh: new Map(), gone: new Map(), state: 'kept' }));
  const diagnostics: Diagnostic[] = [];
  for (const order of [...orders].sort((a, b) => compareText(a.app, b.app))) {
    const found = listsOf(located, order);
    const file = found === undefined ? undefined : files[found.file];
    const mine = found === undefined ? undefined : pending[found.file];
    if (found !== undefined && file !== undefined && mine !== undefined) {
      editFound(file, found, order, fill, mine, (one) => diagnostics.push(one));
      continue;
    }
    const byFile = isFileOrder(files, order);
    const list = order.readable.kind.order?.list;
    const target = byFile === undefined ? undefined : pending[byFile.file];
    if (byFile === undefined || byFile.right || list === undefined || target === undefined || !canBeKey(order.app)) continue;
    target.fresh.set(list, [...(target.fresh.get(list) ?? []), { order, names: namesFor(files, located, order, fill) }]);
  }
  for (const [index, one] of pending.entries()) {
    const [file, at] = [files[index], located[index]];
    for (const lists of one.gone.values()) {
      const edits = file === undefined || at === undefined ? [] : withoutLists(file.text, at, lists);
      if (edits === 'empty') one.state = 'empty';
      else one.edits.push(...edits);
    }
  }
  return {
    files: files.map((file, index) => {
      const one = pending[index];
      const at = located[index];
      if (one === undefined || at === undefined || (one.edits.length === 0 && one.fresh.size === 0)) return { ...file, state: one?.state ?? 'kept' };
      return { ...file, text: addLists(applyEdits(file.text, one.edits), one.fresh), state: one.state };
    }),
    diagnostics,
  };
};
