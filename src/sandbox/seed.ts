/**
 * Seeds and state files. Both have one form: JSON in which a person writes
 * names where the service has ids and leaves out whatever has a default, and in
 * which a saved state leaves out nothing. The order of a list is the order in
 * the portal.
 *
 *     { "screenname": "acme",
 *       "apps": [{ "name": "Acme shop" }],
 *       "departments": [{ "name": "Berlin" }],
 *       "operators": [{ "email": "anna@acme.test", "departments": ["Berlin"] }],
 *       "visitor_routing_rules": [{ "title": "VIP", "app": "Acme shop",
 *         "and_criteria": [{ "or_criteria": [{ "field_name": "country", "comparator": "is_equal_to", "values": ["Japan"] }] }],
 *         "userset": [{ "operators": ["anna@acme.test"], "departments": ["Berlin"], "dynamic_users": ["last_attender"] }] }],
 *       "lead_scoring_rules": [{ "points": 56, "status": "enabled", "AND_criteria": [] }],
 *       "route_to_all": "enabled", "lead_score_config": { "frequency": "yearly" },
 *       "webhooks": [{ "url": "https://hooks.acme.test/a", "type": "data", "events": ["conversation.created"], "apps": ["Acme shop"] }] }
 *
 * The first operator owns the portal unless one says `"owner": true`. A rule
 * without `app` belongs to the first app. Rules that all carry a `position`
 * keep it, ties and gaps included.
 */
import { blankContent } from './content-state.ts';
import { isRecord } from './json.ts';
import { blankOperations } from './operation-state.ts';
import { numberingOf } from './order.ts';
import { sections } from './sections.ts';
import { freshId, isOwner, knownKeys, seedSpot } from './seed-entry.ts';
import { child, elements, id, optional, type Spot, text } from './spot.ts';
import { afterId, byId, type PortalState } from './state.ts';
import type { Switches } from './switches.ts';

/** What a portal has when nothing is said about it. */
const usual = {
  apps: [{ name: 'Acme shop' }],
  departments: [{ name: 'Berlin' }, { name: 'Support' }],
  operators: [{ email: 'anna@acme.test', role: 'Administrator' }, { email: 'ben@acme.test' }],
};

/** 17 digits: beyond 2^53, like ids of the samples (rules.md 1.2). */
const firstId = '44000000000014007';
const yearInMs = 365 * 24 * 3600 * 1000;

/**
 * The portal that a seed describes.
 *
 * @param seed a parsed seed or state file; `{}` for a new portal
 * @param origin where it comes from, for messages
 * @param now epoch milliseconds, the time at which everything without a time was made
 * @throws SeedError naming the entry and what is wrong with it
 */
export const stateFromSeed = (seed: unknown, origin: string, now: number, switches: Switches): PortalState => {
  const root = seedSpot(isRecord(seed) ? { ...usual, ...seed } : seed, origin);
  knownKeys(root, ['format', 'screenname', 'next_id', 'numbering', ...Object.keys(blankOperations), ...sections.flatMap(({ keys }) => keys)]);
  const highest = highestId(seed);
  const wanted = optional(child(root, 'next_id'), id, firstId);
  const next = highest === undefined ? wanted : (higher(wanted, afterId(highest)) ?? wanted);
  const blank = blankState(optional(child(root, 'screenname'), text, 'sandbox'), next, now, numberingOf(switches));
  const taken = freshId(ownerEntry(root), blank);
  return sections.reduce<PortalState>((state, section) => section.load(root, state, { now: String(now), ownerId: taken.id, switches }), taken.state);
};

const ownerEntry = (root: Spot): Spot => {
  const entries = elements(child(root, 'operators'));
  return entries.find(isOwner) ?? entries[0] ?? root.fail('value', 'operators', 'must name at least one operator, who owns the portal');
};

/** The highest id that any entry brings, so that new ones never meet it. */
const highestId = (value: unknown): string | undefined => {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return list.map(highestId).reduce(higher, undefined);
  }
  if (!isRecord(value)) return undefined;
  const own = typeof value['id'] === 'string' && /^\d{14,}$/.test(value['id']) ? value['id'] : undefined;
  return Object.values(value).map(highestId).reduce(higher, own);
};

const higher = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined ? b : b === undefined || byId({ id: a }, { id: b }) >= 0 ? a : b;

const blankState = (screenname: string, nextId: string, now: number, numbering: string): PortalState => ({
  ...blankContent,
  ...blankOperations,
  format: 1,
  screenname,
  next_id: nextId,
  numbering,
  portal: {
    company_name: screenname,
    website: '',
    fax: '',
    phone: '',
    email_id: '',
    language: 'en',
    address: '',
    description: '',
    time_zone: 'Europe/Berlin',
    created_time: String(now),
  },
  apps: [],
  departments: [],
  operators: [],
  route_to_all: 'enabled',
  chat_route_to_all: 'enabled',
  visitor_routing_rules: [],
  chat_routing_rules: [],
  trigger_rules: [],
  lead_scoring_rules: [],
  lead_score_config: { percentage: '25', next_crunch_time: String(now + yearInMs), frequency: 'yearly', last_crunch_time: '0' },
  webhooks: [],
});
