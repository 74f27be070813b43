import { describe, expect, it } from 'vitest';
import { planPage } from '../../../src/report/html/plan-page.ts';
import { harbourPlan, settledPlan } from '../harbour-plan.ts';

const titleOf = (text: string): string | undefined => /<title>(.*)<\/title>/.exec(text)?.[1];

describe('the page of drift', () => {
  it('counts what is only observed as drift, with nothing to bring back', () => {
    const text = planPage({ ...settledPlan, observed: harbourPlan.observed }, { about: 'drift' });
    expect(titleOf(text)).toContain('Nothing to bring back: 1 difference in observed kinds');
    expect(text).toContain('</span> Drift</span>');
    const none = planPage(settledPlan, { about: 'drift' });
    expect(titleOf(none)).toContain('No drift. The portal matches the files.');
    expect(none).toContain('</span> No drift</span>');
  });
});
