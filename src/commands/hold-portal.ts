/** What comes before any write: the lock, and what an earlier run that was cut off has left open. */

import { resolve } from 'node:path';
import { finishRun, type OpenWrite, openWrites, readRuns, takeLock } from '../apply/index.ts';
import type { Portal } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { lockFolder, portalVariable } from '../settings.ts';
import type { WriteOptions } from './carry-out.ts';
import type { Planned } from './plan-portal.ts';
import type { Terminal } from './terminal.ts';

/** What tells a portal from others: its addresses and name, or the file of a sandbox. */
export const placeText = (portal: Portal, dir: string, terminal: Terminal): string => {
  const { place } = portal;
  if (place.type === 'sandbox') return `sandbox ${resolve(dir, place.file)}`;
  const server = portalVariable(terminal.environment, portal.name, 'SERVER');
  return `${server ?? (place.type === 'server' ? place.server : place.dataCenter)} ${place.screenname}`;
};

/** Holds the portal's lock while the work is done. Throws UserError where another apply holds it. */
export const holdPortal = async <T>(portal: Portal, options: WriteOptions, terminal: Terminal, work: () => Promise<T>): Promise<T> => {
  const { lockSeconds = 30 } = options;
  const lock = await takeLock({
    folder: lockFolder(terminal.environment, terminal.home),
    portal: placeText(portal, options.dir, terminal),
    waitMilliseconds: lockSeconds * 1000,
    clock: terminal.clock,
    sleep: terminal.sleep,
    stopped: () => terminal.signal.aborted,
    onWait: (holder) => terminal.say(`Another apply to ${portal.name} is running (${escapeText(holder)}). Waiting up to ${lockSeconds} s.`),
  });
  try {
    return await work();
  } finally {
    await lock.release();
  }
};

/** How long a write of a run that was cut off is given to show, in milliseconds. */
const graceMilliseconds = 2_000;

const isOpenIn = (planned: Planned, write: OpenWrite, plan = planned.plan): boolean =>
  plan.changes.some(({ address, action }) => address === write.address && action === write.action);

/**
 * Finds out, by reading, what became of the writes of runs that were cut off,
 * says so, and closes their journals. Gives the plan anew where the wait has
 * shown something. The plan is made from live in any case: nothing here decides
 * what is sent.
 */
export const recoverRuns = async (portal: string, planned: Planned, options: WriteOptions, terminal: Terminal): Promise<Planned> => {
  const cut = (await readRuns(options.dir)).filter((run) => run.portal === portal && !run.finished);
  let current = planned;
  for (const run of cut) {
    const writes = openWrites(run);
    const fresh = writes.some((write) => write.action === 'create' && terminal.clock() - write.at < graceMilliseconds && isOpenIn(current, write));
    if (fresh) {
      await terminal.sleep(graceMilliseconds);
      const live = await current.look.again([...new Set(writes.map(({ address }) => address.split('/')[0] ?? ''))]);
      current = { ...current, look: { ...current.look, live }, plan: current.planFrom(live) };
    }
    const told = writes.map((write) => `  ${write.action} ${escapeText(write.address)}: ${isOpenIn(current, write) ? 'did not land' : 'landed'}`);
    terminal.say(
      [
        `The run ${run.run} was cut off.${writes.length === 0 ? ' No write of it was left open.' : ' Its open writes, by what the portal shows:'}`,
        ...told,
      ].join('\n'),
    );
    await finishRun(options.dir, run.run, { at: terminal.clock(), event: 'finished', note: 'cut off; looked after by the next apply' });
  }
  return current;
};
