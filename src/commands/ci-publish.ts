/** What the ci commands publish alike: summaries that fit, a check with its annotations, and the whole of a failure. */
import { markerText, putCheck, putComment } from '../github/index.ts';
import { ServiceError, UserError } from '../model/index.ts';
import { type Annotation, checkAnnotation, codeSpan, diagnosticAnnotations, escapeText, failureComment, mostOfComment } from '../report/index.ts';
import { type CiOptions, type CiRun, linkBaseIn, writeReport } from './ci-run.ts';
import { failurePageText } from './save-page.ts';
import { failureOf, tellError } from './tell-error.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** Bytes of the summary of a step: the runner takes 1,048,576. */
const mostBytes = 1_000_000;

/** The longest of the texts that fits into a summary; `write` gives one that is at most so many characters long. */
export const summaryText = (write: (most: number) => string): string => {
  const wide = write(mostBytes);
  return Buffer.byteLength(wide) <= mostBytes ? wide : write(Math.floor(mostBytes / 4));
};

/** GitHub counts characters; nobody who counts bytes shall find more than this either. */
const mostOfBytes = 65_536;

/** The longest of the texts that fits into a comment or an issue. A character takes up to three bytes for each of its units. */
export const fitting = <T extends { readonly text: string }>(write: (most: number) => T): T => {
  const wide = write(mostOfComment);
  const bytes = Buffer.byteLength(wide.text);
  if (bytes <= mostOfBytes) return wide;
  const narrow = write(Math.floor((mostOfComment * mostOfComment) / bytes));
  return Buffer.byteLength(narrow.text) <= mostOfBytes ? narrow : write(mostOfComment / 3);
};

/** Where the rest can be read. */
export const reportNote = ({ run }: CiRun, artifact: string): string =>
  `Full report: [summary of the run](${run.runUrl}), artifact ${codeSpan(escapeText(artifact))}.`;

/** A check on the commit that was pushed, with the annotations; where none can be set, they stand in the log of the run. */
export const publishCheck = async (
  ci: CiRun,
  check: { readonly name: string; readonly ok: 'success' | 'failure'; readonly title: string; readonly annotations: readonly Annotation[] },
  terminal: Terminal,
): Promise<void> => {
  const { run, prefix } = ci;
  const hide = (one: Annotation): Annotation => ({ ...one, message: terminal.veil.hide(one.message) });
  const annotations = check.annotations.map(hide);
  const url =
    run.pull?.from === 'fork'
      ? undefined
      : await ci.attempt((github) =>
          putCheck(github, {
            name: escapeText(check.name),
            sha: run.pull?.headSha ?? run.sha,
            conclusion: check.ok,
            title: escapeText(terminal.veil.hide(check.title)),
            summary: `[The run](${run.runUrl}) has the full report.`,
            detailsUrl: run.runUrl,
            annotations: annotations.map((one) => checkAnnotation(one, prefix)),
          }),
        );
  if (url === undefined) ci.annotate(annotations);
};

/** A page that says why there is none, in the folder of the full report; gives the folder where it could be written. */
export const reportFailure = async (error: unknown, ci: CiRun, options: CiOptions, terminal: Terminal): Promise<{ readonly report?: string }> => {
  const page = failurePageText(error, options.portal, linkBaseIn(ci, terminal), terminal, ci.about);
  try {
    await writeReport(ci.folder, { 'plan.html': page }, terminal.veil.hide);
    return { report: ci.folder };
  } catch (other) {
    if (!(other instanceof UserError)) throw other;
    ci.warn(other.message);
    return {};
  }
};

/** Errors of the files, the flags and the service are told in comments; anything else, too: nothing is hidden. */
export const tellFailure = async (error: unknown, ci: CiRun, options: CiOptions, terminal: Terminal): Promise<ExitCode> => {
  const failure = failureOf(error, terminal);
  const { pull } = ci.run;
  const matter = { about: 'plan', portal: options.portal } as const;
  const text = (most: number): string =>
    failureComment(failure, {
      marker: markerText(matter),
      title: `No plan for ${options.portal}`,
      notes: [`It was made for [this run](${ci.run.runUrl}). Nothing was approved, and nothing can be applied by merging until it succeeds.`],
      most,
    });
  const comment = terminal.veil.hide(fitting((most) => ({ text: text(most) })).text);
  const url = pull?.from === 'here' ? await ci.attempt((github) => putComment(github, pull.number, matter, comment)) : undefined;
  await ci.summary(summaryText(text));
  const found = diagnosticAnnotations(failure.diagnostics);
  const whole: Annotation = {
    rule: error instanceof ServiceError ? 'service' : 'failed',
    level: 'error',
    title: 'No plan',
    message: [failure.error.message, ...(failure.error.hint === undefined ? [] : [failure.error.hint])].join('\n'),
    origin: { file: 'salesiq.yaml', line: 1, column: 1 },
  };
  await publishCheck(
    ci,
    {
      name: `salesiq plan (${options.portal})`,
      ok: 'failure',
      title: failure.error.message.split('\n')[0] ?? '',
      annotations: found.length > 0 ? found : [whole],
    },
    terminal,
  );
  const code = tellError(error, 'text', terminal);
  const report = await reportFailure(error, ci, options, terminal);
  await ci.output({ state: 'failed', exit_code: code, ...report, ...(url === undefined ? {} : { comment_url: url }) });
  return code;
};
