/** The small parts of the planner, each by itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DesiredResource, Json, JsonObject, LiveResource } from '../../src/model/index.ts';
import { heaviestRising, type Ranked } from '../../src/model/index.ts';
import { diffSpecs } from '../../src/plan/diff.ts';
import { mergeSpec } from '../../src/plan/merge.ts';
import { arrange, type Standing } from '../../src/plan/order.ts';
import { pairByContent } from '../../src/plan/pair-by-content.ts';
import { matchesAddress } from '../../src/plan/scope.ts';

const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false, 0, 7, '7', 'Oslo', '', 'true'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'any', 'c d'), tie('value'), { maxKeys: 3 }).map((one): Json => ({ ...one })),
  ),
})).value;
const anySpec: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom('title', 'when', 'route', 'x y'), anyJson, { maxKeys: 4 }).map((one) => ({ ...one }));

describe('differences of specs', () => {
  it('finds none between a spec and itself', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(diffSpecs(spec, structuredClone(spec))).toEqual([]);
      }),
    );
  });

  it('finds as many one way as the other, with the sides exchanged', () => {
    fc.assert(
      fc.property(anySpec, anySpec, (a, b) => {
        const back = diffSpecs(b, a).map(({ path, from, to }) => ({ path, from: to, to: from }));
        expect(diffSpecs(a, b).map(({ path, from, to }) => ({ path, from, to }))).toEqual(back);
      }),
    );
  });

  it('takes a number and its digits, a truth value and its word, for one value', () => {
    expect(diffSpecs({ points: 56, on: true }, { points: '56', on: 'true' })).toEqual([]);
    expect(diffSpecs({ points: 56 }, { points: '056' })).toHaveLength(1);
    expect(diffSpecs({ note: null }, { note: 'null' })).toHaveLength(1);
  });

  it('shows a list of texts whole, and a criterion at the place where it was written', () => {
    const when = (values: readonly string[], field = 'country') => [{ field, comparator: 'is_equal_to', values }];
    expect(diffSpecs({ when: when(['Japan']) }, { when: when(['Japan', 'Norway']) })).toEqual([
      { path: 'when[0].values', from: ['Japan'], to: ['Japan', 'Norway'] },
    ]);
    expect(diffSpecs({ when: when(['Japan']) }, { when: when(['Japan'], 'region') })).toEqual([{ path: 'when[0].field', from: 'country', to: 'region' }]);
  });
});

describe('files over live', () => {
  it('keeps what the files leave out, field by field inside mappings', () => {
    const live = { enabled: true, route: { type: 'a', departments: ['Oslo'], operators: ['ben@harbour.test'] } };
    expect(mergeSpec(live, { route: { departments: [] } }, {})).toEqual({
      enabled: true,
      route: { type: 'a', departments: [], operators: ['ben@harbour.test'] },
    });
  });

  it('clears with null: to what the kind says, else away', () => {
    const live = { apps: ['Harbour shop'], delay: 30, action: { delay: 30, type: 'x' } };
    expect(mergeSpec(live, { apps: null, delay: null, action: { delay: null } }, { apps: [] })).toEqual({ apps: [], action: { type: 'x' } });
  });

  it('takes lists whole', () => {
    expect(mergeSpec({ when: [1, 2, 3] }, { when: [4] }, {})).toEqual({ when: [4] });
  });

  it('does not change a second time', () => {
    fc.assert(
      fc.property(anySpec, anySpec, (live, desired) => {
        const once = mergeSpec(live, desired, { route: [] });
        expect(mergeSpec(once, desired, { route: [] })).toEqual(once);
      }),
    );
  });
});

/** The heaviest subsequence by trying them all. */
const heaviest = (sequence: readonly Ranked[]): number => {
  let best = 0;
  for (let mask = 0; mask < 2 ** sequence.length; mask += 1) {
    const chosen = sequence.filter((_entry, index) => (mask >> index) % 2 === 1);
    const fits = chosen.every((one, index) => {
      const before = chosen[index - 1];
      if (before === undefined) return true;
      const rises = before.rank < one.rank || (before.rank === one.rank && one.repeats && before.repeats);
      return rises && (before.group !== one.group || (before.rank === one.rank && one.repeats));
    });
    if (fits)
      best = Math.max(
        best,
        chosen.reduce((sum, { weight }) => sum + weight, 0),
      );
  }
  return best;
};

describe('what may keep its place', () => {
  it('is the heaviest rising set there is', () => {
    const entry = fc.record({ rank: fc.integer({ min: 0, max: 5 }), weight: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 9 }), (list) => {
        const sequence = list.map((one, index): Ranked => ({ ...one, group: index, repeats: false }));
        const kept = heaviestRising(sequence).map((index) => sequence[index]?.weight ?? 0);
        expect(kept.reduce((sum, weight) => sum + weight, 0)).toBe(heaviest(sequence));
      }),
    );
  });
});

