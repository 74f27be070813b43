/** kill -9 at every write of an apply of sixty changes, in turn; at some of them, spread over all, where SALESIQ_SOAK_SECONDS bounds it. */
import { expect, it } from 'vitest';
import { type Fate, inParallel, killAt } from './support/kill.ts';

const most = 90;
const fates: readonly Fate[] = ['landed', 'lost', 'late'];
/** For each fate; no bound where nothing is said. */
const seconds = Number(process.env['SALESIQ_SOAK_SECONDS'] ?? 'Infinity') / fates.length;

/** 1 to `most`, so that any beginning of it is spread over all: 1, 8, 15, …, then 2, 9, 16, … */
const spread = Array.from({ length: 7 }, (_none, first) => Array.from({ length: Math.ceil(most / 7) }, (_other, step) => first + 1 + step * 7))
  .flat()
  .filter((nth) => nth <= most);

it.each(fates)('settles, repeats nothing and touches no stranger after kill -9 at every write, where it is %s', { timeout: 1_200_000 }, async (fate) => {
  const until = performance.now() + seconds * 1000;
  let past = 0;
  let skipped = 0;
  const results = await inParallel(seconds === Infinity ? spread.toSorted((a, b) => a - b) : spread, 4, async (nth) => {
    // Nothing comes behind the last write.
    if (past > 0 && nth > past) return { wrong: [], past: true };
    if (performance.now() > until) {
      skipped += 1;
      return { wrong: [], past: true };
    }
    const result = await killAt(nth, fate);
    if (result.past) past = past === 0 ? nth : Math.min(past, nth);
    return result;
  });
  expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(results.filter((result) => !result.past).length).toBeGreaterThanOrEqual(skipped === 0 ? 60 : 1);
});
