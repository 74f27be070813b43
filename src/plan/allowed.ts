/** What may not be done without a word in salesiq.yaml, and what may not be done at all. */
import {
  type Action,
  addressOf,
  type Change,
  canonicalJson,
  type Diagnostic,
  type Kind,
  type KindPolicy,
  type LiveResource,
  type Refusal,
} from '../model/index.ts';
import type { KindInput } from './changes.ts';
import type { Pair, Pairing } from './pair.ts';

const saidOf = (policy: KindPolicy, action: Action): boolean | undefined => (action === 'create' || action === 'delete' ? policy[action] : undefined);

/** Whether plans may hold this action for the kind: as salesiq.yaml says, else as the kind has it. */
export const isAllowed = (kind: Kind, policy: KindPolicy, action: Action): boolean =>
  kind.manages.includes(action) && (saidOf(policy, action) ?? kind.optional?.includes(action) !== true);

/** Descriptions of what the service made and lets nobody change. */
export const builtInDescribed = (kind: Kind, pairs: readonly Pair[], live: readonly LiveResource[]): readonly Diagnostic[] => {
  const fixed = new Set(live.filter(({ builtIn }) => builtIn === true).map(({ key }) => key));
  return pairs.flatMap(({ desired, live: found }): readonly Diagnostic[] =>
    found === undefined && fixed.has(desired.key)
      ? [
          {
            severity: 'error',
            code: 'built-in',
            message: `the ${kind.title} "${desired.key}" belongs to the service and cannot be changed`,
            origin: desired.origin,
            address: addressOf(desired),
            hint: 'Take it out of the files; other resources may refer to it all the same.',
          },
        ]
      : [],
  );
};

/** Pairs that differ in what no call changes: one that was known by it before, under `previously` or its `key`. */
export const fixedFields = (kind: Kind, pairs: readonly Pair[]): readonly Diagnostic[] =>
  pairs.flatMap(({ desired, live }): readonly Diagnostic[] => {
    const differing = (kind.fixed ?? []).filter(
      (field) => live !== undefined && desired.spec[field] !== undefined && canonicalJson(desired.spec[field]) !== canonicalJson(live.spec[field]),
    );
    if (live === undefined || differing.length === 0) return [];
    return [
      {
        severity: 'error',
        code: 'fixed-field',
        message: `${addressOf(desired)} cannot come from ${addressOf(live)}: no call changes its ${differing.join(' and ')}`,
        origin: desired.origin,
        address: addressOf(desired),
        hint: 'Take `previously` out, or give it a `key` of its own: then it is created, and the one that is no longer described is deleted where it is ours.',
      },
    ];
  });

/** Resources that the files dropped, of a kind that is not deleted without a word in salesiq.yaml: they stay. */
export const deletionOff = (kind: Kind, policy: KindPolicy, { owned, left }: Pairing): readonly Diagnostic[] =>
  !kind.manages.includes('delete') || isAllowed(kind, policy, 'delete')
    ? []
    : left.flatMap((resource): readonly Diagnostic[] =>
        owned.has(resource.id)
          ? [
              {
                severity: 'warning',
                code: 'delete-off',
                message: `${addressOf(resource)} is no longer in the files, and stays in the portal: a ${kind.title} is not deleted without a word`,
                address: addressOf(resource),
                hint: `To have it deleted, write \`kinds: { ${kind.name}: { delete: true } }\` in salesiq.yaml.`,
              },
            ]
          : [],
      );

/** Deletions for which the service wants to know who takes over, and nobody is named who can. */
export const noHeir = ({ kind, policy, live, desired }: KindInput, { pairs }: Pairing, doomed: readonly LiveResource[]): readonly Diagnostic[] => {
  const [first] = doomed;
  if (kind.heir === undefined || first === undefined) return [];
  const setting = `kinds: { ${kind.name}: { move_to: … } }`;
  const tell = (message: string, hint: string): readonly Diagnostic[] => [{ severity: 'error', code: 'no-heir', message, address: addressOf(first), hint }];
  const { moveTo } = policy;
  if (moveTo === undefined)
    return tell(
      `${addressOf(first)} is to be deleted, and the service asks which ${kind.title} takes over what is in it`,
      `Write \`${setting}\` in salesiq.yaml, with the name of one that stays.`,
    );
  const stays =
    pairs.some(({ desired: one }) => one.key === moveTo) ||
    (live.resources[kind.name] ?? []).some(({ key, id, retired }) => key === moveTo && retired !== true && !doomed.some((one) => one.id === id));
  return stays || desired.resources.some((one) => one.kind === kind.name && one.key === moveTo)
    ? []
    : tell(
        `${addressOf(first)} is to be deleted, and "${moveTo}", which shall take over what is in it, is not there or is deleted too`,
        `Name another in \`${setting}\`.`,
      );
};

const why: Readonly<Record<string, string>> = { create: 'add', update: 'change', delete: 'delete', move: 'move' };

/** Changes that are off by default and were not allowed. */
export const refuseOptional = (changes: readonly Change[], kinds: readonly Kind[], policyOf: (kind: Kind) => KindPolicy): readonly Refusal[] =>
  changes.flatMap((change): readonly Refusal[] => {
    const kind = kinds.find(({ name }) => name === change.kind);
    if (kind === undefined || isAllowed(kind, policyOf(kind), change.action)) return [];
    return [
      {
        code: `${change.action}-off`,
        message: `the plan would ${why[change.action] ?? change.action} ${change.address}, and that is ${policyOf(kind)[change.action === 'delete' ? 'delete' : 'create'] === false ? 'switched off in salesiq.yaml' : 'off by default, because it reaches further than configuration'}`,
        address: change.address,
        ...(change.origin === undefined ? {} : { origin: change.origin }),
        hint: `If that is meant, write \`kinds: { ${kind.name}: { ${change.action}: true } }\` in salesiq.yaml.`,
      },
    ];
  });