describe('the order of a list', () => {
  interface Rule {
    readonly name: string;
    readonly rank: number | undefined;
  }
  const rules = fc.integer({ min: 1, max: 7 }).chain((count) =>
    fc.tuple(
      fc.shuffledSubarray(
        Array.from({ length: count }, (_none, index) => index),
        { minLength: count },
      ),
      fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      fc.option(fc.integer({ min: -1, max: count }), { nil: undefined, freq: 2 }),
    ),
  );

  it('moves as few of ours as can be, and nothing of others', () => {
    fc.assert(
      fc.property(rules, ([ranks, strangers, fresh, star]) => {
        const standing = ranks.map((rank, index): Standing<Rule> => {
          const fixed = strangers[index] === true;
          return {
            item: { name: `${rank}`, rank: fixed ? undefined : rank },
            rank: fixed ? undefined : rank,
            fixed,
            isNew: !fixed && fresh[index] === true,
            position: index,
          };
        });
        const between = star === undefined ? undefined : star + 0.5;
        const { after, movers } = arrange(standing, between);
        const rankOf = ({ rank }: Rule): number | undefined => rank ?? between;
        const shown = after.map(rankOf).filter((rank) => rank !== undefined);
        expect(shown).toEqual([...shown].sort((a, b) => a - b));
        const others = (list: readonly Rule[]): readonly string[] => list.filter(({ rank }) => rank === undefined).map(({ name }) => name);
        expect(others(after)).toEqual(others(standing.map(({ item }) => item)));
        expect(movers.filter(({ rank }) => rank === undefined)).toEqual([]);
        expect(after).toHaveLength(standing.length);

        // The fewest, by trying every set of ours that could stay.
        const mine = standing.filter(({ fixed }) => !fixed);
        let most = 0;
        for (let mask = 0; mask < 2 ** mine.length; mask += 1) {
          const stay = new Set(mine.filter((_one, index) => (mask >> index) % 2 === 1));
          const left = standing.filter((one) => one.fixed || stay.has(one)).flatMap(({ item }) => rankOf(item) ?? []);
          if (left.every((rank, index) => index === 0 || (left[index - 1] ?? 0) <= rank)) most = Math.max(most, stay.size);
        }
        expect(movers).toHaveLength(mine.length - most);
      }),
      { numRuns: 400 },
    );
  });

  it('puts what moves directly behind its predecessor', () => {
    const standing = ['a', 'stranger', 'c', 'b'].map(
      (name, index): Standing<string> => ({
        item: name,
        rank: name === 'stranger' ? undefined : ['a', 'b', 'c'].indexOf(name),
        fixed: name === 'stranger',
        isNew: false,
        position: index,
      }),
    );
    const { after, movers } = arrange(standing, undefined);
    expect(movers).toHaveLength(1);
    expect(after.join()).toBe(movers[0] === 'b' ? 'a,b,stranger,c' : 'a,stranger,b,c');
  });
});

const lead = (key: string, spec: JsonObject): DesiredResource => ({
  kind: 'lead_scoring_rules',
  key,
  spec,
  origin: { file: 'leads.yaml', line: 3, column: 5 },
  references: [],
  previously: [],
  sensitive: [],
});
const liveLead = (id: string, spec: JsonObject): LiveResource => ({ kind: 'lead_scoring_rules', key: `#${id}`, spec, id, raw: {} });
const test = (field: string, value: string): JsonObject => ({ field, comparator: 'is_equal_to', values: [value] });

