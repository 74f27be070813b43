/**
 * The access token of a run: given, from the store, or fetched; one fetch at a
 * time however many calls and processes wait for it.
 */
import type { Credentials } from './connection.ts';
import type { Timing } from './timing.ts';
import { noMoreTokens, type RefreshCredentials, type TokenVerdict } from './token-request.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';
import type { Problem } from './verdict.ts';

/** How the token was come by. */
export type TokenOrigin = 'given' | 'cached' | 'refreshed';

export interface Token {
  readonly text: string;
  readonly origin: TokenOrigin;
  /** Epoch milliseconds; a given token does not tell. */
  readonly expiresAt?: number;
}

export interface TokenSource {
  /** A token that is good for another minute at least. */
  readonly get: () => Promise<Token>;
  /** A token other than this one, which the service refused; nothing where there can be no other. */
  readonly renew: (refused: string) => Promise<Token | undefined>;
}

/** What a source needs from its surroundings. */
export interface TokenSurroundings {
  readonly timing: Timing;
  /** Asks the accounts server, once. */
  readonly ask: (credentials: RefreshCredentials, attempt: number) => Promise<TokenVerdict>;
  readonly openStore: (credentials: RefreshCredentials) => Promise<TokenStore>;
  /** Waits, tells about it where there is a reason to tell, and throws when the run is interrupted. */
  readonly pause: (ms: number, reason?: string) => Promise<void>;
  /** Makes the error of a token call. */
  readonly error: (problem: Problem) => Error;
}

const windowMs = 10 * 60_000;
const mostInWindow = 10;
const spareMs = 60_000;
/** A wait that a person would rather sit out than come back for. */
const longestWaitMs = 60_000;
/** After a throttle, so that those who wait for the lock are not told the same one by one. */
const quietMs = 60_000;
const mostFaults = 3;
const longestLockMs = 3 * 60_000;

const usable = (record: TokenRecord, refused: string | undefined, now: number): Token | undefined => {
  const { token } = record;
  if (token === undefined || token.text === refused || token.expiresAt - spareMs <= now) return undefined;
  return { text: token.text, origin: 'cached', expiresAt: token.expiresAt };
};

const recent = (record: TokenRecord, now: number): readonly number[] => record.asked.filter((time) => time > now - windowMs && time <= now);

/** Milliseconds until a token may be asked for; 0 = now. */
const waitFor = (record: TokenRecord, now: number): number => {
  const times = [...recent(record, now)].sort((a, b) => a - b);
  const tenth = times.at(-mostInWindow);
  return tenth === undefined ? 0 : Math.max(0, tenth + windowMs - now);
};

/** Whether the accounts server said just now that it makes no more. A clock that was set back does not prolong that. */
const isQuiet = (record: TokenRecord, now: number): boolean => record.quietUntil > now && record.quietUntil <= now + quietMs;

/** A token that was refused may be good again before there can be another one: a rest is asked for only where there is none. */
const usedUp = (ms: number, now: number, refused: string | undefined): Problem => ({
  message: `no more tokens may be asked for now: ${mostInWindow} in 10 minutes is the limit of the accounts server`,
  hint: `Try again in ${Math.ceil(ms / 60_000)} min (after ${new Date(now + ms).toISOString().slice(0, 16)}Z). Each run that shares no token cache asks for a token of its own.`,
  ...(refused === undefined ? { restMs: ms } : {}),
});

type Turn =
  | { readonly type: 'token'; readonly token: Token }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'fault'; readonly problem: Problem };

