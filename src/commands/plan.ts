/** `plan`: reads files and portal, and shows what would change; with a file, keeps it to be applied later. */
import { resolve } from 'node:path';
import { planAnnotations } from '../report/index.ts';
import { hidePlan } from './hide-plan.ts';
import { placeText } from './hold-portal.ts';
import { withReader } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { hasErrors, planPortal, recipeOf } from './plan-portal.ts';
import { type BaseOptions, readBase } from './read-base.ts';
import { readDesired } from './read-files.ts';
import { type PageOptions, type SavePlanPage, withPage } from './save-page.ts';
import { savePlan } from './saved-plan.ts';
import { planExitCode, showPlan } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';
import { type FindingsOptions, takesOutput, withFindings, writeFindings } from './write-findings.ts';

export interface PlanOptions extends ServiceOptions, BaseOptions, FindingsOptions, PageOptions {
  readonly exitCode: 'detailed' | 'plain';
  /** Where to keep the plan. */
  readonly out?: string;
}

const salt = (random: () => number): string => Array.from({ length: 32 }, () => Math.floor(random() * 36).toString(36)).join('');

export const runPlan = (options: PlanOptions, terminal: Terminal): Promise<ExitCode> =>
  withFindings(options, terminal, () => withPage(options, terminal, (savePage) => makeAndShow(options, terminal, savePage)));

const makeAndShow = async (options: PlanOptions, terminal: Terminal, savePage: SavePlanPage): Promise<ExitCode> => {
  const files = await readDesired(options, terminal);
  const base = await readBase(files, options, terminal);
  const { plan, recipe, look } = await withReader(files.portal, options, terminal, (reader, rate) => planPortal(recipeOf(files, base, options), reader, rate));
  const causes = { desired: files.desired, sources: files.sources, ...(base.base === undefined ? {} : { base: base.base }) };
  await savePage(plan, files.sources);
  await writeFindings(planAnnotations(hidePlan(plan, terminal.veil.hide), causes), options, terminal);
  if (!takesOutput(options)) showPlan(plan, files.sources, options, terminal);
  const code = planExitCode(plan, options.exitCode);
  if (options.out === undefined || code === exitCodes.failed || hasErrors(plan)) return code;
  await savePlan(resolve(options.out), {
    plan,
    recipe,
    live: look.live,
    place: placeText(files.portal, options.dir, terminal),
    secrets: files.secrets,
    salt: () => salt(terminal.random),
  });
  terminal.say(`The plan is kept in ${options.out}. To apply exactly it: salesiq-sync apply ${options.out}`);
  return code;
};