describe('pairing by content', () => {
  const all = () => true;
  const none = () => false;

  it('takes equal content first, whatever else has the same criteria', () => {
    const when = [test('browser', 'apple_safari')];
    const { pairs } = pairByContent(
      'when',
      [lead('one', { enabled: true, points: 7, when }), lead('two', { enabled: true, points: 56, when })],
      [liveLead('901', { enabled: true, points: 56, when }), liveLead('902', { enabled: false, points: 12, when })],
      [],
      none,
    );
    expect(pairs.map(({ live }) => live?.id)).toEqual(['902', '901']);
  });

  it('takes being on or off for the slightest difference among equal criteria', () => {
    const when = [test('browser', 'apple_safari')];
    const { pairs } = pairByContent(
      'when',
      [lead('one', { enabled: true, points: 7, when }), lead('two', { enabled: false, points: -45, when })],
      [liveLead('901', { enabled: true, points: -45, when }), liveLead('902', { enabled: false, points: 7, when })],
      [],
      none,
    );
    expect(pairs.map(({ live }) => live?.id)).toEqual(['902', '901']);
  });

  it("never takes over a stranger's with other criteria", () => {
    const desired = [lead('one', { enabled: true, points: 7, when: [test('browser', 'apple_safari'), test('country', 'Chile')] })];
    const live = [liveLead('901', { enabled: true, points: 7, when: [test('browser', 'apple_safari')] })];
    expect(pairByContent('when', desired, live, [], none).pairs[0]?.live).toBeUndefined();
    expect(pairByContent('when', desired, live, [], all).pairs[0]?.live?.id).toBe('901');
  });

  const words = ['Japan', 'Norway', 'Chile', 'Peru'];
  const someTests = fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((values) => values.map((value) => test('country', value)));
  const someSpec = fc.record({ enabled: fc.boolean(), points: fc.constantFrom(1, 2), when: someTests }).map((one): JsonObject => ({ ...one }));

  it('finds the assignment that changes least, as trying them all does', () => {
    const apart = (mine: JsonObject, theirs: JsonObject): number => {
      const texts = (spec: JsonObject): readonly string[] => (Array.isArray(spec['when']) ? spec['when'].map((one) => JSON.stringify(one)) : []);
      const [a, b] = [new Set(texts(mine)), new Set(texts(theirs))];
      const shared = [...a].filter((one) => b.has(one)).length;
      const settings = Number(mine['enabled'] !== theirs['enabled']) + 2 * Number(mine['points'] !== theirs['points']);
      return shared === 0 ? Number.POSITIVE_INFINITY : 8 * (a.size + b.size - 2 * shared) + settings;
    };
    const distinct = fc.uniqueArray(someSpec, { maxLength: 4, selector: ({ when }) => JSON.stringify(when) });
    fc.assert(
      fc.property(distinct, distinct, (wanted, there) => {
        const known = new Set(wanted.map(({ when }) => JSON.stringify(when)));
        const strangers = there.filter(({ when }) => !known.has(JSON.stringify(when)));
        const { pairs } = pairByContent(
          'when',
          wanted.map((spec, index) => lead(`rule ${index}`, spec)),
          strangers.map((spec, index) => liveLead(String(900 + index), spec)),
          [],
          all,
        );
        const price = (list: readonly (readonly [JsonObject, JsonObject])[]): readonly [number, number] => [
          0 - list.length,
          list.reduce((sum, [a, b]) => sum + apart(a, b), 0),
        ];
        const tries = (index: number, used: ReadonlySet<number>): readonly (readonly [number, number])[] => {
          const mine = wanted[index];
          if (mine === undefined) return [[0, 0]];
          const without = tries(index + 1, used);
          const withOne = strangers.flatMap((theirs, at) =>
            used.has(at) || !Number.isFinite(apart(mine, theirs))
              ? []
              : tries(index + 1, new Set([...used, at])).map(([count, sum]) => [count - 1, sum + apart(mine, theirs)] as const),
          );
          return [...without, ...withOne];
        };
        const [best] = [...tries(0, new Set())].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
        const found = pairs.flatMap(({ desired, live }) => (live === undefined ? [] : [[desired.spec, live.spec] as const]));
        expect(price(found)).toEqual(best);
      }),
      { numRuns: 150 },
    );
  });

  const timed = (work: () => unknown): number => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  const many = (count: number, change: number): readonly JsonObject[] =>
    Array.from({ length: count }, (_none, index) => ({
      enabled: true,
      points: 5,
      when: [test('country', `Country ${index}`), test('referer', `site ${index + change}`)],
    }));

  it('pairs 2,000 rules of which nothing changed within a second', () => {
    const specs = many(2_000, 0);
    const desired = specs.map((spec, index) => lead(`rule ${index}`, spec));
    const live = specs.map((spec, index) => liveLead(String(10_000 + index), spec)).reverse();
    expect(timed(() => pairByContent('when', desired, live, [], all))).toBeLessThan(1_000);
  });

  it('pairs 2,000 rules of equal criteria within a second', () => {
    const when = [test('country', 'Chile')];
    const desired = Array.from({ length: 2_000 }, (_none, index) => lead(`rule ${index}`, { enabled: true, points: index, when }));
    const live = Array.from({ length: 2_000 }, (_none, index) => liveLead(String(10_000 + index), { enabled: true, points: index + 1, when }));
    expect(timed(() => pairByContent('when', desired, live, [], all))).toBeLessThan(1_000);
  });

  it('pairs 2,000 rules of which every one changed within a second', () => {
    const desired = many(2_000, 0).map((spec, index) => lead(`rule ${index}`, spec));
    const live = many(2_000, 7_000).map((spec, index) => liveLead(String(10_000 + index), spec));
    let paired = 0;
    expect(
      timed(() => {
        paired = pairByContent('when', desired, live, [], all).pairs.filter((one) => one.live !== undefined).length;
      }),
    ).toBeLessThan(1_000);
    expect(paired).toBe(2_000);
  });
});

describe('addresses and patterns', () => {
  it.each([
    ['visitor_routing_rules', 'visitor_routing_rules/Harbour shop/VIP', true],
    ['visitor_routing_rules/Harbour shop', 'visitor_routing_rules/Harbour shop/VIP', true],
    ['visitor_routing_rules/Harbour', 'visitor_routing_rules/Harbour shop/VIP', false],
    ['visitor_routing_rules/*/VIP', 'visitor_routing_rules/Harbour shop/VIP', true],
    ['*VIP', 'visitor_routing_rules/Harbour shop/VIP 2', false],
    ['trigger_rules/a.c', 'trigger_rules/abc', false],
    ['trigger_rules/(a|b)*', 'trigger_rules/(a|b) c', true],
    ['trigger_rules/two\n*', 'trigger_rules/two\nlines', true],
  ])('%s names %s: %s', (pattern, address, expected) => {
    expect(matchesAddress(pattern, address)).toBe(expected);
  });
});
