/** The loop by itself, with a clock that only waiting moves. */
import { describe, expect, it } from 'vitest';
import { type Begun, jittered, type PartNews, pauseAfter, type RoundEnd, runRounds } from '../../src/watch/index.ts';
import { openTime } from './support/time.ts';

interface Played {
  readonly news: readonly (PartNews & { readonly at: number })[];
  /** When each round began. */
  readonly begins: readonly number[];
  readonly pauses: readonly number[];
  readonly most: number;
}

const minute = 60_000;

/** Plays rounds of a minute until so much time has passed. */
const play = async (
  minutes: number,
  begin: (round: number) => Begun | { readonly portals: Readonly<Record<string, () => RoundEnd>>; readonly took?: number },
  atOnce = 1,
): Promise<Played> => {
  let stopped = false;
  const time = openTime([
    {
      at: minutes * minute,
      happens: () => {
        stopped = true;
      },
    },
  ]);
  const news: (PartNews & { readonly at: number })[] = [];
  const begins: number[] = [];
  const pauses: number[] = [];
  let under = 0;
  let most = 0;
  await runRounds({
    count: 'endless',
    intervalMilliseconds: minute,
    mostMilliseconds: 8 * minute,
    atOnce,
    now: time.passed,
    random: () => 0.5,
    sleep: time.sleep,
    stopped: () => stopped,
    begin: async (round) => {
      begins.push(time.passed() / minute);
      const begun = begin(round);
      if ('type' in begun) return begun;
      return {
        type: 'ready',
        parts: Object.entries(begun.portals).map(([portal, end]) => ({
          portal,
          run: async () => {
            under += 1;
            most = Math.max(most, under);
            await time.sleep(begun.took ?? 10);
            under -= 1;
            return end();
          },
        })),
      };
    },
    onPart: (one) => news.push({ ...one, at: time.passed() / minute }),
    onPause: ({ milliseconds }) => pauses.push(milliseconds / minute),
  });
  return { news, begins, pauses, most };
};

const settled = (): RoundEnd => ({ result: 'settled' });
const failed = (): RoundEnd => ({ result: 'failed' });
const rounded = (numbers: readonly number[]): readonly number[] => numbers.map((number) => Math.round(number));

describe('rounds', () => {
  it('begin an interval apart, counted from their beginnings', async () => {
    const { begins } = await play(5.5, () => ({ portals: { harbour: settled }, took: 20_000 }));
    expect(rounded(begins)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('never overlap, and follow at once after one that took longer', async () => {
    const { begins, pauses, most } = await play(9, () => ({ portals: { harbour: settled }, took: 2.5 * minute }));
    expect(begins.map((at) => Math.round(at * 10) / 10)).toEqual([0, 2.5, 5, 7.5]);
    expect(pauses).toEqual([0, 0, 0]);
    expect(most).toBe(1);
  });

  it('go through portals one after another where only one is allowed, and side by side where more are', async () => {
    const portals = { a: settled, b: settled, c: settled };
    expect((await play(2, () => ({ portals }))).most).toBe(1);
    expect((await play(2, () => ({ portals }), 2)).most).toBe(2);
  });

  it('come later and later to a portal that fails, and in time to the others', async () => {
    const { news } = await play(40.5, () => ({ portals: { harbour: settled, adrift: failed } }));
    const adrift = news.filter(({ portal }) => portal === 'adrift');
    expect(rounded(adrift.map(({ at }) => at))).toEqual([0, 1, 3, 7, 15, 23, 31, 39]);
    expect(adrift.map(({ failures }) => failures)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(news.filter(({ portal }) => portal === 'harbour')).toHaveLength(41);
  });

  it('forget the failures with the first success; a round that was skipped says nothing', async () => {
    const ends: readonly RoundEnd['result'][] = ['failed', 'failed', 'skipped', 'failed', 'settled', 'partial', 'blocked', 'failed'];
    let next = 0;
    const { news } = await play(60, () => ({ portals: { harbour: () => ({ result: ends[next++] ?? 'settled' }) } }));
    expect(news.slice(0, 8).map(({ failures }) => failures)).toEqual([1, 2, 2, 3, 0, 1, 0, 1]);
  });

  it('leave a service alone for as long as it asks, however long', async () => {
    const { news } = await play(100, () => ({ portals: { harbour: () => ({ result: 'failed', restMilliseconds: 45 * minute }) } }));
    expect(rounded(news.map(({ at }) => at))).toEqual([0, 45, 90]);
  });

  it('that cannot begin come later and later, and touch no portal', async () => {
    const { begins, news } = await play(33, (round) => (round < 7 ? { type: 'failed' } : { portals: { harbour: settled } }));
    expect(rounded(begins).slice(0, 9)).toEqual([0, 1, 3, 7, 15, 23, 31, 32, 33].slice(0, rounded(begins).length));
    expect(news.length).toBeGreaterThan(0);
    expect(news[0]?.at).toBeGreaterThan(30);
  });

  it('know nothing any more of a portal that was gone', async () => {
    const { news } = await play(20, (round) => ({ portals: round === 5 ? {} : { harbour: failed } }));
    expect(news.map(({ failures }) => failures).slice(0, 4)).toEqual([1, 2, 3, 1]);
  });

  it('end where the first says that there is no use', async () => {
    expect((await play(5, () => ({ type: 'over' }))).begins).toEqual([0]);
  });

  it('begin no further portal once it is stopped', async () => {
    const { news } = await play(0.5, () => ({ portals: { a: settled, b: settled }, took: minute }));
    expect(news.map(({ portal }) => portal)).toEqual(['a']);
  });
});

describe('pauses', () => {
  const options = { intervalMilliseconds: 60, mostMilliseconds: 500 };
  it('double up to the most', () =>
    expect([0, 1, 2, 3, 4, 5, 2000].map((failures) => pauseAfter(failures, options))).toEqual([60, 60, 120, 240, 480, 500, 500]));
  it('are never shorter than the interval', () => expect(pauseAfter(9, { intervalMilliseconds: 60, mostMilliseconds: 1 })).toBe(60));
  it('spread by a twentieth', () => expect([0, 0.5, 1].map((random) => jittered(100, random))).toEqual([95, 100, 105]));
});
