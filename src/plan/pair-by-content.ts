/**
 * Kinds without names. Equal content first; then the base, which knows what
 * each key was last; then equal criteria with other settings; then, among live
 * ones that would be deleted anyway, the pairing that changes least, as one
 * minimum-cost assignment over the whole list. A
 * stranger's is never overwritten: one that is neither equal nor has the same
 * criteria stays unmanaged, and the described one is created beside it.
 */
import { munkres } from 'munkres';
import { canonicalJson, type DesiredResource, isList, isObject, type Json, type JsonObject, type LiveResource } from '../model/index.ts';
import type { Pairing } from './pair.ts';

/** The settings of a rule, beside its criteria, each as text: what is compared often is written once. */
type Settings = ReadonlyMap<string, string>;

const settingsOf = ({ spec }: { readonly spec: JsonObject }, criteria: string): Settings =>
  new Map(Object.entries(spec).flatMap(([key, value]) => (key === criteria ? [] : [[key, canonicalJson(value)] as const])));

/** How far the described settings are from the live ones: being on or off is the slightest difference. */
const settingsApart = (desired: Settings, live: Settings): number => {
  let apart = 0;
  for (const [key, text] of desired) if ((live.get(key) ?? 'null') !== text) apart += key === 'enabled' ? 1 : 2;
  return apart;
};

/** The single tests of a rule, whatever their grouping; of a text, its words. */
const testsOf = (when: Json | undefined): readonly string[] =>
  typeof when === 'string'
    ? (when.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    : isList(when)
      ? when.flatMap((group) => (isObject(group) && isList(group['any']) ? group['any'] : [group])).map((test) => canonicalJson(test))
      : [];

/** What it costs to take one for another with which it has no test in common: never worth it. */
const unrelated = 1_000_000;

interface Candidate {
  readonly theirs: LiveResource;
  readonly settings: Settings;
}

const bucketsOf = (live: readonly LiveResource[], criteria: string): ReadonlyMap<string, Candidate[]> => {
  const buckets = new Map<string, Candidate[]>();
  for (const theirs of live) {
    const content = canonicalJson(theirs.spec[criteria]);
    const candidate = { theirs, settings: settingsOf(theirs, criteria) };
    const bucket = buckets.get(content);
    if (bucket === undefined) buckets.set(content, [candidate]);
    else bucket.push(candidate);
  }
  return buckets;
};

/** Pairs of equal criteria, the nearest settings first; each on both sides at most once. `most`: how far the settings may be apart. */
const pairClose = (
  mine: readonly DesiredResource[],
  theirs: readonly LiveResource[],
  criteria: string,
  most: number,
): readonly (readonly [DesiredResource, LiveResource])[] => {
  const buckets = bucketsOf(theirs, criteria);
  let open = mine.flatMap((one) => {
    const bucket = buckets.get(canonicalJson(one.spec[criteria]));
    return bucket === undefined ? [] : [{ one, settings: settingsOf(one, criteria), bucket }];
  });
  const found: (readonly [DesiredResource, LiveResource])[] = [];
  const farthest = Math.min(most, 2 * Math.max(0, ...open.map(({ settings }) => settings.size)));
  for (let apart = 0; apart <= farthest && open.length > 0; apart += 1) {
    open = open.filter(({ one, settings, bucket }) => {
      const at = bucket.findIndex((candidate) => settingsApart(settings, candidate.settings) === apart);
      const [taken] = at < 0 ? [] : bucket.splice(at, 1);
      if (taken !== undefined) found.push([one, taken.theirs]);
      return taken === undefined;
    });
  }
  return found;
};

interface Side {
  readonly settings: Settings;
  readonly tests: ReadonlySet<string>;
}

/** What each could be taken for, and what that costs: eight for each test that only one of the two has, one or two for each setting that differs. */
const costsOf = (rest: readonly Side[], free: readonly Side[]): readonly ReadonlyMap<number, number>[] => {
  const columns = new Map<string, number[]>();
  for (const [column, { tests }] of free.entries()) {
    for (const test of tests) {
      const known = columns.get(test);
      if (known === undefined) columns.set(test, [column]);
      else known.push(column);
    }
  }
  return rest.map(({ settings, tests }) => {
    const shared = new Map<number, number>();
    for (const test of tests) for (const column of columns.get(test) ?? []) shared.set(column, (shared.get(column) ?? 0) + 1);
    return new Map(
      [...shared].flatMap(([column, count]) => {
        const other = free[column];
        return other === undefined ? [] : [[column, 8 * (tests.size + other.tests.size - 2 * count) + settingsApart(settings, other.settings)] as const];
      }),
    );
  });
};

interface Group {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** Rows and columns that hang together by a cost: whatever is in no group with it cannot be taken for a row. */
const groupsOf = (costs: readonly ReadonlyMap<number, number>[]): readonly Group[] => {
  const rowsOf = new Map<number, number[]>();
  for (const [row, line] of costs.entries()) {
    for (const column of line.keys()) {
      const known = rowsOf.get(column);
      if (known === undefined) rowsOf.set(column, [row]);
      else known.push(row);
    }
  }
  const seen = new Set<number>();
  return costs.flatMap((_line, start): readonly Group[] => {
    if (seen.has(start)) return [];
    seen.add(start);
    const rows = [start];
    const columns = new Set<number>();
    for (const row of rows) {
      for (const column of costs[row]?.keys() ?? []) {
        if (columns.has(column)) continue;
        columns.add(column);
        for (const other of rowsOf.get(column) ?? []) {
          if (seen.has(other)) continue;
          seen.add(other);
          rows.push(other);
        }
      }
    }
    return columns.size === 0 ? [] : [{ rows: rows.sort((x, y) => x - y), columns: [...columns].sort((x, y) => x - y) }];
  });
};

/** The cheapest assignment over all, as pairs of row and column: exact, group by group. */
const assign = (costs: readonly ReadonlyMap<number, number>[]): readonly (readonly [number, number])[] =>
  groupsOf(costs).flatMap(({ rows, columns }) =>
    munkres(rows.map((row) => columns.map((column) => costs[row]?.get(column) ?? unrelated))).flatMap(([row, column]) => {
      const [mine, theirs] = [rows[row], columns[column]];
      return mine === undefined || theirs === undefined || costs[mine]?.has(theirs) !== true ? [] : [[mine, theirs] as const];
    }),
  );

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
  const rest = unpaired().map((mine) => ({ mine, settings: settingsOf(mine, criteria), tests: new Set(testsOf(mine.spec[criteria])) }));
  const free = live
    .filter((theirs) => !claimed.has(theirs.id) && (replaceable(theirs) || owned.has(theirs.id)))
    .map((theirs) => ({ theirs, settings: settingsOf(theirs, criteria), tests: new Set(testsOf(theirs.spec[criteria])) }));
  for (const [row, column] of assign(costsOf(rest, free))) {
    const mine = rest[row]?.mine;
    const theirs = free[column]?.theirs;
    if (mine !== undefined && theirs !== undefined) claim(mine, theirs);
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
