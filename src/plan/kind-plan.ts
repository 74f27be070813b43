/** The plan of one kind: pairs, differences, creations, deletions, lists. */
import {
  addressOf,
  type Change,
  compareText,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  type GroupCount,
  isObject,
  type JsonObject,
  type Kind,
  type KindPolicy,
  type ListPlan,
  type Live,
  type LiveResource,
  type Unmanaged,
} from '../model/index.ts';
import { diffSpecs, fieldsOf } from './diff.ts';
import { type ListResult, planList } from './list-plan.ts';
import { mergeSpec } from './merge.ts';
import { type Pair, pair } from './pair.ts';
import { inScope, type Scope } from './scope.ts';

export interface KindPlan {
  readonly writes: readonly Change[];
  readonly deletes: readonly Change[];
  readonly moves: readonly Change[];
  readonly lists: readonly ListPlan[];
  readonly groups: readonly GroupCount[];
  readonly unmanaged: readonly Unmanaged[];
  readonly diagnostics: readonly Diagnostic[];
}

const common = (resource: { kind: string; app?: string | undefined; key: string }) => ({
  kind: resource.kind,
  address: addressOf(resource),
  key: resource.key,
  ...(resource.app === undefined ? {} : { app: resource.app }),
});

const missing = (kind: Kind, desired: DesiredResource): readonly Diagnostic[] => {
  const absent = kind.needs.filter((field) => desired.spec[field] === undefined || desired.spec[field] === null);
  if (absent.length === 0) return [];
  return [
    {
      severity: 'error',
      code: 'incomplete',
      message: `${addressOf(desired)} is not in the portal yet, and to create it ${absent.join(', ')} must be given`,
      origin: desired.origin,
      address: addressOf(desired),
      hint: kind.manages.includes('create') ? `Add ${absent.join(' and ')}.` : 'Create it in SalesIQ first.',
    },
  ];
};

/** Fields in the order in which the schema tells of them, so that they always read the same. */
const inSchemaOrder = (kind: Kind, spec: JsonObject): JsonObject => {
  const properties = kind.schema?.['properties'];
  const known = isObject(properties) ? Object.keys(properties) : [];
  const keys = [...known.filter((key) => Object.hasOwn(spec, key)), ...Object.keys(spec).filter((key) => !known.includes(key))];
  return Object.fromEntries(keys.map((key) => [key, spec[key] ?? null]));
};

const writeOf = (kind: Kind, { desired, live }: Pair): readonly Change[] => {
  const spec = inSchemaOrder(kind, mergeSpec(live?.spec ?? {}, desired.spec, kind.cleared));
  const base = { ...common(desired), origin: desired.origin, spec };
  if (live === undefined) return kind.manages.includes('create') ? [{ action: 'create', ...base, fields: fieldsOf(spec) }] : [];
  const fields = diffSpecs(live.spec, spec);
  return fields.length === 0 ? [] : [{ action: 'update', ...base, id: live.id, fields }];
};

const groupsOf = (kind: Kind, pairs: readonly Pair[], live: readonly LiveResource[]): readonly GroupCount[] => {
  const managed = pairs.flatMap((one) => (one.live === undefined ? [] : [one.live]));
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

/** The plan of one kind. Nothing is mutated; the same input gives the same plan, whatever order the service listed things in. */
export const planKind = (kind: Kind, desired: Desired, live: Live, policy: KindPolicy, scope: Scope): KindPlan => {
  const there = live.resources[kind.name] ?? [];
  const described = desired.resources.filter((resource) => resource.kind === kind.name);
  const deleting = policy.unmanaged === 'delete' && kind.manages.includes('delete');
  const { pairs, left, diagnostics } = pair(kind, described, there, (resource) => deleting && inScope(scope, addressOf(resource)));

  const wanted = pairs.filter((one) => inScope(scope, addressOf(one.desired)));
  const doomed = deleting ? left.filter((resource) => inScope(scope, addressOf(resource))) : [];
  const removed = new Set(doomed.map(({ id }) => id));

  const inApp = groupByApp(there);
  const lists: readonly ListResult[] =
    kind.order === undefined
      ? []
      : desired.orders
          .filter((order) => order.kind === kind.name)
          .map((order) =>
            planList(
              kind,
              order,
              inApp.get(order.app) ?? [],
              pairs.filter(({ desired: { app } }) => app === order.app),
              removed,
              (one) => !inScope(scope, addressOf(one.desired)),
            ),
          );
  const places = new Map(lists.flatMap((result) => [...result.places]));
  const writes = wanted
    .flatMap((one) => writeOf(kind, one))
    .map((change) => {
      const place = places.get(change.address);
      return change.action === 'create' && place !== undefined ? { ...change, place } : change;
    });

  return {
    writes,
    deletes: doomed.map((resource): Change => {
      const place = kind.order === undefined ? undefined : (inApp.get(resource.app ?? '') ?? []).indexOf(resource) + 1;
      return {
        action: 'delete',
        ...common(resource),
        id: resource.id,
        fields: [],
        reason: 'no file describes it, and this kind says unmanaged: delete',
        ...(place === undefined ? {} : { place }),
      };
    }),
    moves: lists.flatMap((result) => result.moves),
    lists: lists.map((result) => result.list),
    groups: groupsOf(kind, pairs, there),
    unmanaged: left.filter(({ id }) => !removed.has(id)).map((resource) => ({ ...common(resource), id: resource.id })),
    diagnostics: [...diagnostics, ...wanted.filter((one) => one.live === undefined).flatMap(({ desired: resource }) => missing(kind, resource))],
  };
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
