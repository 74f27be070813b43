import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Goal, isInOrder } from '../../src/apply/goal.ts';
import { createPatience } from '../../src/apply/patience.ts';
import { noLesson, placeList } from '../../src/apply/place.ts';
import type { Placed } from '../../src/apply/positions.ts';

/** A service that keeps one family of rules, written apart from the program's own predictions. */
interface Variant {
  readonly move: 'shift' | 'assign' | 'swap';
  readonly scope: 'portal' | 'app';
  readonly base: number;
  readonly gap: number;
  readonly range: 'clamp' | 'free' | 'error';
  /** Where numbers end: where they did at first, or with the lowest and the highest that are in use by then. */
  readonly ends?: 'fixed' | 'in use';
}

interface Service {
  readonly rules: () => readonly Placed[];
  readonly put: (id: string, position: number) => boolean;
  readonly writes: string[];
  readonly history: (readonly string[])[];
}

const serviceOf = (variant: Variant, apps: readonly (readonly string[])[]): Service => {
  const all = apps.flatMap((ids, app) => ids.map((id) => ({ id, app: `app ${app}` })));
  const table = new Map<string, { app: string; position: number }>();
  const counters = new Map<string, number>();
  for (const { id, app } of all) {
    const scope = variant.scope === 'portal' ? '' : app;
    const index = counters.get(scope) ?? 0;
    counters.set(scope, index + 1);
    table.set(id, { app, position: variant.base + index * variant.gap });
  }
  const writes: string[] = [];
  const history: string[][] = [];
  const inScope = (app: string) =>
    [...table].filter(([, rule]) => variant.scope === 'portal' || rule.app === app).sort((a, b) => a[1].position - b[1].position);
  const snapshot = () => {
    history.push(
      [...table]
        .filter(([, rule]) => rule.app === 'app 0')
        .sort((a, b) => a[1].position - b[1].position)
        .map(([id]) => id),
    );
  };
  snapshot();
  return {
    writes,
    history,
    rules: () => [...table].map(([id, rule]) => ({ id, ...rule })),
    put: (id, asked) => {
      const mine = table.get(id);
      if (mine === undefined) throw new Error('no such rule');
      writes.push(id);
      const peers = inScope(mine.app);
      const numbers = peers.map(([, rule]) => rule.position);
      const low = variant.ends === 'in use' ? Math.min(...numbers) : variant.base;
      const high = variant.ends === 'in use' ? Math.max(...numbers) : variant.base + (peers.length - 1) * variant.gap;
      if (variant.range === 'error' && (asked < low || asked > high)) return false;
      const position = variant.range === 'clamp' ? Math.min(high, Math.max(low, asked)) : asked;
      if (variant.move === 'assign') mine.position = position;
      else if (variant.move === 'swap') {
        const other = peers.find(([otherId, rule]) => otherId !== id && rule.position === position);
        if (other !== undefined) other[1].position = mine.position;
        mine.position = position;
      } else {
        const order = peers.map(([otherId]) => otherId).filter((otherId) => otherId !== id);
        const index = numbers.findIndex((number) => number >= position);
        order.splice(index === -1 ? order.length : index, 0, id);
        order.forEach((otherId, place) => {
          const rule = table.get(otherId);
          if (rule !== undefined) rule.position = numbers[place] ?? rule.position;
        });
      }
      snapshot();
      return true;
    },
  };
};

const place = async (service: Service, goal: Goal) =>
  placeList({
    goal,
    rules: service.rules(),
    lesson: noLesson,
    send: async ({ id, position }) =>
      service.put(id, position) ? { state: 'landed', answer: {} } : { state: 'refused', error: { message: 'out of range', method: 'PUT', path: '/x' } },
    read: async () => service.rules(),
    patience: createPatience({ settleMilliseconds: 0, sleep: async () => undefined, now: () => 0, stopped: () => false }),
  });

const goalOf = (service: Service, wanted: readonly string[], fixed: ReadonlySet<string>, ranked: 'all' | 'ours'): Goal => {
  const mine = service.rules().filter(({ app }) => app === 'app 0');
  const start = [...mine].sort((a, b) => a.position - b.position).map(({ id }) => id);
  return {
    app: 'app 0',
    places: wanted.map((id, index) => ({
      key: id,
      address: `rules/app 0/${id}`,
      id,
      fixed: fixed.has(id),
      ...(fixed.has(id) && ranked === 'ours' ? {} : { rank: index }),
    })),
    start,
    lowest: Math.min(...mine.map(({ position }) => position)),
    highest: Math.max(...mine.map(({ position }) => position)),
    homes: new Map(mine.filter(({ id }) => fixed.has(id)).map(({ id, position }) => [id, position])),
  };
};

const variants = fc.record({
  move: fc.constantFrom('shift' as const, 'assign' as const, 'swap' as const),
  scope: fc.constantFrom('portal' as const, 'app' as const),
  base: fc.constantFrom(0, 1),
  gap: fc.constantFrom(1, 10),
  range: fc.constantFrom('clamp' as const, 'free' as const, 'error' as const),
});

const ids = (count: number): readonly string[] => Array.from({ length: count }, (_none, index) => `7000000000000${index + 10}`);

