/** Small words of sentences. */

/** `1 move`, `2 moves`; the plural is given where it is not just an s. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A share of 0 to 1 as a percentage; what is above nothing never reads 0. */
export const percent = (share: number): string => {
  const whole = Math.round(share * 100);
  return share > 0 && whole === 0 ? 'under 1 %' : `${whole} %`;
};

/** A length of time, rounded so that it promises no more than an estimate can. */
export const about = (seconds: number): string => {
  const whole = Math.ceil(seconds);
  if (whole < 120) return `about ${whole} s`;
  return whole < 7200 ? `about ${Math.round(whole / 60)} min` : `about ${Math.round(whole / 3600)} h`;
};
