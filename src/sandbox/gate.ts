/** The checks that every API request passes, in their order (platform-and-people.md 10), up to its fields. */
import { type Accounts, covers, everyScope } from './accounts.ts';
import { parseJson } from './json.ts';
import { refuse } from './refusal.ts';
import type { Route } from './route.ts';
import { sections } from './sections.ts';
import { bodySpot, type Spot } from './spot.ts';
import type { Switches } from './switches.ts';
import { isMultipart } from './upload.ts';

export interface Incoming {
  readonly method: string;
  /** Without the query, as sent. */
  readonly path: string;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

export interface Admitted {
  readonly route: Route;
  readonly params: ReadonlyMap<string, string>;
  readonly body: Spot;
  /** First segment of the route's path. */
  readonly resource: string;
}

interface Pattern {
  readonly path: string;
  readonly segments: readonly string[];
  readonly routes: readonly Route[];
}

/** Routes by pattern, in the order of the sections; a pattern that comes first wins (`commonrule` over `:id`). */
const patternsOf = (routes: readonly Route[]): readonly Pattern[] =>
  [...new Set(routes.map(({ path }) => path))].map((path) => ({ path, segments: path.split('/'), routes: routes.filter((route) => route.path === path) }));

const routes = sections.flatMap((section) => section.routes);
const rootPatterns = patternsOf(routes.filter((route) => route.root === true));
const rootWords: ReadonlySet<string | undefined> = new Set(rootPatterns.map(({ segments }) => segments[0]));
const families: readonly { readonly begin: string; readonly patterns: readonly Pattern[] }[] = (
  ['api/visitor/v1', 'visitor/v2', 'api/v1', 'api/v2', 'api/v3'] as const
).map((family) => ({ begin: `/${family}/`, patterns: patternsOf(routes.filter((route) => route.root !== true && (route.family ?? 'api/v2') === family)) }));

/** @throws Refusal at the first check that fails */
export const admit = (request: Incoming, accounts: Accounts, screenname: string, now: number, switches: Switches): Admitted => {
  const scopes = request.path.startsWith('/visitor/v2/') && switches['visitor-token'] === 'free' ? everyScope : scopesIn(request, accounts, now);
  const { pattern, params } = find(request.path, switches);
  if (params.has('screenname') && params.get('screenname') !== screenname) refuse(1005);
  const route = pattern.routes.find(({ method }) => method === request.method) ?? refuse(1004);
  if (!covers(scopes, route.scope)) refuse(1009);
  return { route, params, resource: pattern.segments[0] ?? '', body: readBody(request, route) };
};

const scopesIn = (request: Incoming, accounts: Accounts, now: number): readonly string[] => {
  const token = /^Zoho-oauthtoken (\S+)$/.exec(request.header('authorization') ?? '')?.[1] ?? refuse(1002);
  return accounts.scopesOf(token, now) ?? refuse(1008);
};

const find = (path: string, switches: Switches): { readonly pattern: Pattern; readonly params: ReadonlyMap<string, string> } => {
  const family = families.find(({ begin }) => path.startsWith(begin)) ?? refuse(1006);
  const rest = path.slice(family.begin.length).split('/').map(decoded);
  if (family.begin === '/api/v2/' && rootWords.has(rest[0])) return match(rest, rootPatterns, switches) ?? refuse(1006);
  const [screenname = '', ...below] = rest;
  const found = match(below, family.patterns, switches) ?? refuse(1006);
  return { pattern: found.pattern, params: new Map([...found.params, ['screenname', screenname]]) };
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const match = (
  segments: readonly string[],
  among: readonly Pattern[],
  switches: Switches,
): { readonly pattern: Pattern; readonly params: ReadonlyMap<string, string> } | undefined => {
  const pattern = among.find(
    (candidate) =>
      candidate.segments.length === segments.length &&
      candidate.segments.every((wanted, index) => (wanted.startsWith(':') ? segments[index] !== '' : wanted === segments[index])) &&
      candidate.routes.every((route) => route.exists?.(switches) ?? true),
  );
  return (
    pattern && {
      pattern,
      params: new Map(pattern.segments.flatMap((wanted, index) => (wanted.startsWith(':') ? [[wanted.slice(1), segments[index] ?? ''] as const] : []))),
    }
  );
};

/** A body of another type is 1054 naming the header; no JSON object, or none at all, is 1015. */
const readBody = (request: Incoming, route: Route): Spot => {
  const none = request.body.trim() === '';
  const type = request.header('content-type') ?? '';
  if (route.body === undefined || (route.body === 'either' && none) || (route.body === 'upload' && isMultipart(type))) return bodySpot(undefined);
  if (!(none && type === '') && !/^application\/json\s*(;|$)/i.test(type)) refuse(1054, { header: 'Content-Type' });
  const value = none ? refuse(1015) : parsed(request.body);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? bodySpot(value) : refuse(1015);
};

const parsed = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch {
    return refuse(1015);
  }
};
