/** The log of a watch, on standard output. */
import { escapeText } from '../report/index.ts';
import { changeEntries, type Entry, entryText, isFailure, type PartNews, roundEntry } from '../watch/index.ts';
import { jsonLine } from './json-line.ts';
import type { Terminal } from './terminal.ts';
import { errorOf } from './watch-portal.ts';

export interface WatchLog {
  readonly write: (entry: Entry) => void;
  /** What a plan or an apply has to say; once, as long as it says the same round after round. */
  readonly message: (portal: string, text: string) => void;
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
  /** The messages of the round before and of this one, by portal. */
  const said = new Map<string, { readonly before: ReadonlySet<string>; readonly now: Set<string> }>();
  const write = (entry: Entry): void => {
    const time = new Date(terminal.clock()).toISOString();
    terminal.print(terminal.messages === 'json' ? jsonLine({ time, ...entry }) : `${time} ${escapeText(entryText(entry))}\n`);
  };
  return {
    write,
    message: (portal, text) => {
      const { before, now } = said.get(portal) ?? { before: new Set(), now: new Set() };
      if (!before.has(text) && !now.has(text)) write({ level: 'info', event: 'message', portal, message: text });
      said.set(portal, { before, now: now.add(text) });
    },
    fault: (error) => {
      write({ level: 'error', event: 'fault', error: errorOf(error) });
      if ((terminal.environment['SALESIQ_DEBUG'] ?? '') !== '' && error instanceof Error)
        write({ level: 'error', event: 'fault', message: error.stack ?? error.message });
    },
    part: (news, at) => {
      const { portal, end } = news;
      said.set(portal, { before: said.get(portal)?.now ?? new Set(), now: new Set() });
      const about = `${end.result} ${end.planned?.fingerprint ?? ''}`;
      const isNew = end.planned !== undefined && told.get(portal) !== about;
      if (end.outcomes !== undefined || isNew) for (const entry of changeEntries(news)) write({ ...entry, round: at.round });
      if (!isFailure(end)) told.set(portal, about);
      write({ ...roundEntry(news), ...at });
    },
    keep: (portals) => {
      for (const names of [told, said]) for (const name of names.keys()) if (!portals.includes(name)) names.delete(name);
    },
  };
};
