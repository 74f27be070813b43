/** A day of 1,440 rounds, minute by minute. */
import { it } from 'vitest';
import { playDay } from './support/day.ts';
import { judgeDay } from './support/judge-day.ts';

it('lives through a day of faults, and neither grows nor writes without the lock', async () => {
  judgeDay(await playDay(1, 'git'), 1);
});
