/**
 * `ci plan`: the plan of a pull request, as a comment that is edited in place, a
 * check with annotations, outputs and a full report. The comment carries the
 * fingerprint: merging approves exactly that plan.
 */
import { markerText, putComment } from '../github/index.ts';
import type { Plan, Portal } from '../model/index.ts';
import { UserError } from '../model/index.ts';
import { codeQuality, diagnosticAnnotations, escapeMarkdown, planAnnotations, planComment, planJson, sarif } from '../report/index.ts';
import { credentialsOf } from '../settings.ts';
import { version } from '../version.ts';
import { fitting, publishCheck, reportNote, summaryText, tellFailure } from './ci-publish.ts';
import { type CiOptions, type CiRun, linkBaseIn, withRun, writeReport } from './ci-run.ts';
import { hidePlan } from './hide-plan.ts';
import { withReader } from './open-portal.ts';
import { hasErrors, planPortal, recipeOf } from './plan-portal.ts';
import { type BaseFiles, type BaseOptions, readBase } from './read-base.ts';
import { type DesiredFiles, readDesired } from './read-files.ts';
import { planPageText } from './save-page.ts';
import { jsonText, planExitCode, showPlan } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface CiPlanOptions extends CiOptions, BaseOptions {}

export interface Made {
  readonly files: DesiredFiles;
  readonly base: BaseFiles;
  readonly plan: Plan;
}

/** Files, base and portal → plan. */
export const makeNow = async (files: DesiredFiles, options: CiPlanOptions, terminal: Terminal): Promise<Made> => {
  const base = await readBase(files, options, terminal);
  const { plan } = await withReader(files.portal, options, terminal, (reader, rate) => planPortal(recipeOf(files, base, options), reader, rate));
  return { files, base, plan };
};

const hasCredentials = (portal: Portal, terminal: Terminal): boolean => {
  if (portal.place.type === 'sandbox') return true;
  try {
    credentialsOf(terminal.environment, portal.name);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
};

/** A fork has no secrets, and must not have any: what can be checked without them is checked. */
const onlyValidated = async (files: DesiredFiles, ci: CiRun, options: CiPlanOptions, terminal: Terminal): Promise<ExitCode> => {
  const words = [
    `### No plan for ${escapeMarkdown(options.portal)}: the files are valid`,
    'A plan reads the portal, which needs credentials. A pull request from a fork gets none, and must not: whoever opens it could take them.',
    'For a plan, somebody who may write here pushes the branch to this repository and opens the pull request from there.',
  ].join('\n\n');
  await ci.summary(words);
  ci.annotate(diagnosticAnnotations(files.warnings));
  terminal.say('The files are valid. There is no plan: a fork has no credentials.');
  await ci.output({ state: 'validated', exit_code: exitCodes.done, warnings: files.warnings.length });
  return exitCodes.done;
};

export const stateOf = (plan: Plan): 'failed' | 'blocked' | 'changes' | 'no-changes' =>
  hasErrors(plan) ? 'failed' : plan.refusals.length > 0 ? 'blocked' : plan.changes.length > 0 ? 'changes' : 'no-changes';

/** Outputs of a plan. */
export const countsOf = (plan: Plan): Readonly<Record<string, string | number>> => ({
  create: plan.summary.create,
  update: plan.summary.update,
  move: plan.summary.move,
  delete: plan.summary.delete,
  changes: plan.changes.length,
  blocked: plan.refusals.length,
  warnings: plan.diagnostics.filter(({ severity }) => severity === 'warning').length,
  ...(hasErrors(plan) ? {} : { fingerprint: plan.fingerprint }),
});

/** The files of the full report. */
export const reportFiles = ({ plan, files, base }: Made, ci: CiRun, terminal: Terminal): Readonly<Record<string, string>> => {
  const shown = hidePlan(plan, terminal.veil.hide);
  const annotations = annotationsOf({ plan, files, base }, terminal);
  return {
    'plan.md': planComment(shown, { marker: '', notes: [], most: Number.MAX_SAFE_INTEGER }).text,
    'plan.html': planPageText(plan, files.sources, linkBaseIn(ci, terminal), terminal, ci.about),
    'plan.json': jsonText(planJson(shown)),
    'plan.sarif': jsonText(sarif(annotations, { prefix: ci.prefix, version })),
    'code-quality.json': jsonText(codeQuality(annotations, { prefix: ci.prefix })),
  };
};

export const annotationsOf = ({ plan, files, base }: Made, terminal: Terminal) =>
  planAnnotations(hidePlan(plan, terminal.veil.hide), {
    desired: files.desired,
    sources: files.sources,
    ...(base.base === undefined ? {} : { base: base.base }),
  });

const nextStep = {
  changes: 'Merging approves exactly this plan. If the portal changes before it is applied, nothing is written.',
  'no-changes': 'There is nothing to apply.',
  blocked: 'It is blocked: after merging nothing would be written.',
  failed: 'After merging nothing would be written.',
} as const;

const titleOf = ({ summary: { create, update, move, delete: gone } }: Plan, state: ReturnType<typeof stateOf>): string =>
  state === 'no-changes'
    ? 'No changes'
    : state === 'failed'
      ? 'The plan has errors'
      : `${state === 'blocked' ? 'Blocked: ' : ''}${create} to add, ${update} to change, ${move} to move, ${gone} to delete`;

const publish = async (made: Made, ci: CiRun, options: CiPlanOptions, terminal: Terminal): Promise<ExitCode> => {
  const { plan, files } = made;
  const { pull } = ci.run;
  const state = stateOf(plan);
  const code = planExitCode(plan, 'plain');
  showPlan(plan, files.sources, options, terminal);
  const shown = hidePlan(plan, terminal.veil.hide);
  await writeReport(ci.folder, reportFiles(made, ci, terminal), terminal.veil.hide);

  const matter = { about: 'plan', portal: options.portal } as const;
  const marker = markerText({ ...matter, head: pull?.headSha ?? ci.run.sha, ...(state === 'failed' ? {} : { fingerprint: plan.fingerprint }) });
  const notes = [nextStep[state], reportNote(ci, `salesiq-plan-${options.portal}`)];
  const { text, detail } = fitting((most) => planComment(shown, { marker, notes, most }));
  const url = pull?.from === 'here' ? await ci.attempt((github) => putComment(github, pull.number, matter, terminal.veil.hide(text))) : undefined;
  await ci.summary(summaryText((most) => planComment(shown, { marker, notes: notes.slice(0, 1), most }).text));
  await publishCheck(
    ci,
    {
      name: `salesiq plan (${options.portal})`,
      ok: code === exitCodes.done ? 'success' : 'failure',
      title: titleOf(plan, state),
      annotations: annotationsOf(made, terminal),
    },
    terminal,
  );
  await ci.output({ ...countsOf(shown), state, exit_code: code, report: ci.folder, detail, ...(url === undefined ? {} : { comment_url: url }) });
  return code;
};

/** Ends with 0 where the plan could be applied or has nothing to do, 1 where it failed, 3 where it is blocked. */
export const runCiPlan = (options: CiPlanOptions, terminal: Terminal): Promise<ExitCode> =>
  withRun('plan', options, terminal, async (ci) => {
    try {
      const files = await readDesired(options, terminal);
      if (ci.run.pull?.from === 'fork' && !hasCredentials(files.portal, terminal)) return await onlyValidated(files, ci, options, terminal);
      return await publish(await makeNow(files, options, terminal), ci, options, terminal);
    } catch (error) {
      return await tellFailure(error, ci, options, terminal);
    }
  });
