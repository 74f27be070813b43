/** A stranger's client: plain fetch, nothing of the program. Every sandbox that a test starts ends with it. */
import { parse } from 'lossless-json';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed with long numbers as bigints; undefined for an empty body. */
  readonly json: unknown;
}

export interface Client {
  readonly sandbox: Sandbox;
  readonly get: (path: string) => Promise<Seen>;
  readonly post: (path: string, body?: unknown) => Promise<Seen>;
  readonly put: (path: string, body?: unknown) => Promise<Seen>;
  readonly del: (path: string) => Promise<Seen>;
  /** Any request; the path counts from the server, headers are all there are. */
  readonly raw: (path: string, init?: RequestInit) => Promise<Seen>;
}

const numberOf = (text: string): number | bigint => (Number.isSafeInteger(Number(text)) || !/^-?\d+$/.test(text) ? Number(text) : BigInt(text));

export const start = async (options: SandboxOptions = {}): Promise<Client> => {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const raw = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const response = await fetch(sandbox.url + path, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? parse(text, undefined, numberOf) : undefined };
  };
  const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}` };
  const ask = (method: string) => (path: string, body?: unknown) =>
    raw(path.startsWith('/portals') ? `/api/v2${path}` : `/api/v2/${sandbox.screenname}${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return { sandbox, raw, get: ask('GET'), post: ask('POST'), put: ask('PUT'), del: ask('DELETE') };
};

/** What lies at a path of an answer. */
export const dig = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Object.entries(at).find(([name]) => name === String(key))?.[1] : undefined),
    value,
  );

export const listAt = (value: unknown, ...path: readonly (string | number)[]): readonly unknown[] => {
  const found = dig(value, ...path);
  if (!Array.isArray(found))
    throw new Error(`no list at ${path.join('.')} of ${JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))}`);
  return found;
};

/** One column of a list. */
export const columnAt = (value: unknown, key: string, ...path: readonly (string | number)[]): readonly unknown[] =>
  listAt(value, ...path).map((row) => dig(row, key));

export const codeOf = (seen: Seen): unknown => dig(seen.json, 'error', 'code');

/** Datatypes instead of values: what a sample page promises about an answer. */
export const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, shapeOf(inner)]),
    );
  return typeof value === 'bigint' ? 'number' : typeof value;
};

export const criteria = (country = 'Japan') => [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [country] }] }];
export const leadCriteria = (browser = 'apple_safari') => [{ OR_criteria: [{ field_name: 'browser', comparator: 'is_equal_to', values: [browser] }] }];

/** A portal with one of everything. */
export const acme = {
  screenname: 'acme',
  apps: [{ name: 'Acme shop' }, { name: 'Acme outlet' }],
  departments: [{ name: 'Berlin' }, { name: 'Support' }],
  operators: [
    { email: 'anna@acme.test', departments: ['Berlin', 'Support'] },
    { email: 'ben@acme.test', departments: ['Support'] },
  ],
  visitor_routing_rules: ['Japan', 'Norway', 'Chile'].map((country) => ({
    title: `Visitors from ${country}`,
    app: 'Acme shop',
    and_criteria: criteria(country),
    routing_type: 'route_to_selected_users',
    userset: [{ operators: ['anna@acme.test'], departments: ['Berlin'], dynamic_users: ['last_attender'] }],
  })),
  chat_routing_rules: [
    {
      title: 'Sale',
      app: 'Acme shop',
      and_criteria: criteria(),
      userset: [{ operators: ['ben@acme.test'], departments: ['Support'], dynamic_users: ['last_attender'] }],
    },
  ],
  trigger_rules: [
    {
      title: 'Chat invite',
      app: 'Acme outlet',
      and_criteria: criteria(),
      event: { type: 'lands_on_website' },
      action: { type: 'send_chat_invite', params: { sender_name: 'Patricia', value: 'Hi there' }, delay: '120' },
    },
  ],
  lead_scoring_rules: [
    { points: 56, status: 'enabled', AND_criteria: leadCriteria() },
    { points: '-45', status: 'disabled', AND_criteria: leadCriteria('google_chrome') },
  ],
  webhooks: [{ url: 'https://hooks.acme.test/a', type: 'data', events: ['conversation.created', 'conversation.missed'], apps: ['Acme shop'], secured: true }],
};
