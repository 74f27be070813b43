/** The plan of one kind: pairs, differences, creations, deletions, lists. */
import {
  addressOf,
  type Change,
  compareText,
  type Diagnostic,
  type GroupCount,
  type Kind,
  type ListPlan,
  type LiveResource,
  type Unmanaged,
} from '../model/index.ts';
import { builtInDescribed, deletionOff, fixedFields, isAllowed, noHeir } from './allowed.ts';
import { common, deleteOf, type KindInput, missing, writeOf } from './changes.ts';
import { droppedFields, hintRenames } from './hints.ts';
import { type ListResult, planList } from './list-plan.ts';
import { type Pair, type Pairing, pair } from './pair.ts';
import { inScope } from './scope.ts';

export interface KindPlan {
  readonly writes: readonly Change[];
  readonly deletes: readonly Change[];
  readonly moves: readonly Change[];
  readonly lists: readonly ListPlan[];
  readonly groups: readonly GroupCount[];
  readonly unmanaged: readonly Unmanaged[];
  readonly diagnostics: readonly Diagnostic[];
}

const groupsOf = (kind: Kind, pairs: readonly Pair[], live: readonly LiveResource[], ours: ReadonlySet<string>): readonly GroupCount[] => {
  const managed = live.filter(({ id }) => ours.has(id));
  const count = (app: string | undefined): GroupCount => ({
    kind: kind.name,
    ...(app === undefined ? {} : { app }),
    live: live.filter((resource) => app === undefined || resource.app === app).length,
    managed: managed.filter((resource) => app === undefined || resource.app === app).length,
  });
  if (kind.order === undefined) return [count(undefined)];
  const apps = [...new Set([...live, ...pairs.map(({ desired }) => desired)].map(({ app }) => app ?? ''))].sort(compareText);
  return apps.map(count);
};

const groupByApp = (live: readonly LiveResource[]): ReadonlyMap<string, readonly LiveResource[]> => {
  const groups = new Map<string, LiveResource[]>();
  for (const resource of live) {
    const list = groups.get(resource.app ?? '');
    if (list === undefined) groups.set(resource.app ?? '', [resource]);
    else list.push(resource);
  }
  return groups;
};

const listsOf = (
  input: KindInput,
  pairs: readonly Pair[],
  inApp: ReadonlyMap<string, readonly LiveResource[]>,
  removed: ReadonlySet<string>,
): readonly ListResult[] => {
  const { kind, desired, base, scope } = input;
  if (kind.order === undefined) return [];
  return desired.orders
    .filter((order) => order.kind === kind.name)
    .map((order) => {
      const before = base?.orders.find((one) => one.kind === order.kind && one.app === order.app);
      return planList({
        kind,
        order,
        ...(before === undefined ? {} : { base: before }),
        live: inApp.get(order.app) ?? [],
        pairs: pairs.filter(({ desired: { app } }) => app === order.app),
        removed,
        isFixed: (one) => !inScope(scope, addressOf(one.desired)),
        drift: input.drift,
      });
    });
};

/** The live ones that no file describes and that go: those that the base had, and all of them where the kind says so. */
const doomedOf = ({ kind, policy, scope, ownedIds }: KindInput, { left, owned }: Pairing): readonly LiveResource[] =>
  isAllowed(kind, policy, 'delete')
    ? left.filter(
        (resource) =>
          (policy.unmanaged === 'delete' || owned.has(resource.id) || ownedIds?.has(`${kind.name}\n${resource.id}`) === true) &&
          inScope(scope, addressOf(resource)),
      )
    : [];

/** The plan of one kind. Nothing is mutated; the same input gives the same plan, whatever order the service listed things in. */
export const planKind = (input: KindInput): KindPlan => {
  const { kind, desired, live, policy, scope, base } = input;
  const all = live.resources[kind.name] ?? [];
  const there = all.filter(({ builtIn, retired }) => builtIn !== true && retired !== true);
  const described = desired.resources.filter((resource) => resource.kind === kind.name);
  const atBase = (base?.resources ?? []).filter((resource) => resource.kind === kind.name);
  const deleting = policy.unmanaged === 'delete' && isAllowed(kind, policy, 'delete');
  const pairing = pair(kind, described, there, atBase, (resource) => deleting && inScope(scope, addressOf(resource)));
  const { pairs, left, owned, diagnostics } = pairing;

  const wanted = pairs.filter((one) => inScope(scope, addressOf(one.desired)));
  const doomed = doomedOf(input, pairing);
  const removed = new Set(doomed.map(({ id }) => id));
  const inApp = groupByApp(there);
  const lists = listsOf(input, pairs, inApp, removed);
  const places = new Map(lists.flatMap((result) => [...result.places]));
  const writes = wanted
    .flatMap((one) => writeOf(input, one))
    .map((change) => {
      const place = places.get(change.address);
      return change.action === 'create' && place !== undefined ? { ...change, place } : change;
    });
  const deletes = doomed.map((resource) => {
    const place = kind.order === undefined ? undefined : (inApp.get(resource.app ?? '') ?? []).indexOf(resource) + 1;
    return deleteOf(input, resource, owned.get(resource.id), place);
  });
  const ours = new Set([...pairs.flatMap((one) => one.live?.id ?? []), ...owned.keys(), ...removed]);

  return {
    writes,
    deletes,
    moves: lists.flatMap((result) => result.moves),
    lists: lists.map((result) => result.list),
    groups: groupsOf(kind, pairs, there, ours),
    unmanaged: left.filter(({ id }) => !removed.has(id) && !owned.has(id)).map((resource) => ({ ...common(resource), id: resource.id })),
    diagnostics: [
      ...diagnostics,
      ...builtInDescribed(kind, wanted, all),
      ...fixedFields(kind, wanted),
      ...deletionOff(kind, policy, pairing),
      ...noHeir(input, pairing, doomed),
      ...wanted
        .filter((one) => one.live === undefined && (kind.goneWhen === undefined || one.desired.spec[kind.goneWhen] !== true))
        .flatMap(({ desired: resource }) => missing(kind, resource)),
      ...droppedFields(wanted),
      ...hintRenames(kind, writes, doomed),
    ],
  };
};
