/**
 * `ci apply`: after a merge, exactly the plan that was approved, or why not and
 * what to do. What became of it is said on the pull request; while it is not
 * settled, one issue for the portal is open.
 */
import { heldBy, pushRef, refOf } from '../base/index.ts';
import { type Approval, findApproval, markerText, putComment, reportIssue, settleIssue } from '../github/index.ts';
import { UserError } from '../model/index.ts';
import { escapeText, failureComment, type OutcomeReport, outcomeComment, planComment } from '../report/index.ts';
import { runApply } from './apply.ts';
import type { ApplyEnd, WriteOptions } from './carry-out.ts';
import { type CiPlanOptions, countsOf, makeNow } from './ci-plan.ts';
import { fitting, summaryText } from './ci-publish.ts';
import { type CiRun, withRun } from './ci-run.ts';
import { hidePlan } from './hide-plan.ts';
import { hasErrors } from './plan-portal.ts';
import { readDesired } from './read-files.ts';
import { showPlan } from './show-plan.ts';
import { failureOf, tellError } from './tell-error.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface CiApplyOptions extends CiPlanOptions, WriteOptions {
  readonly portal: string;
  /** A fingerprint that somebody approved by hand. */
  readonly expect?: string;
  /** `needed`: that of the merged pull request, or `expect`; `waived`: whatever the plan is. */
  readonly approval: 'needed' | 'waived';
}

/** How it ended, and what the next person should do. */
interface Ended {
  readonly code: ExitCode;
  readonly report: OutcomeReport;
  /** Absent where it did not come as far as a plan. */
  readonly plan?: ApplyEnd['plan'];
  readonly failure?: ReturnType<typeof failureOf>;
}

const words: Readonly<Record<ExitCode, string>> = {
  [exitCodes.done]: 'settled',
  [exitCodes.failed]: 'failed',
  [exitCodes.changes]: 'failed',
  [exitCodes.refused]: 'refused',
  [exitCodes.partial]: 'partial',
  [exitCodes.stale]: 'stale',
  [exitCodes.interrupted]: 'interrupted',
};

const byHand = (fingerprint: string | undefined): string =>
  fingerprint === undefined
    ? 'Look at the plan first: `salesiq-sync plan`.'
    : `To apply the plan as it is now, look at it, then run the apply workflow by hand with the fingerprint \`${fingerprint}\`.`;

const wayOn = ({ code, plan }: Ended): string => {
  switch (code) {
    case exitCodes.stale:
      return `The portal was changed after the plan was approved, or another merge was not applied before this one. ${byHand(plan?.fingerprint)} Or open a pull request that says what is live.`;
    case exitCodes.refused:
      return `${byHand(plan?.fingerprint)} A limit is agreed to with the number of deletes or updates beside it.`;
    case exitCodes.partial:
    case exitCodes.interrupted:
      return 'Some writes may have landed, so the approved plan is used up. Run the apply workflow by hand: it shows what is left, and the fingerprint with which to go on.';
    default:
      return 'Nothing was written. Mend what it says, and run the job again.';
  }
};

/** Nobody approved it: done where there is nothing to do, refused with the plan where there is. */
const withoutApproval = async (reason: string, options: CiApplyOptions, terminal: Terminal): Promise<Ended> => {
  const made = await makeNow(await readDesired(options, terminal), options, terminal);
  const plan = hidePlan(made.plan, terminal.veil.hide);
  if (plan.changes.length === 0 && plan.refusals.length === 0 && !hasErrors(plan)) return applied({ ...options, expect: made.plan.fingerprint }, terminal);
  showPlan(made.plan, made.files.sources, options, terminal);
  terminal.say(`Nothing was written: no approved plan was found, because ${escapeText(reason)}.`);
  return { code: exitCodes.refused, plan, report: { sentence: `Nothing was written: no approved plan was found, because ${reason}.`, outcomes: [] } };
};

const applied = async (options: CiApplyOptions, terminal: Terminal): Promise<Ended> => {
  let end: ApplyEnd | undefined;
  const code = await runApply(
    {
      ...options,
      onEnd: (one) => {
        end = one;
      },
    },
    terminal,
  );
  const { sentence = 'It ended before there was a plan.', outcomes = [], error, moved } = end ?? {};
  const report = { sentence, outcomes, ...(error === undefined ? {} : { error }), ...(moved === undefined ? {} : { moved }) };
  return { code, report, ...(end === undefined ? {} : { plan: end.plan }) };
};

const carriedOut = async (approval: Approval | undefined, options: CiApplyOptions, terminal: Terminal): Promise<Ended> => {
  if (options.expect !== undefined || options.approval === 'waived') return applied(options, terminal);
  if (approval?.state === 'approved') {
    const ended = await applied({ ...options, expect: approval.fingerprint }, terminal);
    // A job that is run again after it settled: the approved changes are there already.
    const idle = ended.code === exitCodes.stale && ended.plan?.changes.length === 0 && ended.plan.refusals.length === 0;
    return idle ? applied({ ...options, expect: ended.plan.fingerprint }, terminal) : ended;
  }
  return withoutApproval(approval?.reason ?? 'this run has no token to look for one', options, terminal);
};

