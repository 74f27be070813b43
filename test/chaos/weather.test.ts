/** A few of the seeds of weather.soak.ts. */
import { expect, it } from 'vitest';
import { playWeather } from './support/weather.ts';

it('settles or says the truth, whatever befalls its requests', { timeout: 120_000 }, async () => {
  const results = [];
  for (let seed = 1; results.length < 25; seed += 1) {
    const result = await playWeather(seed);
    if (result !== undefined) results.push(result);
  }
  expect(results.flatMap(({ wrong }) => wrong)).toEqual([]);
  expect(results.filter(({ faults }) => faults > 0).length).toBeGreaterThan(10);
  expect(results.filter(({ code }) => code === 0).length).toBeGreaterThan(10);
});
