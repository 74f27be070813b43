/**
 * Every call of the three reference pages, as data: what the client, the `api`
 * command, the scopes and docs/coverage.md are made from. One file of
 * `endpoints/` holds the sections that belong together.
 */
import { bots, calls, conversations, feedback } from './endpoints/chat.ts';
import { bases, type Endpoint, whole } from './endpoints/endpoint.ts';
import { type Found, findAll } from './endpoints/find.ts';
import { articles, cannedResponses } from './endpoints/knowledge.ts';
import { departments, operators, portals } from './endpoints/people.ts';
import { callRouting, chatRouting, leadScoring, triggers, visitorRouting } from './endpoints/rules.ts';
import { apps, blockedIps, chatMonitors, tags } from './endpoints/settings.ts';
import { trackingPresets, userPreferences, visitorHistoryViews } from './endpoints/tracking.ts';
import { visitors } from './endpoints/visitors.ts';
import { callbacks, encryptions, webhooks } from './endpoints/webhooks.ts';

export { type Base, bases, type Endpoint, type ListPaging, type OtherForm } from './endpoints/endpoint.ts';
export { type Found, parametersOf } from './endpoints/find.ts';

/** The sections, in the order of the documentation. Their types are what the client's are inferred from. */
const sections = [
  operators,
  portals,
  departments,
  articles,
  cannedResponses,
  bots,
  conversations,
  calls,
  visitors,
  feedback,
  leadScoring,
  visitorRouting,
  chatRouting,
  callRouting,
  triggers,
  webhooks,
  callbacks,
  encryptions,
  apps,
  blockedIps,
  chatMonitors,
  trackingPresets,
  userPreferences,
  visitorHistoryViews,
  tags,
] as const;

/** One entry as a literal type: names, paths and queries can be read off it. */
export type LiteralEndpoint = (typeof sections)[number]['endpoints'][number];

/** All calls, in the order of the documentation. */
export const endpoints: readonly Endpoint[] = sections.flatMap((section) => section.endpoints.map((written) => whole(section, written)));

/** Names of the sections, in the same order. */
export const sectionNames: readonly string[] = sections.map(({ section }) => section);

/** The entry of this name. */
export const endpointNamed = (name: string): Endpoint | undefined => endpoints.find((endpoint) => endpoint.name === name);

/**
 * The entries that a call may be, the likeliest first; several where only body,
 * query or a header tell them apart. @param path as `fullPath` gives it, with
 * `{screenname}` for the portal's name
 */
export const findEndpoints = (method: string, path: string): readonly Found[] => findAll(endpoints, method, path);

/** The path as it stands behind the server: `/api/v2/{screenname}/webhooks/{id}`. */
export const fullPath = ({ base, path }: Pick<Endpoint, 'base' | 'path'>): string => `${bases[base]}${path}`;

/** Every scope that a call may ask for: its own, and those of contradicting pages. */
export const scopesOf = ({ scope, also = [] }: Endpoint): readonly string[] => [...new Set([scope, ...also.flatMap((form) => form.scope ?? [])])];
