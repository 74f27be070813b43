/** What positions mean under each reading (rules.md 8), as properties over generated lists and moves. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSwitches, describeState, type Switches } from '../../src/sandbox/index.ts';
import { enter, leave, move, numberAnew, type Ranked } from '../../src/sandbox/order.ts';
import { acme, codeOf, columnAt, criteria, start } from './client.ts';

const withSwitches = (some: Partial<Switches>): Switches => ({ ...defaultSwitches, ...some });
const idsOf = (rules: readonly Ranked[]): readonly string[] => rules.map(({ id }) => id);
const numbersOf = (rules: readonly Ranked[]): readonly number[] => rules.map(({ position }) => position);
const numberOf = (rules: readonly Ranked[], id: string): number | undefined => rules.find((rule) => rule.id === id)?.position;

const rules = fc
  .array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 9 })
  .map((apps) => apps.map((app, index): Ranked => ({ id: String(index + 10), app_id: app, position: 0 })));
const base = fc.constantFrom('0' as const, '1' as const);
const spacing = fc.constantFrom('dense' as const, 'sparse' as const);
const scope = fc.constantFrom('portal' as const, 'app' as const);

/** A list, one of its rules, and a target that may lie beyond the ends. */
const moving = fc.record({ list: rules, pick: fc.nat(), to: fc.integer({ min: -3, max: 30 }), base, scope });
const pickFrom = (list: readonly Ranked[], pick: number): Ranked => list[pick % list.length] ?? { id: '', app_id: '', position: 0 };

const ranFor = (from: readonly Ranked[], app: string, switches: Switches): readonly Ranked[] =>
  from.filter((rule) => switches['position-scope'] === 'portal' || rule.app_id === app);

describe('shifting moves of dense numbers', () => {
  it('put the rule on the number asked for, drawn in at the ends, and keep the relative order of all others', () => {
    fc.assert(
      fc.property(moving, ({ list, pick, to, base, scope }) => {
        const switches = withSwitches({ 'position-base': base, 'position-scope': scope });
        const before = numberAnew(list, switches);
        const rule = pickFrom(before, pick);
        const after = move(before, rule.id, to, switches) ?? [];
        const start = Number(base);
        const own = ranFor(after, rule.app_id, switches);
        expect(numberOf(after, rule.id)).toBe(Math.min(Math.max(to, start), start + own.length - 1));
        expect(numbersOf(own)).toEqual(own.map((_, index) => start + index));
        const others = (from: readonly Ranked[]): readonly string[] => idsOf(ranFor(from, rule.app_id, switches)).filter((id) => id !== rule.id);
        expect(others(after)).toEqual(others(before));
      }),
    );
  });

  it('never touch rules of another list', () => {
    fc.assert(
      fc.property(moving, ({ list, pick, to, base }) => {
        const switches = withSwitches({ 'position-base': base, 'position-scope': 'app' });
        const before = numberAnew(list, switches);
        const rule = pickFrom(before, pick);
        const foreign = (from: readonly Ranked[]): readonly Ranked[] => from.filter((other) => other.app_id !== rule.app_id);
        expect(foreign(move(before, rule.id, to, switches) ?? [])).toEqual(foreign(before));
      }),
    );
  });

  it('leave nothing changed when a rule moves to where it stands', () => {
    fc.assert(
      fc.property(moving, spacing, fc.constantFrom('shift' as const, 'assign' as const, 'swap' as const), ({ list, pick, base, scope }, spacing, how) => {
        const switches = withSwitches({ 'position-base': base, 'position-scope': scope, 'position-spacing': spacing, 'position-move': how });
        const before = numberAnew(list, switches);
        const rule = pickFrom(before, pick);
        expect(move(before, rule.id, rule.position, switches)).toEqual(before);
      }),
    );
  });
});

describe('shifting moves of sparse numbers', () => {
  it('deal the numbers in use out to the rules in their new order', () => {
    fc.assert(
      fc.property(moving, fc.array(fc.nat()), ({ list, pick, to }, gone) => {
        const switches = withSwitches({ 'position-spacing': 'sparse' });
        const whole = numberAnew(list, switches);
        const before = gone.reduce<Ranked[]>((rest, index) => (rest.length > 1 ? leave(rest, pickFrom(rest, index).id, switches) : rest), whole);
        const rule = pickFrom(before, pick);
        const after = move(before, rule.id, to, switches) ?? [];
        expect(numbersOf(after)).toEqual(numbersOf(before));
        expect(idsOf(after).filter((id) => id !== rule.id)).toEqual(idsOf(before).filter((id) => id !== rule.id));
        const index = idsOf(after).indexOf(rule.id);
        const exact = numbersOf(before).indexOf(to);
        if (exact >= 0) expect(index).toBe(exact);
        else expect(index).toBe(before.filter((other) => other.id !== rule.id && other.position < to).length);
      }),
    );
  });
});

