/** A scripted server with everything that is opened on it, closed after the test. */
import { onTestFinished } from 'vitest';
import { type CallRecord, type Connection, type Hooks, openReaderAndWriter, type Pause } from '../../../src/api/index.ts';
import { type Reader, ServiceError, type Writer } from '../../../src/model/index.ts';
import { type Script, type ScriptedServer, startServer } from './server.ts';
import { type JumpingClock, jumpingClock } from './timing.ts';

export const refreshCredentials = {
  kind: 'refresh',
  clientId: '1000.CLIENTIDKREUZBERG',
  clientSecret: 'secret-of-the-client',
  refreshToken: '1000.aaaabbbbccccddddeeeeffff00001111.22223333444455556666777788889999',
} as const;

export interface Portal {
  readonly server: ScriptedServer;
  readonly connection: Connection;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly records: readonly CallRecord[];
  readonly pauses: readonly Pause[];
  readonly clock: JumpingClock;
}

export const connectionTo = (server: ScriptedServer, more: Partial<Connection> = {}): Connection => ({
  server: server.address,
  accountsServer: server.address,
  screenname: 'kreuzberg',
  credentials: refreshCredentials,
  ratePerMinute: 0,
  version: '7.3.1',
  ...more,
});

/** Opens reader and writer on a server with this script, on a jumping clock. */
export const openPortal = async (
  script: Script,
  more: Partial<Connection> = {},
  options: { readonly hooks?: Hooks; readonly mostBytes?: number; readonly idleMs?: number; readonly clock?: JumpingClock } = {},
): Promise<Portal> => {
  const server = await startServer(script);
  const records: CallRecord[] = [];
  const pauses: Pause[] = [];
  const clock = options.clock ?? jumpingClock();
  const connection = connectionTo(server, more);
  const { reader, writer, close } = openReaderAndWriter(
    connection,
    { onCall: (call) => records.push(call), onPause: (pause) => pauses.push(pause), ...options.hooks },
    {
      timing: clock,
      ...(options.mostBytes === undefined ? {} : { mostBytes: options.mostBytes }),
      ...(options.idleMs === undefined ? {} : { idleMs: options.idleMs }),
    },
  );
  onTestFinished(async () => {
    close();
    await server.close();
  });
  return { server, connection, reader, writer, records, pauses, clock };
};

/** The error that this ends with; fails the test when it does not. */
export const errorOf = async (promise: Promise<unknown>): Promise<ServiceError> => {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('it should have failed');
};
