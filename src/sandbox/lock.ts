/** 1023: the caller's address is locked (platform-and-people.md 1.7). One address is all a loopback server has. */
export interface Lock {
  /** Counts a request; true when it is turned away. @param limit requests a minute, 0 for none */
  readonly refuses: (now: number, limit: number) => boolean;
  readonly close: (now: number, length: { readonly requests?: number; readonly ms?: number }) => void;
}

const minute = 60_000;

export const openLock = (): Lock => {
  let until = -Infinity;
  let left = 0;
  let times: readonly number[] = [];
  return {
    refuses: (now, limit) => {
      if (now < until) return true;
      if (left > 0) {
        left -= 1;
        return true;
      }
      if (limit === 0) return false;
      times = times.filter((time) => now - time < minute);
      if (times.length >= limit) return true;
      times = [...times, now];
      return false;
    },
    close: (now, { requests = 0, ms = 0 }) => {
      // The request that brings the lock is answered with it, and counts.
      left = Math.max(0, requests - 1);
      until = now + ms;
    },
  };
};
