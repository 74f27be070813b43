/**
 * One round after another, for as long as nobody stops it. A round begins with
 * what all portals share, the files, and goes on portal by portal. Rounds never
 * overlap: the interval counts from the beginning of a round, and one that took
 * longer is followed at once, without making up for those that were missed.
 * What is kept from round to round is a few numbers for each portal that is
 * still there.
 */
import { sideBySide } from '../model/index.ts';
import { type BackOff, jittered, pauseAfter } from './back-off.ts';
import { isFailure, isSilent, type RoundEnd } from './round-end.ts';

/** One portal's part of a round. Whatever it throws is a fault of the program, and ends the watch. */
export interface Part {
  readonly portal: string;
  readonly run: () => Promise<RoundEnd>;
}

/** How a round began: with portals, without files, or not at all because it never can. */
export type Begun =
  | { readonly type: 'ready'; readonly parts: readonly Part[] }
  | { readonly type: 'failed'; readonly restMilliseconds?: number }
  | { readonly type: 'over' };

/** How a part ended, and what follows from it. */
export interface PartNews {
  readonly portal: string;
  readonly end: RoundEnd;
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** Until the next try at the earliest, counted from the beginning of the round; 0: the next round. */
  readonly backOffMilliseconds: number;
  readonly tookMilliseconds: number;
}

export interface RoundsOptions extends BackOff {
  readonly count: 'endless' | 'one';
  /** How many portals at once. */
  readonly atOnce: number;
  /** Milliseconds, from any start. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Ends early when it is stopped. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly stopped: () => boolean;
  readonly begin: (round: number) => Promise<Begun>;
  readonly onPart: (news: PartNews) => void;
  /** The parts of a round are over, or it failed at its beginning; then comes a pause. */
  readonly onPause: (pause: { readonly milliseconds: number; readonly failures: number }) => void;
}

interface Standing {
  readonly failures: number;
  readonly notBefore: number;
}

const noStanding: Standing = { failures: 0, notBefore: Number.NEGATIVE_INFINITY };

/** Runs rounds until it is stopped, one was asked for, or the first one says that it is over. */
export const runRounds = async (options: RoundsOptions): Promise<void> => {
  const { now, intervalMilliseconds } = options;
  const standings = new Map<string, Standing>();

  const runPart = async ({ portal, run }: Part, began: number): Promise<void> => {
    if (options.stopped()) return;
    const before = standings.get(portal) ?? noStanding;
    const from = now();
    const end = await run();
    const failures = isFailure(end) ? before.failures + 1 : isSilent(end) ? before.failures : 0;
    const pause = isFailure(end) ? jittered(pauseAfter(failures, options, end.restMilliseconds), options.random()) : 0;
    // What the service asked for is never cut short by chance.
    const backOffMilliseconds = isFailure(end) ? Math.max(pause, end.restMilliseconds ?? 0) : 0;
    standings.set(portal, { failures, notBefore: began + backOffMilliseconds });
    options.onPart({ portal, end, failures, backOffMilliseconds, tookMilliseconds: now() - from });
  };

  let failures = 0;
  for (let round = 1; !options.stopped(); round += 1) {
    const began = now();
    const begun = await options.begin(round);
    if (begun.type === 'over') return;
    failures = begun.type === 'failed' ? failures + 1 : 0;
    if (begun.type === 'ready') {
      const names = new Set(begun.parts.map(({ portal }) => portal));
      for (const name of standings.keys()) if (!names.has(name)) standings.delete(name);
      // A portal whose pause ends within this interval is not made to wait for the next round.
      const due = begun.parts.filter(({ portal }) => (standings.get(portal) ?? noStanding).notBefore <= began + intervalMilliseconds / 4);
      await sideBySide(due, options.atOnce, (part) => runPart(part, began));
    }
    if (options.count === 'one' || options.stopped()) return;
    const rest = begun.type === 'failed' ? (begun.restMilliseconds ?? 0) : 0;
    const next = began + jittered(pauseAfter(failures, options, rest), options.random());
    const milliseconds = Math.max(0, next - now());
    options.onPause({ milliseconds, failures });
    await options.sleep(milliseconds);
  }
};
