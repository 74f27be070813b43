/**
 * The journal of a run: one line of JSON for each thing that is about to be
 * sent and for what came of it, on the disk before the program goes on. A run
 * that was killed leaves a journal without its last line, and the next apply
 * knows which writes it must look for.
 */
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type Json, UserError } from '../model/index.ts';
import { type Journal, type JournalEntry, JournalError } from './send.ts';

/** A journal that is written to a file. */
export interface RunJournal extends Journal {
  readonly run: string;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** What one line of a journal says, with when (milliseconds since 1970). */
export type JournalLine = JournalEntry & { readonly at: number; readonly portal?: string; readonly place?: string };

/** A run as its journal tells it. */
export interface Run {
  readonly run: string;
  readonly portal: string;
  /** What tells that portal from others of the same name. */
  readonly place?: string;
  readonly startedAt: number;
  readonly lines: readonly JournalLine[];
  /** It came to its end, well or not. */
  readonly finished: boolean;
}

const runsFolder = (project: string): string => join(project, '.salesiq', 'runs');

/** The name of a run: when it began, and six characters that make it its own. */
export const runName = (at: Date, random: () => number): string => {
  const time = at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  const tail = Array.from({ length: 6 }, () => 'abcdefghjkmnpqrstuvwxyz23456789'.charAt(Math.floor(random() * 31))).join('');
  return `${time}Z-${tail}`;
};

/**
 * Opens the journal of a new run below the project's `.salesiq/runs`, readable by its owner alone.
 * @param conceal puts expressions in the place of secret values
 * Throws UserError where the folder cannot be written.
 */
export const openJournal = async (options: {
  readonly project: string;
  readonly portal: string;
  readonly place: string;
  readonly run: string;
  readonly conceal: (line: Json) => Json;
  readonly clock: () => number;
}): Promise<RunJournal> => {
  const folder = join(runsFolder(options.project), options.run);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(join(folder, 'journal.jsonl'), 'ax', 0o600);
    return {
      run: options.run,
      folder,
      record: async (entry) => {
        const { portal, place } = options;
        const line: JournalLine = { at: options.clock(), ...(entry.event === 'planned' ? { portal, place } : {}), ...entry };
        try {
          await file.appendFile(`${JSON.stringify(options.conceal(JSON.parse(JSON.stringify(line))))}\n`);
          await file.datasync();
        } catch (error) {
          throw new JournalError(`the journal of this run cannot be written: ${error instanceof Error ? error.message : String(error)}`);
        }
      },
      close: () => file.close(),
    };
  } catch (error) {
    throw new UserError(`the journal of this run cannot be written: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Nothing was sent. The folder .salesiq of the project must be writable.',
    });
  }
};

const lineOf = (text: string): JournalLine | undefined => {
  try {
    const value: Json = JSON.parse(text);
    return isJournalLine(value) ? value : undefined;
  } catch {
    // The last line of a killed run may be cut; what it would have said is not known.
    return undefined;
  }
};

const isJournalLine = (value: unknown): value is JournalLine => isObject(value) && typeof value['at'] === 'number' && typeof value['event'] === 'string';

/** One run, or undefined where there is none of that name. */
export const readRun = async (project: string, run: string): Promise<Run | undefined> => {
  if (!/^[A-Za-z0-9-]+$/.test(run)) return undefined;
  const text = await readFile(join(runsFolder(project), run, 'journal.jsonl'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n').flatMap((line) => lineOf(line) ?? []);
  const first = lines.find(({ portal }) => portal !== undefined);
  return {
    run,
    portal: first?.portal ?? '',
    ...(first?.place === undefined ? {} : { place: first.place }),
    startedAt: lines[0]?.at ?? 0,
    lines,
    finished: lines.some(({ event }) => event === 'finished'),
  };
};

/** All runs of a project, oldest first. */
export const readRuns = async (project: string): Promise<readonly Run[]> => {
  const names = await readdir(runsFolder(project)).catch(() => []);
  const runs = await Promise.all(names.sort().map((name) => readRun(project, name)));
  return runs.flatMap((run) => run ?? []);
};

/** Adds the last lines to the journal of a run that never wrote them. Throws what the file system says. */
export const finishRun = async (project: string, run: string, entries: readonly JournalLine[]): Promise<void> => {
  const file = await open(join(runsFolder(project), run, 'journal.jsonl'), 'a', 0o600);
  try {
    // The last line of a killed run may lack its end.
    await file.appendFile(`\n${entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')}`);
    await file.datasync();
  } finally {
    await file.close();
  }
};

/** A write whose answer the journal does not have. */
export interface OpenWrite {
  readonly address: string;
  readonly action: string;
  readonly at: number;
  readonly id?: string;
  readonly paths?: readonly string[];
}

/** The writes of a run that were sent and of which nobody knows what became: the last of each address and action. */
export const openWrites = (run: Run): readonly OpenWrite[] => {
  const open = new Map<string, OpenWrite>();
  for (const { event, address, action, at, id, paths } of run.lines) {
    if (address === undefined || action === undefined) continue;
    const key = `${action}\n${address}`;
    if (event === 'sent') open.set(key, { address, action, at, ...(id === undefined ? {} : { id }), ...(paths === undefined ? {} : { paths }) });
    if (event === 'landed' || event === 'failed' || event === 'verified') open.delete(key);
  }
  return [...open.values()];
};
