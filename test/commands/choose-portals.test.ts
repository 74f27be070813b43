import { describe, expect, it } from 'vitest';
import { choosePortals, isNamed, mayBeMany } from '../../src/commands/choose-portals.ts';
import { gravest } from '../../src/commands/gravest.ts';
import type { Portal } from '../../src/model/index.ts';
import { sideBySide } from '../../src/model/index.ts';

const named = (...names: readonly string[]): Readonly<Record<string, Portal>> =>
  Object.fromEntries(
    names.map((name) => [
      name,
      { name, origin: { file: 'salesiq.yaml', line: 1, column: 1 }, variables: {}, place: { type: 'data-center', screenname: name, dataCenter: 'eu' } },
    ]),
  );

const harbours = named('quay-oslo', 'quay-bergen', 'lighthouse', 'dock.1');
const chosen = (...[portals, asked]: Parameters<typeof choosePortals>): readonly string[] => choosePortals(portals, asked).map(({ name }) => name);

describe('the portals of a command', () => {
  it('are all of them, sorted by name, for all and for no name with a shard', () => {
    expect(chosen(harbours, { portal: 'all' })).toEqual(['dock.1', 'lighthouse', 'quay-bergen', 'quay-oslo']);
    expect(chosen(harbours, { shard: { part: 1, of: 1 } })).toHaveLength(4);
  });

  it('are those that a pattern fits', () => {
    expect(chosen(harbours, { portal: 'quay-*' })).toEqual(['quay-bergen', 'quay-oslo']);
    expect(chosen(harbours, { portal: 'dock?1' })).toEqual(['dock.1']);
    expect(chosen(named('dock.1', 'dockx1'), { portal: 'dock.*' })).toEqual(['dock.1']);
  });

  it('are the one that is named exactly, whatever else the name could mean', () => {
    const odd = named('all', 'quay-*', 'quay-oslo');
    expect(chosen(odd, { portal: 'all' })).toEqual(['all']);
    expect(chosen(odd, { portal: 'quay-*' })).toEqual(['quay-*']);
    expect(isNamed(odd, { portal: 'all' })).toBe(true);
    expect(isNamed(odd, { portal: 'all', shard: { part: 1, of: 2 } })).toBe(false);
    expect(isNamed(harbours, { portal: 'quay-*' })).toBe(false);
  });

  it('are an error that names the portals where a pattern fits none', () => {
    expect(() => choosePortals(harbours, { portal: 'pier-*' })).toThrow(
      expect.objectContaining({ message: 'no portal of salesiq.yaml fits "pier-*"', hint: expect.stringContaining('"lighthouse"') }),
    );
    expect(() => choosePortals(harbours, { portal: 'pier', shard: { part: 1, of: 2 } })).toThrow('no portal "pier"');
  });

  it('fall into shards that share nothing and leave nothing out', () => {
    for (const of of [1, 2, 3, 4, 7]) {
      const shards = Array.from({ length: of }, (_, index) => chosen(harbours, { shard: { part: index + 1, of } }));
      expect(shards.flat().sort()).toEqual(['dock.1', 'lighthouse', 'quay-bergen', 'quay-oslo']);
    }
    expect(chosen(harbours, { shard: { part: 2, of: 3 } })).toEqual(['lighthouse']);
    expect(chosen(harbours, { shard: { part: 7, of: 7 } })).toEqual([]);
    expect(chosen(harbours, { portal: 'quay-*', shard: { part: 2, of: 2 } })).toEqual(['quay-oslo']);
  });

  it('may be several only where it was asked so', () => {
    expect([{}, { portal: 'lighthouse' }].map(mayBeMany)).toEqual([false, false]);
    expect([{ portal: 'all' }, { portal: 'q*' }, { portal: 'x', shard: { part: 1, of: 1 } }].map(mayBeMany)).toEqual([true, true, true]);
  });
});

describe('the exit code of several portals', () => {
  it('is the gravest: interrupted, partial, failed, stale, blocked, changes, done', () => {
    const order = [130, 4, 1, 5, 3, 2, 0] as const;
    for (const [index] of order.entries()) expect(gravest([...order.slice(index)].reverse())).toBe(order[index]);
  });

  it('is 0 where there was none', () => {
    expect(gravest([])).toBe(0);
  });
});

describe('work side by side', () => {
  it('never does more at once than it may, and keeps the order', async () => {
    let open = 0;
    let most = 0;
    const results = await sideBySide([30, 5, 20, 1, 10, 3], 4, async (milliseconds) => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((done) => setTimeout(done, milliseconds));
      open -= 1;
      return milliseconds;
    });
    expect(results).toEqual([30, 5, 20, 1, 10, 3]);
    expect(most).toBe(4);
    expect(await sideBySide([], 4, async () => 1)).toEqual([]);
  });
});
