/** `ci drift`: one issue for each portal, open while the portal is not what the files say. */
import { markerText, reportIssue, settleIssue } from '../github/index.ts';
import { escapeMarkdown, failureComment, planComment } from '../report/index.ts';
import { type CiPlanOptions, countsOf, makeNow, reportFiles } from './ci-plan.ts';
import { fitting, reportFailure, reportNote, summaryText } from './ci-publish.ts';
import { withRun, writeReport } from './ci-run.ts';
import { onlyDrift } from './drift.ts';
import { hidePlan } from './hide-plan.ts';
import { hasErrors } from './plan-portal.ts';
import { readDesired } from './read-files.ts';
import { showPlan } from './show-plan.ts';
import { failureOf, tellError } from './tell-error.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

const wayOn =
  'To keep what is live, run `salesiq-sync export` and merge what it writes. To bring the portal back, run the apply workflow. Afterwards this issue closes itself.';

/** Ends with 0 without drift, 2 with it, 1 where it could not be looked for; an open issue stays open then. */
export const runCiDrift = (options: CiPlanOptions, terminal: Terminal): Promise<ExitCode> =>
  withRun('drift', options, terminal, async (ci) => {
    const { portal } = options;
    const matter = { about: 'drift', portal } as const;
    try {
      const made = await makeNow(await readDesired(options, terminal), options, terminal);
      const plan = onlyDrift(made.plan);
      showPlan(plan, made.files.sources, options, terminal);
      const shown = hidePlan(plan, terminal.veil.hide);
      await writeReport(ci.folder, reportFiles({ ...made, plan }, ci, terminal), terminal.veil.hide);
      const broken = hasErrors(plan);
      const drifted = plan.changes.length > 0 || plan.observed.length > 0;
      const marker = markerText({ ...matter, fingerprint: plan.fingerprint });
      const intro = broken
        ? ['The files and the portal do not go together, so nobody can say what drifted.']
        : ['The portal is not what the files say: it was changed in SalesIQ. This is what would bring it back.'];
      const notes = [wayOn, reportNote(ci, `salesiq-drift-${portal}`)];
      const write = (most: number): string => planComment(shown, { marker, intro, notes, most }).text;
      let url: string | undefined;
      if (broken || drifted) {
        await ci.summary(summaryText(write));
        const body = terminal.veil.hide(fitting((most) => ({ text: write(most) })).text);
        const title = `SalesIQ drift: ${escapeMarkdownTitle(portal)}`;
        url = await ci.attempt((github) => reportIssue(github, matter, { title, body, news: `The drift is another one now: [run](${ci.run.runUrl}).` }));
      } else {
        await ci.summary(`### No drift in ${escapeMarkdown(portal)}`);
        url = await ci.attempt((github) => settleIssue(github, matter, `Settled: the portal matches the files again. [Run](${ci.run.runUrl}).`));
      }
      const code = broken ? exitCodes.failed : drifted ? exitCodes.changes : exitCodes.done;
      const state = broken ? 'failed' : drifted ? 'drift' : 'no-drift';
      await ci.output({ ...countsOf(shown), state, exit_code: code, report: ci.folder, ...(url === undefined ? {} : { issue_url: url }) });
      return code;
    } catch (error) {
      const failure = failureOf(error, terminal);
      await ci.summary(summaryText((most) => failureComment(failure, { marker: '', title: `${portal} could not be compared`, notes: [], most })));
      const code = tellError(error, 'text', terminal);
      ci.warn(`${portal} could not be compared: ${failure.error.message}`);
      await ci.output({ state: 'failed', exit_code: code, ...(await reportFailure(error, ci, options, terminal)) });
      return code;
    }
  });

/** A title is no Markdown; only what steers a page must not stand in it. */
const escapeMarkdownTitle = (text: string): string => text.replaceAll(/[^\p{L}\p{N} ._-]/gu, '·').slice(0, 80);
