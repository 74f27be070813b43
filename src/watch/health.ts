/**
 * What the two questions of an orchestrator are answered with. Alive: the loop
 * has done something lately, or has said for how long it will do nothing.
 * Ready: each portal's last round went well, or went well not long ago.
 */
import type { OutcomeError } from '../model/index.ts';
import { isFailure, isSilent, type Result } from './round-end.ts';
import type { PartNews } from './rounds.ts';

/** An answer: yes or no, and why. */
export interface Answer {
  readonly ok: boolean;
  readonly body: object;
}

export interface Health {
  /** Something was done; nothing more may be heard for so long. */
  readonly beat: (silentMilliseconds?: number) => void;
  readonly noteStart: (portals: readonly string[], commit: string | undefined) => void;
  /** The files could not be had. */
  readonly noteFailedStart: (error: OutcomeError) => void;
  readonly notePart: (news: PartNews) => void;
  readonly noteStop: () => void;
  readonly live: () => Answer;
  readonly ready: () => Answer;
}

export interface HealthOptions {
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** A loop that is silent for longer than it said, by so much, is stuck. */
  readonly stuckMilliseconds: number;
  /** For so long after a good round one that failed is forgiven. */
  readonly forgiveMilliseconds: number;
}

interface PortalHealth {
  readonly result?: Result;
  readonly failures: number;
  readonly error?: OutcomeError;
  readonly refusals?: readonly string[];
  /** The last good round: for durations, and as a time of day. */
  readonly goodAt?: number;
  readonly goodTime?: number;
  readonly nextTime?: number;
}

const timeText = (time: number | undefined): string | undefined => (time === undefined ? undefined : new Date(time).toISOString());

const unknown: PortalHealth = { failures: 0 };

export const openHealth = ({ now, clock, stuckMilliseconds, forgiveMilliseconds }: HealthOptions): Health => {
  const portals = new Map<string, PortalHealth>();
  let heardAt = now();
  let silentFor = 0;
  let commit: string | undefined;
  let begun: 'never' | 'well' | 'badly' = 'never';
  let startError: OutcomeError | undefined;
  let startedAt: number | undefined;
  let stopping = false;

  const isForgiven = (goodAt: number | undefined): boolean => goodAt !== undefined && now() - goodAt <= forgiveMilliseconds;

  const reasonOf = ({ result, goodAt, error }: PortalHealth): string | undefined => {
    if (goodAt === undefined) return result === undefined ? 'its first round is not over' : (error?.message ?? `its last round ended ${result}`);
    const failed = result !== undefined && isFailure({ result });
    return failed && !isForgiven(goodAt) ? (error?.message ?? `its last round ended ${result}`) : undefined;
  };

  const portalBody = (portal: string, health: PortalHealth): object => {
    const reason = reasonOf(health);
    return {
      portal,
      ready: reason === undefined,
      reason,
      result: health.result,
      failures: health.failures,
      error: health.error,
      refusals: health.refusals,
      last_success: timeText(health.goodTime),
      next_try: timeText(health.nextTime),
    };
  };

  const reasonOfAll = (): string | undefined => {
    if (stopping) return 'it is being stopped';
    if (begun === 'never') return 'the first round is not over';
    if (begun === 'badly' && !isForgiven(startedAt)) return startError?.message ?? 'the files cannot be had';
    const count = [...portals.values()].filter((health) => reasonOf(health) !== undefined).length;
    return count === 0 ? undefined : `${count} of ${portals.size} ${portals.size === 1 ? 'portal' : 'portals'} not ready`;
  };

  return {
    beat: (silentMilliseconds = 0) => {
      // A pause of one portal is not cut short by what is heard of another.
      const left = Math.max(0, heardAt + silentFor - now());
      heardAt = now();
      silentFor = Math.max(left, silentMilliseconds);
    },
    noteStart: (names, at) => {
      begun = 'well';
      startError = undefined;
      startedAt = now();
      commit = at;
      for (const name of portals.keys()) if (!names.includes(name)) portals.delete(name);
      for (const name of names) if (!portals.has(name)) portals.set(name, unknown);
    },
    noteFailedStart: (error) => {
      begun = 'badly';
      startError = error;
    },
    notePart: ({ portal, end, failures, backOffMilliseconds }) => {
      const before = portals.get(portal) ?? unknown;
      if (isSilent(end)) return;
      const good = isFailure(end) ? before : { goodAt: now(), goodTime: clock() };
      portals.set(portal, {
        result: end.result,
        failures,
        ...(end.error === undefined ? {} : { error: end.error }),
        ...(end.planned === undefined || end.planned.refusals.length === 0 ? {} : { refusals: end.planned.refusals }),
        ...(good.goodAt === undefined ? {} : { goodAt: good.goodAt }),
        ...(good.goodTime === undefined ? {} : { goodTime: good.goodTime }),
        ...(backOffMilliseconds === 0 ? {} : { nextTime: clock() + backOffMilliseconds }),
      });
    },
    noteStop: () => {
      stopping = true;
    },
    live: () => {
      const silent = now() - heardAt;
      const ok = silent <= silentFor + stuckMilliseconds;
      const seconds = Math.round(silent / 1000);
      return { ok, body: { alive: ok, silent_seconds: seconds, ...(ok ? {} : { reason: `nothing was heard of the loop for ${seconds} s` }) } };
    },
    ready: () => {
      const reason = reasonOfAll();
      return {
        ok: reason === undefined,
        body: {
          ready: reason === undefined,
          reason,
          commit,
          error: begun === 'badly' ? startError : undefined,
          portals: [...portals].map(([portal, health]) => portalBody(portal, health)),
        },
      };
    },
  };
};
