/**
 * Which live resource is which described one. By address where the service
 * stores a name; two live ones with one identity are an error, never a guess.
 * What it stores no name for is paired by content: see pair-by-content.ts.
 * With a base, names that changed on either side are recognised, and live ones
 * that the base describes and the files no longer do are known to be ours.
 */
import { type Address, addressOf, type DesiredResource, type Diagnostic, type Kind, type LiveResource, pluralOf } from '../model/index.ts';
import { pairByContent } from './pair-by-content.ts';
import { pairRenamed } from './pair-renamed.ts';

export interface Pair {
  readonly desired: DesiredResource;
  readonly live: LiveResource | undefined;
  /** The same resource as it was last applied. */
  readonly base?: DesiredResource;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Live resources that no file describes. */
  readonly left: readonly LiveResource[];
  /** Those among them that the base describes, by id: ours, to be deleted. */
  readonly owned: ReadonlyMap<string, DesiredResource>;
  readonly diagnostics: readonly Diagnostic[];
}

/** The address under which a described resource is live: with the values of the environment in it. */
export const liveAddress = (resource: DesiredResource): Address => addressOf({ ...resource, key: resource.secretKey ?? resource.key });

export const tableOf = (live: readonly LiveResource[]): ReadonlyMap<Address, readonly LiveResource[]> => {
  const table = new Map<Address, LiveResource[]>();
  for (const resource of live) {
    const address = addressOf(resource);
    const list = table.get(address);
    if (list === undefined) table.set(address, [resource]);
    else list.push(resource);
  }
  return table;
};

const ambiguous = (kind: Kind, desired: DesiredResource, found: readonly LiveResource[]): Diagnostic => ({
  severity: 'error',
  code: 'ambiguous-live',
  message: `${found.length} live ${pluralOf(kind.title)} answer to "${addressOf(desired)}": ids ${found.map(({ id }) => id).join(' and ')}`,
  origin: desired.origin,
  address: addressOf(desired),
  hint: 'Rename or delete all but one of them in SalesIQ; which one is meant is never guessed.',
});

const pairByAddress = (kind: Kind, desired: readonly DesiredResource[], live: readonly LiveResource[], base: readonly DesiredResource[]): Pairing => {
  const table = tableOf(live);
  const described = new Set(desired.map(liveAddress));
  const atBase = new Map(base.map((resource) => [liveAddress(resource), resource]));
  const claimed = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const partner = new Map<DesiredResource, Pair>();
  const claim = (resource: DesiredResource, found: readonly LiveResource[], before: DesiredResource | undefined): void => {
    const free = found.filter(({ id }) => !claimed.has(id));
    if (free.length > 1) diagnostics.push(ambiguous(kind, resource, free));
    const one = free[0];
    if (one === undefined) return;
    claimed.add(one.id);
    partner.set(resource, { desired: resource, live: one, ...(before === undefined ? {} : { base: before }) });
  };

  const byId = new Map(live.map((one) => [one.id, one]));
  for (const resource of desired) {
    const known = resource.liveId === undefined ? undefined : byId.get(resource.liveId);
    if (known !== undefined) claim(resource, [known], undefined);
  }
  for (const resource of desired.filter((one) => !partner.has(one))) claim(resource, table.get(liveAddress(resource)) ?? [], atBase.get(liveAddress(resource)));
  for (const resource of desired.filter((one) => !partner.has(one))) {
    // Renamed: an old key counts only while nothing else in the files carries it.
    const old = resource.previously.map((key) => addressOf({ ...resource, key })).filter((address) => !described.has(address));
    claim(
      resource,
      old.flatMap((address) => table.get(address) ?? []),
      old.map((address) => atBase.get(address)).find((one) => one !== undefined),
    );
  }
  const open = desired.filter((one) => !partner.has(one));
  const free = live.filter(({ id }) => !claimed.has(id));
  for (const { desired: resource, live: found, base: before } of pairRenamed(kind, open, free, described, base)) claim(resource, [found], before);

  const renamed = new Set([...partner.values()].map((one) => one.base));
  const left = live.filter(({ id }) => !claimed.has(id));
  const owned = left.flatMap((resource) => {
    const before = atBase.get(addressOf(resource));
    return before === undefined || renamed.has(before) ? [] : [[resource.id, before] as const];
  });
  const pairs = desired.map((resource): Pair => {
    const before = atBase.get(liveAddress(resource));
    return partner.get(resource) ?? { desired: resource, live: undefined, ...(before === undefined ? {} : { base: before }) };
  });
  return { pairs, left, owned: new Map(owned), diagnostics };
};

const pairSingleton = (desired: readonly DesiredResource[], live: readonly LiveResource[], base: readonly DesiredResource[]): Pairing => {
  const [before] = base;
  return {
    pairs: desired.map((resource) => ({ desired: resource, live: live[0], ...(before === undefined ? {} : { base: before }) })),
    left: [],
    owned: new Map(),
    diagnostics: [],
  };
};

/**
 * @param base the kind's resources in the files as last applied; empty without a base
 * @param replaceable whether live ones that no file describes would be deleted anyway: only such may be taken over by content that differs
 */
export const pair = (
  kind: Kind,
  desired: readonly DesiredResource[],
  live: readonly LiveResource[],
  base: readonly DesiredResource[],
  replaceable: (resource: LiveResource) => boolean,
): Pairing => {
  if (kind.shape === 'singleton') return pairSingleton(desired, live, base);
  if (kind.identity.by === 'content') return pairByContent(kind.identity.criteria, desired, live, base, replaceable);
  return pairByAddress(kind, desired, live, base);
};
