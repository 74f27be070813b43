/** Pairs → changes: what is to be created, updated and deleted, and whose change it is. */
import {
  addressOf,
  type Base,
  type Change,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  isObject,
  type JsonObject,
  type Kind,
  type KindPolicy,
  type Live,
  type LiveResource,
  type Side,
} from '../model/index.ts';
import { diffSpecs, fieldsOf, keepDrift } from './diff.ts';
import { mergeSpec } from './merge.ts';
import type { Pair } from './pair.ts';
import type { Scope } from './scope.ts';

/** What the plan of one kind is made from. */
export interface KindInput {
  readonly kind: Kind;
  readonly desired: Desired;
  readonly live: Live;
  readonly policy: KindPolicy;
  readonly scope: Scope;
  readonly base?: Base;
  /** Live ones that are ours whatever the files say, as kind and id on two lines: what a run created, for its rollback. */
  readonly ownedIds?: ReadonlySet<string>;
  /** `keep`: what was changed in SalesIQ alone stays as it is there. */
  readonly drift: 'correct' | 'keep';
}

export const common = (resource: { kind: string; app?: string | undefined; key: string }) => ({
  kind: resource.kind,
  address: addressOf(resource),
  key: resource.key,
  ...(resource.app === undefined ? {} : { app: resource.app }),
});

/** What a new one lacks that the service needs of it. */
export const missing = (kind: Kind, desired: DesiredResource): readonly Diagnostic[] => {
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

/** One side for a whole change: what is partly yours and partly drift is both. */
export const sideOfAll = (sides: readonly (Side | undefined)[]): Side | undefined => {
  const known = [...new Set(sides.flatMap((side) => side ?? []))];
  return known.length > 1 ? 'both' : known[0];
};

export const withSide = (side: Side | undefined): { readonly side?: Side } => (side === undefined ? {} : { side });

/** Whose a creation is: what the base has was deleted in SalesIQ since. */
const sideOfCreate = (input: KindInput, { desired, base: before }: Pair): Side | undefined => {
  if (input.base === undefined) return undefined;
  if (before === undefined) return 'yours';
  return diffSpecs(before.spec, desired.spec).length === 0 ? 'drift' : 'both';
};

/** Whether a difference counts: what the service never tells cannot be compared. */
export const isTold = (kind: Kind, live: JsonObject, path: string): boolean =>
  !(kind.writeOnly ?? []).some((field) => (path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`)) && live[field] === undefined);

/** The creation or update that one described resource needs, if any. */
export const writeOf = (input: KindInput, one: Pair): readonly Change[] => {
  const { kind } = input;
  const { desired, live, base: before } = one;
  const last = before === undefined ? undefined : mergeSpec({}, before.spec, kind.cleared);
  const wanted = mergeSpec(live?.spec ?? {}, desired.spec, kind.cleared);
  const spec = inSchemaOrder(kind, input.drift === 'keep' && live !== undefined && last !== undefined ? keepDrift(live.spec, wanted, last) : wanted);
  const base = { ...common(desired), origin: desired.origin, spec };
  if (live === undefined && kind.goneWhen !== undefined && spec[kind.goneWhen] === true) return [];
  if (live === undefined)
    return kind.manages.includes('create') ? [{ action: 'create', ...base, fields: fieldsOf(spec), ...withSide(sideOfCreate(input, one)) }] : [];
  const fields = diffSpecs(live.spec, spec, input.base === undefined ? undefined : (last ?? {})).filter(({ path }) => isTold(kind, live.spec, path));
  return fields.length === 0 ? [] : [{ action: 'update', ...base, id: live.id, fields, ...withSide(sideOfAll(fields.map(({ side }) => side))) }];
};

const reasonOf = (input: KindInput, resource: LiveResource, before: DesiredResource | undefined): string =>
  before !== undefined
    ? 'removed from the files'
    : input.ownedIds?.has(`${resource.kind}\n${resource.id}`) === true
      ? 'created by the run that is taken back'
      : 'no file describes it, and this kind says unmanaged: delete';

/** Why a live one that no file describes is deleted. */
export const deleteOf = (input: KindInput, resource: LiveResource, before: DesiredResource | undefined, place: number | undefined): Change => {
  const last = before === undefined ? undefined : mergeSpec(resource.spec, before.spec, input.kind.cleared);
  const side: Side | undefined =
    input.base === undefined ? undefined : last === undefined ? 'drift' : diffSpecs(resource.spec, last).length === 0 ? 'yours' : 'both';
  const named = before ?? resource;
  return {
    action: 'delete',
    ...common({ ...resource, key: named.key }),
    id: resource.id,
    fields: [],
    reason: `${reasonOf(input, resource, before)}${input.policy.moveTo === undefined || input.kind.heir === undefined ? '' : `; what is in it goes to "${input.policy.moveTo}"`}`,
    ...(input.policy.moveTo === undefined || input.kind.heir === undefined ? {} : { heir: input.policy.moveTo }),
    ...(place === undefined ? {} : { place }),
    ...withSide(side),
  };
};