/** Longest rising run of a permutation, by the plain quadratic way. */
const longestRising = (list: readonly number[]): number => {
  const best: number[] = [];
  list.forEach((value, index) => {
    best[index] = 1 + Math.max(0, ...list.slice(0, index).map((other, at) => (other < value ? (best[at] ?? 0) : 0)));
  });
  return Math.max(0, ...best);
};

describe('placing rules by single calls', () => {
  it('puts lists of our own rules in order under every reading of a place call', async () => {
    await fc.assert(
      fc.asyncProperty(
        variants,
        fc.integer({ min: 1, max: 9 }).chain((count) => fc.tuple(fc.constant(count), fc.shuffledSubarray([...ids(count)], { minLength: count }))),
        async (variant, [count, wanted]) => {
          const service = serviceOf(variant, [ids(count), ['91', '92']]);
          const goal = goalOf(service, wanted, new Set(), 'all');
          const result = await place(service, goal);
          expect(result.state).toBe('placed');
          expect(isInOrder(service.rules(), goal)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never writes to a rule that is not ours, and says so truthfully where there is no room', async () => {
    await fc.assert(
      fc.asyncProperty(
        variants,
        fc
          .integer({ min: 2, max: 8 })
          .chain((count) => fc.tuple(fc.constant(count), fc.shuffledSubarray([...ids(count)], { minLength: count }), fc.subarray([...ids(count)]))),
        fc.constantFrom('all' as const, 'ours' as const),
        async (variant, [count, shuffled, strangers], ranked) => {
          const service = serviceOf(variant, [['81'], ids(count)].reverse() as string[][]);
          const fixed = new Set(strangers);
          // What is not ours keeps its relative order: a plan never asks for anything else.
          const inPlace = ids(count).filter((id) => fixed.has(id));
          let next = 0;
          const wanted = shuffled.map((id) => (fixed.has(id) ? (inPlace[next++] ?? id) : id));
          const goal = goalOf(service, wanted, fixed, ranked);
          const result = await place(service, goal);
          expect(service.writes.filter((id) => fixed.has(id))).toEqual([]);
          expect(isInOrder(service.rules(), goal)).toBe(result.state === 'placed');
          if (variant.move === 'shift') expect(result.state).toBe('placed');
          const order = service
            .rules()
            .filter(({ id }) => fixed.has(id))
            .sort((a, b) => a.position - b.position)
            .map(({ id }) => id);
          expect(order).toEqual(inPlace);
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each(['clamp', 'error'] as const)('turns three rules around where none may go beyond the numbers in use, and none steps aside (%s)', async (range) => {
    const service = serviceOf({ move: 'assign', scope: 'app', base: 0, gap: 10, range, ends: 'in use' }, [['71', '72', '73']]);
    const goal = goalOf(service, ['73', '72', '71'], new Set(), 'all');
    expect((await place(service, goal)).state).toBe('placed');
    expect(isInOrder(service.rules(), goal)).toBe(true);
  });

  it('moves as few rules as can be under shifting places', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('portal' as const, 'app' as const),
        fc.constantFrom(1, 10),
        fc.integer({ min: 1, max: 12 }).chain((count) => fc.shuffledSubarray([...ids(count)], { minLength: count })),
        async (scope, gap, wanted) => {
          const start = [...wanted].sort();
          const service = serviceOf({ move: 'shift', scope, base: 1, gap, range: 'clamp' }, [start, ['91']]);
          const result = await place(service, goalOf(service, wanted, new Set(), 'all'));
          expect(result.state).toBe('placed');
          expect(service.writes.length).toBe(wanted.length - longestRising(start.map((id) => wanted.indexOf(id))));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('keeps at every step each pair whose order is the same before and after, wherever such a sequence exists', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 6 }).chain((count) => fc.shuffledSubarray([...ids(count)], { minLength: count })),
        async (wanted) => {
          const start = [...wanted].sort();
          const service = serviceOf({ move: 'shift', scope: 'app', base: 1, gap: 1, range: 'clamp' }, [start]);
          await place(service, goalOf(service, wanted, new Set(), 'all'));
          const turned = (order: readonly string[]): boolean =>
            start.some((a, index) => start.slice(index + 1).some((b) => wanted.indexOf(a) < wanted.indexOf(b) && order.indexOf(a) > order.indexOf(b)));
          if (service.history.some(turned)) expect(kindSequenceExists(start, wanted, service.writes)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Tries every sequence of single moves of the same rules, each moved once. */
const kindSequenceExists = (start: readonly string[], wanted: readonly string[], movers: readonly string[]): boolean => {
  const turned = (order: readonly string[]): boolean =>
    start.some((a, index) => start.slice(index + 1).some((b) => wanted.indexOf(a) < wanted.indexOf(b) && order.indexOf(a) > order.indexOf(b)));
  const from = (order: readonly string[], left: readonly string[]): boolean => {
    if (turned(order)) return false;
    if (left.length === 0) return order.join() === wanted.join();
    return left.some((id) => {
      const rest = order.filter((other) => other !== id);
      return Array.from({ length: rest.length + 1 }, (_none, at) => at).some((at) =>
        from(
          [...rest.slice(0, at), id, ...rest.slice(at)],
          left.filter((other) => other !== id),
        ),
      );
    });
  };
  return from(start, movers);
};
