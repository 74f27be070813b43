import { describe, expect, test } from 'vitest';
import { openPace } from '../../src/api/pace.ts';
import { jumpingClock } from './support/timing.ts';

const take = async (rate: number, count: number) => {
  const clock = jumpingClock();
  const pace = openPace(rate, clock);
  const begin = clock.elapsed();
  const times: number[] = [];
  await Promise.all(Array.from({ length: count }, () => pace.turn().then(() => times.push(clock.elapsed() - begin))));
  return { clock, pace, times };
};

describe('the pace', () => {
  test('lets a burst of 15 go, then 100 a minute', async () => {
    const { times } = await take(100, 25);
    expect(times.slice(0, 15)).toEqual(Array.from({ length: 15 }, () => 0));
    expect(times.slice(15)).toEqual(Array.from({ length: 10 }, (_, index) => (index + 1) * 600));
  });

  test('has no burst where the rate is low', async () => {
    expect((await take(6, 3)).times).toEqual([0, 10_000, 20_000]);
  });

  test('never lets more than the rate and one burst go in a minute', async () => {
    const { times } = await take(100, 400);
    for (const time of times) expect(times.filter((other) => other >= time && other < time + 60_000).length).toBeLessThanOrEqual(115);
    expect(times.at(-1)).toBe((400 - 15) * 600);
  });

  test('of 0 knows no limit', async () => {
    const { times, clock } = await take(0, 500);
    expect(new Set(times)).toEqual(new Set([0]));
    expect(clock.sleeps).toEqual([]);
  });

  test('saves no burst beyond 15 while nothing is sent', async () => {
    const clock = jumpingClock();
    const pace = openPace(100, clock);
    clock.advance(3_600_000);
    for (let call = 0; call < 15; call += 1) await pace.turn();
    expect(clock.sleeps).toEqual([]);
    await pace.turn();
    expect(clock.sleeps).toEqual([600]);
  });
});

describe('after a complaint', () => {
  test('everybody waits, then goes at half the rate without a burst', async () => {
    const clock = jumpingClock();
    const pace = openPace(100, clock);
    await pace.turn();
    const sentAt = clock.elapsed();
    clock.advance(100);
    expect(pace.slowDown({ sentAt, ms: 4_000, leastMs: 0 })).toBe(4_000);
    const begin = clock.elapsed();
    const times: number[] = [];
    await Promise.all(Array.from({ length: 4 }, () => pace.turn().then(() => times.push(clock.elapsed() - begin))));
    expect(times).toEqual([4_000, 5_200, 6_400, 7_600]);
  });

  test('one that was already waiting for its turn waits longer', async () => {
    const clock = jumpingClock();
    const pace = openPace(6, clock);
    await pace.turn();
    const second = pace.turn().then(() => clock.elapsed());
    const begin = clock.elapsed();
    pace.slowDown({ sentAt: begin, ms: 30_000, leastMs: 0 });
    expect((await second) - begin).toBe(30_000);
  });

  test('what complains together counts once, and only what the service asks for is heard of the rest', () => {
    const clock = jumpingClock();
    const pace = openPace(100, clock);
    const sentAt = clock.elapsed();
    clock.advance(50);
    expect(pace.slowDown({ sentAt, ms: 4_000, leastMs: 0 })).toBe(4_000);
    clock.advance(50);
    expect(pace.slowDown({ sentAt, ms: 8_000, leastMs: 0 })).toBe(0);
    expect(pace.slowDown({ sentAt, ms: 8_000, leastMs: 20_000 })).toBe(20_000);
  });

  test('the rate is halved once for what complains together, and again for the next', async () => {
    const clock = jumpingClock();
    const pace = openPace(60, clock);
    const gap = async (): Promise<number> => {
      await pace.turn();
      const begin = clock.elapsed();
      await pace.turn();
      return clock.elapsed() - begin;
    };
    const sentAt = clock.elapsed();
    clock.advance(10);
    pace.slowDown({ sentAt, ms: 1_000, leastMs: 0 });
    pace.slowDown({ sentAt, ms: 1_000, leastMs: 0 });
    expect(await gap()).toBe(2_000);
    clock.advance(1);
    pace.slowDown({ sentAt: clock.elapsed(), ms: 1_000, leastMs: 0 });
    expect(await gap()).toBe(4_000);
  });

  test('the rate comes back by a quarter for each quiet minute, and the burst with the whole of it', async () => {
    const clock = jumpingClock();
    const pace = openPace(60, clock);
    pace.slowDown({ sentAt: clock.elapsed(), ms: 1_000, leastMs: 0 });
    const gaps: number[] = [];
    for (const minutes of [0, 1, 1, 1, 1]) {
      clock.advance(minutes * 60_000);
      await pace.turn();
      const begin = clock.elapsed();
      await pace.turn();
      gaps.push(clock.elapsed() - begin);
    }
    expect(gaps).toEqual([2_000, 1_600, 1_280, 1_024, 0]);
  });

  test('a long rest is no quiet time: the rate comes back only after it', async () => {
    const clock = jumpingClock();
    const pace = openPace(60, clock);
    pace.slowDown({ sentAt: clock.elapsed(), ms: 120_000, leastMs: 0 });
    await pace.turn();
    const begin = clock.elapsed();
    await pace.turn();
    expect(clock.elapsed() - begin).toBe(2_000);
  });

  test('an unlimited pace has a limit for a while', async () => {
    const clock = jumpingClock();
    const pace = openPace(0, clock);
    pace.slowDown({ sentAt: clock.elapsed(), ms: 1_000, leastMs: 0 });
    await pace.turn();
    const begin = clock.elapsed();
    await pace.turn();
    expect(clock.elapsed() - begin).toBe(200);
    clock.advance(600_000);
    await pace.turn();
    const later = clock.elapsed();
    await pace.turn();
    expect(clock.elapsed() - later).toBe(0);
  });

  test('a signal ends the wait of all', async () => {
    const clock = jumpingClock();
    const pace = openPace(1, clock);
    await pace.turn();
    const stop = new AbortController();
    stop.abort();
    await Promise.all([pace.turn(stop.signal), pace.turn(stop.signal)]);
    expect(clock.sleeps).toEqual([]);
  });
});
