/** (desired, live) → Plan. Pure: no clock, no network, no file; a preview is simply not applying it. */
import {
  type Address,
  type Base,
  type BaseNote,
  type Change,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  isList,
  type Json,
  type Kind,
  type KindPolicy,
  type Limits,
  type Live,
  lookupOf,
  type Plan,
  partOf,
  type SensitiveField,
  type Summary,
  sortDiagnostics,
  switchFieldOf,
  switchStart,
} from '../model/index.ts';
import { refuseOptional } from './allowed.ts';
import { hideSensitive } from './diff.ts';
import { eachNames, expandEach } from './expand-each.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Consent, limitUses, refuseLimits, refuseProtected, refuseUnmanaged } from './guard.ts';
import { type KindPlan, planKind } from './kind-plan.ts';
import { checkReferences } from './references.ts';
import { inNewNames } from './rename-references.ts';
import { inScope, type Scope } from './scope.ts';
import { sequenceOf } from './sequence.ts';

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

const memberCalls = (from: Json | undefined, to: Json | undefined): readonly string[] => {
  const [before, after] = [from, to].map((list) => new Set(isList(list) ? list.map(String) : []));
  const differs = (a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean => [...(a ?? [])].some((one) => b?.has(one) !== true);
  return [...(differs(after, before) ? ['add'] : []), ...(differs(before, after) ? ['remove'] : [])];
};

/** Calls that the changes need: a change of details and of the on/off state are two, a new rule that is off is two, each placing is one. */
const writesOf = (changes: readonly Change[], plans: readonly KindPlan[], kinds: readonly Kind[]): number => {
  const calls = changes.map((change) => {
    const kind = kinds.find(({ name }) => name === change.kind);
    if (kind === undefined) return 0;
    if (change.action === 'create') {
      const wanted = change.spec[switchFieldOf(kind)];
      const switched = kind.requests.enable !== undefined && typeof wanted === 'boolean' && wanted !== switchStart(kind);
      const completed = (kind.updateOnly ?? []).some(
        (field) => change.spec[field] !== undefined && !(field === switchFieldOf(kind) && change.spec[field] === switchStart(kind)),
      );
      return 1 + (switched ? 1 : 0) + (completed ? 1 : 0);
    }
    if (change.action === 'update') {
      const parts = change.fields.map(({ path }) => partOf(kind, path));
      const members = change.fields.filter(({ path }) => partOf(kind, path) === 'members').flatMap(({ from, to }) => memberCalls(from, to));
      return (parts.includes('enable') ? 1 : 0) + (parts.includes('details') || parts.length === 0 ? 1 : 0) + members.length;
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

/** @param plans in the sequence in which kinds are written */
const ordered = (plans: readonly KindPlan[]): readonly Change[] => [
  ...plans.flatMap((plan) => plan.writes),
  ...[...plans].reverse().flatMap((plan) => plan.deletes),
  ...plans.flatMap((plan) => plan.moves),
];

/** Apps that this plan deletes: nothing stands in them afterwards. */
const goneIn = (input: PlanInput): ReadonlySet<string> => {
  const { kinds, desired, live, scope, base } = input;
  const names = eachNames(kinds).filter((name) => desired.kinds.includes(name) && (desired.policies[name]?.mode ?? 'manage') === 'manage');
  const plans = kinds
    .filter(({ name }) => names.includes(name))
    .map((kind) =>
      planKind({ kind, desired, live, policy: desired.policies[kind.name] ?? defaultPolicy, scope, drift: 'correct', ...(base === undefined ? {} : { base }) }),
    );
  return new Set(plans.flatMap(({ deletes }) => deletes.map(({ key }) => key)));
};

/** The whole plan. Errors stand in `diagnostics`; a plan with errors must not be applied, and its changes mean nothing. */
export const makePlan = (input: PlanInput): Plan => {
  const { kinds, scope } = input;
  const gone = goneIn(input);
  const desired: Desired = { ...input.desired, resources: expandEach(input.desired.resources, kinds, input.live, gone) };
  const before = input.base === undefined ? undefined : { ...input.base, resources: expandEach(input.base.resources, kinds, input.live) };
  const { live, base } = inNewNames(kinds, desired.resources, input.live, before);
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
      ...(base === undefined ? {} : { base }),
      ...(input.ownedIds === undefined ? {} : { ownedIds: input.ownedIds }),
    });
  const plans = managed.map(planFor);
  const observedPlans = watched.map(planFor);
  // What is not written holds nothing back.
  const inSequence = (of: readonly Kind[], made: readonly KindPlan[]): readonly KindPlan[] => sequenceOf(of).flatMap((kind) => made[of.indexOf(kind)] ?? []);

  const hide = hiderFor([...desired.resources, ...(base?.resources ?? [])]);
  const only = input.only === undefined ? undefined : new Set(input.only);
  const isAsked = ({ address }: { readonly address?: Address }): boolean => only === undefined || address === undefined || only.has(address);
  const changes = ordered(inSequence(managed, plans)).filter(isAsked).map(hide);
  const observed = ordered(inSequence(watched, observedPlans)).map(hide);
  const all = [...plans, ...observedPlans];

  const groups = plans.flatMap((plan) => plan.groups);
  const unmanaged = all.flatMap((plan) => plan.unmanaged);
  const lists = all.flatMap((plan) => plan.lists);
  const inRun = (resource: DesiredResource): boolean =>
    taken.some((kind) => kind.name === resource.kind) &&
    inScope(scope, [resource.kind, ...(resource.app === undefined ? [] : [resource.app]), resource.key].join('/'));
  const describedKeys = new Set(
    desired.resources.filter(({ kind }) => managed.some(({ name }) => name === kind)).map(({ kind, key, secretKey }) => `${kind}\n${secretKey ?? key}`),
  );
  const doomed = new Set(changes.flatMap((change) => (change.action === 'delete' ? [`${change.kind}\n${change.id}`] : [])));
  const references = checkReferences(
    // One that stands for one in each app is told of once.
    input.desired.resources.filter(inRun),
    kinds,
    live,
    lookupOf(live),
    (kind, key) => describedKeys.has(`${kind}\n${key}`),
    doomed,
  );
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
      ...refuseOptional(changes, kinds, policyOf),
      ...refuseProtected(changes, [...input.protect, ...(base?.protect ?? [])]),
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
