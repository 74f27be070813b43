import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Plan } from '../../src/model/index.ts';
import { planText } from '../../src/report/index.ts';
import { anyPlan, anySoundPlan } from './any-plan.ts';
import { harbourLimits, harbourPlan, routingList, settledPlan } from './harbour-plan.ts';
import { unprintable, withoutColour } from './terminal.ts';

const plain = { style: 'plain' } as const;

const lineWith = (text: string, part: string): string => text.split('\n').find((line) => line.includes(part)) ?? '';

describe('a plan as text', () => {
  it('reads as people know it, with something of everything', async () => {
    await expect(planText(harbourPlan, { ...plain, limits: harbourLimits })).toMatchFileSnapshot('golden/harbour.txt');
  });

  it('names what is not managed where asked to, and only counts it else', () => {
    expect(planText(harbourPlan, { ...plain, showUnmanaged: 'names' })).toContain('    trigger_rules/Harbour desk/Old fog\n');
    expect(planText(harbourPlan, { ...plain, showUnmanaged: 'count' })).not.toContain('Old fog');
    expect(planText(harbourPlan, plain)).not.toContain('Old fog');
  });

  it('says in one line that there is nothing to do', () => {
    expect(planText(settledPlan, plain)).toBe('No changes. The portal matches the files.');
  });

  it('shows warnings, refusals and reports even where there is nothing to do', () => {
    const { diagnostics, refusals, reports } = harbourPlan;
    expect(planText({ ...settledPlan, diagnostics, refusals, reports }, plain)).toMatchInlineSnapshot(`
      "chat_routing_rules: route_to_all is "disabled" (reported, never written)

        warning: webhooks.yaml:6:5  "qay.opened" is no event that is known
            Did you mean "quay.opened"?

        blocked: visitor_routing_rules/Harbour desk/Regatta 2019 is protected, and the plan would delete it
            Take it off \`protect\` in salesiq.yaml in a change of its own.

      No changes. The portal matches the files."
    `);
  });

  it('does not claim that the portal matches where an observed kind differs', () => {
    expect(planText({ ...settledPlan, observed: harbourPlan.observed }, plain)).toMatchInlineSnapshot(`
      "Observed: shown, never written

      trigger_rules · Harbour desk   (3 live, 2 described, 1 not described)
        ~ Fog warning   triggers.yaml:4
            action.delay  90 -> 120

      No changes to apply. 1 difference in observed kinds, which are shown and never written."
    `);
  });

  it('shows no change of a plan with errors, because they mean nothing', () => {
    const broken: Plan = {
      ...harbourPlan,
      refusals: [],
      diagnostics: [{ severity: 'error', code: 'unknown-reference', message: 'there is no app "Harbor desk"' }],
    };
    expect(planText(broken, plain)).toMatchInlineSnapshot(`
      "  error: there is no app "Harbor desk"

      No plan: 1 error to mend first."
    `);
  });

  it('puts names in quotes whose blanks would not be seen', () => {
    const [, change] = harbourPlan.changes;
    if (change === undefined) throw new Error('the fixture has no second change');
    const text = planText(
      {
        ...settledPlan,
        changes: [
          { ...change, key: 'Night watch ' },
          { ...change, key: ' ' },
        ],
      },
      plain,
    );
    expect(text).toContain('  ~ "Night watch "   routing/harbour.yaml:31\n');
    expect(text).toContain('  ~ " "              routing/harbour.yaml:31\n');
  });

  it('names the kinds where several limits are in use', () => {
    const limits = [
      ...harbourLimits,
      { what: 'updates', kind: 'webhooks', count: 1, of: 400, limit: 0.5 } as const,
      { what: 'deletes', kind: 'webhooks', count: 0, of: 400, limit: 0.3 } as const,
    ];
    expect(
      planText(harbourPlan, { ...plain, limits })
        .split('\n')
        .slice(-3),
    ).toEqual([
      'Cost: 9 reads, 7 writes, about 6 s.',
      'Deletes of visitor_routing_rules: 1 of 13 (8 %), limit 30 %.',
      'Updates of webhooks: 1 of 400 (under 1 %), limit 50 %.',
    ]);
  });
});

