/**
 * How fast the run may call the service.
 *
 * A cell-rate limiter: each call moves the theoretical arrival time on by one
 * interval, and may come ahead of it by a small burst. The service documents
 * no threshold, only that it locks the caller's address (platform-and-people.md
 * 1.7), so when it complains everybody waits, the rate is halved, the burst is
 * gone, and the rate comes back by a quarter for each quiet minute.
 */
import PQueue from 'p-queue';
import type { Timing } from './timing.ts';

export interface Pace {
  /** Waits until a call may be sent; the waiting go in the order in which they came. Ends early when the signal is given. */
  readonly turn: (signal?: AbortSignal) => Promise<void>;
  /**
   * The service was asked too often. Calls that were under way together count
   * as one complaint; of the later ones only `leastMs` (what the service asks
   * for) is heard. Returns for how many milliseconds more everybody now waits:
   * 0 where this brought nothing new.
   */
  readonly slowDown: (complaint: { readonly sentAt: number; readonly ms: number; readonly leastMs: number }) => number;
}

const largestBurst = 15;
const quietMs = 60_000;
const slowestShare = 1 / 32;
/** What an unlimited rate is taken for while it is slowed down. */
const unlimitedRate = 600;

/** @param ratePerMinute 0 = unlimited */
export const openPace = (ratePerMinute: number, timing: Timing): Pace => {
  const line = new PQueue({ concurrency: 1 });
  const burst = Math.max(1, Math.min(largestBurst, Math.floor(ratePerMinute / 6)));
  let share = 1;
  let changedAt = 0;
  let complainedAt = Number.NEGATIVE_INFINITY;
  let heldUntil = 0;
  let arrival = 0;

  const recover = (now: number): void => {
    while (share < 1 && now - changedAt >= quietMs) {
      share = Math.min(1, share * 1.25);
      changedAt += quietMs;
    }
  };
  const interval = (): number => {
    if (ratePerMinute === 0) return share === 1 ? 0 : 60_000 / (unlimitedRate * share);
    return 60_000 / (ratePerMinute * share);
  };
  const slack = (): number => (share === 1 ? (burst - 1) * interval() : 0);

  const turn = async (signal?: AbortSignal): Promise<void> => {
    while (signal?.aborted !== true) {
      const now = timing.elapsed();
      recover(now);
      const start = Math.max(heldUntil, arrival - slack());
      if (start <= now) {
        arrival = Math.max(arrival, now) + interval();
        return;
      }
      await timing.sleep(Math.ceil(start - now), signal);
    }
  };

  return {
    turn: (signal) => line.add(() => turn(signal)),
    slowDown: ({ sentAt, ms, leastMs }) => {
      const now = timing.elapsed();
      const known = sentAt <= complainedAt;
      if (!known) {
        recover(now);
        share = Math.max(slowestShare, share / 2);
        complainedAt = now;
      }
      const until = now + Math.max(known ? 0 : ms, leastMs);
      const longer = until > heldUntil;
      heldUntil = Math.max(heldUntil, until);
      // Standing still is no sign that the service is content again.
      changedAt = Math.max(changedAt, heldUntil);
      return longer ? heldUntil - now : 0;
    },
  };
};
