/** What a delivery says of itself: the envelope of webhooks-and-more.md 2.5, of which several forms are about. */
import { isObject, type Json } from '../model/index.ts';

/** Whether the signature fits: `unchecked` where there was no key to check it with. */
export type Signed = 'valid' | 'invalid' | 'missing' | 'unchecked';

/** The parts of a delivery that people look for; absent where it does not say. */
export interface EventSummary {
  readonly event?: string;
  readonly entity?: string;
  readonly entityId?: string;
  readonly attempt?: number;
  /** When it happened, as milliseconds since 1970. */
  readonly time?: number;
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

const numberOf = (value: Json | undefined): number | undefined => {
  const text = textOf(value);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** Some deliveries are the bare content of `entity`. */
export const summaryOf = (body: Json): EventSummary => {
  if (!isObject(body)) return {};
  const inner = isObject(body['entity']) ? body['entity'] : body;
  const event = textOf(body['event']);
  const entity = textOf(body['entity_type']);
  const entityId = textOf(body['entity_id']) ?? textOf(inner['id']);
  const attempt = numberOf(body['attempt']);
  const time = numberOf(body['event_time']);
  return {
    ...(event === undefined ? {} : { event }),
    ...(entity === undefined ? {} : { entity }),
    ...(entityId === undefined ? {} : { entityId }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(time === undefined ? {} : { time }),
  };
};
