/**
 * An ordered list before and after as two columns of rows. Rules that nothing
 * happens to and that stand side by side in both are one row, so that what
 * moved stays in sight in a list of a thousand.
 */
import type { Address, ListPlace, ListPlan } from '../../model/index.ts';

/** What becomes of a rule in its list. */
export type Fate = 'stays' | 'create' | 'update' | 'delete' | 'up' | 'down';

/** One rule, or a run of rules told together. Places count from 1; `other` is the place in the other column. */
export type Row =
  | { readonly type: 'rule'; readonly place: number; readonly other: number | undefined; readonly rule: ListPlace; readonly fate: Fate }
  | { readonly type: 'run'; readonly from: number; readonly to: number; readonly other: number };

/** From a row of the left column to one of the right, both from 0. */
export interface Line {
  readonly left: number;
  readonly right: number;
  readonly fate: Fate;
}

export interface OrderRows {
  readonly before: readonly Row[];
  readonly after: readonly Row[];
  readonly lines: readonly Line[];
  /** How many rules are told together in runs. */
  readonly folded: number;
}

/** Shorter runs are shown rule by rule; of longer ones the first and the last. */
const shortestRun = 5;

const placesOf = (places: readonly ListPlace[]): ReadonlyMap<Address, number> => new Map(places.map(({ address }, index) => [address, index + 1]));

/** Whether the list reads otherwise after the plan. */
export const isReordered = ({ before, after }: ListPlan): boolean =>
  before.length !== after.length || before.some(({ address }, index) => address !== after[index]?.address);

/** @param fates by address, of those that do not merely stay */
export const orderRows = (list: ListPlan, fates: ReadonlyMap<Address, Fate>): OrderRows => {
  const fateOf = ({ address }: ListPlace): Fate => fates.get(address) ?? 'stays';
  const was = placesOf(list.before);
  const becomes = placesOf(list.after);
  const folded = new Map<number, Run>();
  const skipped = new Map<number, Run>();
  let left = 0;
  for (const [from, to] of quietRuns(list, fateOf, becomes)) {
    const shift = (becomes.get(list.before[from - 1]?.address ?? '') ?? from) - from;
    folded.set(from + 1, { to: to - 1, other: from + 1 + shift });
    skipped.set(from + 1 + shift, { to: to - 1 + shift, other: from + 1 });
    left += to - from - 1;
  }
  const before = rowsOf(list.before, folded, becomes, fateOf);
  const after = rowsOf(list.after, skipped, was, fateOf);
  return { before, after, lines: linesOf(before, after), folded: left };
};

/** Where a run ends, and where it begins in the other column. */
interface Run {
  readonly to: number;
  readonly other: number;
}

/** First and last place, before the plan, of runs that are long enough to be told together. */
const quietRuns = ({ before }: ListPlan, fateOf: (rule: ListPlace) => Fate, becomes: ReadonlyMap<Address, number>): readonly (readonly [number, number])[] => {
  const runs: (readonly [number, number])[] = [];
  let start = 0;
  for (let at = 0; at < before.length; at = start) {
    const rule = before[at];
    start = at + 1;
    if (rule === undefined || fateOf(rule) !== 'stays') continue;
    const shift = (becomes.get(rule.address) ?? Number.NaN) - at;
    let next = before[start];
    while (next !== undefined && fateOf(next) === 'stays' && becomes.get(next.address) === start + shift) {
      start += 1;
      next = before[start];
    }
    if (start - at >= shortestRun) runs.push([at + 1, start]);
  }
  return runs;
};

const rowsOf = (
  places: readonly ListPlace[],
  folded: ReadonlyMap<number, Run>,
  other: ReadonlyMap<Address, number>,
  fateOf: (rule: ListPlace) => Fate,
): readonly Row[] => {
  const rows: Row[] = [];
  for (let place = 1; place <= places.length; place += 1) {
    const run = folded.get(place);
    const rule = places[place - 1];
    if (run !== undefined) {
      rows.push({ type: 'run', from: place, ...run });
      place = run.to;
    } else if (rule !== undefined) {
      rows.push({ type: 'rule', place, other: other.get(rule.address), rule, fate: fateOf(rule) });
    }
  }
  return rows;
};

/** In the order of the left column. */
const linesOf = (before: readonly Row[], after: readonly Row[]): readonly Line[] => {
  const rules = new Map<Address, number>();
  const runs = new Map<number, number>();
  for (const [index, row] of after.entries()) {
    if (row.type === 'run') runs.set(row.from, index);
    else rules.set(row.rule.address, index);
  }
  return before.flatMap((row, left): readonly Line[] => {
    const right = row.type === 'run' ? runs.get(row.other) : rules.get(row.rule.address);
    return right === undefined ? [] : [{ left, right, fate: row.type === 'run' ? 'stays' : row.fate }];
  });
};
