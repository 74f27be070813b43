/** `apply`: from the files as they are, from a saved plan, or only if the plan is still the approved one. */
import { type Portal, UserError } from '../model/index.ts';
import { planJson } from '../report/index.ts';
import { choosePortal } from '../settings.ts';
import { type CarryOut, carryOut, type WriteOptions } from './carry-out.ts';
import { hidePlan } from './hide-plan.ts';
import { holdPortal, placeText } from './hold-portal.ts';
import { withWriter } from './open-portal.ts';
import { planPortal, recipeOf } from './plan-portal.ts';
import { type BaseOptions, readBase, recordBase } from './read-base.ts';
import { assembleFor, joined, readFiles } from './read-files.ts';
import { recoverRuns } from './recover-runs.ts';
import { loadPlan, staleness } from './saved-plan.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface ApplyOptions extends WriteOptions, BaseOptions {
  /** A saved plan. */
  readonly planFile?: string;
  /** The fingerprint that the plan must still have. */
  readonly expect?: string;
}

/** Nothing was written, because the portal is not what the plan was made from. */
const tellStale = (moved: readonly string[], options: ApplyOptions, terminal: Terminal, work: Pick<CarryOut, 'planned'>): ExitCode => {
  const error = { message: 'the portal is not what the plan was made from', hint: 'Nothing was written. Make the plan anew and have it approved.' };
  if (options.format === 'json') terminal.print(jsonText(planJson(hidePlan(work.planned.plan, terminal.veil.hide), { outcomes: [], error, moved })));
  terminal.say([`Stale: ${error.message}.`, ...moved.map((line) => `  ${line}`), error.hint].join('\n'));
  options.onEnd?.({
    plan: hidePlan(work.planned.plan, terminal.veil.hide),
    sentence: `Nothing was written: ${error.message}.`,
    outcomes: [],
    moved: moved.map(terminal.veil.hide),
  });
  return exitCodes.stale;
};

const applySaved = async (file: string, options: ApplyOptions, terminal: Terminal): Promise<ExitCode> => {
  const files = await readFiles(options, terminal);
  const portal = choosePortal(files.project.portals, options.portal);
  const saved = await loadPlan(file, { portal: portal.name, place: placeText(portal, options.dir, terminal), environment: terminal.environment });
  const secrets = joined(files.secrets, saved.secrets);
  terminal.veil.add(secrets.map(({ value }) => value));
  if (options.expect !== undefined && options.expect !== saved.fingerprint) {
    throw new UserError(`the plan ${file} has the fingerprint ${saved.fingerprint}, not ${options.expect}`, { hint: 'It is not the plan that was approved.' });
  }
  const consent = {
    ...(options.allowDeletes === undefined ? {} : { deletes: options.allowDeletes }),
    ...(options.allowUpdates === undefined ? {} : { updates: options.allowUpdates }),
  };
  return holdPortal(portal, options, terminal, () =>
    withWriter(portal, options, terminal, async (reader, writer, rate) => {
      const planned = await recoverRuns(portal, await planPortal({ ...saved.recipe, consent }, reader, rate), secrets, options, terminal);
      const moved = staleness(saved, planned.plan, planned.look.live);
      if (moved.length > 0) return tellStale(moved, options, terminal, { planned });
      return carryOut(
        {
          portal: portal.name,
          goal: 'the saved plan',
          place: placeText(portal, options.dir, terminal),
          planned,
          writer,
          secrets,
          sources: files.sources,
          addresses: saved.addresses,
        },
        options,
        terminal,
      );
    }),
  );
};

/** Brings a portal to the files, which were read before. */
export const applyPortal = async (
  read: Awaited<ReturnType<typeof readFiles>>,
  portal: Portal,
  options: Omit<ApplyOptions, 'planFile'>,
  terminal: Terminal,
): Promise<ExitCode> => {
  const files = assembleFor(read, portal, options, terminal);
  const base = await readBase(files, options, terminal);
  return holdPortal(portal, options, terminal, () =>
    withWriter(portal, options, terminal, async (reader, writer, rate) => {
      const planned = await recoverRuns(portal, await planPortal(recipeOf(files, base, options), reader, rate), files.secrets, options, terminal);
      if (options.expect !== undefined && options.expect !== planned.plan.fingerprint) {
        return tellStale([`the approved plan has the fingerprint ${options.expect}; the plan is now ${planned.plan.fingerprint}`], options, terminal, {
          planned,
        });
      }
      const whole = options.targets.length === 0 && options.excludes.length === 0 && options.drift !== 'keep';
      return carryOut(
        {
          portal: portal.name,
          goal: 'the files',
          place: placeText(portal, options.dir, terminal),
          planned,
          writer,
          secrets: files.secrets,
          sources: files.sources,
          ...(whole ? { onSettled: () => recordBase(files, options, terminal) } : {}),
        },
        options,
        terminal,
      );
    }),
  );
};

const applyFiles = async (options: ApplyOptions, terminal: Terminal): Promise<ExitCode> => {
  const read = await readFiles(options, terminal);
  return applyPortal(read, choosePortal(read.project.portals, options.portal), options, terminal);
};

export const runApply = (options: ApplyOptions, terminal: Terminal): Promise<ExitCode> =>
  options.planFile === undefined ? applyFiles(options, terminal) : applySaved(options.planFile, options, terminal);
