/** Files and portal → plan: what every command that plans begins with. */
import { kinds } from '../kinds/index.ts';
import { type Look, lookAgain } from '../live/index.ts';
import type { Live, Plan, Reader } from '../model/index.ts';
import { makePlan, type PlanInput } from '../plan/index.ts';
import { estimateSeconds } from '../settings.ts';
import type { ServiceOptions } from './options.ts';
import type { BaseFiles, BaseOptions } from './read-base.ts';
import type { DesiredFiles } from './read-files.ts';

/** All that a plan is made from, apart from the portal. */
export type Recipe = Omit<PlanInput, 'kinds' | 'live' | 'estimateSeconds'>;

export interface Planned {
  readonly recipe: Recipe;
  readonly plan: Plan;
  readonly look: Look;
  /** The plan from another live state, by the same recipe. */
  readonly planFrom: (live: Live) => Plan;
}

/** The recipe of the files as they are, with the flags of the command. */
export const recipeOf = (
  { desired, project, warnings }: DesiredFiles,
  base: BaseFiles | undefined,
  options: ServiceOptions & Pick<BaseOptions, 'drift'>,
): Recipe => ({
  desired,
  scope: { targets: options.targets, excludes: options.excludes },
  protect: project.protect,
  limits: project.limits,
  consent: {
    ...(options.allowDeletes === undefined ? {} : { deletes: options.allowDeletes }),
    ...(options.allowUpdates === undefined ? {} : { updates: options.allowUpdates }),
  },
  // The plan itself says what the portal has and what it has not.
  warnings: warnings.filter(({ code }) => code !== 'undescribed-reference'),
  ...(base?.base === undefined ? {} : { base: base.base }),
  ...(base === undefined ? {} : { baseNote: base.note }),
  drift: options.drift ?? 'correct',
});

/** Reads the portal and plans. Holds a reader and nothing else: a plan has no way to write. Throws ServiceError. */
export const planPortal = async (recipe: Recipe, reader: Reader, rate: number): Promise<Planned> => {
  const { desired } = recipe;
  const wanted = desired.kinds.filter((name) => (desired.policies[name]?.mode ?? 'manage') !== 'ignore');
  const look = await lookAgain(reader, kinds, wanted);
  const planFrom = (live: Live): Plan => makePlan({ ...recipe, kinds, live, estimateSeconds: estimateSeconds(rate) });
  return { recipe, plan: planFrom(look.live), look, planFrom };
};

export const hasErrors = (plan: Plan): boolean => plan.diagnostics.some(({ severity }) => severity === 'error');
