/** A day in a few seconds: what day.soak.ts plays more closely. */
import { it } from 'vitest';
import { playDay } from './support/day.ts';
import { judgeDay } from './support/judge-day.ts';

it('lives through a day of faults, and neither grows nor writes without the lock', { timeout: 120_000 }, async () => {
  judgeDay(await playDay(10, 'none'), 10);
});
