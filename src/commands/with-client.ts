/** A portal of salesiq.yaml, opened as the client of the library: what the operations work with. */
import { SalesIQ, type SalesIQClient } from '../api/index.ts';
import { type Portal, ServiceError, ShapeError } from '../model/index.ts';
import { readPortal } from './one-portal.ts';
import { openPortal } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Opens the portal, does the work, and closes it whatever happens. Throws UserError and ServiceError. */
export const withClient = async <T>(options: ServiceOptions, terminal: Terminal, work: (client: SalesIQClient, portal: Portal) => Promise<T>): Promise<T> => {
  const portal = await readPortal(options, terminal);
  const open = await openPortal(portal, options, terminal);
  try {
    const client = SalesIQ(open.connection, open.hooks);
    try {
      return await work(client, portal);
    } finally {
      client.close();
    }
  } finally {
    await open.close();
  }
};

/** Reads an answer; one of another shape than the documented is an error of the call that it came from. */
export const understood = <T>(call: { readonly method: string; readonly path: string }, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new ServiceError(`the answer was not understood: ${error.message}`, { ...call, cause: error });
  }
};
