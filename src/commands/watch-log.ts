/** The log of a watch, on standard output. */
import { escapeText } from '../report/index.ts';
import { changeEntries, type Entry, entryText, isFailure, type PartNews, roundEntry } from '../watch/index.ts';
import { jsonLine } from './json-line.ts';
import type { Terminal } from './terminal.ts';
import { errorOf } from './watch-portal.ts';

export interface WatchLog {
  readonly write: (entry: Entry) => void;
  /** What should not have happened, and did not end the watch. */
  readonly fault: (error: unknown) => void;
  /** A portal's round: a line, and before it one for each change that was applied, or is planned anew. */
  readonly part: (news: PartNews, at: { readonly round: number; readonly commit: string | undefined }) => void;
  /** Forgets all other portals. */
  readonly keep: (portals: readonly string[]) => void;
}

export const openWatchLog = (terminal: Terminal): WatchLog => {
  /** What the last lines about planned changes told, by portal. */
  const told = new Map<string, string>();
  const write = (entry: Entry): void => {
    const time = new Date(terminal.clock()).toISOString();
    terminal.print(terminal.messages === 'json' ? jsonLine({ time, ...entry }) : `${time} ${escapeText(entryText(entry))}\n`);
  };
  return {
    write,
    fault: (error) => {
      write({ level: 'error', event: 'fault', error: errorOf(error) });
      if ((terminal.environment['SALESIQ_DEBUG'] ?? '') !== '' && error instanceof Error)
        write({ level: 'error', event: 'fault', message: error.stack ?? error.message });
    },
    part: (news, at) => {
      const { portal, end } = news;
      const about = `${end.result} ${end.planned?.fingerprint ?? ''}`;
      const isNew = end.planned !== undefined && told.get(portal) !== about;
      if (end.outcomes !== undefined || isNew) for (const entry of changeEntries(news)) write({ ...entry, round: at.round });
      if (!isFailure(end)) told.set(portal, about);
      write({ ...roundEntry(news), ...at });
    },
    keep: (portals) => {
      for (const name of told.keys()) if (!portals.includes(name)) told.delete(name);
    },
  };
};
