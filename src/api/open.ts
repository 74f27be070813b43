/** Connection → a reader, or a reader and a writer. */
import PQueue from 'p-queue';
import { type Answer, type Reader, ServiceError, type Writer } from '../model/index.ts';
import { type Ask, interrupted, type Line, makeCall, serviceError } from './call.ts';
import { checkConnection, type Connection, type Hooks } from './connection.ts';
import { type Exchange, openExchange } from './exchange.ts';
import type { Call } from './hints.ts';
import { openPace } from './pace.ts';
import { systemTiming, type Timing } from './timing.ts';
import { openTokens, type Token, type TokenSource } from './token.ts';
import { judgeToken, type RefreshCredentials, tokenCall, tokenForm, type TokenVerdict } from './token-request.ts';
import { openTokenStore } from './token-store.ts';
import { baseOf } from './url.ts';
import { openVeil, type Veil } from './veil.ts';

/** What tests bring of their own. */
export interface Inside {
  readonly timing?: Timing;
  /** Bytes of an answer, unpacked. Default 64 MB. */
  readonly mostBytes?: number;
}

export interface Closable {
  /** Ends the connections. Calls that are under way fail. */
  readonly close: () => void;
}

const mostReadsAtOnce = 4;
const defaultMostBytes = 64 * 1024 * 1024;
const defaultTimeoutSeconds = 30;

const secretsOf = ({ credentials }: Connection): readonly string[] =>
  credentials.kind === 'token' ? [credentials.accessToken] : [credentials.clientSecret, credentials.refreshToken];

const openWire = (connection: Connection, inside: Inside, timing: Timing): Exchange =>
  openExchange(
    {
      timeoutMs: (connection.requestTimeoutSeconds ?? defaultTimeoutSeconds) * 1000,
      mostBytes: inside.mostBytes ?? defaultMostBytes,
      version: connection.version,
    },
    timing,
  );

const openTokensOf = (connection: Connection, hooks: Hooks, exchange: Exchange, veil: Veil, timing: Timing): TokenSource => {
  const ask = async (credentials: RefreshCredentials, attempt: number): Promise<TokenVerdict> => {
    const sentAt = timing.elapsed();
    const exchanged = await exchange.send({
      method: 'POST',
      url: new URL(`${baseOf(connection.accountsServer)}${tokenCall.path}`),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: tokenForm(credentials),
    });
    const verdict = judgeToken(exchanged);
    if (verdict.type === 'token') veil.add(verdict.token);
    const { status } = verdict.type === 'token' ? verdict : verdict.problem;
    hooks.onCall?.({
      to: 'accounts',
      ...tokenCall,
      attempt,
      ms: timing.elapsed() - sentAt,
      outcome: verdict.type === 'token' ? 'accepted' : verdict.type,
      ...(status === undefined ? {} : { status }),
    });
    return verdict;
  };
  const pause = async (ms: number, reason?: string): Promise<void> => {
    if (reason !== undefined) hooks.onPause?.({ reason: veil.hide(reason), seconds: ms / 1000 });
    if (hooks.signal?.aborted !== true) await timing.sleep(ms, hooks.signal);
    if (hooks.signal?.aborted === true) throw interrupted(tokenCall);
  };
  const tokens = openTokens(connection.credentials, {
    timing,
    ask,
    pause,
    openStore: (credentials) => openTokenStore(connection.tokenCacheFolder, baseOf(connection.accountsServer), credentials),
    error: (problem) => serviceError(veil, tokenCall, problem, 'clear'),
  });
  const seen = (token: Token): Token => {
    veil.add(token.text);
    return token;
  };
  return {
    get: async () => seen(await tokens.get()),
    renew: async (refused) => {
      const token = await tokens.renew(refused);
      return token === undefined ? undefined : seen(token);
    },
  };
};

/** Refuses the call that would pass the budget. */
const openBudget = (most: number | undefined): ((call: Call) => void) => {
  let sent = 0;
  return ({ method, path }) => {
    if (most !== undefined && sent >= most)
      throw new ServiceError(`the limit of ${most} calls for this run is used up, so this one was not sent`, { method, path, hint: 'Allow more calls, or do less in one run.' });
    sent += 1;
  };
};

interface Lines extends Closable {
  readonly read: (ask: Ask) => Promise<Answer>;
  readonly write: (ask: Ask) => Promise<Answer>;
  readonly reads: () => number;
}

const openLines = (connection: Connection, hooks: Hooks, inside: Inside): Lines => {
  checkConnection(connection);
  const timing = inside.timing ?? systemTiming;
  const veil = openVeil(secretsOf(connection));
  const exchange = openWire(connection, inside, timing);
  const budget = openBudget(connection.maxCalls);
  let reads = 0;
  const spend = (call: Call): void => {
    budget(call);
    if (call.method === 'GET') reads += 1;
  };
  const tokens = openTokensOf(connection, hooks, exchange, veil, timing);
  const line: Line = { connection, hooks, exchange, tokens, pace: openPace(connection.ratePerMinute, timing), timing, veil, spend };
  const reading = new PQueue({ concurrency: mostReadsAtOnce });
  const writing = new PQueue({ concurrency: 1 });
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
export const openReaderAndWriter = (connection: Connection, hooks: Hooks = {}, inside: Inside = {}): { readonly reader: Reader; readonly writer: Writer } & Closable => {
  const lines = openLines(connection, hooks, inside);
  return { reader: readerOf(lines), writer: { send: (request) => lines.write(request) }, close: lines.close };
};

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
    const { origin, expiresAt } = await openTokensOf(connection, hooks, exchange, openVeil(secretsOf(connection)), timing).get();
    return { how: origin, ...(expiresAt === undefined ? {} : { expiresAt }) };
  } finally {
    exchange.close();
  }
};
