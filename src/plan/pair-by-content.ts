/**
 * Kinds without names. Equal content first; then equal criteria with other
 * settings; then, among live ones that would be deleted anyway, the pairing
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

export const pairByContent = (
  criteria: string,
  desired: readonly DesiredResource[],
  live: readonly LiveResource[],
  replaceable: (resource: LiveResource) => boolean,
): Pairing => {
  const partner = new Map<DesiredResource, LiveResource>();
  const claimed = new Set<string>();
  const claim = (mine: DesiredResource, theirs: LiveResource): void => {
    partner.set(mine, theirs);
    claimed.add(theirs.id);
  };

  // Equal criteria meet in one bucket; the nearest settings (none apart: equal content) pair first.
  const buckets = new Map<string, LiveResource[]>();
  for (const resource of live) {
    const content = canonicalJson(resource.spec[criteria]);
    const bucket = buckets.get(content);
    if (bucket === undefined) buckets.set(content, [resource]);
    else bucket.push(resource);
  }
  const close = desired.flatMap((mine, index) =>
    (buckets.get(canonicalJson(mine.spec[criteria])) ?? []).map((theirs) => ({ mine, theirs, index, apart: settingsApart(mine.spec, theirs.spec, criteria) })),
  );
  for (const { mine, theirs } of close.sort((a, b) => a.apart - b.apart || a.index - b.index)) {
    if (!partner.has(mine) && !claimed.has(theirs.id)) claim(mine, theirs);
  }

  // What is left over on both sides: one assignment for all, found exactly.
  const open = desired.filter((mine) => !partner.has(mine)).map((mine) => ({ mine, tests: new Set(testsOf(mine.spec[criteria])) }));
  const free = live
    .filter((theirs) => !claimed.has(theirs.id) && replaceable(theirs))
    .map((theirs) => ({ theirs, tests: new Set(testsOf(theirs.spec[criteria])) }));
  if (open.length > 0 && free.length > 0) {
    const costs = open.map(({ mine, tests }) =>
      free.map((other) => {
        const apart = distance(tests, other.tests);
        return apart === undefined ? unrelated : 4 * apart + settingsApart(mine.spec, other.theirs.spec, criteria);
      }),
    );
    for (const [row, column] of munkres(costs)) {
      const mine = open[row]?.mine;
      const theirs = free[column]?.theirs;
      if (mine !== undefined && theirs !== undefined && (costs[row]?.[column] ?? unrelated) < unrelated) claim(mine, theirs);
    }
  }

  return {
    pairs: desired.map((mine) => ({ desired: mine, live: partner.get(mine) })),
    left: live.filter(({ id }) => !claimed.has(id)),
    diagnostics: [],
  };
};
