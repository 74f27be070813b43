/** What comes before anything is read for a write: the lock of the portal. */
import { resolve } from 'node:path';
import { takeLock } from '../apply/index.ts';
import type { Portal } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { lockFolder, portalVariable } from '../settings.ts';
import type { WriteOptions } from './carry-out.ts';
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
    now: terminal.now,
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
