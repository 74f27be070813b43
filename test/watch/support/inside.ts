/** A watch in this process, for one round or until it is stopped. */
import type { ExitCode } from '../../../src/commands/terminal.ts';
import { runWatch, type WatchOptions } from '../../../src/commands/watch.ts';
import type { Project } from '../../chaos/support/project.ts';
import { serviceOptions, stage } from '../../commands/stage.ts';
import { type Line, linesOf } from './asked.ts';

export interface WatchHere {
  readonly ended: Promise<ExitCode>;
  readonly stop: () => void;
  readonly printed: () => string;
  readonly lines: () => readonly Line[];
}

export const watchHere = (project: Project, changed: Partial<WatchOptions> = {}, messages: 'json' | 'text' = 'json'): WatchHere => {
  const stopper = new AbortController();
  const { terminal, printed } = stage(project.env);
  const options: WatchOptions = {
    ...serviceOptions(project.folder),
    format: 'text',
    rate: 100_000,
    source: { type: 'folder' },
    mode: 'plan',
    rounds: 'one',
    consent: 'given',
    keepGoing: 'stop',
    settleSeconds: 1,
    lockSeconds: 5,
    intervalSeconds: 0.1,
    mostBackOffSeconds: 0.4,
    keepRuns: 100,
    ...changed,
  };
  return {
    ended: runWatch(options, { ...terminal, messages, signal: stopper.signal }),
    stop: () => stopper.abort(),
    printed,
    lines: () => linesOf(printed()),
  };
};
