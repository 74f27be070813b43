import { describe, expect, it } from 'vitest';
import { hideOutcomes, hidePlan, hideSources } from '../../src/commands/hide-plan.ts';
import type { Plan } from '../../src/model/index.ts';
import { planJson, planMarkdown, planPage, planText } from '../../src/report/index.ts';
import { veilFor } from '../../src/veil.ts';
import { hostilePlan } from '../report/html/pages.ts';

/** The name of a secret host stands in every text of it; codes and fingerprints are the program's own. */
const [update] = hostilePlan.changes;
const told: Plan = {
  ...hostilePlan,
  fingerprint: 'f1',
  changes: hostilePlan.changes.map((change) => (change.action === 'delete' ? { ...change, heir: 'evil.test' } : change)),
  diagnostics: hostilePlan.diagnostics.map((one) => ({ ...one, code: 'a-code' })),
  refusals: hostilePlan.refusals.map((one) => ({ ...one, code: 'a-code', ...(update?.origin === undefined ? {} : { origin: update.origin }) })),
};
const { hide } = veilFor(['evil.test']);

describe('a hidden plan', () => {
  it('shows a secret in none of its forms, wherever it stood', () => {
    const shapes = (plan: Plan): Readonly<Record<string, string>> => ({
      text: planText(plan, { style: 'plain', showUnmanaged: 'names' }),
      markdown: planMarkdown(plan),
      json: JSON.stringify(planJson(plan)),
      page: planPage(plan, { linkBase: 'https://github.com/acme/support/blob/1f2e3d', sources: hideSources(() => 'at: evil.test', hide) }),
    });
    for (const [form, text] of Object.entries(shapes(told))) expect(text, `${form} holds it before`).toContain('evil.test');
    for (const [form, text] of Object.entries(shapes(hidePlan(told, hide)))) expect(text, form).not.toContain('evil.test');
  });

  it('keeps changes, lists and counts of one app together', () => {
    const app = 'evil.test app';
    const plan: Plan = {
      ...told,
      changes: told.changes.map((change) => ({ ...change, app })),
      observed: [],
      groups: told.groups.map((group) => ({ ...group, app })),
    };
    expect(
      planText(hidePlan(plan, hide), { style: 'plain', showUnmanaged: 'count' })
        .split('\n')
        .filter((line) => line.includes('*** app')),
    ).toHaveLength(1);
  });

  it('has outcomes that hide what the service said', () => {
    const error = { message: 'evil.test', path: '/evil.test', field: 'evil.test', hint: 'evil.test' };
    const outcomes = hideOutcomes([{ address: 'webhooks/evil.test', action: 'create', state: 'failed', error }], hide);
    expect(JSON.stringify(outcomes)).not.toContain('evil.test');
  });
});
