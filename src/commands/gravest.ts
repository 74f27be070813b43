/** One exit code for several portals. */
import { type ExitCode, exitCodes } from './terminal.ts';

/** The gravest first: what may have left a portal half done, then what could not be done, then what is to be looked at. */
const order: readonly ExitCode[] = [
  exitCodes.interrupted,
  exitCodes.partial,
  exitCodes.failed,
  exitCodes.stale,
  exitCodes.refused,
  exitCodes.changes,
  exitCodes.done,
];

/** The gravest of the codes; of none: done. */
export const gravest = (codes: readonly ExitCode[]): ExitCode => order.find((code) => codes.includes(code)) ?? exitCodes.done;
