/** The two pages of the accounts server: consent, given at once, and tokens (platform-and-people.md 1.5). */
import { type Accounts, everyScope } from './accounts.ts';
import { type Answer, jsonAnswer, plainAnswer } from './answer.ts';
import type { ApiRequest } from './api.ts';
import type { Switches } from './switches.ts';

/** Parameters of the form and of the query; the token endpoint takes either. */
export const parametersOf = (request: ApiRequest): ReadonlyMap<string, string> => {
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.header('content-type') ?? '');
  return new Map([...request.query, ...(isForm ? new URLSearchParams(request.body) : [])]);
};

/** Undefined for a path that is no page of the accounts server. */
export const oauthAnswer = (request: ApiRequest, accounts: Accounts, origin: string, now: number, switches: Switches): Answer | undefined => {
  if (request.path === '/oauth/v2/token') {
    if (request.method !== 'POST') return jsonAnswer(405, '{"error":"invalid_request"}');
    const { status, body } = accounts.token(parametersOf(request), now, switches);
    return jsonAnswer(status, JSON.stringify(body));
  }
  return request.path === '/oauth/v2/auth' && request.method === 'GET' ? consent(request, accounts, origin, now) : undefined;
};

const consent = (request: ApiRequest, accounts: Accounts, origin: string, now: number): Answer => {
  const back = request.query.get('redirect_uri') ?? '';
  if (request.query.get('client_id') !== accounts.credentials.clientId) return jsonAnswer(200, '{"error":"invalid_client"}');
  if (request.query.get('response_type') !== 'code' || !URL.canParse(back)) return jsonAnswer(200, '{"error":"invalid_request"}');
  const scopes = request.query.get('scope')?.split(',') ?? everyScope;
  const location = new URL(back);
  location.searchParams.set('code', accounts.grant(scopes, request.query.get('access_type') === 'offline' ? 'offline' : 'online', now));
  location.searchParams.set('location', 'us');
  location.searchParams.set('accounts-server', origin);
  const state = request.query.get('state');
  if (state !== undefined) location.searchParams.set('state', state);
  return plainAnswer(302, '', 'text/plain', { Location: location.href });
};