describe('assigning moves', () => {
  it('change one number and nothing else, so that ties arise', () => {
    fc.assert(
      fc.property(moving, ({ list, pick, to, base, scope }) => {
        const switches = withSwitches({ 'position-base': base, 'position-scope': scope, 'position-move': 'assign' });
        const before = numberAnew(list, switches);
        const rule = pickFrom(before, pick);
        const after = move(before, rule.id, to, switches) ?? [];
        for (const other of before) if (other.id !== rule.id) expect(numberOf(after, other.id)).toBe(other.position);
        expect([...numbersOf(after)]).toEqual([...numbersOf(after)].sort((a, b) => a - b));
      }),
    );
  });

  it('let the older of two rules with one number come first', () => {
    const switches = withSwitches({ 'position-move': 'assign' });
    const before = numberAnew(
      ['10', '11', '12'].map((id) => ({ id, app_id: 'a', position: 0 })),
      switches,
    );
    expect(idsOf(move(before, '12', 1, switches) ?? [])).toEqual(['10', '12', '11']);
  });
});

describe('swapping moves', () => {
  it('exchange two numbers and are undone by the same exchange', () => {
    fc.assert(
      fc.property(moving, ({ list, pick, to, base, scope }) => {
        const switches = withSwitches({ 'position-base': base, 'position-scope': scope, 'position-move': 'swap' });
        const before = numberAnew(list, switches);
        const rule = pickFrom(before, pick);
        const after = move(before, rule.id, to, switches) ?? [];
        expect([...numbersOf(after)].sort((a, b) => a - b)).toEqual([...numbersOf(before)].sort((a, b) => a - b));
        expect(before.filter((other) => numberOf(after, other.id) !== other.position).length).toBeOneOf([0, 2]);
        expect(move(after, rule.id, rule.position, switches)).toEqual(before);
      }),
    );
  });
});

describe('positions beyond the ends', () => {
  const switches = (range: Switches['position-range'], how: Switches['position-move'] = 'shift'): Switches =>
    withSwitches({ 'position-range': range, 'position-move': how });
  const three = numberAnew(
    ['10', '11', '12'].map((id) => ({ id, app_id: 'a', position: 0 })),
    defaultSwitches,
  );

  it('are drawn in, refused, or taken as they stand', () => {
    expect(numberOf(move(three, '10', 99, switches('clamp')) ?? [], '10')).toBe(3);
    expect(move(three, '10', 99, switches('error'))).toBeUndefined();
    expect(move(three, '10', 0, switches('error'))).toBeUndefined();
    expect(move(three, '10', 3, switches('error'))).toBeDefined();
    expect((move(three, '10', 99, switches('free')) ?? []).map(({ id, position }) => [id, position])).toEqual([
      ['11', 1],
      ['12', 2],
      ['10', 99],
    ]);
    expect((move(three, '12', -4, switches('free', 'assign')) ?? []).map(({ id, position }) => [id, position])).toEqual([
      ['12', -4],
      ['10', 1],
      ['11', 2],
    ]);
  });

  it('are answered with 1015 under error', async () => {
    const { put, sandbox } = await start({ seed: acme, switches: { 'position-range': 'error' } });
    const before = sandbox.state();
    expect((await put(`/visitorroutingrules/${before.visitor_routing_rules[0]?.id}`, { position: 4 })).json).toMatchObject({
      error: { code: 1015, json_key: 'position' },
    });
    expect(sandbox.state()).toEqual(before);
  });
});

