/**
 * `watch`: for those who run it as a service. Round after round the files are
 * read, each portal is planned or applied, and what came of it is logged,
 * counted and told to whoever asks. What goes wrong in a round ends that round,
 * or one portal's part of it, and nothing else.
 */
import { openPool } from '../api/index.ts';
import type { Portal } from '../model/index.ts';
import { version } from '../version.ts';
import { type Begun, openHealth, openMetrics, type PartNews, type RoundEnd, runRounds } from '../watch/index.ts';
import type { WriteOptions } from './carry-out.ts';
import { choosePortals, type PortalsAsked } from './choose-portals.ts';
import { gravest } from './gravest.ts';
import type { BaseOptions } from './read-base.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { openWatchLog } from './watch-log.ts';
import { type Listen, openPages } from './watch-pages.ts';
import { codeOf, errorOf, isHalfDone, portalRound } from './watch-portal.ts';
import { pruneRuns } from './watch-runs.ts';
import { openSource, type SourceOptions, type SourceRead } from './watch-source.ts';
import { portalTerminal, withOwnSignal } from './watch-terminal.ts';

export interface WatchOptions extends WriteOptions, BaseOptions, PortalsAsked {
  readonly source: SourceOptions;
  readonly mode: 'plan' | 'apply';
  readonly rounds: 'endless' | 'one';
  readonly intervalSeconds: number;
  readonly mostBackOffSeconds: number;
  /** Absent: nobody can ask. */
  readonly listen?: Listen;
  /** How many runs of each portal are kept on disk. */
  readonly keepRuns: number;
}

/** Portals that are planned at once; only one is ever applied. */
const plansAtOnce = 4;
const stuckMilliseconds = 5 * 60_000;
/** For so many intervals after a good round, one that failed is forgiven. */
const forgivenIntervals = 3;

/** All that rounds are made with, and what they leave behind. */
const openWork = async (options: WatchOptions, terminal: Terminal) => {
  const { mode, listen, source } = options;
  const { now, clock } = terminal;
  const intervalMilliseconds = options.intervalSeconds * 1000;
  return {
    log: openWatchLog(terminal),
    metrics: openMetrics({ version, clock, mode, ofProcess: listen === undefined ? 'without' : 'with' }),
    health: openHealth({ now, clock, stuckMilliseconds, forgiveMilliseconds: forgivenIntervals * intervalMilliseconds }),
    // One for the life of the process: what a server said of its pace, and tokens, are not forgotten between rounds.
    pool: openPool(),
    source: await openSource(source, { ...options, calmMilliseconds: intervalMilliseconds / 4 }, terminal),
  };
};

type Work = Awaited<ReturnType<typeof openWork>>;

/** What was settled is the base of the next plan, wherever that is made. */
const sendBase = async (portal: string, { log, source }: Work, terminal: Terminal): Promise<void> => {
  try {
    const commit = await source.settled(portal);
    if (commit !== undefined) log.write({ level: 'info', event: 'base', portal, commit });
  } catch (error) {
    if (!terminal.signal.aborted) log.write({ level: 'warn', event: 'base', portal, error: errorOf(error) });
  }
};

/** One portal's part of a round. Throws nothing. */
const runPart = async (read: SourceRead, portal: Portal, work: Work, options: WatchOptions, terminal: Terminal): Promise<RoundEnd> => {
  const { log, metrics, health, pool } = work;
  const done = metrics.begin(portal.name);
  try {
    return await withOwnSignal(portalTerminal(terminal, portal.name, log, health.beat), async (own) => {
      const onCall = (call: { readonly method: string; readonly outcome: string }): void => metrics.noteCall(portal.name, call);
      const { fault, ...end } = await portalRound(options.mode, read.files, portal, { ...options, dir: read.dir, pool, onCall }, own);
      if (fault !== undefined) log.fault(fault);
      if (end.run !== undefined) await pruneRuns(read.dir, portal, options.keepRuns).catch(log.fault);
      if (options.mode === 'apply' && (end.result === 'settled' || end.result === 'applied')) await sendBase(portal.name, work, terminal);
      return end;
    });
  } finally {
    done();
  }
};

