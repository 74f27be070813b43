import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change, Plan } from '../../src/model/index.ts';
import { failureComment, outcomeComment } from '../../src/report/outcome-comment.ts';
import { planComment } from '../../src/report/plan-comment.ts';
import { anyDiagnostic, anyOutcome, anyPlan } from './any-plan.ts';
import { harbourPlan } from './harbour-plan.ts';

const marker = '<!-- salesiq-sync plan portal=harbour -->';
const notes = ['Full report: [the run](https://github.test/harbour/portal/actions/runs/7).'];

const at = (line: number) => ({ file: 'routing/quay.yaml', line, column: 3 });
const rule = (key: string) => ({ kind: 'visitor_routing_rules', app: 'Quay', key, address: `visitor_routing_rules/Quay/${key}` });

/** So many changes of each sort. */
const planOf = (counts: { readonly create?: number; readonly update?: number; readonly delete?: number; readonly move?: number }): Plan => {
  const many = (count: number | undefined, one: (n: number) => Change): readonly Change[] => Array.from({ length: count ?? 0 }, (_, n) => one(n + 1));
  const changes = [
    ...many(counts.create, (n) => ({
      action: 'create',
      ...rule(`Berth ${n}`),
      origin: at(n),
      spec: {},
      fields: [{ path: 'when', from: undefined, to: 'x'.repeat(80) }],
    })),
    ...many(counts.update, (n) => ({
      action: 'update',
      ...rule(`Crane ${n}`),
      id: `${n}`,
      origin: at(n),
      spec: {},
      fields: [{ path: 'enabled', from: false, to: true }],
    })),
    ...many(counts.move, (n) => ({ action: 'move', ...rule(`Ferry ${n}`), id: `${n}`, origin: at(n), fields: [], from: n + 1, to: n })),
    ...many(counts.delete, (n) => ({ action: 'delete', ...rule(`Wreck ${n}`), id: `${n}`, fields: [], reason: 'removed from the files' })),
  ];
  const { create = 0, update = 0, move = 0 } = counts;
  return { ...harbourPlan, changes, lists: [], observed: [], diagnostics: [], summary: { create, update, move, delete: counts.delete ?? 0 } };
};

