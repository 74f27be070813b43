/** What a watch says, one event a line: for machines as JSON, for people as text. */
import type { OutcomeError, Summary } from '../model/index.ts';
import type { RoundEnd } from './round-end.ts';
import type { PartNews } from './rounds.ts';

export type Level = 'info' | 'warn' | 'error';

/** One line. Fields that are undefined are left out; there are no others than these, so that machines may rely on them. */
export interface Entry {
  readonly level: Level;
  readonly event: string;
  readonly portal?: string | undefined;
  readonly round?: number | undefined;
  readonly commit?: string | undefined;
  readonly message?: string | undefined;
  readonly result?: RoundEnd['result'] | undefined;
  readonly changes?: Summary | undefined;
  readonly drift?: number | undefined;
  readonly fingerprint?: string | undefined;
  readonly run?: string | undefined;
  /** How many changes came to what. */
  readonly outcomes?: Readonly<Record<string, number>> | undefined;
  readonly refusals?: readonly string[] | undefined;
  readonly action?: string | undefined;
  readonly address?: string | undefined;
  readonly side?: string | undefined;
  readonly state?: string | undefined;
  readonly failures?: number | undefined;
  readonly back_off_seconds?: number | undefined;
  readonly duration_seconds?: number | undefined;
  readonly error?: OutcomeError | undefined;
  readonly url?: string | undefined;
  readonly code?: number | undefined;
}

const seconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;

const levelOf = ({ result, outcomes }: RoundEnd): Level => {
  switch (result) {
    case 'failed':
    case 'partial':
      return 'error';
    case 'blocked':
      return 'warn';
    case 'interrupted':
      return outcomes === undefined ? 'info' : 'warn';
    default:
      return 'info';
  }
};

const counted = (end: RoundEnd): Entry['outcomes'] => {
  const { outcomes = [] } = end;
  if (outcomes.length === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { state } of outcomes) counts.set(state, (counts.get(state) ?? 0) + 1);
  return Object.fromEntries(counts);
};

/** The line of a portal's round. */
export const roundEntry = ({ portal, end, failures, backOffMilliseconds, tookMilliseconds }: PartNews): Entry => ({
  level: levelOf(end),
  event: 'round',
  portal,
  result: end.result,
  changes: end.planned?.summary,
  drift: end.planned?.drift,
  fingerprint: end.planned?.fingerprint,
  run: end.run,
  outcomes: counted(end),
  refusals: end.planned === undefined || end.planned.refusals.length === 0 ? undefined : end.planned.refusals,
  failures: failures === 0 ? undefined : failures,
  back_off_seconds: backOffMilliseconds === 0 ? undefined : seconds(backOffMilliseconds),
  duration_seconds: seconds(tookMilliseconds),
  error: end.error,
});

const mostChanges = 100;

/** A line for each change: what became of it, or that it is planned. The first hundred of them. */
export const changeEntries = ({ portal, end }: PartNews): readonly Entry[] => {
  const entries: readonly Entry[] =
    end.outcomes === undefined
      ? (end.planned?.changes ?? []).map(({ action, address, side }) => ({ level: 'info', event: 'change', portal, state: 'planned', action, address, side }))
      : end.outcomes.map(({ action, address, state, error }) => ({
          level: state === 'applied' ? 'info' : 'error',
          event: 'change',
          portal,
          run: end.run,
          state,
          action,
          address,
          error,
        }));
  const left = entries.length - mostChanges;
  const more: Entry = { level: 'info', event: 'change', portal, message: `${left} more changes are not shown` };
  return left > 0 ? [...entries.slice(0, mostChanges), more] : entries;
};

const summaryText = ({ create, update, delete: deleted, move }: Summary): string =>
  create + update + deleted + move === 0 ? 'no changes' : `${create} to add, ${update} to change, ${move} to move, ${deleted} to delete`;

const errorText = ({ message, method, path, hint }: OutcomeError): string =>
  `${message.replace(/\.$/, '')}${method === undefined || path === undefined ? '' : ` (${method} ${path})`}.${hint === undefined ? '' : ` ${hint}`}`;

/** The entry in one line for people, without its time. */
export const entryText = (entry: Entry): string =>
  [
    entry.level === 'info' ? undefined : entry.level.toUpperCase(),
    entry.portal === undefined ? undefined : `${entry.portal}:`,
    entry.event === 'message' || entry.event === 'change' ? undefined : entry.event,
    entry.result,
    entry.state === undefined ? undefined : `${entry.state.replace('_', ' ')}:`,
    entry.action,
    entry.address,
    entry.side === undefined ? undefined : `(${entry.side})`,
    entry.message,
    entry.url,
    entry.changes === undefined ? undefined : summaryText(entry.changes),
    entry.outcomes === undefined
      ? undefined
      : `[${Object.entries(entry.outcomes)
          .map(([state, count]) => `${count} ${state.replace('_', ' ')}`)
          .join(', ')}]`,
    entry.commit === undefined ? undefined : `at ${entry.commit.slice(0, 10)}`,
    entry.duration_seconds === undefined ? undefined : `in ${entry.duration_seconds} s`,
    entry.back_off_seconds === undefined ? undefined : `next try in ${entry.back_off_seconds} s`,
    entry.run === undefined || entry.event === 'change' ? undefined : `(run ${entry.run})`,
    entry.refusals?.join(' '),
    entry.error === undefined ? undefined : errorText(entry.error),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
