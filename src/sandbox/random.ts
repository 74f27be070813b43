/** Chance that repeats: everything drawn in the sandbox comes from one seeded stream (mulberry32). */
export interface Random {
  /** A number from 0 up to, not including, 1. */
  readonly next: () => number;
  readonly shuffled: <T>(list: readonly T[]) => T[];
  readonly hex: (length: number) => string;
}

export const randomFrom = (seed: number): Random => {
  let at = seed >>> 0;
  const next = (): number => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
    shuffled: <T>(list: readonly T[]) => {
      const rest = [...list];
      const drawn: T[] = [];
      while (rest.length > 0) drawn.push(...rest.splice(below(rest.length), 1));
      return drawn;
    },
  };
};
