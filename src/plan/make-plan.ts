/** (desired, live) → Plan. Pure: no clock, no network, no file; a preview is simply not applying it. */
import {
  type Address,
  type Base,
  type BaseNote,
  type Change,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  type Kind,
  type KindPolicy,
  type Limits,
  type Live,
  lookupOf,
  type Plan,
  type SensitiveField,
  type Summary,
  sortDiagnostics,
} from '../model/index.ts';
import { hideSensitive } from './diff.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Consent, limitUses, refuseLimits, refuseProtected, refuseUnmanaged } from './guard.ts';
import { type KindPlan, planKind } from './kind-plan.ts';
import { checkReferences } from './references.ts';
import { inScope, type Scope } from './scope.ts';

export interface PlanInput {
  readonly kinds: readonly Kind[];
  readonly desired: Desired;
  readonly live: Live;
  readonly scope: Scope;
  /** Patterns of addresses that must not change. */
  readonly protect: readonly string[];
  /** How much of a kind one plan may delete and update; absent: as much as it likes. */
  readonly limits?: Limits;
  /** Exact counts that were agreed to: they lift the limits for that count alone. */
  readonly consent?: Consent;
  /** The files as last applied. */
  readonly base?: Base;
  readonly baseNote?: BaseNote;
  /** Live ones that are ours whatever the files say, as kind and id on two lines. */
  readonly ownedIds?: ReadonlySet<string>;
  /** Only changes of these addresses, and findings about them: what a saved plan holds, whatever else has come up since. Absent: all. */
  readonly only?: readonly Address[];
  /** `keep`: what was changed in SalesIQ alone stays as it is there. */
  readonly drift?: 'correct' | 'keep';
  /** Findings in the files that are no errors. */
  readonly warnings: readonly Diagnostic[];
  /** Seconds that so many calls take at the pace of the run. */
  readonly estimateSeconds: (calls: number) => number;
}

const defaultPolicy: KindPolicy = { mode: 'manage', unmanaged: 'keep' };

const summaryOf = (changes: readonly Change[]): Summary => {
  const count = (action: Change['action']): number => changes.filter((change) => change.action === action).length;
  return { create: count('create'), update: count('update'), delete: count('delete'), move: count('move') };
};

/** Calls that the changes need: a change of details and of the on/off state are two, a new rule that is off is two, each placing is one. */
const writesOf = (changes: readonly Change[], plans: readonly KindPlan[], kinds: readonly Kind[]): number => {
  const switched = (change: Change): boolean => kinds.find(({ name }) => name === change.kind)?.requests.enable !== undefined;
  const calls = changes.map((change) => {
    if (change.action === 'create') return switched(change) && change.spec['enabled'] === false ? 2 : 1;
    if (change.action === 'update') {
      const toggles = switched(change) && change.fields.some(({ path }) => path === 'enabled');
      return (toggles ? 1 : 0) + (change.fields.some(({ path }) => path !== 'enabled') || !toggles ? 1 : 0);
    }
    return change.action === 'delete' ? 1 : 0;
  });
  return calls.reduce<number>((sum, count) => sum + count, 0) + plans.flatMap(({ lists }) => lists).reduce((sum, list) => sum + list.moves, 0);
};

/** Takes away what the environment gave, wherever a change of that resource would show it: what it gave at the base, too. */
const hiderFor = (resources: readonly DesiredResource[]): ((change: Change) => Change) => {
  const nameOf = (one: { readonly kind: string; readonly key: string; readonly app?: string }): string => `${one.kind}\n${one.key}\n${one.app ?? ''}`;
  const fields = new Map<string, SensitiveField[]>();
  for (const resource of resources.filter(({ sensitive }) => sensitive.length > 0)) {
    fields.set(nameOf(resource), [...(fields.get(nameOf(resource)) ?? []), ...resource.sensitive]);
  }
  return (change) => ({ ...change, fields: hideSensitive(change.fields, fields.get(nameOf(change)) ?? []) });
};

