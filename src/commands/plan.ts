/** `plan`: reads files and portal, and shows what would change. */
import { withReader } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { planPortal } from './plan-portal.ts';
import { readDesired } from './read-files.ts';
import { planExitCode, showPlan } from './show-plan.ts';
import type { ExitCode, Terminal } from './terminal.ts';

export interface PlanOptions extends ServiceOptions {
  readonly exitCode: 'detailed' | 'plain';
}

export const runPlan = async (options: PlanOptions, terminal: Terminal): Promise<ExitCode> => {
  const files = await readDesired(options, terminal);
  const { plan } = await withReader(files.portal, options, terminal, (reader, rate) => planPortal(files, reader, options, rate));
  showPlan(plan, files, options, terminal);
  return planExitCode(plan, options.exitCode);
};
