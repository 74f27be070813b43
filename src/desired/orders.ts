/** The order of every app's rules: from its list, or that of the rules in their file. */
import { compareText, type DesiredOrder, pluralOf } from '../model/index.ts';
import type { Described } from './described.ts';
import { appLists, readAppList, type WrittenOrder } from './order-lists.ts';
import { type ReadableKind, type Run, tellError } from './run.ts';

/** Without a list, the order is that of the file: there must be one file. */
const byFile = (readable: ReadableKind, app: string, rules: readonly Described[], run: Run): DesiredOrder | undefined => {
  const present = rules.flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
  const [first] = present;
  if (first === undefined) return undefined;
  const elsewhere = rules.find(({ resource, file }) => resource !== undefined && file.path !== first.origin.file);
  if (elsewhere !== undefined && run.complete) {
    tellError(
      run,
      elsewhere.file,
      elsewhere.tree,
      'needs-order-list',
      `the ${pluralOf(readable.kind.title)} of "${app}" stand in ${first.origin.file} and in ${elsewhere.file.path}, so their order is not known`,
      `Put them into one file, or write their order: ${readable.kind.order?.list ?? ''}, the app, and the rules from the top.`,
    );
  }
  return { kind: readable.kind.name, app, keys: present.map(({ key }) => key), origin: first.origin };
};

/**
 * @param described every described resource
 * @param managed the kinds that stand in the files
 */
export const readOrders = (
  written: readonly WrittenOrder[],
  described: readonly Described[],
  managed: ReadonlySet<string>,
  readable: ReadonlyMap<string, ReadableKind>,
  run: Run,
): readonly DesiredOrder[] => {
  for (const { readable: of, file, entry } of written) {
    if (!managed.has(of.kind.name) && run.complete)
      tellError(
        run,
        file,
        entry,
        'order-without-rules',
        `${entry.key} orders ${pluralOf(of.kind.title)}, but no file has ${of.kind.name}`,
        `Describe them, or take ${entry.key} out: what no file describes is not managed.`,
      );
  }
  const lists = appLists(
    written.filter(({ readable: of }) => managed.has(of.kind.name)),
    run,
  );
  return [...readable.values()].flatMap((one) => {
    if (one.kind.order === undefined || !managed.has(one.kind.name)) return [];
    const rules = described.filter(({ kind }) => kind === one.kind.name);
    const ownLists = lists.filter(({ kind }) => kind === one.kind.name);
    const listed = new Set(ownLists.map(({ app }) => app));
    const groups = new Map<string, Described[]>();
    for (const rule of rules) {
      if (rule.app === undefined || listed.has(rule.app)) continue;
      const group = groups.get(rule.app);
      if (group === undefined) groups.set(rule.app, [rule]);
      else group.push(rule);
    }
    const orders = [...ownLists.map((list) => readAppList(list, one, rules, run)), ...[...groups].map(([app, group]) => byFile(one, app, group, run))];
    return orders.filter((order) => order !== undefined).sort((a, b) => compareText(a.app, b.app));
  });
};
