/**
 * Verdict → what to do next. Pure: the one place that decides whether a call
 * is sent again.
 *
 * - A refused token: one fresh token, one repeat, of any method: it was not done.
 * - Asked too often: growing pauses for everybody, of any method: it was not done.
 * - No clear answer: reads are repeated. A write never is: it may have landed,
 *   and only reading back can tell.
 */
import type { Call } from './hints.ts';
import type { Problem, Verdict, WholeAnswer } from './verdict.ts';

/** What happened to this call so far. */
export interface History {
  readonly renewals: number;
  readonly faults: number;
  readonly throttles: number;
  /** Milliseconds since the first throttled try; 0 when there was none. */
  readonly throttledMs: number;
}

export const noHistory: History = { renewals: 0, faults: 0, throttles: 0, throttledMs: 0 };

export type Next =
  | { readonly do: 'return'; readonly answer: WholeAnswer }
  | { readonly do: 'fail'; readonly problem: Problem; readonly unclear: boolean }
  | { readonly do: 'renew'; readonly problem: Problem }
  /** This call alone waits. */
  | { readonly do: 'wait'; readonly ms: number; readonly problem: Problem }
  /** The whole run waits, and goes on more slowly. */
  | { readonly do: 'slow'; readonly ms: number; readonly leastMs: number; readonly problem: Problem };

const mostFaults = 4;
const mostThrottles = 8;
const longestThrottleMs = 10 * 60_000;
const longestPauseMs = 120_000;
const longestFaultPauseMs = 60_000;

/** Doubles from try to try, a quarter more or less by chance, so that several runs do not come back together. */
const growing = (firstMs: number, tries: number, random: number): number => Math.min(firstMs * 2 ** tries, longestPauseMs) * (0.75 + random / 2);

const seconds = (ms: number): string => (ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`);

const onThrottle = (problem: Problem, history: History, retryAfterMs: number, random: number): Next => {
  const ms = growing(4_000, history.throttles, random);
  const until = history.throttledMs + Math.max(ms, retryAfterMs);
  if (history.throttles + 1 < mostThrottles && until <= longestThrottleMs) return { do: 'slow', ms, leastMs: retryAfterMs, problem };
  const asked = retryAfterMs > 0 ? `; it asks for ${seconds(retryAfterMs)} of rest` : '';
  const tried = history.throttles === 0 ? '' : `, still after ${history.throttles + 1} tries in ${seconds(history.throttledMs)}`;
  const rest = retryAfterMs > 0 ? { restMs: retryAfterMs } : {};
  return { do: 'fail', problem: { ...problem, ...rest, message: `${problem.message}${tried}${asked}` }, unclear: false };
};

const onFault = (call: Call, problem: Problem, history: History, retryAfterMs: number, random: number): Next => {
  if (history.faults + 1 < mostFaults)
    return { do: 'wait', ms: Math.max(growing(500, history.faults, random), Math.min(retryAfterMs, longestFaultPauseMs)), problem };
  const rest = retryAfterMs > 0 ? { restMs: retryAfterMs } : {};
  return { do: 'fail', problem: { ...problem, ...rest, message: `${problem.message}, ${mostFaults} times in a row` }, unclear: call.method !== 'GET' };
};

/** @param random a chance from 0 to below 1, for the length of pauses */
export const decide = (call: Call, verdict: Verdict, history: History, random: number): Next => {
  switch (verdict.type) {
    case 'accepted':
      return { do: 'return', answer: verdict.answer };
    case 'refused':
      return { do: 'fail', problem: verdict.problem, unclear: false };
    case 'token-refused':
      return history.renewals === 0 ? { do: 'renew', problem: verdict.problem } : { do: 'fail', problem: verdict.problem, unclear: false };
    case 'throttled':
      return onThrottle(verdict.problem, history, verdict.retryAfterMs, random);
    case 'not-understood':
      return { do: 'fail', problem: verdict.problem, unclear: call.method !== 'GET' };
    case 'not-sent':
      return call.method === 'GET' ? onFault(call, verdict.problem, history, 0, random) : { do: 'fail', problem: verdict.problem, unclear: false };
    case 'fault':
      return call.method === 'GET'
        ? onFault(call, verdict.problem, history, verdict.retryAfterMs, random)
        : { do: 'fail', problem: verdict.problem, unclear: true };
  }
};
