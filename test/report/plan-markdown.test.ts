import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Plan } from '../../src/model/index.ts';
import { planMarkdown } from '../../src/report/index.ts';
import { anyPlan, anySoundPlan } from './any-plan.ts';
import { harbourLimits, harbourPlan, settledPlan } from './harbour-plan.ts';
import { unprintable } from './terminal.ts';

const berths = (count: number): Plan => ({
  ...settledPlan,
  changes: Array.from(
    { length: count },
    (_none, index): Change => ({
      action: 'update',
      kind: 'webhooks',
      address: `webhooks/Berth ${index}`,
      key: `Berth ${index}`,
      id: String(index),
      spec: {},
      fields: [{ path: 'secured', from: false, to: true }],
    }),
  ),
  summary: { create: 0, update: count, delete: 0, move: 0 },
});

/** Everything outside blocks of code. */
const prose = (markdown: string): string => {
  let fence = '';
  return markdown
    .split('\n')
    .filter((line) => {
      const mark = /^`{3,}/.exec(line)?.[0] ?? '';
      if (fence === '' && mark !== '') {
        fence = mark;
        return false;
      }
      if (fence === '') return true;
      if (line === fence) fence = '';
      return false;
    })
    .join('\n');
};

describe('a plan as a comment', () => {
  it('reads well, with something of everything', async () => {
    await expect(`${planMarkdown(harbourPlan, { limits: harbourLimits })}\n`).toMatchFileSnapshot('golden/harbour.md');
  });

  it('is short where there is nothing to do', () => {
    expect(planMarkdown(settledPlan)).toBe('### Plan for `production`\n\n**No changes. The portal matches the files.**');
  });

  it('shows the errors instead of changes that mean nothing', () => {
    const text = planMarkdown({ ...berths(2), diagnostics: [{ severity: 'error', code: 'x', message: 'there is no app "Harbor desk"' }] });
    expect(text).toContain('**No plan: 1 error to mend first.**');
    expect(text).toContain('error: there is no app "Harbor desk"');
    expect(text).not.toContain('Berth');
  });

  it('cuts whole changes and says how many', () => {
    const text = planMarkdown(berths(500), { most: 5_000 });
    const shown = text.match(/^! Berth \d+$/gm) ?? [];
    const fields = text.match(/^ +secured {2}false -> true$/gm) ?? [];
    expect(shown.length).toBeGreaterThan(50);
    expect(fields).toHaveLength(shown.length);
    expect(text).toMatch(new RegExp(`^… and ${500 - shown.length} more$`, 'm'));
    expect(text).toContain('**Plan: 0 to add, 500 to change, 0 to move, 0 to delete.**');
    expect(text.length).toBeLessThanOrEqual(5_000);
  });

  it('says nothing of more where all is shown', () => {
    expect(planMarkdown(berths(50))).not.toContain('more');
  });

  it('fits a comment by itself, and leaves room for changes beside many findings', () => {
    const diagnostics = Array.from({ length: 3_000 }, (_none, index) => ({ severity: 'warning', code: 'x', message: `buoy ${index} has no light` }) as const);
    const text = planMarkdown({ ...berths(3_000), diagnostics });
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.match(/^… and \d+ more$/gm)).toHaveLength(2);
    expect((text.match(/^! Berth/gm) ?? []).length).toBeGreaterThan(400);
  });
});

describe('any plan as a comment', () => {
  it('is never longer than it may be', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 0, max: 3_000 }), (plan, most) => {
        expect(planMarkdown(plan, { most }).length).toBeLessThanOrEqual(most);
      }),
      { numRuns: 500 },
    );
  });

  it('always has the summary, and every change is shown or counted', () => {
    fc.assert(
      fc.property(anySoundPlan, fc.integer({ min: 900, max: 6_000 }), (plan, most) => {
        const quiet: Plan = { ...plan, observed: [], diagnostics: [], refusals: [], unmanaged: [], reports: [] };
        const text = planMarkdown(quiet, { most });
        const { create, update, move, delete: gone } = plan.summary;
        expect(text).toContain(plan.changes.length === 0 ? 'No changes' : `Plan: ${create} to add, ${update} to change, ${move} to move, ${gone} to delete.`);
        const code = text.split('\n').filter((line) => /^[+!\-↑↓] +\S/.test(line));
        const more = /^… and (\d+) more$/m.exec(text)?.[1] ?? '0';
        expect(code.length + Number(more)).toBe(plan.changes.length);
      }),
      { numRuns: 300 },
    );
  });

  it('has no tag, mention or issue number outside of code, and nothing that steers', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const text = planMarkdown(plan);
        expect(unprintable(text)).toBeUndefined();
        const open = prose(text)
          .replaceAll(/(`+)[^`](?:.*?[^`])?\1(?!`)/g, '')
          .replaceAll(/&#(8203|32);/g, ' ')
          .replaceAll(/^#+ /gm, '');
        expect(open).not.toMatch(/[<>]|@\w|#\d/);
      }),
      { numRuns: 500 },
    );
  });
});
