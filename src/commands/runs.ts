/** `runs`: the runs of this project, and one of them with every request and answer. */
import { type JournalLine, openWrites, type Run, readRun, readRuns } from '../apply/index.ts';
import { UserError } from '../model/index.ts';
import { escapeText, runPage } from '../report/index.ts';
import type { CommonOptions } from './options.ts';
import { runReport } from './run-report.ts';
import { checkPageFile, writePage } from './save-page.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

const timeText = (at: number): string => new Date(at).toISOString().replace('T', ' ').slice(0, 19);

const stateOf = (run: Run): string => {
  const last = run.lines.findLast(({ event }) => event === 'finished');
  return last === undefined ? 'not finished' : (last.note ?? 'finished');
};

const count = (run: Run, event: JournalLine['event']): number => run.lines.filter((line) => line.event === event).length;

/** Lists the runs, newest last. */
export const runRuns = async (options: CommonOptions, terminal: Terminal): Promise<ExitCode> => {
  const runs = await readRuns(options.dir);
  if (options.format === 'json') {
    terminal.print(
      jsonText(
        runs.map((run) => ({
          run: run.run,
          portal: run.portal,
          started: new Date(run.startedAt).toISOString(),
          state: stateOf(run),
          sent: count(run, 'sent'),
          landed: count(run, 'landed'),
        })),
      ),
    );
    return exitCodes.done;
  }
  if (runs.length === 0) terminal.print('No runs yet.\n');
  for (const run of runs) {
    terminal.print(
      `${run.run}   ${timeText(run.startedAt)}   ${escapeText(run.portal)}   ${count(run, 'landed')} of ${count(run, 'sent')} writes landed   ${escapeText(stateOf(run))}\n`,
    );
  }
  return exitCodes.done;
};

const requestText = ({ request }: JournalLine): string =>
  request === undefined ? '' : `   ${request.method} ${request.path}${request.body === undefined ? '' : ` ${JSON.stringify(request.body)}`}`;

const lineText = (line: JournalLine): string => {
  const { at, event, action, address, answer, error, note } = line;
  const what = address === undefined ? '' : `   ${action ?? ''} ${address}`;
  const answered = answer?.data === undefined ? '' : `   ${JSON.stringify(answer.data)}`;
  return escapeText(
    `${timeText(at)}   ${event.padEnd(8)}${what}${requestText(line)}${answered}${error === undefined ? '' : `   ${error.message}`}${note === undefined ? '' : `   ${note}`}`,
  );
};

export interface ShowOptions extends CommonOptions {
  /** Where to write a page of the run. */
  readonly html?: string;
}

/** Shows one run. Throws UserError where there is none of that name, and where the page cannot be written. */
export const runShow = async (name: string, options: ShowOptions, terminal: Terminal): Promise<ExitCode> => {
  const { html } = options;
  if (html !== undefined) await checkPageFile(html);
  const run = await readRun(options.dir, name);
  if (run === undefined) throw new UserError(`there is no run "${name}" in this project`, { hint: 'salesiq-sync runs lists them.' });
  if (html !== undefined) await writePage(html, runPage(runReport(run, terminal.veil.hide)));
  if (options.format === 'json')
    terminal.print(jsonText({ run: run.run, portal: run.portal, state: stateOf(run), open_writes: openWrites(run), lines: run.lines }));
  else terminal.print(`${run.lines.map(lineText).join('\n')}\n${run.finished ? '' : 'The run did not come to its end.\n'}`);
  return exitCodes.done;
};
