/** The figures by themselves: bounded, whatever comes and goes. */
import { describe, expect, it } from 'vitest';
import { openMetrics, type RoundEnd } from '../../src/watch/index.ts';

const opened = () => openMetrics({ version: '1.2.3', clock: () => 1_790_000_000_000, mode: 'plan', ofProcess: 'without' });

const news = (portal: string, end: RoundEnd) => ({ portal, end, failures: 0, backOffMilliseconds: 0, tookMilliseconds: 1500 });

const planned: NonNullable<RoundEnd['planned']> = {
  summary: { create: 1, update: 2, delete: 3, move: 4 },
  drift: 5,
  refusals: ['no'],
  fingerprint: 'f',
  changes: [],
};

describe('metrics', () => {
  it('tell of each portal what its last round came to', async () => {
    const metrics = opened();
    metrics.noteStart(['harbour'], 'abc123');
    const done = metrics.begin('harbour');
    expect(await metrics.text()).toContain('salesiq_sync_portal_rounds_in_flight{portal="harbour"} 1\n');
    done();
    metrics.notePart(news('harbour', { result: 'blocked', planned, outcomes: [{ address: 'a', action: 'move', state: 'applied' }] }));
    metrics.noteCall('harbour', { method: 'GET', outcome: 'fault' });
    const text = await metrics.text();
    for (const line of [
      'salesiq_sync_info{version="1.2.3",mode="plan"} 1',
      'salesiq_sync_commit_info{commit="abc123"} 1',
      'salesiq_sync_portal_rounds_in_flight{portal="harbour"} 0',
      'salesiq_sync_portal_rounds_total{portal="harbour",result="blocked"} 1',
      'salesiq_sync_portal_rounds_total{portal="harbour",result="failed"} 0',
      'salesiq_sync_planned_changes{portal="harbour",action="delete"} 3',
      'salesiq_sync_drift_changes{portal="harbour"} 5',
      'salesiq_sync_plan_refusals{portal="harbour"} 1',
      'salesiq_sync_applied_changes_total{portal="harbour",state="applied"} 1',
      'salesiq_sync_requests_total{portal="harbour",method="GET",outcome="fault"} 1',
      'salesiq_sync_portal_last_success_timestamp_seconds{portal="harbour"} 1790000000',
      'salesiq_sync_portal_round_duration_seconds_bucket{le="2.5",portal="harbour"} 1',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it('do not take a round that failed or was skipped for a success', async () => {
    const metrics = opened();
    metrics.noteStart(['harbour'], undefined);
    for (const result of ['failed', 'partial', 'skipped', 'interrupted'] as const) metrics.notePart(news('harbour', { result }));
    expect(await metrics.text()).not.toContain('last_success_timestamp_seconds{portal="harbour"}');
  });

  it('forget portals that are gone and commits that are past', async () => {
    const metrics = opened();
    metrics.noteStart([], undefined);
    const before = await metrics.text();
    for (let index = 0; index < 50; index += 1) {
      metrics.noteStart([`portal-${index}`], `commit-${index}`);
      metrics.begin(`portal-${index}`)();
      metrics.notePart(news(`portal-${index}`, { result: 'changes', planned }));
      for (const method of ['GET', 'POST', 'PATCH']) metrics.noteCall(`portal-${index}`, { method, outcome: 'accepted' });
    }
    metrics.noteStart([], undefined);
    const names = (text: string): readonly string[] => text.split('\n').map((line) => line.replace(/ [^ ]*$/, ''));
    expect(names(await metrics.text())).toEqual(names(before));
  });

  it('write what is no number as Prometheus does', async () => {
    const metrics = opened();
    metrics.notePause({ milliseconds: Number.NaN, failures: 0 });
    expect(await metrics.text()).toContain('salesiq_sync_next_round_wait_seconds NaN\n');
  });

  it('write names of portals as Prometheus reads them', async () => {
    const metrics = opened();
    metrics.noteStart(['a"b\\c\nd'], undefined);
    expect(await metrics.text()).toContain('portal_consecutive_failures{portal="a\\"b\\\\c\\nd"} 0\n');
  });
});
