/** 500 worlds in bad weather; fewer where SALESIQ_SOAK_SECONDS bounds it. */
import { expect, it } from 'vitest';
import { inParallel } from './support/kill.ts';
import { playWeather } from './support/weather.ts';

const runs = 500;
const bound = Number(process.env['SALESIQ_SOAK_SECONDS'] ?? 'Infinity');
const first = Number(process.env['SALESIQ_SOAK_SEED'] ?? '1000');

it('settles or says the truth, whatever befalls its requests, 500 times', { timeout: 1_800_000 }, async () => {
  const from = performance.now();
  const seeds = Array.from({ length: runs * 2 }, (_none, at) => first + at);
  let played = 0;
  const results = await inParallel(seeds, 4, async (seed) => {
    if (played >= runs || performance.now() - from > bound * 1000) return undefined;
    const result = await playWeather(seed);
    if (result !== undefined) played += 1;
    return result;
  });
  const done = results.flatMap((result) => result ?? []);
  expect(done.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(done.length).toBeGreaterThanOrEqual(Number.isFinite(bound) ? 1 : runs);
  // Most of it is ended well by the very run that was hit.
  expect(done.filter(({ code }) => code === 0).length).toBeGreaterThan(done.length / 2);
});
