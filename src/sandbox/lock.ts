/** 1023: the caller's address is locked (platform-and-people.md 1.7). One address is all a loopback server has. */
export interface Lock {
  /** Counts a request; seconds to wait when it is turned away, undefined when it may pass. @param limit requests a minute, 0 for none */
  readonly waitFor: (now: number, limit: number) => number | undefined;
  readonly close: (now: number, length: { readonly requests?: number; readonly ms?: number }) => void;
}

const minute = 60_000;
const inSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1000));

export const openLock = (): Lock => {
  let until = -Infinity;
  let left = 0;
  let times: readonly number[] = [];
  return {
    waitFor: (now, limit) => {
      if (now < until) return inSeconds(until - now);
      if (left > 0) {
        left -= 1;
        return 1;
      }
      if (limit === 0) return undefined;
      times = times.filter((time) => now - time < minute);
      const [oldest] = times;
      if (oldest !== undefined && times.length >= limit) return inSeconds(oldest + minute - now);
      times = [...times, now];
      return undefined;
    },
    close: (now, { requests = 0, ms = 0 }) => {
      // The request that brings the lock is answered with it, and counts.
      left = Math.max(0, requests - 1);
      until = now + ms;
    },
  };
};
