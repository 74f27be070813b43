/** The accounts server (platform-and-people.md 1.5): codes, access tokens, and the budget of a refresh token. */
import { createHash, randomBytes } from 'node:crypto';
import type { Switches } from './switches.ts';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** What the token endpoint answers; no envelope. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: { readonly [key: string]: string | number };
}

export interface Accounts {
  readonly credentials: Credentials;
  /** Always accepted, for every scope. */
  readonly accessToken: string;
  readonly token: (form: ReadonlyMap<string, string>, now: number, switches: Switches) => TokenAnswer;
  /** A grant code; good once and for three minutes. */
  readonly grant: (scopes: readonly string[], access: 'online' | 'offline', now: number) => string;
  /** What a token may do; undefined when it is unknown or has run out. */
  readonly scopesOf: (accessToken: string, now: number) => readonly string[] | undefined;
}

const lifeInSeconds = 3600;
const codeLifeMs = 180_000;
const budget = 10;
const windowMs = 600_000;

const hex = (label: string): string => createHash('sha256').update(`sandbox ${label}`).digest('hex').slice(0, 32);
const tokenOf = (label: string): string => `1000.${hex(`${label} left`)}.${hex(`${label} right`)}`;
const freshToken = (): string => `1000.${randomBytes(16).toString('hex')}.${randomBytes(16).toString('hex')}`;

/** Every scope there is. */
export const everyScope: readonly string[] = ['*'];

interface Refresh {
  readonly scopes: readonly string[];
  windowStart: number;
  issued: number;
  readonly live: string[];
}

export const openAccounts = (): Accounts => {
  const credentials: Credentials = {
    clientId: `1000.${hex('client').slice(0, 30).toUpperCase()}`,
    clientSecret: hex('secret'),
    refreshToken: tokenOf('refresh'),
  };
  const accessToken = tokenOf('access');
  const codes = new Map<string, { readonly scopes: readonly string[]; readonly access: string; readonly until: number }>();
  const access = new Map<string, { readonly scopes: readonly string[]; readonly until: number }>([[accessToken, { scopes: everyScope, until: Infinity }]]);
  const newRefresh = (scopes: readonly string[]): Refresh => ({ scopes, windowStart: -Infinity, issued: 0, live: [] });
  const refreshes = new Map<string, Refresh>([[credentials.refreshToken, newRefresh(everyScope)]]);

  const issue = (scopes: readonly string[], now: number): string => {
    const token = freshToken();
    access.set(token, { scopes, until: now + lifeInSeconds * 1000 });
    return token;
  };
  const fromRefresh = (refresh: Refresh, now: number, switches: Switches): TokenAnswer => {
    if (now - refresh.windowStart >= windowMs) {
      refresh.windowStart = now;
      refresh.issued = 0;
    }
    if (refresh.issued >= budget) return throttled(switches);
    refresh.issued += 1;
    const token = issue(refresh.scopes, now);
    refresh.live.push(token);
    for (const old of refresh.live.splice(0, Math.max(0, refresh.live.length - Number(switches['active-tokens'])))) access.delete(old);
    return granted(token);
  };
  const fromCode = (code: string, now: number): TokenAnswer => {
    const grant = codes.get(code);
    codes.delete(code);
    if (grant === undefined || now >= grant.until) return bareError('invalid_code');
    const token = issue(grant.scopes, now);
    if (grant.access === 'online') return granted(token);
    const refreshToken = freshToken();
    refreshes.set(refreshToken, newRefresh(grant.scopes));
    return granted(token, refreshToken);
  };
  return {
    credentials,
    accessToken,
    token: (form, now, switches) => {
      if (form.get('client_id') !== credentials.clientId) return bareError('invalid_client');
      if (form.get('client_secret') !== credentials.clientSecret) return bareError('invalid_client_secret');
      if (form.get('grant_type') === 'authorization_code') return fromCode(form.get('code') ?? '', now);
      if (form.get('grant_type') !== 'refresh_token') return bareError('unsupported_grant_type');
      const refresh = refreshes.get(form.get('refresh_token') ?? '');
      return refresh === undefined ? bareError('invalid_code') : fromRefresh(refresh, now, switches);
    },
    grant: (scopes, kind, now) => {
      const code = freshToken();
      codes.set(code, { scopes, access: kind, until: now + codeLifeMs });
      return code;
    },
    scopesOf: (token, now) => {
      const known = access.get(token);
      return known === undefined || now >= known.until ? undefined : known.scopes;
    },
  };
};

const granted = (token: string, refreshToken?: string): TokenAnswer => ({
  status: 200,
  body: {
    access_token: token,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    api_domain: 'https://www.zohoapis.com',
    token_type: 'Bearer',
    expires_in: lifeInSeconds,
  },
});

/** Errors of this endpoint come with status 200 and no envelope. */
const bareError = (error: string): TokenAnswer => ({ status: 200, body: { error } });

const throttled = (switches: Switches): TokenAnswer => ({
  status: Number(switches['throttle-status']),
  body: { error_description: 'You have made too many requests continuously. Please try again after some time.', error: 'Access Denied', status: 'failure' },
});

/** Whether scopes as asked for cover one; prefixes, capitals and `.ALL` differ between pages (platform-and-people.md 1.6). */
export const covers = (scopes: readonly string[], wanted: string): boolean => {
  const [module, operation] = wanted.toLowerCase().split('.');
  const plain = scopes.map((scope) =>
    scope
      .trim()
      .toLowerCase()
      .replace(/^salesiq\./, ''),
  );
  return plain.some((scope) => scope === '*' || scope === `${module}.${operation}` || scope === `${module}.all`);
};
