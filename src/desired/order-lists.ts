/** Order lists as written: an app's rules by name, `"*"` for those that no file describes. */
import { compareText, type DesiredOrder, pluralOf, someOf } from '../model/index.ts';
import { type Converter, convert } from './convert.ts';
import type { Described } from './described.ts';
import type { Guide } from './guide.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import { type ReadableKind, type Run, tellError } from './run.ts';
import { type Entry, isNothing, type ListTree, type Tree } from './tree.ts';

/** The order lists of one kind that stand under one key of a file. */
export interface WrittenOrder {
  readonly readable: ReadableKind;
  readonly file: ParsedFile;
  readonly entry: Entry;
}

/** One app's list. */
export interface AppList {
  readonly kind: string;
  readonly app: string;
  readonly file: ParsedFile;
  readonly key: Entry;
}

/** A name in a list. */
interface Name {
  readonly tree: Tree;
  readonly real: string;
  /** As a message may show it. */
  readonly shown: string;
}

const textGuide: Guide = { type: 'text', schema: {} };

/** The lists of all apps; one that stands in two places, or cannot be read, is told. */
export const appLists = (orders: readonly WrittenOrder[], run: Run): readonly AppList[] => {
  const first = new Map<string, AppList>();
  for (const { readable, file, entry } of orders) {
    const { kind } = readable;
    if (entry.value.type !== 'mapping') {
      if (entry.value.type !== 'broken')
        tellError(
          run,
          file,
          entry.value,
          'wrong-type',
          `${entry.key} should be a mapping of apps to lists of ${pluralOf(kind.title)}`,
          `Write the app, a colon, and its rules below it, each after "- ".`,
        );
      continue;
    }
    for (const list of entry.value.entries) {
      const before = first.get(`${kind.name}\n${list.key}`);
      if (list.key.includes('${')) {
        tellError(run, file, list, 'placeholder-in-key', 'placeholders work in values, not in keys', 'Write the name of the app.');
      } else if (before !== undefined) {
        const place = originOf(before.file, before.key);
        tellError(
          run,
          file,
          list,
          'described-twice',
          `the order of the ${pluralOf(kind.title)} of "${list.key}" stands in ${place.file}:${place.line} already`,
          'Keep one list for each app.',
        );
      } else {
        first.set(`${kind.name}\n${list.key}`, { kind: kind.name, app: list.key, file, key: list });
      }
    }
  }
  return [...first.values()];
};

const readName = (tree: Tree, readable: ReadableKind, list: AppList, run: Run): Name | '*' | undefined => {
  const wrong = (): undefined => {
    if (tree.type !== 'broken')
      tellError(
        run,
        list.file,
        tree,
        'wrong-type',
        'an entry of an order list should be the name of a rule',
        `Write the name, "*", or { ${nameField(readable)}: … }.`,
      );
  };
  const inner = tree.type === 'mapping' && tree.entries.length === 1 && tree.entries[0]?.key === nameField(readable) ? tree.entries[0].value : tree;
  if (inner.type !== 'text' || (inner !== tree && isNothing(inner)) || (inner.plain && inner.text === '')) return wrong();
  if (inner === tree && inner.text === '*') return '*';
  const converter: Converter = {
    fill: run.fill,
    settled: new Set(),
    secrets: new Set(),
    mode: 'filled',
    report: (node, code, message, hint) => tellError(run, list.file, node, code, message, hint),
  };
  const real = convert(inner, textGuide, converter);
  return typeof real !== 'string' || converter.settled.size > 0 ? undefined : { tree, real, shown: inner.text };
};

const nameField = ({ kind }: ReadableKind): string => (kind.identity.by === 'fields' ? (kind.identity.fields[0] ?? 'title') : 'key');

const rulesByName = (rules: readonly Described[]): ReadonlyMap<string, Described> => {
  const table = new Map<string, Described>();
  for (const rule of rules) {
    if (rule.realKey === undefined) continue;
    const other = table.get(rule.realKey);
    if (other === undefined || other.state === 'elsewhere') table.set(rule.realKey, rule);
  }
  return table;
};

const unknownName = (name: Name, list: AppList, rules: readonly Described[], all: readonly Described[], title: string, run: Run): void => {
  const known = rules.flatMap(({ resource }) => (resource === undefined ? [] : [resource.key]));
  const renamed = rules.find(({ previously }) => previously.includes(name.real))?.resource?.key;
  const away = all.find((rule) => rule.realKey === name.real)?.app;
  const near = run.suggest(name.shown, known);
  const hint =
    renamed !== undefined
      ? `It is called "${renamed}" now.`
      : near !== undefined
        ? `Did you mean "${near}"?`
        : away !== undefined
          ? `There is one in "${away}".`
          : known.length > 0
            ? `They describe ${someOf(known)}.`
            : rules.length === 0
              ? `No file describes a rule of "${list.app}".`
              : 'Check the name.';
  tellError(run, list.file, name.tree, 'unknown-name', `the files describe no ${title} "${name.shown}" in "${list.app}"`, hint);
};

/**
 * One app's list → the order of its rules for this portal.
 * @param all every described rule of the kind
 */
export const readAppList = (list: AppList, readable: ReadableKind, all: readonly Described[], run: Run): DesiredOrder | undefined => {
  const { kind } = readable;
  const tree = list.key.value;
  if (tree.type === 'broken') return undefined;
  if (tree.type !== 'list') {
    tellError(
      run,
      list.file,
      tree,
      'wrong-type',
      `the order of "${list.app}" should be a list of ${pluralOf(kind.title)}`,
      'Write one name a line, each after "- ".',
    );
    return undefined;
  }
  const rules = all.filter(({ app }) => app === list.app);
  const table = rulesByName(rules);
  const places = new Map<string, Tree>();
  const keys: string[] = [];
  let star: number | undefined;
  const isFirst = (name: string, node: Tree, shown: string): boolean => {
    const before = places.get(name);
    if (before === undefined) places.set(name, node);
    else
      tellError(
        run,
        list.file,
        node,
        'listed-twice',
        `"${shown}" stands in this list twice; the first is in line ${originOf(list.file, before).line}`,
        'Keep it at one place.',
      );
    return before === undefined;
  };

  for (const member of tree.members) {
    const name = readName(member, readable, list, run);
    if (name === undefined) continue;
    if (name === '*') {
      if (isFirst('*', member, '*')) star = keys.length;
      continue;
    }
    if (!isFirst(`=${name.real}`, member, name.shown)) continue;
    const rule = table.get(name.real);
    if (rule === undefined && run.complete) unknownName(name, list, rules, all, kind.title, run);
    if (rule?.resource !== undefined) keys.push(rule.resource.key);
  }
  tellMissing(list, tree, rules, new Set(keys), run);
  return keys.length === 0 ? undefined : { kind: kind.name, app: list.app, keys, ...(star === undefined ? {} : { star }), origin: originOf(list.file, tree) };
};

const tellMissing = (list: AppList, tree: ListTree, rules: readonly Described[], listed: ReadonlySet<string>, run: Run): void => {
  const missing = rules.flatMap(({ resource }) => (resource === undefined || listed.has(resource.key) ? [] : [resource.key])).sort(compareText);
  if (missing.length === 0) return;
  tellError(
    run,
    list.file,
    tree,
    'not-in-order-list',
    `${someOf(missing)} ${missing.length === 1 ? 'is' : 'are'} described, but ${missing.length === 1 ? 'has' : 'have'} no place in the order of "${list.app}"`,
    'Name every described rule once. "*" stands only for rules that no file describes.',
  );
};
