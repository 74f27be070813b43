/** Files and portal → plan: what `plan` and `apply` both begin with. */
import { kinds } from '../kinds/index.ts';
import { type Look, lookAgain } from '../live/index.ts';
import type { Live, Plan, Reader } from '../model/index.ts';
import { makePlan } from '../plan/index.ts';
import { estimateSeconds } from '../settings.ts';
import type { ServiceOptions } from './options.ts';
import type { DesiredFiles } from './read-files.ts';

export interface Planned {
  readonly plan: Plan;
  readonly look: Look;
  /** The plan from another live state, with the same files and flags. */
  readonly planFrom: (live: Live) => Plan;
}

/** Reads the portal and plans. Holds a reader and nothing else: a plan has no way to write. Throws ServiceError. */
export const planPortal = async (files: DesiredFiles, reader: Reader, options: ServiceOptions, rate: number): Promise<Planned> => {
  const { desired, project, warnings } = files;
  const wanted = desired.kinds.filter((name) => (desired.policies[name]?.mode ?? 'manage') !== 'ignore');
  const look = await lookAgain(reader, kinds, wanted);
  const planFrom = (live: Live): Plan =>
    makePlan({
      kinds,
      desired,
      live,
      scope: { targets: options.targets, excludes: options.excludes },
      protect: project.protect,
      limits: project.limits,
      consent: {
        ...(options.allowDeletes === undefined ? {} : { deletes: options.allowDeletes }),
        ...(options.allowUpdates === undefined ? {} : { updates: options.allowUpdates }),
      },
      warnings,
      estimateSeconds: estimateSeconds(rate),
    });
  return { plan: planFrom(look.live), look, planFrom };
};

export const hasErrors = (plan: Plan): boolean => plan.diagnostics.some(({ severity }) => severity === 'error');
