import { describe, expect, it } from 'vitest';
import { portalHeading, portalsMarkdown, portalsSummary } from '../../src/report/index.ts';

describe('a report about several portals', () => {
  it('counts how they stand', () => {
    expect(portalsSummary(['settled', 'failed', 'settled', 'blocked'])).toBe('4 portals: 2 without changes, 1 blocked, 1 failed.');
    expect(portalsSummary([])).toBe('0 portals.');
    expect(portalsSummary(['settled'], { settled: 'settled' })).toBe('1 portal: 1 settled.');
  });

  it('lets no name of a portal steer a terminal', () => {
    expect(portalHeading('quay\u001b[31m', 'plain')).not.toContain('\u001b');
  });

  it('always fits a comment, with every section', () => {
    const sections = Array.from({ length: 40 }, (_, index) => ({
      portal: `quay-${index}`,
      standing: 'failed' as const,
      error: { message: 'no answer\n'.repeat(5000), hint: 'Look at ``` the network.' },
    }));
    const text = portalsMarkdown(sections);
    expect(text.length).toBeLessThanOrEqual(60_000);
    for (const { portal } of sections) expect(text).toContain(`\`${portal}\``);
  });
});
