/** Why a plan may not be applied. Refusals are values: `plan` shows them, `apply` stops at them. */
import type { Change, GroupCount, KindPolicy, Limits, LimitUse, Refusal, Unmanaged } from '../model/index.ts';
import { matchesAddress } from './scope.ts';

export const refuseUnmanaged = (unmanaged: readonly Unmanaged[], policies: Readonly<Record<string, KindPolicy>>): readonly Refusal[] =>
  unmanaged
    .filter(({ kind }) => policies[kind]?.unmanaged === 'error')
    .map(({ address, kind }) => ({
      code: 'unmanaged',
      message: `${address} is live, and no file describes it`,
      address,
      hint: `Describe it, delete it in SalesIQ, or set \`unmanaged: keep\` for ${kind} in salesiq.yaml.`,
    }));

export const refuseProtected = (changes: readonly Change[], protect: readonly string[]): readonly Refusal[] =>
  changes
    .filter(({ address }) => protect.some((pattern) => matchesAddress(pattern, address)))
    .map((change) => ({
      code: 'protected',
      message: `${change.address} is protected, and the plan would ${change.action} it`,
      address: change.address,
      ...(change.origin === undefined ? {} : { origin: change.origin }),
      hint: 'Take it off `protect` in salesiq.yaml in a change of its own, or leave it as it is.',
    }));

/** Counts that a person has agreed to. */
export interface Consent {
  readonly deletes?: number;
  readonly updates?: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const countOf = (changes: readonly Change[], action: Change['action'], kind: string, app?: string): number =>
  changes.filter((change) => change.action === action && change.kind === kind && (app === undefined || change.app === app)).length;

/** How near each kind comes to its limits: deletes and updates as shares of what was ours before. Kinds with too few are free of limits. */
export const limitUses = (changes: readonly Change[], groups: readonly GroupCount[], limits: Limits): readonly LimitUse[] =>
  [...new Set(groups.map(({ kind }) => kind))].flatMap((kind) => {
    const of = sum(groups.filter((group) => group.kind === kind).map(({ managed }) => managed));
    return [
      { what: 'deletes' as const, kind, count: countOf(changes, 'delete', kind), of, limit: limits.deletes },
      { what: 'updates' as const, kind, count: countOf(changes, 'update', kind), of, limit: limits.updates },
    ].filter(({ count }) => count > 0 && of >= limits.minExisting);
  });

interface LimitInput {
  readonly changes: readonly Change[];
  readonly groups: readonly GroupCount[];
  readonly limits: Limits;
  readonly consent: Consent;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const words = { deletes: 'delete', updates: 'update' } as const;

/** Consent is exact: a plan that holds another number than was agreed to is refused, whatever the limits say. */
const refuseConsent = (what: LimitUse['what'], count: number, agreed: number | undefined): readonly Refusal[] =>
  agreed === undefined || agreed === count
    ? []
    : [
        {
          code: `consent-${what}`,
          message: `--allow-${what} ${agreed} was given, and the plan would ${words[what]} ${count}`,
          hint: `Look at the plan again; if all ${count} are meant, say --allow-${what} ${count}.`,
        },
      ];

/** Limits by share, and the last of a kind or of a list. What was agreed to by its exact count passes. */
export const refuseLimits = ({ changes, groups, limits, consent }: LimitInput): readonly Refusal[] => {
  const deletes = changes.filter(({ action }) => action === 'delete').length;
  const updates = changes.filter(({ action }) => action === 'update').length;
  const agreed = { deletes: consent.deletes === deletes, updates: consent.updates === updates };
  const shares = limitUses(changes, groups, limits)
    .filter(({ what, count, of, limit }) => !agreed[what] && count > of * limit)
    .map(
      ({ what, kind, count, of, limit }): Refusal => ({
        code: `limit-${what}`,
        message: `the plan would ${words[what]} ${count} of ${of} ${kind} (${percent(count / of)}); the limit is ${percent(limit)}`,
        address: kind,
        hint: `If that is meant, say --allow-${what} ${what === 'deletes' ? deletes : updates}, or raise limits.${what} in salesiq.yaml.`,
      }),
    );
  return [
    ...refuseConsent('deletes', deletes, consent.deletes),
    ...refuseConsent('updates', updates, consent.updates),
    ...shares,
    ...(agreed.deletes ? [] : refuseLast(changes, groups, deletes)),
  ];
};

/** Nothing is emptied without a word: neither a kind nor one app's list. */
const refuseLast = (changes: readonly Change[], groups: readonly GroupCount[], deletes: number): readonly Refusal[] => {
  const hint = `If that is meant, say --allow-deletes ${deletes}.`;
  const kinds = [...new Set(groups.map(({ kind }) => kind))];
  return kinds.flatMap((kind): readonly Refusal[] => {
    const own = groups.filter((group) => group.kind === kind);
    const empties = (live: number, app?: string): boolean =>
      live > 0 && live - countOf(changes, 'delete', kind, app) + countOf(changes, 'create', kind, app) === 0;
    if (empties(sum(own.map(({ live }) => live)))) return [{ code: 'last-of-kind', message: `the plan would delete the last of ${kind}`, address: kind, hint }];
    return own.flatMap(({ app, live }): readonly Refusal[] =>
      app !== undefined && empties(live, app)
        ? [{ code: 'last-of-list', message: `the plan would delete the last of ${kind} of ${app}`, address: `${kind}/${app}`, hint }]
        : [],
    );
  });
};
