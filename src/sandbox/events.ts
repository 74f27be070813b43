/** Events of the portal (webhooks-and-more.md 2.4): which webhooks hear of one, and what they are sent (2.5). */
import { entityOf } from './event-entities.ts';
import { type Json, toJson } from './json.ts';
import type { PortalState, Webhook } from './state.ts';
import type { Switches } from './switches.ts';
import { webhookEvents } from './vocabulary.ts';

/** What an event is about; whatever is left out is chosen from the portal. */
export interface EventDetails {
  /** Name or id; data events only. */
  readonly app?: string;
  /** Id of a conversation. */
  readonly conversation?: string;
  /** Email or id. */
  readonly operator?: string;
  /** Name or id. */
  readonly department?: string;
  /** Text of the message that a reply or an edit is about. */
  readonly text?: string;
  /** `conversation.rated` is sent once with the rating and once with the feedback. */
  readonly part?: 'rating' | 'feedback';
  /** Keys that are put over the documented content. */
  readonly entity?: Readonly<Record<string, unknown>>;
}

/** One event with its content. */
export interface Occurrence {
  readonly event: string;
  readonly entity_type: string;
  readonly entity_id: string;
  /** Undefined for administration events. */
  readonly app_id: string | undefined;
  readonly entity: { readonly [key: string]: Json | undefined };
  /** Epoch milliseconds. */
  readonly time: string;
}

const dataModules: ReadonlySet<string> = new Set(['conversation', 'visitor', 'contact', 'lead']);
const moduleOf = (event: string): string => event.split('.')[0] ?? '';

/** The type of webhook that hears of an event. */
export const typeOf = (event: string): 'data' | 'administration' => (dataModules.has(moduleOf(event)) ? 'data' : 'administration');

/** The event as it happens now. @throws Error, a sentence, for what does not exist */
export const occurrenceOf = (event: string, details: EventDetails, state: PortalState, now: number): Occurrence => {
  if (!webhookEvents.has(event)) throw new Error(`there is no event "${event}"; there are ${[...webhookEvents].join(', ')}`);
  const { id, app, entity } = entityOf(event, details, state, now);
  const over = Object.fromEntries(Object.entries(details.entity ?? {}).map(([key, value]) => [key, toJson(value)]));
  return {
    event,
    entity_type: moduleOf(event) === 'brands' ? 'brand' : moduleOf(event),
    entity_id: id,
    app_id: typeOf(event) === 'data' ? app : undefined,
    entity: { ...entity, ...over },
    time: String(now),
  };
};

/** The webhooks that ask for it, by type, app and event; those that are disabled hear nothing. */
export const hearersOf = (what: Occurrence, state: PortalState, switches: Switches): readonly Webhook[] =>
  state.webhooks.filter(
    (row) => row.status === 'enabled' && row.type === typeOf(what.event) && row.events.includes(what.event) && hearsApp(row, what, switches),
  );

const hearsApp = (row: Webhook, { app_id }: Occurrence, switches: Switches): boolean => {
  if (app_id === undefined) return true;
  return row.app_ids.length === 0 ? switches['webhook-without-apps'] === 'all-apps' : row.app_ids.includes(app_id);
};

/** Stands for the organisation in every envelope. */
const organisation = '55158025';

/** The body of a delivery; each page shows it another way, so `webhook-envelope` chooses. @param attempt counted from 1 */
export const envelopeOf = (what: Occurrence, webhook: string, attempt: number, switches: Switches): Json => {
  const form = switches['webhook-envelope'];
  if (form === 'bare') return what.entity;
  const app = what.app_id;
  return {
    entity_type: what.entity_type,
    ...(form === 'observed' ? { webhook: { id: webhook } } : {}),
    org_id: organisation,
    event: what.event,
    entity_id: what.entity_id,
    attempt,
    version: form === 'observed' ? 1 : '1',
    ...(app === undefined ? {} : { app_id: form === 'documented' && /^\d+$/.test(app) ? BigInt(app) : app }),
    entity: what.entity,
    ...(app === undefined ? {} : { event_time: what.time }),
  };
};
