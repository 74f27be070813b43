/** The connections and the tokens of a run, put together. */
import { interrupted, serviceError } from './call.ts';
import type { Connection, Hooks } from './connection.ts';
import { type Exchange, openExchange } from './exchange.ts';
import type { Timing } from './timing.ts';
import { openTokens, type Token, type TokenSource } from './token.ts';
import { judgeToken, type RefreshCredentials, type TokenVerdict, tokenCall, tokenForm } from './token-request.ts';
import { openTokenStore } from './token-store.ts';
import { baseOf } from './url.ts';
import { openVeil, shown, type Veil } from './veil.ts';

/** What tests bring of their own. */
export interface Inside {
  readonly timing?: Timing;
  /** Bytes of an answer, unpacked. Default 64 MB. */
  readonly mostBytes?: number;
  /** How long a connection may rest before it is given up. Default 4 s. */
  readonly idleMs?: number;
}

const defaultMostBytes = 64 * 1024 * 1024;
/** The other side may close a connection that rested longer just when the next call goes out; a write would then be unclear. */
const defaultIdleMs = 4_000;
const defaultTimeoutSeconds = 30;

const secretsOf = ({ credentials }: Connection): readonly string[] =>
  credentials.kind === 'token' ? [credentials.accessToken] : [credentials.clientSecret, credentials.refreshToken];

/** Opens the veil over the connection's lasting secrets; tokens join it as they come. */
export const openVeilOf = (connection: Connection, { hide }: Hooks): Veil => openVeil(secretsOf(connection), hide);

/** Opens the connections to both servers. */
export const openWire = (connection: Connection, inside: Inside, timing: Timing): Exchange =>
  openExchange(
    {
      timeoutMs: (connection.requestTimeoutSeconds ?? defaultTimeoutSeconds) * 1000,
      mostBytes: inside.mostBytes ?? defaultMostBytes,
      idleMs: inside.idleMs ?? defaultIdleMs,
      version: connection.version,
    },
    timing,
  );

/** What the tokens of a run are made with. */
export interface TokenParts {
  readonly connection: Connection;
  readonly hooks: Hooks;
  readonly exchange: Exchange;
  readonly veil: Veil;
  readonly timing: Timing;
}

const askFor = async ({ connection, hooks, exchange, timing }: TokenParts, credentials: RefreshCredentials, attempt: number): Promise<TokenVerdict> => {
  const sentAt = timing.elapsed();
  const exchanged = await exchange.send({
    method: 'POST',
    url: new URL(`${baseOf(connection.accountsServer)}${tokenCall.path}`),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: tokenForm(credentials),
  });
  const verdict = judgeToken(exchanged);
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

const pauseFor = async ({ hooks, veil, timing }: TokenParts, ms: number, reason: string | undefined): Promise<void> => {
  if (reason !== undefined) hooks.onPause?.({ reason: shown(veil, reason), seconds: ms / 1000 });
  if (hooks.signal?.aborted !== true) await timing.sleep(ms, hooks.signal);
  if (hooks.signal?.aborted === true) throw interrupted(tokenCall);
};

/** Opens the tokens of a run. Whatever token passes through is veiled from then on. */
export const openAccess = (parts: TokenParts): TokenSource => {
  const { connection, timing, veil } = parts;
  const tokens = openTokens(connection.credentials, {
    timing,
    ask: (credentials, attempt) => askFor(parts, credentials, attempt),
    pause: (ms, reason) => pauseFor(parts, ms, reason),
    openStore: async (credentials) =>
      connection.tokenCacheFolder === undefined && connection.pool !== undefined
        ? connection.pool.tokensOf(connection.accountsServer, credentials)
        : openTokenStore(connection.tokenCacheFolder, baseOf(connection.accountsServer), credentials),
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
