/**
 * What several connections of one process share. The service locks an address
 * that asks too often (platform-and-people.md 1.7), and the accounts server
 * makes 10 tokens in 10 minutes from one refresh token (1.5), whichever portals
 * they are for: so there is one pace for each server, and one memory of tokens
 * for each refresh token.
 */
import PQueue from 'p-queue';
import { openPace, type Pace } from './pace.ts';
import type { Timing } from './timing.ts';
import type { RefreshCredentials } from './token-request.ts';
import { memoryStore, type TokenStore, tokenFileName } from './token-store.ts';

/** How calls to one server take turns. */
export interface Turns {
  readonly pace: Pace;
  readonly reading: PQueue;
  readonly writing: PQueue;
}

/** Give one to every connection that shall share; it holds nothing open. */
export interface Pool {
  /** The turns at a server, at the rate with which it was first opened. */
  readonly turnsAt: (server: string, ratePerMinute: number, timing: Timing) => Turns;
  /** The memory of tokens where none is kept on disk. */
  readonly tokensOf: (accountsServer: string, credentials: RefreshCredentials) => TokenStore;
}

/** product.md section 5: reads up to 4 at a time, writes one by one. */
const mostReadsAtOnce = 4;

export const openTurns = (ratePerMinute: number, timing: Timing): Turns => ({
  pace: openPace(ratePerMinute, timing),
  reading: new PQueue({ concurrency: mostReadsAtOnce }),
  writing: new PQueue({ concurrency: 1 }),
});

const serverName = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address);

const kept = <T>(map: Map<string, T>, name: string, make: () => T): T => {
  const found = map.get(name);
  if (found !== undefined) return found;
  const made = make();
  map.set(name, made);
  return made;
};

export const openPool = (): Pool => {
  const turns = new Map<string, Turns>();
  const stores = new Map<string, TokenStore>();
  return {
    turnsAt: (server, ratePerMinute, timing) => kept(turns, serverName(server), () => openTurns(ratePerMinute, timing)),
    tokensOf: (accountsServer, credentials) => kept(stores, tokenFileName(serverName(accountsServer), credentials), memoryStore),
  };
};
