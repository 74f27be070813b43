/**
 * Faults: what goes wrong, for which requests, how often. Drawn for each
 * request as it arrives, whatever it asks for; the first fault that hits is the
 * one that happens.
 */
import type { Random } from './random.ts';

export type Effect =
  /** The error envelope with this code, nothing done. */
  | { readonly kind: 'error'; readonly code: number }
  /** A bare HTTP status with a line of text, nothing done. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection is torn down before or after the request has been carried out. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The answer waits, then comes as usual or with another effect. */
  | { readonly kind: 'delay'; readonly ms: number; readonly then?: Effect }
  /** The request is carried out; the connection ends in the middle of the answer. */
  | { readonly kind: 'cut-body' }
  /** A page of a gateway with status 200, nothing done. */
  | { readonly kind: 'html' }
  /** 302 to another place, nothing done. */
  | { readonly kind: 'redirect'; readonly location: string }
  /** 1023 for this request and every later one, for a number of requests or a time in ms. */
  | { readonly kind: 'lock'; readonly requests?: number; readonly ms?: number }
  /** A write is carried out, but lists of its resource do not show it for a time in ms. */
  | { readonly kind: 'list-lag'; readonly ms: number };

export interface FaultMatch {
  /** GET, POST, PUT or DELETE, or WRITE for all but GET; any when absent. */
  readonly method?: string;
  /**
   * Below `/api/v2/{screenname}`, or the whole path where it begins with `/api/` or `/oauth/`. A beginning of the
   * path, at a slash; `*` is any one segment; `$` at the end asks for the whole path.
   */
  readonly path?: string;
  /** Which of the matching requests, counted from 1: one, or from one to another. */
  readonly nth?: number | readonly [number, number];
}

export interface Fault {
  readonly match?: FaultMatch;
  /** Of each matching request, 0 to 1; certain when absent. */
  readonly probability?: number;
  /** Hits at most so often. */
  readonly times?: number;
  readonly effect: Effect;
}

/** Draws for one request. @param path the whole request path */
export type Draw = (method: string, path: string) => Effect | undefined;

/** Faults with their counters, drawing from one seeded stream. */
export const drawFrom = (faults: readonly Fault[], random: Random): Draw => {
  const armed = faults.map((fault) => ({ fault, seen: 0, hits: 0 }));
  return (method, path) => {
    let effect: Effect | undefined;
    for (const entry of armed) {
      if (!matches(entry.fault.match, method, path)) continue;
      entry.seen += 1;
      if (effect !== undefined || entry.hits >= (entry.fault.times ?? Infinity) || !isTurn(entry.fault.match?.nth, entry.seen)) continue;
      if (random.next() >= (entry.fault.probability ?? 1)) continue;
      entry.hits += 1;
      effect = entry.fault.effect;
    }
    return effect;
  };
};

const isTurn = (nth: FaultMatch['nth'], seen: number): boolean => {
  if (nth === undefined) return true;
  return typeof nth === 'number' ? seen === nth : seen >= nth[0] && seen <= nth[1];
};

const matches = (match: FaultMatch | undefined, method: string, path: string): boolean => {
  const wanted = match?.method?.toUpperCase() ?? 'ANY';
  const methodFits = wanted === 'ANY' || wanted === method || (wanted === 'WRITE' && method !== 'GET');
  return methodFits && (match?.path === undefined || pathFits(match.path, path));
};

const pathFits = (pattern: string, path: string): boolean => {
  const below = /^\/(api|oauth)\//.test(pattern) ? path : path.replace(/^\/api\/v2\/[^/]+/, '');
  const wholePath = pattern.endsWith('$');
  const wanted = pattern.replace(/\$$/, '').replace(/\/$/, '').split('/');
  const have = below.split('/');
  if (wholePath ? have.length !== wanted.length : have.length < wanted.length) return false;
  return wanted.every((segment, index) => segment === '*' || segment === have[index]);
};
