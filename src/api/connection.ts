/** What a connection to a portal is made of, and what may be wrong with it before a call is sent. */
import { UserError } from '../model/index.ts';
import type { Pool } from './pool.ts';

/** How to reach one portal. */
export interface Connection {
  /** `https://salesiq.zoho.eu`; plain http only for loopback addresses. */
  readonly server: string;
  /** `https://accounts.zoho.eu`; plain http only for loopback addresses. */
  readonly accountsServer: string;
  /** The portal's unique name, as it stands in the console's address. */
  readonly screenname: string;
  readonly credentials: Credentials;
  /** Calls a minute, repeats included; 0 = unlimited, for the built-in sandbox. */
  readonly ratePerMinute: number;
  /** The run stops with a ServiceError rather than send more calls than this. */
  readonly maxCalls?: number;
  /** Seconds until a call without an answer is given up. Default 30. */
  readonly requestTimeoutSeconds?: number;
  /** Where access tokens are kept for their hour; absent: in memory only. */
  readonly tokenCacheFolder?: string;
  /** What it shares with other connections of this process; absent: nothing. */
  readonly pool?: Pool;
  /** This program's version, for the User-Agent header. */
  readonly version?: string;
}

export type Credentials =
  | { readonly kind: 'refresh'; readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string }
  | { readonly kind: 'token'; readonly accessToken: string };

/** What the caller wants to hear of, and how it interrupts. */
export interface Hooks {
  readonly onCall?: (call: CallRecord) => void;
  readonly onPause?: (pause: Pause) => void;
  /** Takes secrets of the caller out of what the service says, before it is shortened: it may echo what was sent. */
  readonly hide?: (text: string) => string;
  /** Ends waiting and starts nothing new; a write that is under way is finished, a read is not. */
  readonly signal?: AbortSignal;
}

/** One call that was sent. Holds no header and no body, so no secret. */
export interface CallRecord {
  /** `accounts` calls fetch tokens; they count neither for the pace nor for `maxCalls`. */
  readonly to: 'service' | 'accounts';
  readonly method: string;
  /** With its query, below the screenname. */
  readonly path: string;
  /** 1 for the first try of a call. */
  readonly attempt: number;
  readonly ms: number;
  readonly outcome: CallOutcome;
  readonly status?: number;
  /** The service's error code (platform-and-people.md 1.4). */
  readonly code?: number;
}

/** accepted: done. refused: a clear no. token-refused: 1008. throttled: 1023. fault: no clear answer. not-understood: not the documented shape. not-sent: no connection. */
export type CallOutcome = 'accepted' | 'refused' | 'token-refused' | 'throttled' | 'fault' | 'not-understood' | 'not-sent';

/** A wait that is worth telling a person about. */
export interface Pause {
  /** In words: `the service asks for fewer calls`. */
  readonly reason: string;
  readonly seconds: number;
  readonly code?: number;
}

const isLoopback = (hostname: string): boolean => hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

const checkAddress = (name: string, address: string): void => {
  const bad = (why: string): never => {
    throw new UserError(`the ${name} ${why}`, { hint: `Give a full address, such as ${name === 'server' ? dataCenterExample : accountsExample}.` });
  };
  if (!URL.canParse(address)) bad('is not an address');
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') bad('must not hold a user name or a password');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    bad(`must be reached by https: ${url.protocol}//${url.host} (plain http is for this machine only)`);
  if (url.search !== '' || url.hash !== '') bad('must have no query and no fragment');
};

const dataCenterExample = 'https://salesiq.zoho.eu';
const accountsExample = 'https://accounts.zoho.eu';

const checkSecret = (name: string, value: string): void => {
  if (value === '') throw new UserError(`the ${name} is empty`);
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new UserError(`the ${name} holds characters that no ${name} has`, { hint: 'Look for blanks, line ends or quotes that were copied along with it.' });
};

const checkNumber = (name: string, value: number | undefined, least: number): void => {
  if (value !== undefined && !(Number.isFinite(value) && value >= least)) throw new UserError(`the ${name} must be a number from ${least} on`);
};

/** Throws UserError for what could never work, and for what would send secrets unprotected. */
export const checkConnection = (connection: Connection): void => {
  checkAddress('server', connection.server);
  checkAddress('accounts server', connection.accountsServer);
  if (/^(\.{0,2}|.*[\p{Cc}\p{Z}].*)$/u.test(connection.screenname))
    throw new UserError('the screenname of the portal is missing or no name', {
      hint: "It stands in the console's address: https://salesiq.zoho.com/SCREENNAME/index.",
    });
  checkNumber('rate', connection.ratePerMinute, 0);
  checkNumber('limit of calls', connection.maxCalls, 0);
  checkNumber('timeout of calls', connection.requestTimeoutSeconds, 0.001);
  const { credentials } = connection;
  if (credentials.kind === 'token') {
    checkSecret('access token', credentials.accessToken);
    return;
  }
  checkSecret('client id', credentials.clientId);
  checkSecret('client secret', credentials.clientSecret);
  checkSecret('refresh token', credentials.refreshToken);
};
