/** `drift`: what was changed in SalesIQ since the last apply; a plan for schedules. */
import type { Change, Plan } from '../model/index.ts';
import { withReader } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { hasErrors, planPortal, recipeOf } from './plan-portal.ts';
import { type BaseOptions, readBase } from './read-base.ts';
import { readDesired } from './read-files.ts';
import { type PageOptions, withPage } from './save-page.ts';
import { showPlan } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

const isDrift = (change: Change): boolean => change.side === undefined || change.side !== 'yours';

const driftFields = (change: Change): Change =>
  change.action === 'update' ? { ...change, fields: change.fields.filter(({ side }) => side !== 'yours') } : change;

/** The plan without what the files alone have changed. Without a base every difference may be drift, and all are shown. */
export const onlyDrift = (plan: Plan): Plan => {
  const changes = plan.changes.filter(isDrift).map(driftFields);
  const count = (action: Change['action']): number => changes.filter((change) => change.action === action).length;
  return { ...plan, changes, summary: { create: count('create'), update: count('update'), delete: count('delete'), move: count('move') } };
};

/** Any difference at all, in kinds that are only observed too, is worth an exit code. */
export const driftExitCode = (drift: Plan): ExitCode => {
  if (hasErrors(drift)) return exitCodes.failed;
  return drift.changes.length > 0 || drift.observed.length > 0 ? exitCodes.changes : exitCodes.done;
};

export const runDrift = (options: ServiceOptions & BaseOptions & PageOptions, terminal: Terminal): Promise<ExitCode> =>
  withPage({ ...options, about: 'drift' }, terminal, async (savePage) => {
    const files = await readDesired(options, terminal);
    const base = await readBase(files, options, terminal);
    const { plan } = await withReader(files.portal, options, terminal, (reader, rate) => planPortal(recipeOf(files, base, options), reader, rate));
    const drift = onlyDrift(plan);
    await savePage(drift, files.sources);
    showPlan(drift, files.sources, options, terminal);
    return driftExitCode(drift);
  });