const ordered = (plans: readonly KindPlan[]): readonly Change[] => [
  ...plans.flatMap((plan) => plan.writes),
  ...[...plans].reverse().flatMap((plan) => plan.deletes),
  ...plans.flatMap((plan) => plan.moves),
];

/** The whole plan. Errors stand in `diagnostics`; a plan with errors must not be applied, and its changes mean nothing. */
export const makePlan = (input: PlanInput): Plan => {
  const { kinds, desired, live, scope } = input;
  const policyOf = (kind: Kind): KindPolicy => desired.policies[kind.name] ?? defaultPolicy;
  const taken = kinds.filter((kind) => desired.kinds.includes(kind.name) && policyOf(kind).mode !== 'ignore' && kind.manages.length > 0);
  const managed = taken.filter((kind) => policyOf(kind).mode === 'manage');
  const watched = taken.filter((kind) => policyOf(kind).mode === 'observe');
  const planFor = (kind: Kind): KindPlan =>
    planKind({
      kind,
      desired,
      live,
      policy: policyOf(kind),
      scope,
      drift: input.drift ?? 'correct',
      ...(input.base === undefined ? {} : { base: input.base }),
      ...(input.ownedIds === undefined ? {} : { ownedIds: input.ownedIds }),
    });
  const plans = managed.map(planFor);
  const observedPlans = watched.map(planFor);

  const hide = hiderFor([...desired.resources, ...(input.base?.resources ?? [])]);
  const only = input.only === undefined ? undefined : new Set(input.only);
  const isAsked = ({ address }: { readonly address?: Address }): boolean => only === undefined || address === undefined || only.has(address);
  const changes = ordered(plans).filter(isAsked).map(hide);
  const observed = ordered(observedPlans).map(hide);
  const all = [...plans, ...observedPlans];

  const groups = plans.flatMap((plan) => plan.groups);
  const unmanaged = all.flatMap((plan) => plan.unmanaged);
  const lists = all.flatMap((plan) => plan.lists);
  const inRun = (resource: DesiredResource): boolean =>
    taken.some((kind) => kind.name === resource.kind) &&
    inScope(scope, [resource.kind, ...(resource.app === undefined ? [] : [resource.app]), resource.key].join('/'));
  const describedKeys = new Set(desired.resources.map((resource) => `${resource.kind}\n${resource.key}`));
  const references = checkReferences(desired.resources.filter(inRun), kinds, live, lookupOf(live), (kind, key) => describedKeys.has(`${kind}\n${key}`));
  const writes = writesOf(changes, plans, kinds);
  const reads = live.reads * (changes.length === 0 ? 1 : 2);

  return {
    formatVersion: 1,
    portal: desired.portal,
    fingerprint: fingerprintOf(desired.portal, changes, lists),
    changes,
    lists,
    groups: all.flatMap((plan) => plan.groups),
    unmanaged,
    observed,
    reports: live.reports,
    diagnostics: sortDiagnostics([...input.warnings, ...live.diagnostics, ...references, ...all.flatMap((plan) => plan.diagnostics)].filter(isAsked)),
    refusals: [
      ...refuseUnmanaged(
        unmanaged.filter(({ kind }) => managed.some(({ name }) => name === kind)),
        desired.policies,
      ),
      ...refuseProtected(changes, [...input.protect, ...(input.base?.protect ?? [])]),
      ...(input.limits === undefined ? [] : refuseLimits({ changes, groups, limits: input.limits, consent: input.consent ?? {} })),
    ],
    summary: summaryOf(changes),
    ...(input.limits === undefined ? {} : { limits: limitUses(changes, groups, input.limits) }),
    ...(input.baseNote === undefined ? {} : { base: input.baseNote }),
    cost: { reads, writes, seconds: input.estimateSeconds(reads + writes) },
  };
};

/** The plan with the changes of these addresses alone: what a saved plan runs, whatever else has come up since. */
export const restrictPlan = (plan: Plan, addresses: readonly string[]): Plan => {
  const wanted = new Set(addresses);
  const changes = plan.changes.filter(({ address }) => wanted.has(address));
  return { ...plan, changes, summary: summaryOf(changes), fingerprint: fingerprintOf(plan.portal, changes, plan.lists) };
};
