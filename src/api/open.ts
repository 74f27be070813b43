/** Connection → a reader, or a reader and a writer. */
import { type Reader, ServiceError, type Writer } from '../model/index.ts';
import { type Inside, openAccess, openVeilOf, openWire } from './access.ts';
import { type Ask, type Line, makeCall } from './call.ts';
import { type Connection, checkConnection, type Hooks } from './connection.ts';
import type { Call } from './hints.ts';
import { openTurns } from './pool.ts';
import { systemTiming } from './timing.ts';
import type { WholeAnswer } from './verdict.ts';

export interface Closable {
  /** Ends the connections. Calls that are under way fail. */
  readonly close: () => void;
}

/** Refuses the call that would pass the budget. */
const openBudget = (most: number | undefined): ((call: Call) => void) => {
  let sent = 0;
  return ({ method, path }) => {
    if (most !== undefined && sent >= most)
      throw new ServiceError(`the limit of ${most} calls for this run is used up, so this one was not sent`, {
        method,
        path,
        notSent: true,
        hint: 'Allow more calls, or do less in one run.',
      });
    sent += 1;
  };
};

/** Every way to call, for what is to be given out in part. */
export interface Lines extends Closable {
  readonly read: (ask: Ask) => Promise<WholeAnswer>;
  readonly write: (ask: Ask) => Promise<WholeAnswer>;
  readonly reads: () => number;
}

/** Throws UserError when the connection can never work. */
export const openLines = (connection: Connection, hooks: Hooks, inside: Inside): Lines => {
  checkConnection(connection);
  const timing = inside.timing ?? systemTiming;
  const veil = openVeilOf(connection, hooks);
  const exchange = openWire(connection, inside, timing);
  const budget = openBudget(connection.maxCalls);
  let reads = 0;
  const spend = (call: Call): void => {
    budget(call);
    if (call.method === 'GET') reads += 1;
  };
  const tokens = openAccess({ connection, hooks, exchange, veil, timing });
  const { ratePerMinute } = connection;
  const { pace, reading, writing } = connection.pool?.turnsAt(connection.server, ratePerMinute, timing) ?? openTurns(ratePerMinute, timing);
  const line: Line = { connection, hooks, exchange, tokens, pace, timing, veil, spend };
  return {
    read: (ask) => reading.add(() => makeCall(line, ask)),
    write: (ask) => writing.add(() => makeCall(line, ask)),
    reads: () => reads,
    close: exchange.close,
  };
};

const readerOf = ({ read, reads }: Lines): Reader => ({
  get: (path, query) => read({ method: 'GET', path, query }),
  reads,
});

/**
 * Opens a reader. It has no way to send anything but GET, and the call that
 * fetches its token. Nothing is sent before the first call.
 * Throws UserError when the connection can never work.
 */
export const openReader = (connection: Connection, hooks: Hooks = {}, inside: Inside = {}): Reader & Closable => {
  const lines = openLines(connection, hooks, inside);
  return { ...readerOf(lines), close: lines.close };
};

/**
 * Opens a reader and a writer, two objects that share token, pace and budget.
 * Throws UserError when the connection can never work.
 */
export const openReaderAndWriter = (
  connection: Connection,
  hooks: Hooks = {},
  inside: Inside = {},
): { readonly reader: Reader; readonly writer: Writer } & Closable => {
  const lines = openLines(connection, hooks, inside);
  return { reader: readerOf(lines), writer: { send: (request) => lines.write(request) }, close: lines.close };
};