describe('the comment on a pull request', () => {
  it('shows a plan in full where it fits, between its marker and its notes', () => {
    const { text, detail } = planComment(harbourPlan, { marker, notes });
    expect(detail).toBe('full');
    expect(text.startsWith(`${marker}\n\n### Plan for`)).toBe(true);
    expect(text.endsWith(notes.join('\n\n'))).toBe(true);
    expect(text).toContain('06:00');
  });

  it('leaves out the fields first, and keeps a line for each change', () => {
    const plan = planOf({ create: 500, delete: 3, move: 2 });
    const { text, detail } = planComment(plan, { marker, notes });
    expect(detail).toBe('resources');
    expect(text).not.toContain('xxxx');
    for (const { key } of plan.changes) expect(text).toContain(key);
    expect(text).toContain('blocked:');
    expect(text).toContain('This is the plan without its fields');
  });

  it('then counts, and keeps every line that deletes, moves or blocks', () => {
    const plan = planOf({ create: 3_000, update: 2_000, delete: 200, move: 150 });
    const { text, detail } = planComment(plan, { marker, notes });
    expect(detail).toBe('counts');
    expect(text).toContain('visitor_routing_rules · Quay: 3000 to add, 2000 to change, 150 to move, 200 to delete');
    expect(text).not.toContain('Berth 2');
    for (const change of plan.changes) if (change.action === 'delete' || change.action === 'move') expect(text).toContain(change.address);
    for (const { message } of plan.refusals) expect(text).toContain(message);
  });

  it('cuts thousands of deletes and moves, and says how many it cut', () => {
    const { text, detail } = planComment(planOf({ create: 10, delete: 4_000, move: 4_000 }), { marker, notes });
    expect(detail).toBe('cut');
    expect(text.length).toBeLessThanOrEqual(60_000);
    const left = [...text.matchAll(/… and (\d+) more\./g)].map(([, count]) => Number(count));
    const shown = (text.match(/Wreck \d/g)?.length ?? 0) + (text.match(/Ferry \d/g)?.length ?? 0);
    expect(left.length).toBe(2);
    expect(shown + left.reduce((sum, count) => sum + count, 0)).toBe(8_000);
    expect(shown).toBeGreaterThan(400);
  });

  it('fits whatever the texts hold, begins with its marker and ends with its notes', () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 3_000, max: 20_000 }), (plan, most) => {
        const { text } = planComment(plan, { marker, notes, most });
        expect(text.length).toBeLessThanOrEqual(most);
        expect(text.startsWith(marker)).toBe(true);
        expect(text.endsWith(notes.join('\n\n'))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves no mention, link or hidden line outside of code', () => {
    const nasty = { ...harbourPlan, portal: '@octo <!-- x --> #12', refusals: [{ code: 'x', message: '@octo https://x.test #12', hint: '```\n@octo' }] };
    const { text } = planComment(nasty, { marker, notes: [] });
    const running = text
      .slice(marker.length)
      .replaceAll(/(`{3,})[\s\S]*?\n\1/g, '')
      .replaceAll(/`[^`\n]*`/g, '');
    expect(running).not.toMatch(/@octo|#12|https:|<!--/);
  });
});

describe('the comment on what failed', () => {
  const sources = () => 'webhooks:\n  - url: nowhere\n';

  it('says what, where and what to do, with the line', () => {
    const text = failureComment(
      {
        error: { message: '1 error in the files', hint: 'Mend the files.' },
        diagnostics: [
          { severity: 'error', code: 'bad-url', message: 'this is no address', origin: { file: 'hooks.yaml', line: 2, column: 10 }, hint: 'Write https://…' },
        ],
        sources,
      },
      { marker, title: 'No plan for production', notes },
    );
    expect(text).toMatchInlineSnapshot(`
      "<!-- salesiq-sync plan portal=harbour -->

      ### No plan for production

      \`\`\`text
      Error: 1 error in the files
        Mend the files.
      \`\`\`

      **Findings** (1)

      \`\`\`text
      hooks.yaml:2:10  error: this is no address  [bad-url]
        2 |   - url: nowhere
          |          ^
        Write https://…
      \`\`\`

      Full report: [the run](https://github.test/harbour/portal/actions/runs/7)."
    `);
  });

  it('fits whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 3_000 }), (diagnostics, message) => {
        const text = failureComment({ error: { message }, diagnostics, sources }, { marker, title: 'No plan', notes, most: 2_500 });
        expect(text.length).toBeLessThanOrEqual(2_500);
        expect(text.startsWith(marker) && text.endsWith(notes.join('\n\n'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the comment on what became of an apply', () => {
  it('shows each change, and the call that failed', () => {
    const { text } = outcomeComment(
      {
        sentence: 'Not settled: 1 change left.',
        outcomes: [
          { address: 'webhooks/a', action: 'create', state: 'applied' },
          { address: 'webhooks/b', action: 'delete', state: 'failed', error: { message: 'no permission', code: 1004, method: 'DELETE', path: '/webhooks/7' } },
        ],
      },
      { marker, title: 'Apply to production', notes },
    );
    expect(text).toMatchInlineSnapshot(`
      "<!-- salesiq-sync plan portal=harbour -->

      ### Apply to production

      **Not settled: 1 change left.**

      Outcome: 1 applied, 1 failed.

      **Changes** (2)

      \`\`\`text
      ✓ create   webhooks/a   applied
      ✗ delete   webhooks/b   failed
          no permission (code 1004)
          DELETE /webhooks/7
      \`\`\`

      Full report: [the run](https://github.test/harbour/portal/actions/runs/7)."
    `);
  });

  it('leaves out what was applied where it is too long, and never what was not', () => {
    const outcomes = Array.from({ length: 3_000 }, (_, n) => ({
      address: `webhooks/quay ${n}`,
      action: 'create' as const,
      state: n < 2_900 ? ('applied' as const) : ('not_tried' as const),
    }));
    const { text, detail } = outcomeComment({ sentence: 'Stopped.', outcomes }, { marker, title: 'Apply', notes });
    expect(detail).toBe('resources');
    for (let n = 2_900; n < 3_000; n += 1) expect(text).toContain(`webhooks/quay ${n}`);
    expect(text).toContain('2900 applied');
  });

  it('fits whatever the texts hold', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome, { maxLength: 40 }), fc.array(fc.string({ unit: 'binary' })), (outcomes, moved) => {
        const { text } = outcomeComment({ sentence: 'So it went.', outcomes, moved }, { marker, title: 'Apply', notes, most: 2_000 });
        expect(text.length).toBeLessThanOrEqual(2_000);
        expect(text.endsWith(notes.join('\n\n'))).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
