/**
 * Kinds without names. Equal content first; then the base, which knows what
 * each key was last; then equal criteria with other settings; then, among live ones that would be deleted anyway, the pairing
 * that changes least, as one minimum-cost assignment over the whole list. A
 * stranger's is never overwritten: one that is neither equal nor has the same
 * criteria stays unmanaged, and the described one is created beside it.
 */
import { munkres } from 'munkres';
import { canonicalJson, type DesiredResource, isList, isObject, type Json, type JsonObject, type LiveResource } from '../model/index.ts';
import type { Pairing } from './pair.ts';

/** How many of the described settings, beside the criteria, differ. */
const settingsApart = (desired: JsonObject, live: JsonObject, criteria: string): number =>
  Object.entries(desired).filter(([key, value]) => key !== criteria && canonicalJson(value) !== canonicalJson(live[key])).length;

/** The single tests of a rule, whatever their grouping. */
const testsOf = (when: Json | undefined): readonly string[] =>
  isList(when) ? when.flatMap((group) => (isObject(group) && isList(group['any']) ? group['any'] : [group])).map((test) => canonicalJson(test)) : [];

/** Tests that only one of the two has, plus settings that differ; undefined where they have no test in common. */
const distance = (desired: ReadonlySet<string>, live: ReadonlySet<string>): number | undefined => {
  const shared = [...desired].filter((test) => live.has(test)).length;
  return shared === 0 ? undefined : desired.size + live.size - 2 * shared;
};

const unrelated = 1_000_000;

const bucketsOf = (live: readonly LiveResource[], criteria: string): ReadonlyMap<string, readonly LiveResource[]> => {
  const buckets = new Map<string, LiveResource[]>();
  for (const resource of live) {
    const content = canonicalJson(resource.spec[criteria]);
    const bucket = buckets.get(content);
    if (bucket === undefined) buckets.set(content, [resource]);
    else bucket.push(resource);
  }
  return buckets;
};

/** Pairs of equal criteria, the nearest settings first; each on both sides at most once. `most`: how many settings may differ. */
const pairClose = (
  mine: readonly DesiredResource[],
  theirs: readonly LiveResource[],
  criteria: string,
  most: number,
): readonly (readonly [DesiredResource, LiveResource])[] => {
  const buckets = bucketsOf(theirs, criteria);
  const close = mine
    .flatMap((one, index) =>
      (buckets.get(canonicalJson(one.spec[criteria])) ?? []).map((other, place) => ({
        one,
        other,
        index,
        place,
        apart: settingsApart(one.spec, other.spec, criteria),
      })),
    )
    .filter(({ apart }) => apart <= most)
    .sort((a, b) => a.apart - b.apart || a.index - b.index || a.place - b.place);
  const found = new Map<DesiredResource, LiveResource>();
  const used = new Set<string>();
  for (const { one, other } of close) {
    if (found.has(one) || used.has(other.id)) continue;
    found.set(one, other);
    used.add(other.id);
  }
  return [...found];
};

export const pairByContent = (
  criteria: string,
  desired: readonly DesiredResource[],
  live: readonly LiveResource[],
  base: readonly DesiredResource[],
  replaceable: (resource: LiveResource) => boolean,
): Pairing => {
  const partner = new Map<DesiredResource, LiveResource>();
  const claimed = new Set<string>();
  const owned = new Map<string, DesiredResource>();
  const before = new Map(base.map((resource) => [resource.key, resource]));
  const claim = (mine: DesiredResource, theirs: LiveResource): void => {
    partner.set(mine, theirs);
    claimed.add(theirs.id);
    owned.delete(theirs.id);
  };
  const unpaired = (): readonly DesiredResource[] => desired.filter((mine) => !partner.has(mine));
  const unclaimed = (): readonly LiveResource[] => live.filter(({ id }) => !claimed.has(id));

  const byId = new Map(live.map((one) => [one.id, one]));
  for (const mine of desired) {
    const theirs = mine.liveId === undefined ? undefined : byId.get(mine.liveId);
    if (theirs !== undefined) claim(mine, theirs);
  }
  for (const [mine, theirs] of pairClose(unpaired(), unclaimed(), criteria, 0)) claim(mine, theirs);

  // What the base called by the same key is the same rule, whatever it says now; what it called by a key that is gone was ours.
  const open = new Map(unpaired().map((mine) => [mine.key, mine]));
  const settled = new Set([...partner.keys()].map(({ key }) => key));
  const known = pairClose(
    base.filter(({ key }) => !settled.has(key)),
    unclaimed(),
    criteria,
    Number.POSITIVE_INFINITY,
  );
  for (const [old, theirs] of known) {
    const mine = open.get(old.key);
    if (mine === undefined) owned.set(theirs.id, old);
    else claim(mine, theirs);
  }

  for (const [mine, theirs] of pairClose(unpaired(), unclaimed(), criteria, Number.POSITIVE_INFINITY)) claim(mine, theirs);

  // What is left over on both sides: one assignment for all, found exactly.
  const rest = unpaired().map((mine) => ({ mine, tests: new Set(testsOf(mine.spec[criteria])) }));
  const free = live
    .filter((theirs) => !claimed.has(theirs.id) && (replaceable(theirs) || owned.has(theirs.id)))
    .map((theirs) => ({ theirs, tests: new Set(testsOf(theirs.spec[criteria])) }));
  if (rest.length > 0 && free.length > 0) {
    const costs = rest.map(({ mine, tests }) =>
      free.map((other) => {
        const apart = distance(tests, other.tests);
        return apart === undefined ? unrelated : 4 * apart + settingsApart(mine.spec, other.theirs.spec, criteria);
      }),
    );
    for (const [row, column] of munkres(costs)) {
      const mine = rest[row]?.mine;
      const theirs = free[column]?.theirs;
      if (mine !== undefined && theirs !== undefined && (costs[row]?.[column] ?? unrelated) < unrelated) claim(mine, theirs);
    }
  }

  return {
    pairs: desired.map((mine) => {
      const old = before.get(mine.key);
      return { desired: mine, live: partner.get(mine), ...(old === undefined ? {} : { base: old }) };
    }),
    left: unclaimed(),
    owned,
    diagnostics: [],
  };
};