/** Begins rounds: files and portals. Remembers why no round can ever begin, where that is so. */
const openBeginnings = (work: Work, options: WatchOptions, terminal: Terminal) => {
  const { log, metrics, health, source } = work;
  let everChosen = false;
  let hopeless: { readonly error: unknown } | undefined;
  let commit: string | undefined;

  const chosen = ({ files }: SourceRead): readonly Portal[] | undefined => {
    try {
      const portals = choosePortals(files.project.portals, options);
      everChosen = true;
      return portals;
    } catch (error) {
      if (everChosen) throw error;
      hopeless = { error };
      return undefined;
    }
  };

  const begin = async (round: number): Promise<Begun> => {
    health.beat(options.source.type === 'remote' ? options.source.timeoutSeconds * 3000 : 0);
    try {
      const read = await source.read();
      const portals = chosen(read);
      if (portals === undefined) return { type: 'over' };
      const names = portals.map(({ name }) => name);
      health.noteStart(names, read.commit);
      metrics.noteStart(names, read.commit);
      log.keep(names);
      if (read.commit !== commit) log.write({ level: 'info', event: 'commit', round, commit: read.commit });
      commit = read.commit;
      return { type: 'ready', parts: portals.map((portal) => ({ portal: portal.name, run: () => runPart(read, portal, work, options, terminal) })) };
    } catch (error) {
      if (terminal.signal.aborted) return { type: 'failed' };
      const why = errorOf(error);
      health.noteFailedStart(why);
      metrics.noteFailedStart();
      log.write({ level: 'error', event: 'files', round, error: why });
      return { type: 'failed' };
    }
  };
  return { begin, commit: () => commit, hopeless: () => hopeless };
};

/** Runs until it is stopped, or for one round. Throws UserError for what can never be right: an address, a port, a portal that is not there. */
export const runWatch = async (options: WatchOptions, terminal: Terminal): Promise<ExitCode> => {
  const { mode, listen, intervalSeconds } = options;
  const isOnce = options.rounds === 'one';
  const work = await openWork(options, terminal);
  const { log, metrics, health } = work;
  const beginnings = openBeginnings(work, options, terminal);
  const server = listen === undefined ? undefined : await openPages(listen, { health, metrics, onFault: log.fault }, terminal);
  let round = 0;
  let halfDone = false;
  const codes: ExitCode[] = [];

  const onPart = (news: PartNews): void => {
    health.beat();
    health.notePart(news);
    metrics.notePart(news);
    log.part(news, { round, commit: beginnings.commit() });
    halfDone ||= isHalfDone(news.end);
    if (isOnce) codes.push(codeOf(news.end));
  };
  const onStop = (): void => {
    health.noteStop();
    log.write({ level: 'info', event: 'stopping', round });
  };

  terminal.signal.addEventListener('abort', onStop);
  try {
    const how = `${mode === 'apply' ? 'applying' : 'planning, and writing nothing'}, ${isOnce ? 'once' : `every ${intervalSeconds} s`}`;
    const from = options.source.type === 'folder' ? options.dir : `branch ${options.source.branch} of the remote, in ${options.source.checkout}`;
    log.write({ level: 'info', event: 'started', message: `salesiq-sync ${version}, ${how}; files from ${from}` });
    if (server !== undefined) log.write({ level: 'info', event: 'listening', url: server.url });
    await runRounds({
      count: options.rounds,
      intervalMilliseconds: intervalSeconds * 1000,
      mostMilliseconds: options.mostBackOffSeconds * 1000,
      atOnce: mode === 'apply' ? 1 : plansAtOnce,
      now: terminal.now,
      random: terminal.random,
      sleep: terminal.sleep,
      stopped: () => terminal.signal.aborted,
      begin: async (number) => {
        round = number;
        const begun = await beginnings.begin(number);
        if (isOnce && begun.type === 'failed') codes.push(exitCodes.failed);
        return begun;
      },
      onPart,
      onPause: (pause) => {
        health.beat(pause.milliseconds);
        metrics.notePause(pause);
      },
    });
  } finally {
    terminal.signal.removeEventListener('abort', onStop);
    await server?.close();
  }
  const hopeless = beginnings.hopeless();
  if (hopeless !== undefined) throw hopeless.error;
  const code = codeAtEnd({ halfDone, codes, isOnce, isStopped: terminal.signal.aborted });
  log.write({ level: 'info', event: 'stopped', round, code });
  return code;
};

/** A service that is stopped has done what it should, unless it left an apply half done; a single round ends as its gravest part. */
const codeAtEnd = (end: {
  readonly halfDone: boolean;
  readonly codes: readonly ExitCode[];
  readonly isOnce: boolean;
  readonly isStopped: boolean;
}): ExitCode => {
  if (end.halfDone || (end.isOnce && end.isStopped)) return exitCodes.interrupted;
  return gravest(end.codes);
};
