/** kill -9 at every write of an apply of sixty changes, in turn. */
import { expect, it } from 'vitest';
import { type Fate, inParallel, killAt } from './support/kill.ts';

const most = 90;

it.each<Fate>(['landed', 'lost', 'late'])(
  'settles, repeats nothing and touches no stranger after kill -9 at every write, where it is %s',
  { timeout: 1_200_000 },
  async (fate) => {
    const points = Array.from({ length: most }, (_none, at) => at + 1);
    let past = 0;
    const results = await inParallel(points, 4, async (nth) => {
      // Nothing comes behind the last write.
      if (past > 0 && nth > past) return { wrong: [], past: true };
      const result = await killAt(nth, fate);
      if (result.past) past = past === 0 ? nth : Math.min(past, nth);
      return result;
    });
    expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(results.filter((result) => !result.past).length).toBeGreaterThanOrEqual(60);
  },
);
