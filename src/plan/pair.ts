/**
 * Which live resource is which described one. By address where the service
 * stores a name; two live ones with one identity are an error, never a guess.
 * What it stores no name for is paired by content: see pair-by-content.ts.
 */
import { addressOf, type DesiredResource, type Diagnostic, type Kind, type LiveResource } from '../model/index.ts';
import { pairByContent } from './pair-by-content.ts';

export interface Pair {
  readonly desired: DesiredResource;
  readonly live: LiveResource | undefined;
}

export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Live resources that no file describes. */
  readonly left: readonly LiveResource[];
  readonly diagnostics: readonly Diagnostic[];
}

const tableOf = (live: readonly LiveResource[]): ReadonlyMap<string, readonly LiveResource[]> => {
  const table = new Map<string, LiveResource[]>();
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
  message: `${found.length} live ${kind.title}s answer to "${addressOf(desired)}": ids ${found.map(({ id }) => id).join(' and ')}`,
  origin: desired.origin,
  address: addressOf(desired),
  hint: 'Rename or delete all but one of them in SalesIQ; which one is meant is never guessed.',
});

const pairByAddress = (kind: Kind, desired: readonly DesiredResource[], live: readonly LiveResource[]): Pairing => {
  const table = tableOf(live);
  const described = new Set(desired.map(addressOf));
  const claimed = new Set<string>();
  const diagnostics: Diagnostic[] = [];

  const candidates = (resource: DesiredResource): readonly LiveResource[] => {
    const now = table.get(addressOf({ ...resource, key: resource.secretKey ?? resource.key })) ?? [];
    if (now.length > 0) return now;
    // Renamed: an old key counts only while nothing else in the files carries it.
    return resource.previously
      .map((key) => addressOf({ ...resource, key }))
      .filter((address) => !described.has(address))
      .flatMap((address) => table.get(address) ?? []);
  };

  const pairs = desired.map((resource): Pair => {
    const found = candidates(resource).filter(({ id }) => !claimed.has(id));
    if (found.length > 1) diagnostics.push(ambiguous(kind, resource, found));
    const one = found[0];
    if (one !== undefined) claimed.add(one.id);
    return { desired: resource, live: one };
  });
  return { pairs, left: live.filter(({ id }) => !claimed.has(id)), diagnostics };
};

const pairSingleton = (desired: readonly DesiredResource[], live: readonly LiveResource[]): Pairing => ({
  pairs: desired.map((resource) => ({ desired: resource, live: live[0] })),
  left: [],
  diagnostics: [],
});

/** @param replaceable whether live ones that no file describes would be deleted anyway: only such may be taken over by content that differs. */
export const pair = (
  kind: Kind,
  desired: readonly DesiredResource[],
  live: readonly LiveResource[],
  replaceable: (resource: LiveResource) => boolean,
): Pairing => {
  if (kind.shape === 'singleton') return pairSingleton(desired, live);
  if (kind.identity.by === 'content') return pairByContent(kind.identity.criteria, desired, live, replaceable);
  return pairByAddress(kind, desired, live);
};
