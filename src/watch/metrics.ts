/**
 * What Prometheus is told. The values of all labels are known beforehand,
 * except portals and the commit: those that are gone are taken away, so that a
 * watch of years tells no more than one of an hour.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isFailure, isSilent, results } from './round-end.ts';
import type { PartNews } from './rounds.ts';

/** A call to the service, as far as it is counted. */
export interface CountedCall {
  readonly method: string;
  readonly outcome: string;
}

export interface Metrics {
  readonly noteStart: (portals: readonly string[], commit: string | undefined) => void;
  readonly noteFailedStart: () => void;
  readonly notePart: (news: PartNews) => void;
  readonly noteCall: (portal: string, call: CountedCall) => void;
  /** A portal's round begins; what is returned ends it. */
  readonly begin: (portal: string) => () => void;
  /** Pauses between rounds grow while the files cannot be had. */
  readonly notePause: (pause: { readonly milliseconds: number; readonly failures: number }) => void;
  readonly type: string;
  readonly text: () => Promise<string>;
}

export interface MetricsOptions {
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Whether rounds write. */
  readonly mode: 'apply' | 'plan';
  /** The figures of the process itself. */
  readonly ofProcess: 'with' | 'without';
}

const actions = ['create', 'update', 'delete', 'move'] as const;
const states = ['applied', 'failed', 'not_tried', 'unknown'] as const;
const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;
const outcomes = ['accepted', 'refused', 'token-refused', 'throttled', 'fault', 'not-understood', 'not-sent'] as const;
const durations = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

const methodOf = (method: string): string => methods.find((one) => one === method) ?? 'other';

export const openMetrics = ({ version, clock, mode, ofProcess }: MetricsOptions): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess === 'with') collectDefaultMetrics({ register: registry });

  const gauge = <L extends string>(name: string, help: string, ...labelNames: readonly L[]) =>
    new Gauge({ name: `salesiq_sync_${name}`, help, labelNames: [...labelNames], registers });
  const counter = <L extends string>(name: string, help: string, ...labelNames: readonly L[]) =>
    new Counter({ name: `salesiq_sync_${name}`, help, labelNames: [...labelNames], registers });

  gauge('info', 'Always 1; its labels tell the version, and whether rounds apply or plan.', 'version', 'mode').set({ version, mode }, 1);
  const commitInfo = gauge('commit_info', 'Always 1; the commit that the files were read at.', 'commit');
  const starts = counter('rounds_total', 'Rounds by whether the files could be had.', 'result');
  const startFailures = gauge('files_consecutive_failures', 'Rounds in a row in which the files could not be had.');
  const startedAt = gauge('files_last_success_timestamp_seconds', 'When the files were last read without an error.');
  const roundAt = gauge('last_round_timestamp_seconds', 'When the last round began or failed to begin.');
  const wait = gauge('next_round_wait_seconds', 'The pause that was last taken between two rounds.');
  const watched = gauge('portals', 'How many portals are watched.');

  const rounds = counter('portal_rounds_total', 'Rounds of each portal by how they ended.', 'portal', 'result');
  const took = new Histogram({
    name: 'salesiq_sync_portal_round_duration_seconds',
    help: 'How long rounds of each portal took.',
    labelNames: ['portal'],
    buckets: durations,
    registers,
  });
  const inFlight = gauge('portal_rounds_in_flight', 'Rounds that are under way.', 'portal');
  const successAt = gauge('portal_last_success_timestamp_seconds', 'When the last round of each portal ended that did not fail.', 'portal');
  const failing = gauge('portal_consecutive_failures', 'Failed rounds in a row.', 'portal');
  const backOff = gauge('portal_back_off_seconds', 'The pause after the last failure; 0 where there was none.', 'portal');
  const planned = gauge('planned_changes', 'Changes that the last plan has, before any were applied.', 'portal', 'action');
  const drift = gauge('drift_changes', 'Changes of the last plan that were made in the portal.', 'portal');
  const refused = gauge('plan_refusals', 'Reasons for which a guard blocks the last plan.', 'portal');
  const applied = counter('applied_changes_total', 'Changes by what became of them when they were applied.', 'portal', 'state');
  const requests = counter('requests_total', 'Calls that were sent, repeats and calls for tokens included.', 'portal', 'method', 'outcome');

  for (const result of ['ready', 'failed'] as const) starts.inc({ result }, 0);
  const known = new Set<string>();
  let commitNow: string | undefined;

  const introduce = (portal: string): void => {
    for (const result of results) rounds.inc({ portal, result }, 0);
    for (const state of states) applied.inc({ portal, state }, 0);
    inFlight.set({ portal }, 0);
    failing.set({ portal }, 0);
    backOff.set({ portal }, 0);
    known.add(portal);
  };
  const forget = (portal: string): void => {
    for (const result of results) rounds.remove({ portal, result });
    for (const state of states) applied.remove({ portal, state });
    for (const action of actions) planned.remove({ portal, action });
    for (const method of [...methods, 'other']) for (const outcome of outcomes) requests.remove({ portal, method, outcome });
    for (const one of [took, inFlight, successAt, failing, backOff, drift, refused]) one.remove({ portal });
    known.delete(portal);
  };

  return {
    noteStart: (portals, commit) => {
      starts.inc({ result: 'ready' });
      startFailures.set(0);
      startedAt.set(clock() / 1000);
      roundAt.set(clock() / 1000);
      watched.set(portals.length);
      for (const portal of [...known]) if (!portals.includes(portal)) forget(portal);
      for (const portal of portals) if (!known.has(portal)) introduce(portal);
      if (commit !== commitNow) commitInfo.reset();
      if (commit !== undefined) commitInfo.set({ commit }, 1);
      commitNow = commit;
    },
    noteFailedStart: () => {
      starts.inc({ result: 'failed' });
      roundAt.set(clock() / 1000);
    },
    notePart: ({ portal, end, failures, backOffMilliseconds, tookMilliseconds }) => {
      rounds.inc({ portal, result: end.result });
      took.observe({ portal }, tookMilliseconds / 1000);
      failing.set({ portal }, failures);
      backOff.set({ portal }, backOffMilliseconds / 1000);
      if (!isFailure(end) && !isSilent(end)) successAt.set({ portal }, clock() / 1000);
      if (end.planned !== undefined) {
        for (const action of actions) planned.set({ portal, action }, end.planned.summary[action]);
        drift.set({ portal }, end.planned.drift);
        refused.set({ portal }, end.planned.refusals.length);
      }
      for (const { state } of end.outcomes ?? []) applied.inc({ portal, state });
    },
    noteCall: (portal, { method, outcome }) => requests.inc({ portal, method: methodOf(method), outcome }),
    begin: (portal) => {
      inFlight.inc({ portal });
      return () => inFlight.dec({ portal });
    },
    notePause: ({ milliseconds, failures }) => {
      wait.set(milliseconds / 1000);
      startFailures.set(failures);
    },
    type: registry.contentType,
    // The library writes what is no number in a way that strict readers refuse.
    text: async () => (await registry.metrics()).replaceAll(/ Nan$/gm, ' NaN'),
  };
};