/** Asks once, while holding the lock. The time is written down before, so that a process that dies counts too. */
const askOnce = async (store: TokenStore, record: TokenRecord, credentials: RefreshCredentials, attempt: number, around: TokenSurroundings): Promise<Turn> => {
  const now = around.timing.now();
  const before = { ...record, asked: recent(record, now) };
  await store.write({ ...before, asked: [...before.asked, now] });
  const verdict = await around.ask(credentials, attempt);
  switch (verdict.type) {
    case 'token': {
      const token = { text: verdict.token, expiresAt: now + verdict.lifeMs };
      await store.write({ token, asked: [...before.asked, now], quietUntil: 0 });
      return { type: 'token', token: { ...token, origin: 'refreshed' } };
    }
    case 'refused':
      await store.write(before);
      throw around.error(verdict.problem);
    case 'throttled':
      await store.write({ ...before, quietUntil: now + quietMs });
      throw around.error(verdict.problem);
    case 'fault':
      if (verdict.made === 'no') await store.write(before);
      return { type: 'fault', problem: verdict.problem };
  }
};

const takeTurn = async (
  store: TokenStore,
  credentials: RefreshCredentials,
  refused: string | undefined,
  attempt: number,
  around: TokenSurroundings,
): Promise<Turn | undefined> => {
  const unlock = await store.tryLock();
  if (unlock === undefined) return undefined;
  try {
    const record = await store.read();
    const now = around.timing.now();
    const token = usable(record, refused, now);
    if (token !== undefined) return { type: 'token', token };
    if (isQuiet(record, now)) throw around.error(noMoreTokens('it said so less than a minute ago'));
    const ms = waitFor(record, now);
    return ms > 0 ? { type: 'wait', ms } : await askOnce(store, record, credentials, attempt, around);
  } finally {
    await unlock();
  }
};

const obtain = async (store: TokenStore, credentials: RefreshCredentials, refused: string | undefined, around: TokenSurroundings): Promise<Token> => {
  const { timing } = around;
  let faults = 0;
  let lockedMs = 0;
  for (;;) {
    const token = usable(await store.read(), refused, timing.now());
    if (token !== undefined) return token;
    const turn = await takeTurn(store, credentials, refused, faults + 1, around);
    if (turn === undefined) {
      if (lockedMs > longestLockMs)
        throw around.error({ message: 'another run has held the token cache for minutes', hint: 'End that run, or run without a token cache.' });
      // Soon at first, for most wait for one fetch; then rarely.
      const ms = Math.min(40 + lockedMs / 10, 400) * (0.5 + timing.random());
      lockedMs += ms;
      await around.pause(ms);
    } else if (turn.type === 'token') return turn.token;
    else if (turn.type === 'wait') {
      if (turn.ms > longestWaitMs) throw around.error(usedUp(turn.ms, timing.now(), refused));
      await around.pause(turn.ms, 'no more tokens may be asked for just now');
    } else {
      faults += 1;
      if (faults >= mostFaults) throw around.error({ ...turn.problem, message: `${turn.problem.message}, ${faults} times in a row` });
      await around.pause(500 * 2 ** faults * (0.75 + timing.random() / 2), turn.problem.message);
    }
  }
};

/** Tokens from a refresh token. */
const refreshing = (credentials: RefreshCredentials, around: TokenSurroundings): TokenSource => {
  let store: Promise<TokenStore> | undefined;
  let fetching: Promise<Token> | undefined;
  let good: Token | undefined;

  const fetchOne = (refused: string | undefined): Promise<Token> => {
    fetching ??= (async () => {
      try {
        store ??= around.openStore(credentials);
        good = await obtain(await store, credentials, refused, around);
        return good;
      } finally {
        fetching = undefined;
      }
    })();
    return fetching;
  };
  const lasts = (token: Token | undefined): token is Token => token?.expiresAt !== undefined && token.expiresAt - spareMs > around.timing.now();

  return {
    get: async () => fetching ?? (lasts(good) ? good : fetchOne(undefined)),
    renew: async (refused) => {
      // A fetch that is under way may not know of the refusal, and bring the same token from the store. What it brought instead stands there.
      await fetching;
      return fetchOne(refused);
    },
  };
};

/** Opens the source that the credentials ask for. */
export const openTokens = (credentials: Credentials, around: TokenSurroundings): TokenSource => {
  if (credentials.kind === 'refresh') return refreshing(credentials, around);
  const given: Token = { text: credentials.accessToken, origin: 'given' };
  return { get: async () => given, renew: async () => undefined };
};
