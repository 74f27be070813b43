/**
 * The call that fetches an access token (platform-and-people.md 1.5, step 4).
 * Errors come as a bare object, `{"error":"invalid_client"}`, with HTTP 200;
 * the throttle as `"Access Denied"` with 200 or 400.
 */
import { isObject, type Json, type JsonObject } from '../model/index.ts';
import type { Credentials } from './connection.ts';
import { type Reply, readContent } from './envelope.ts';
import type { Exchanged } from './exchange.ts';
import type { Call } from './hints.ts';
import { type Problem, plainText } from './verdict.ts';

export type RefreshCredentials = Extract<Credentials, { readonly kind: 'refresh' }>;

export const tokenCall: Call = { method: 'POST', path: '/oauth/v2/token' };

/** What asking for a token brought. */
export type TokenVerdict =
  | { readonly type: 'token'; readonly token: string; readonly lifeMs: number; readonly status: number }
  /** A clear no: no token was made. */
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'throttled'; readonly problem: Problem }
  /** No clear answer; `made` says that a token may have been. */
  | { readonly type: 'fault'; readonly problem: Problem; readonly made: 'perhaps' | 'no' };

/** The form that asks for a token. */
export const tokenForm = (credentials: RefreshCredentials): string =>
  new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
    refresh_token: credentials.refreshToken,
  }).toString();

const dataCenter = 'and that `data_center` in salesiq.yaml is the one where the client was registered';

const hints: Readonly<Record<string, string>> = {
  invalid_client: `Check the client id (SALESIQ_CLIENT_ID), ${dataCenter}.`,
  invalid_client_secret: `Check the client secret (SALESIQ_CLIENT_SECRET): it must be the one of this client, ${dataCenter}.`,
  invalid_code: `Check the refresh token (SALESIQ_REFRESH_TOKEN): it must be whole, not revoked, a refresh token and not a grant code; ${dataCenter}.`,
  invalid_grant: `Check the refresh token (SALESIQ_REFRESH_TOKEN): it must be whole and not revoked; ${dataCenter}.`,
};

const longestLifeMs = 3_600_000;

/** Seconds as documented; never taken for more than the documented hour, as some of Zoho's servers count in milliseconds. */
const lifeOf = (value: Json | undefined): number => {
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1000, longestLifeMs) : longestLifeMs;
};

/** The problem of a throttled refresh token; the pages name the window, not when it began. */
export const noMoreTokens = (why: string): Problem => ({
  message: `the accounts server makes no more tokens for now (${why})`,
  hint: 'It makes 10 in 10 minutes for one refresh token. Try again in 10 minutes; let runs share a token cache, or give each its own refresh token.',
});

const judgeError = (body: JsonObject, reply: Reply): TokenVerdict => {
  const { status } = reply;
  const raw = body['error'];
  const inner = isObject(raw) ? (raw['message'] ?? raw['code']) : raw;
  const name = typeof inner === 'string' || typeof inner === 'number' ? plainText(String(inner)) : 'an error without a word';
  const description = typeof body['error_description'] === 'string' ? plainText(body['error_description']) : '';
  if (status === 429 || /access.?denied/i.test(name) || /too many requests/i.test(description))
    return { type: 'throttled', problem: { ...noMoreTokens(name), status } };
  const message = `the accounts server answered ${name}${description === '' ? '' : `: ${description}`}`;
  if (status >= 500) return { type: 'fault', problem: { message, status }, made: 'perhaps' };
  return { type: 'refused', problem: { message, hint: hints[name] ?? `Check the credentials, ${dataCenter}.`, status } };
};

const judgeReply = (reply: Reply): TokenVerdict => {
  const { status, location } = reply;
  const content = readContent(reply);
  const body = content.type === 'json' && isObject(content.value) ? content.value : undefined;
  if (body?.['error'] !== undefined && body['error'] !== null) return judgeError(body, reply);
  if (status === 429) return judgeError({ error: 'HTTP 429' }, reply);
  const hint = 'Check the address of the accounts server, and whether a proxy or firewall stands in between.';
  if (status >= 500 || status === 408)
    return { type: 'fault', problem: { message: `the accounts server failed (HTTP ${status})`, hint, status }, made: 'perhaps' };
  if (status >= 400) return { type: 'refused', problem: { message: `the accounts server refused with HTTP ${status} and no reason`, hint, status } };
  if (status >= 300)
    return {
      type: 'refused',
      problem: {
        message: `the accounts server redirects to ${location === '' ? 'nowhere' : location} (HTTP ${status}), and redirects are not followed`,
        hint,
        status,
      },
    };
  const token = body?.['access_token'];
  if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) return { type: 'token', token, lifeMs: lifeOf(body?.['expires_in']), status };
  const why = content.type === 'unreadable' ? content.why : content.type === 'empty' ? 'it is empty' : 'it has no access token';
  return { type: 'fault', problem: { message: `the answer of the accounts server was not understood: ${why}`, hint, status }, made: 'perhaps' };
};

/** What the accounts server's answer means. */
export const judgeToken = (exchanged: Exchanged): TokenVerdict => {
  if (exchanged.type === 'reply') return judgeReply(exchanged.reply);
  const { reason, reached, lasting } = exchanged.failure;
  const problem = { message: `the accounts server gave no token: ${reason}`, hint: 'Check the address of the accounts server and the network.' };
  return lasting ? { type: 'refused', problem } : { type: 'fault', problem, made: reached ? 'perhaps' : 'no' };
};