describe('moves in a plan as text', () => {
  const move = (key: string, from: number, to: number): Change => ({
    action: 'move',
    kind: 'visitor_routing_rules',
    app: 'Harbour desk',
    key,
    address: `visitor_routing_rules/Harbour desk/${key}`,
    id: '7',
    fields: [],
    from,
    to,
  });
  const planOf = (keys: readonly string[], after: readonly string[], changes: readonly Change[]): Plan => {
    const places = (names: readonly string[]) => names.map((key) => ({ key, address: `visitor_routing_rules/Harbour desk/${key}`, fixed: false }));
    return { ...settledPlan, changes, lists: [{ ...routingList, before: places(keys), after: places(after) }] };
  };

  it('count the rules that a moved one passes, and point the way it goes', () => {
    const up = planText(planOf(['A', 'B', 'C', 'D'], ['D', 'A', 'B', 'C'], [move('D', 4, 1)]), plain);
    expect(lineWith(up, '4→1')).toBe('  ↑ 4→1   D   1 move; 3 neighbours shift, nothing is written to them');
    const down = planText(planOf(['A', 'B', 'C', 'D'], ['B', 'A', 'C', 'D'], [move('A', 1, 2)]), plain);
    expect(lineWith(down, '1→2')).toBe('  ↓ 1→2   A   1 move; 1 neighbour shifts, nothing is written to it');
  });

  it('do not count rules that are moved themselves', () => {
    const text = planText(planOf(['A', 'B', 'C', 'D'], ['C', 'D', 'A', 'B'], [move('C', 3, 1), move('D', 4, 2)]), plain);
    expect(lineWith(text, '3→1')).toContain('2 neighbours shift, nothing is written to them');
    expect(lineWith(text, '4→2')).toMatch(/1 move; 2 neighbours shift$/);
  });

  it('do not count a moved rule that another one passes', () => {
    const text = planText(planOf(['A', 'B', 'C', 'D'], ['D', 'C', 'A', 'B'], [move('C', 3, 2), move('D', 4, 1)]), plain);
    expect(lineWith(text, '4→1')).toMatch(/1 move; 2 neighbours shift$/);
  });

  it('point the true way where a new rule above leaves the number the same', () => {
    const address = 'visitor_routing_rules/Harbour desk/N';
    const added: Change = { action: 'create', kind: 'visitor_routing_rules', app: 'Harbour desk', key: 'N', address, spec: {}, fields: [], place: 1 };
    const text = planText(planOf(['A', 'B', 'C'], ['N', 'B', 'A', 'C'], [added, move('B', 2, 2)]), plain);
    expect(lineWith(text, '2→2')).toContain('↑ 2→2   B   1 move; 1 neighbour shifts');
  });

  it('point the true way where a deletion leaves the number the same', () => {
    const address = 'visitor_routing_rules/Harbour desk/A';
    const gone: Change = {
      action: 'delete',
      kind: 'visitor_routing_rules',
      app: 'Harbour desk',
      key: 'A',
      address,
      id: '7',
      fields: [],
      place: 1,
      reason: 'removed from the files',
    };
    const text = planText(planOf(['A', 'B', 'C'], ['C', 'B'], [gone, move('B', 2, 2)]), plain);
    expect(lineWith(text, '2→2')).toContain('↓ 2→2');
  });

  it('fall back to the two places where the list is not in the plan', () => {
    const text = planText({ ...settledPlan, changes: [move('D', 9, 4)] }, plain);
    expect(lineWith(text, '9→4')).toBe('  ↑ 9→4   D   1 move; 5 neighbours shift, nothing is written to them');
  });
});

describe('any plan as text', () => {
  it('sends nothing to a terminal but glyphs and line breaks', () => {
    fc.assert(
      fc.property(anyPlan, fc.constantFrom('names' as const, 'count' as const), fc.integer({ min: 1, max: 200 }), (plan, showUnmanaged, width) => {
        expect(unprintable(planText(plan, { ...plain, showUnmanaged, width }))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it('is the same text in colour', () => {
    fc.assert(
      fc.property(anySoundPlan, (plan) => {
        expect(withoutColour(planText(plan, { style: 'colour' }))).toBe(planText(plan, plain));
      }),
      { numRuns: 200 },
    );
    expect(planText(harbourPlan, { style: 'colour' })).toContain('\u001b[32m+\u001b[39m');
  });

  it('has one line with the sign of each change', () => {
    fc.assert(
      fc.property(anySoundPlan, (plan) => {
        const lines = planText({ ...plan, observed: [] }, plain)
          .split('\n')
          .filter((line) => /^ {2}[+~\-↑↓] /.test(line));
        expect(lines).toHaveLength(plan.changes.length);
      }),
      { numRuns: 200 },
    );
  });

  it('takes for a thousand changes not much more than ten times what it takes for a hundred', () => {
    const planOf = (count: number): Plan => {
      const changes = Array.from({ length: count }, (_none, index): Change => {
        const change = harbourPlan.changes[index % harbourPlan.changes.length];
        if (change === undefined) throw new Error('the fixture has no changes');
        return { ...change, key: `Berth ${index}`, address: `${change.kind}/Harbour desk/Berth ${index}` };
      });
      return { ...harbourPlan, changes };
    };
    const small = planOf(100);
    const large = planOf(1000);
    // In turn, and the best of each: other work on the machine slows both alike.
    const best = (plan: Plan, before: number): number => {
      const start = performance.now();
      planText(plan, { style: 'colour' });
      return Math.min(before, performance.now() - start);
    };
    let [few, many] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let run = 0; run < 15; run += 1) [few, many] = [best(small, few), best(large, many)];
    expect(many / few).toBeLessThan(25);
  });
});
