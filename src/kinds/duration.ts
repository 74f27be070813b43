/** Durations as people write them (`60d`, `50h`) against the service's milliseconds (webhooks-and-more.md 2.2). */

const units: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

export const durationPattern = '^[0-9]{1,12}(ms|s|m|h|d|w)$';

/** `60d` → 5184000000 milliseconds; undefined for what is not a duration. */
export const millisecondsOf = (duration: string): number | undefined => {
  const match = /^([0-9]{1,12})(ms|s|m|h|d|w)$/.exec(duration);
  if (match === null) return undefined;
  const [, digits, unit] = match;
  const factor = unit === 'w' ? 604_800_000 : units.find(([name]) => name === unit)?.[1];
  return factor === undefined ? undefined : Number(digits) * factor;
};

/** Milliseconds → the largest unit that divides them: 5184000000 is `60d`, 180000000 is `50h`. */
export const durationOf = (milliseconds: number): string => {
  const [name, size] = units.find(([, unit]) => milliseconds % unit === 0 && milliseconds >= unit) ?? ['ms', 1];
  return `${milliseconds / size}${name}`;
};