describe('coming and going', () => {
  it('closes dense gaps and keeps sparse ones, in the own list only', () => {
    fc.assert(
      fc.property(moving, spacing, ({ list, pick, base, scope }, spacing) => {
        const switches = withSwitches({ 'position-base': base, 'position-scope': scope, 'position-spacing': spacing });
        const before = numberAnew(list, switches);
        const gone = pickFrom(before, pick);
        const after = leave(before, gone.id, switches);
        expect(idsOf(ranFor(after, gone.app_id, switches))).toEqual(idsOf(ranFor(before, gone.app_id, switches)).filter((id) => id !== gone.id));
        if (spacing === 'sparse') expect(after).toEqual(before.filter(({ id }) => id !== gone.id));
        else expect(after).toEqual(numberAnew(after, switches));
      }),
    );
  });

  it('leaves numbers alone when the one that goes was held twice', () => {
    const tied = [1, 2, 2, 3].map((position, index) => ({ id: String(index + 10), app_id: 'a', position }));
    expect(numbersOf(leave(tied, '11', defaultSwitches))).toEqual([1, 2, 3]);
  });

  it('puts a new rule below or above all others of its list', () => {
    fc.assert(
      fc.property(rules, base, spacing, scope, fc.constantFrom('bottom' as const, 'top' as const), (list, base, spacing, scope, place) => {
        const switches = withSwitches({ 'position-base': base, 'position-spacing': spacing, 'position-scope': scope, 'new-place': place });
        const before = numberAnew(list, switches);
        const own = ranFor(enter(before, { id: '99', app_id: 'a', position: 0 }, switches), 'a', switches);
        expect(idsOf(own)[place === 'top' ? 0 : own.length - 1]).toBe('99');
        expect(new Set(numbersOf(own)).size).toBe(own.length);
        expect(idsOf(own).filter((id) => id !== '99')).toEqual(idsOf(ranFor(before, 'a', switches)));
      }),
    );
  });

  it('numbers sparse lists by tens from the base', () => {
    const three = ['10', '11', '12'].map((id) => ({ id, app_id: 'a', position: 0 }));
    expect(numbersOf(numberAnew(three, withSwitches({ 'position-spacing': 'sparse' })))).toEqual([10, 20, 30]);
    expect(numbersOf(numberAnew(three, withSwitches({ 'position-spacing': 'sparse', 'position-base': '0' })))).toEqual([0, 10, 20]);
    expect(numbersOf(numberAnew(three, withSwitches({ 'position-base': '0' })))).toEqual([0, 1, 2]);
  });
});

describe('positions over the wire', () => {
  const twoApps = {
    ...acme,
    visitor_routing_rules: ['shop', 'outlet', 'shop', 'outlet'].map((app, index) => ({
      title: `${app} ${index}`,
      app: `Acme ${app}`,
      and_criteria: criteria(),
    })),
  };

  it('run over the portal or per app', async () => {
    const { get, sandbox } = await start({ seed: twoApps });
    expect(columnAt((await get('/visitorroutingrules')).json, 'position', 'data', 'rule_list')).toEqual([1, 2, 3, 4]);
    sandbox.setSwitches({ 'position-scope': 'app' });
    expect(columnAt((await get('/visitorroutingrules')).json, 'position', 'data', 'rule_list')).toEqual([1, 1, 2, 2]);
  });

  it('end the list of the old app and start at the end of the new one when a rule changes app', async () => {
    const { put, sandbox } = await start({ seed: twoApps, switches: { 'position-scope': 'app' } });
    const rule = sandbox.state().visitor_routing_rules[0];
    await put(`/visitorroutingrules/${rule?.id}`, { app_id: sandbox.state().apps[1]?.id, and_criteria: criteria() });
    const seen = describeState(sandbox.state()).visitor_routing_rules.map(({ title, app, position }) => [title, app, position]);
    expect(seen).toEqual([
      ['outlet 1', 'Acme outlet', 1],
      ['shop 2', 'Acme shop', 1],
      ['outlet 3', 'Acme outlet', 2],
      ['shop 0', 'Acme outlet', 3],
    ]);
  });

  it('are listed by number, by age, backwards, or in no order', async () => {
    const { get, put, sandbox } = await start({ seed: twoApps });
    const last = sandbox.state().visitor_routing_rules.at(-1)?.id;
    await put(`/visitorroutingrules/${last}`, { position: 1 });
    const titles = async (): Promise<readonly unknown[]> => columnAt((await get('/visitorroutingrules')).json, 'title', 'data', 'rule_list');
    const inOrder = ['outlet 3', 'shop 0', 'outlet 1', 'shop 2'];
    expect(await titles()).toEqual(inOrder);
    sandbox.setSwitches({ 'list-order': 'created' });
    expect(await titles()).toEqual(['shop 0', 'outlet 1', 'shop 2', 'outlet 3']);
    sandbox.setSwitches({ 'list-order': 'reversed' });
    expect(await titles()).toEqual([...inOrder].reverse());
    sandbox.setSwitches({ 'list-order': 'shuffled' });
    const draws = [await titles(), await titles(), await titles(), await titles()];
    expect(new Set(draws.map((draw) => draw.join())).size).toBeGreaterThan(1);
    for (const draw of draws) expect([...draw].sort()).toEqual([...inOrder].sort());
  });

  it('are refused when they are no whole number', async () => {
    const { put, sandbox } = await start({ seed: acme });
    expect(codeOf(await put(`/triggerrules/${sandbox.state().trigger_rules[0]?.id}`, { position: 'first' }))).toBe(1007);
  });
});
