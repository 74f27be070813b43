/** `rollback`: a plan back to the snapshot of a run, shown, guarded and applied like any other. */
import { decode, readRun, readSnapshot } from '../apply/index.ts';
import { kinds } from '../kinds/index.ts';
import { isObject, type Plan, UserError } from '../model/index.ts';
import { choosePortal } from '../settings.ts';
import { carryOut, type WriteOptions } from './carry-out.ts';
import { holdPortal, placeText } from './hold-portal.ts';
import { withWriter } from './open-portal.ts';
import { planPortal } from './plan-portal.ts';
import { joined, readFiles, secretsIn } from './read-files.ts';
import { recoverRuns } from './recover-runs.ts';
import { recipeFromSnapshot } from './snapshot-state.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** What a rollback cannot bring back. */
const lossText = (plan: Plan): string | undefined => {
  const anew = plan.changes.filter(({ action }) => action === 'create').length;
  return anew === 0
    ? undefined
    : `${anew} deleted ${anew === 1 ? 'resource is' : 'resources are'} created anew: with a new id, and counters that begin at zero.`;
};

export const runRollback = async (name: string, options: WriteOptions, terminal: Terminal): Promise<ExitCode> => {
  const files = await readFiles(options, terminal);
  const run = await readRun(options.dir, name);
  if (run === undefined) throw new UserError(`there is no run "${name}" in this project`, { hint: 'salesiq-sync runs lists them.' });
  const portal = choosePortal(files.project.portals, options.portal ?? run.portal);
  if (portal.name !== run.portal)
    throw new UserError(`the run ${name} was made on the portal "${run.portal}", not on "${portal.name}"`, {
      hint: `Leave out --portal, or say --portal ${run.portal}.`,
    });
  const snapshot = await readSnapshot(options.dir, name);
  // What the snapshot asks of the environment is secret too, whether the files still ask for it or not.
  const secrets = joined(files.secrets, secretsIn([{ text: JSON.stringify(snapshot) }], terminal.environment));
  terminal.veil.add(secrets.map(({ value }) => value));
  const decoded = decode(snapshot, terminal.environment);
  if (!isObject(decoded)) throw new UserError('the snapshot is not complete');
  const created = new Set(
    run.lines.flatMap(({ event, address, note }) =>
      event === 'created' && address !== undefined && note !== undefined ? [`${address.split('/')[0] ?? ''}\n${note}`] : [],
    ),
  );
  const recipe = recipeFromSnapshot({
    snapshot,
    decoded,
    file: `.salesiq/runs/${name}/snapshot.json`,
    portal: portal.name,
    kinds,
    created,
    policies: files.project.policies,
    rest: {
      scope: { targets: options.targets, excludes: options.excludes },
      protect: files.project.protect,
      limits: files.project.limits,
      consent: {
        ...(options.allowDeletes === undefined ? {} : { deletes: options.allowDeletes }),
        ...(options.allowUpdates === undefined ? {} : { updates: options.allowUpdates }),
      },
    },
  });
  return holdPortal(portal, options, terminal, () =>
    withWriter(portal, options, terminal, async (reader, writer, rate) => {
      const planned = await recoverRuns(portal, await planPortal(recipe, reader, rate), secrets, options, terminal);
      const loss = lossText(planned.plan);
      if (loss !== undefined) terminal.say(loss);
      return carryOut(
        { portal: portal.name, goal: 'the snapshot', place: placeText(portal, options.dir, terminal), planned, writer, secrets, sources: files.sources },
        options,
        terminal,
      );
    }),
  );
};
