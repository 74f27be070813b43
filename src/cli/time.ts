/** Times as people write them → milliseconds since 1970. */
import { InvalidArgumentError } from 'commander';

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * `2026-11-24`, `2026-11-24T10:00`, milliseconds, or `7d` ago. Without a zone
 * it is UTC. A date is its first moment as a beginning, its last as an end.
 */
export const timeOf = (text: string, as: 'from' | 'to', now: number): number => {
  const ago = /^(\d{1,5})([mhd])$/.exec(text);
  if (ago !== null) return now - Number(ago[1]) * (units[ago[2] ?? ''] ?? 0);
  if (/^\d{11,15}$/.test(text)) return Number(text);
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.test(text);
  const time = isDate || isTime ? Date.parse(isDate || /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text}Z`) : Number.NaN;
  if (Number.isNaN(time))
    throw new InvalidArgumentError('It should be a date such as 2026-11-24, a time such as 2026-11-24T10:00Z, milliseconds, or 7d, 12h or 30m ago.');
  return isDate && as === 'to' ? time + 86_400_000 - 1 : time;
};
