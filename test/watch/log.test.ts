/** The lines of the log: fit for machines and terminals, whatever texts they hold. */
import { describe, expect, it } from 'vitest';
import { jsonLine } from '../../src/commands/json-line.ts';
import { openWatchLog } from '../../src/commands/watch-log.ts';
import type { PartNews, RoundEnd } from '../../src/watch/index.ts';
import { stage } from '../commands/stage.ts';
import { linesOf } from './support/asked.ts';

const news = (end: RoundEnd): PartNews => ({ portal: 'harbour', end, failures: 0, backOffMilliseconds: 0, tookMilliseconds: 1234 });

const planned = (fingerprint: string, count = 1): NonNullable<RoundEnd['planned']> => ({
  summary: { create: count, update: 0, delete: 0, move: 0 },
  drift: 0,
  refusals: [],
  fingerprint,
  changes: Array.from({ length: count }, (_none, index) => ({ action: 'create' as const, address: `webhooks/${index}`, side: 'drift' as const })),
});

const logged = (messages: 'json' | 'text', ends: readonly RoundEnd[]): string => {
  const { terminal, printed } = stage();
  const log = openWatchLog({ ...terminal, messages, clock: () => 1_790_000_000_000 });
  for (const end of ends) log.part(news(end), { round: 7, commit: undefined });
  return printed();
};

describe('the log', () => {
  it('is one object of JSON a line, in which nothing steers a terminal', () => {
    const hostile = 'a\u001b[31m\u009b\n\u2028\u202e"\\\u{e0001}';
    const line = jsonLine({ message: hostile, gone: undefined });
    expect(line).toMatch(/^[\x20-\x7e]+\n$/);
    expect(JSON.parse(line)).toEqual({ message: hostile });
  });

  it('tells each planned change once, until the plan is another', () => {
    const lines = linesOf(
      logged('json', [
        { result: 'changes', planned: planned('f') },
        { result: 'changes', planned: planned('f') },
        { result: 'failed' },
        { result: 'changes', planned: planned('f') },
        { result: 'changes', planned: planned('g') },
      ]),
    );
    expect(lines.map(({ event }) => event)).toEqual(['change', 'round', 'round', 'round', 'round', 'change', 'round']);
    expect(lines[0]).toEqual({
      time: '2026-09-21T14:13:20.000Z',
      level: 'info',
      event: 'change',
      portal: 'harbour',
      round: 7,
      state: 'planned',
      action: 'create',
      address: 'webhooks/0',
      side: 'drift',
    });
    expect(lines[1]).toMatchObject({ result: 'changes', duration_seconds: 1.234, changes: { create: 1 } });
  });

  it('has a message once, as long as it comes in each round', () => {
    const { terminal, printed } = stage();
    const log = openWatchLog({ ...terminal, messages: 'json' });
    for (const texts of [['a', 'b', 'a'], ['b', 'a'], ['b'], ['a', 'b']]) {
      for (const text of texts) log.message('harbour', text);
      log.part(news({ result: 'settled' }), { round: 1, commit: undefined });
    }
    const messages = linesOf(printed()).flatMap(({ message }) => (message === undefined ? [] : [message]));
    expect(messages).toEqual(['a', 'b', 'a']);
  });

  it('tells at most a hundred changes, and how many more there are', () => {
    const lines = linesOf(logged('json', [{ result: 'changes', planned: planned('f', 2000) }]));
    expect(lines).toHaveLength(102);
    expect(lines[100]).toMatchObject({ message: '1900 more changes are not shown' });
  });

  it('has what became of changes, as an error where they did not land', () => {
    const outcomes: NonNullable<RoundEnd['outcomes']> = [
      { address: 'webhooks/a', action: 'create', state: 'applied' },
      { address: 'webhooks/b', action: 'update', state: 'failed', error: { message: 'no', code: 1007 } },
    ];
    const end: RoundEnd = { result: 'partial', outcomes, run: 'run-1', planned: planned('f'), error: { message: 'left', hint: 'Look.' } };
    expect(linesOf(logged('json', [end]))).toMatchObject([
      { level: 'info', state: 'applied', run: 'run-1' },
      { level: 'error', state: 'failed', error: { code: 1007 } },
      { level: 'error', event: 'round', outcomes: { applied: 1, failed: 1 }, run: 'run-1', error: { message: 'left' } },
    ]);
    expect(logged('text', [end]).split('\n')).toEqual([
      '2026-09-21T14:13:20.000Z harbour: applied: create webhooks/a',
      '2026-09-21T14:13:20.000Z ERROR harbour: failed: update webhooks/b no.',
      '2026-09-21T14:13:20.000Z ERROR harbour: round partial 1 to add, 0 to change, 0 to move, 0 to delete [1 applied, 1 failed] in 1.234 s (run run-1) left. Look.',
      '',
    ]);
  });
});
