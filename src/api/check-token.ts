/** What `doctor` asks about the token. */
import { type Inside, openAccess, openVeilOf, openWire } from './access.ts';
import { type Connection, checkConnection, type Hooks } from './connection.ts';
import { systemTiming } from './timing.ts';

/** What `doctor` says about a token; never the token itself. */
export interface TokenReport {
  /** given: from the environment, not tried. cached: kept by an earlier run. refreshed: fetched just now. */
  readonly how: 'given' | 'cached' | 'refreshed';
  /** Epoch milliseconds; absent for a given token. */
  readonly expiresAt?: number;
}

/** Comes by a token the way a run would. Throws UserError, or ServiceError with a hint. */
export const checkToken = async (connection: Connection, hooks: Hooks = {}, inside: Inside = {}): Promise<TokenReport> => {
  checkConnection(connection);
  const timing = inside.timing ?? systemTiming;
  const exchange = openWire(connection, inside, timing);
  try {
    const { origin, expiresAt } = await openAccess({ connection, hooks, exchange, veil: openVeilOf(connection, hooks), timing }).get();
    return { how: origin, ...(expiresAt === undefined ? {} : { expiresAt }) };
  } finally {
    exchange.close();
  }
};
