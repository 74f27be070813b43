/** What must hold of every day, however often the watch looked. */
import { expect } from 'vitest';
import type { Day } from './day.ts';

const megabyte = 1024 * 1024;
const minute = 60_000;

const timesOf = ({ lines }: Day, portal: string): readonly number[] =>
  lines.filter((line) => line['event'] === 'round' && line['portal'] === portal).map(({ time }) => Date.parse(String(time)));

/** The longest time in which nothing was tried, in minutes. */
const longestGap = (times: readonly number[]): number => Math.max(0, ...times.slice(1).map((time, index) => (time - (times[index] ?? time)) / minute));

const resultsOf = ({ lines }: Day): ReadonlySet<unknown> => new Set(lines.filter(({ portal }) => portal === 'production').map(({ result }) => result));

export const judgeDay = (day: Day, intervalMinutes: number): void => {
  expect(day.code).toBe(0);
  expect(day.lines.filter(({ time, level, event }) => [time, level, event].some((field) => typeof field !== 'string'))).toEqual([]);

  // All kinds of ends were seen, and the last word is that all is well.
  expect([...resultsOf(day)]).toEqual(expect.arrayContaining(['applied', 'settled', 'failed', 'skipped']));
  expect(day.lines.filter(({ event }) => event === 'files').length).toBeGreaterThan(1);
  expect(day.lines.filter(({ event }) => event === 'fault')).toEqual([]);
  expect(day.lines.findLast((line) => line['portal'] === 'production' && line['event'] === 'round')).toMatchObject({ result: 'settled' });
  expect(day.state.visitor_routing_rules.map(({ title, enabled }) => [title, enabled])).toEqual(
    expect.arrayContaining([
      ['Summer sale', true],
      ['Night desk', false],
      ['A stranger', true],
    ]),
  );
  expect(day.state.visitor_routing_rules).toHaveLength(4);

  // Never a write without the lock, and never one while another holds it.
  expect(day.writes).toBeGreaterThan(8);
  expect(day.unlocked).toBe(0);
  expect(day.runs).toHaveLength(5);
  expect(day.runs.filter(({ finished }) => !finished)).toEqual([]);

  // Half an hour is the longest pause; a call may wait for ten minutes before it gives up.
  expect(longestGap(timesOf(day, 'production'))).toBeLessThan(30 * 1.05 + 10 + 2 * intervalMinutes + 5);
  const ghost = timesOf(day, 'ghost');
  expect(ghost.length).toBeGreaterThan(18);
  expect(ghost.length).toBeLessThan(60);

  // Nothing grows.
  const [second = 0] = day.heap;
  expect(day.heap).toHaveLength(4);
  expect(((day.heap.at(-1) ?? Infinity) - second) / megabyte).toBeLessThan(6);
  expect(Math.max(...day.series)).toBeLessThan(120);
  expect(day.series.at(-1)).toBe(day.series[19]);
  // A call that ends in a way of its own for the first time is a line more.
  expect((day.series[17] ?? Infinity) - (day.series[10] ?? 0)).toBeLessThan(4);
  expect(day.metrics).not.toContain('ghost');
  expect(day.metrics).toMatch(/^salesiq_sync_portal_consecutive_failures\{portal="production"\} 0$/m);
  expect(day.alive).toEqual({ yes: 24, no: 0 });
};