/** Body of the comment and of the issue. Where nothing was written because the plan is another one, it shows that plan. */
const bodyOf = (ended: Ended, about: 'apply', ci: CiRun, options: CiApplyOptions, most: number): string => {
  const { code, report, plan, failure } = ended;
  const marker = markerText({ about, portal: options.portal, head: ci.run.sha, ...(plan === undefined ? {} : { fingerprint: plan.fingerprint }) });
  const title = `Apply to ${options.portal}: ${words[code]}`;
  const notes = [...(code === exitCodes.done ? [] : [wayOn(ended)]), `Commit ${ci.run.sha.slice(0, 10)}, [run](${ci.run.runUrl}).`];
  if (failure !== undefined) return failureComment(failure, { marker, title, notes, most });
  const shows = plan !== undefined && plan.changes.length > 0 && (code === exitCodes.stale || code === exitCodes.refused);
  if (!shows) return outcomeComment(report, { marker, title, notes, most }).text;
  const intro = outcomeComment(report, { marker: '', title, notes: [], most: Math.floor(most / 4) }).text.trim();
  return planComment(plan, { marker, intro: [intro], notes, most }).text;
};

const publish = async (ended: Ended, approval: Approval | undefined, ci: CiRun, options: CiApplyOptions, terminal: Terminal): Promise<void> => {
  const { portal } = options;
  const matter = { about: 'apply', portal } as const;
  const { code } = ended;
  await ci.summary(summaryText((most) => bodyOf(ended, 'apply', ci, options, most)));
  const body = terminal.veil.hide(fitting((most) => ({ text: bodyOf(ended, 'apply', ci, options, most) })).text);
  const pull = approval?.pull;
  const comment = pull === undefined ? undefined : await ci.attempt((github) => putComment(github, pull, matter, body));
  const issue = await ci.attempt((github) =>
    code === exitCodes.done
      ? settleIssue(github, matter, `Settled by [this run](${ci.run.runUrl}).`)
      : reportIssue(github, matter, {
          title: `SalesIQ apply: ${portal.replaceAll(/[^\p{L}\p{N} ._-]/gu, '·').slice(0, 80)} is not settled`,
          body,
          news: `Not settled yet (${words[code]}): [run](${ci.run.runUrl}).`,
        }),
  );
  // What was read back leaves no drift, save of what is observed alone or kept on purpose.
  if (code === exitCodes.done && options.drift !== 'keep' && ended.plan?.observed.length === 0)
    await ci.attempt((github) => settleIssue(github, { about: 'drift', portal }, `Brought back to the files by [this run](${ci.run.runUrl}).`));
  const { outcomes } = ended.report;
  await ci.output({
    ...(ended.plan === undefined ? {} : countsOf(ended.plan)),
    state: words[code],
    exit_code: code,
    applied: outcomes.filter(({ state }) => state === 'applied').length,
    not_applied: outcomes.filter(({ state }) => state !== 'applied').length,
    ...(comment === undefined ? {} : { comment_url: comment }),
    ...(issue === undefined ? {} : { issue_url: issue }),
  });
};

/** The settled commit is the base of the next plan, wherever that is made. */
const pushBase = async (ci: CiRun, { dir, portal }: CiApplyOptions): Promise<void> => {
  try {
    if ((await heldBy(dir, refOf(portal))) !== undefined) await pushRef(dir, portal, 'origin');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    ci.warn(`${error.message}. ${error.hint ?? ''} Until it is pushed, plans take this merge for somebody else's change.`);
  }
};

/** Ends as apply does: 3 where nobody approved the plan, 5 where it is not the approved one any more. */
export const runCiApply = (options: CiApplyOptions, terminal: Terminal): Promise<ExitCode> =>
  withRun('apply', options, terminal, async (ci) => {
    let approval: Approval | undefined;
    let ended: Ended;
    try {
      const { github } = ci;
      const merge = ci.run.event === 'push' ? ci.run.sha : ci.run.pull?.mergedAs;
      if (github !== undefined && merge !== undefined) approval = await findApproval(github, merge, options.portal);
      else if (github !== undefined) approval = { state: 'none', reason: `a run by ${ci.run.event} belongs to no merge` };
      ended = await carriedOut(approval, options, terminal);
    } catch (error) {
      const failure = failureOf(error, terminal);
      ended = { code: tellError(error, 'text', terminal), failure, report: { sentence: failure.error.message, outcomes: [] } };
    }
    if (ended.code === exitCodes.done) await pushBase(ci, options);
    await publish(ended, approval, ci, options, terminal);
    return ended.code;
  });
