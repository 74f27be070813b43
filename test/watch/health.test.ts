/** What an orchestrator is told, minute by minute. */
import { describe, expect, it } from 'vitest';
import { type Health, openHealth, type RoundEnd } from '../../src/watch/index.ts';

const minute = 60_000;

const opened = (): {
  readonly health: Health;
  readonly pass: (minutes: number) => void;
  readonly end: (portal: string, end: RoundEnd, failures?: number) => void;
} => {
  let now = 0;
  const health = openHealth({ now: () => now, clock: () => 1_790_000_000_000 + now, stuckMilliseconds: 5 * minute, forgiveMilliseconds: 3 * minute });
  return {
    health,
    pass: (minutes) => {
      now += minutes * minute;
    },
    end: (portal, end, failures = 0) => health.notePart({ portal, end, failures, backOffMilliseconds: failures * minute, tookMilliseconds: 1 }),
  };
};

describe('the question whether it lives', () => {
  it('is answered no once nothing was heard for five minutes', () => {
    const { health, pass } = opened();
    expect(health.live()).toMatchObject({ ok: true });
    pass(5.1);
    expect(health.live()).toEqual({ ok: false, body: { alive: false, silent_seconds: 306, reason: 'nothing was heard of the loop for 306 s' } });
    health.beat();
    expect(health.live().ok).toBe(true);
  });

  it('allows for a pause that was told of, whatever is heard of others meanwhile', () => {
    const { health, pass } = opened();
    health.beat(60 * minute);
    pass(30);
    health.beat();
    pass(34);
    expect(health.live().ok).toBe(true);
    pass(2);
    expect(health.live().ok).toBe(false);
  });
});

describe('the question whether it is ready', () => {
  it('is answered no before the first round is over, and then yes', () => {
    const { health, end } = opened();
    expect(health.ready()).toMatchObject({ ok: false, body: { reason: 'the first round is not over' } });
    health.noteStart(['harbour', 'quay'], 'abc');
    end('harbour', { result: 'settled' });
    expect(health.ready()).toMatchObject({ ok: false, body: { reason: '1 of 2 portals not ready', commit: 'abc' } });
    end('quay', { result: 'changes' });
    expect(health.ready()).toMatchObject({
      ok: true,
      body: { portals: [{ portal: 'harbour', ready: true, last_success: '2026-09-21T14:13:20.000Z' }, { ready: true }] },
    });
  });

  it('forgives a failure for a while, and then says which portal and why', () => {
    const { health, pass, end } = opened();
    health.noteStart(['harbour'], undefined);
    end('harbour', { result: 'settled' });
    pass(2);
    end('harbour', { result: 'failed', error: { message: 'the service is down', path: '/apps', method: 'GET' } }, 1);
    expect(health.ready()).toMatchObject({ ok: true, body: { portals: [{ ready: true, result: 'failed', failures: 1 }] } });
    pass(2);
    expect(health.ready()).toMatchObject({
      ok: false,
      body: { portals: [{ portal: 'harbour', ready: false, reason: 'the service is down', error: { path: '/apps' }, next_try: '2026-09-21T14:16:20.000Z' }] },
    });
    end('harbour', {
      result: 'blocked',
      planned: { summary: { create: 0, update: 0, delete: 9, move: 0 }, drift: 0, refusals: ['too many deletes'], fingerprint: 'f', changes: [] },
    });
    expect(health.ready()).toMatchObject({ ok: true, body: { portals: [{ result: 'blocked', refusals: ['too many deletes'] }] } });
  });

  it('forgives no portal that never went well', () => {
    const { health, end } = opened();
    health.noteStart(['harbour'], undefined);
    end('harbour', { result: 'failed', error: { message: 'no credentials' } }, 1);
    expect(health.ready()).toMatchObject({ ok: false, body: { portals: [{ reason: 'no credentials' }] } });
  });

  it('is not touched by a round that was skipped', () => {
    const { health, end } = opened();
    health.noteStart(['harbour'], undefined);
    end('harbour', { result: 'settled' });
    end('harbour', { result: 'skipped' });
    expect(health.ready()).toMatchObject({ ok: true, body: { portals: [{ result: 'settled' }] } });
  });

  it('is answered with the fault of the files, once it lasts', () => {
    const { health, pass, end } = opened();
    health.noteStart(['harbour'], undefined);
    end('harbour', { result: 'settled' });
    pass(2);
    health.noteFailedStart({ message: 'the remote cannot be read' });
    expect(health.ready().ok).toBe(true);
    pass(2);
    expect(health.ready()).toMatchObject({ ok: false, body: { reason: 'the remote cannot be read', error: { message: 'the remote cannot be read' } } });
    health.noteStart(['quay'], undefined);
    end('quay', { result: 'settled' });
    expect(health.ready()).toMatchObject({ ok: true, body: { error: undefined, portals: [{ portal: 'quay' }] } });
  });

  it('is answered no while it is being stopped', () => {
    const { health, end } = opened();
    health.noteStart(['harbour'], undefined);
    end('harbour', { result: 'settled' });
    health.noteStop();
    expect(health.ready()).toMatchObject({ ok: false, body: { reason: 'it is being stopped' } });
  });
});
