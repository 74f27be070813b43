/** A few of the points at which kill.soak.ts kills: one of each sort of write. */
import { expect, it } from 'vitest';
import { type Fate, inParallel, killAt } from './support/kill.ts';

const points: readonly (readonly [number, Fate])[] = [
  [1, 'lost'],
  [11, 'landed'],
  [16, 'late'],
  [36, 'landed'],
  [55, 'lost'],
  [64, 'landed'],
];

it('settles, repeats nothing and touches no stranger after kill -9 at a write', { timeout: 120_000 }, async () => {
  const results = await inParallel(points, 3, ([nth, fate]) => killAt(nth, fate));
  expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(results.map(({ past }) => past)).toEqual(points.map(() => false));
});
