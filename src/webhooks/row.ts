/** Webhooks and their failed executions as the service tells them (webhooks-and-more.md 2.2 and 2.3): ids as texts, counts as numbers. */
import { isList, isObject, type Json, type JsonObject, ShapeError } from '../model/index.ts';

/** A public key of a webhook. Its text is mostly told once only, when it is made. */
export interface WebhookKey {
  readonly id: string;
  /** Milliseconds since 1970; 0 where it is not told. */
  readonly created: number;
  readonly text: string;
}

export interface WebhookRow {
  readonly id: string;
  readonly url: string;
  readonly type: string;
  readonly status: string;
  readonly events: readonly string[];
  readonly appIds: readonly string[];
  /** Absent where it is not told. */
  readonly secured?: boolean;
  readonly failures: number;
  /** The oldest first: it is the one that signs. */
  readonly keys: readonly WebhookKey[];
}

/** A delivery that failed and was given up. */
export interface FailedExecution {
  readonly id: string;
  readonly event: string;
  readonly entityId: string;
  /** What the receiver answered, as HTTP status. */
  readonly status: number;
  readonly retries: number;
  /** Milliseconds since 1970; 0 where it is not told. */
  readonly lastTried: number;
  readonly eventTime: number;
  /** All of it, as it came. */
  readonly raw: JsonObject;
}

const textAt = (row: JsonObject, key: string): string => {
  const value = row[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

const numberAt = (row: JsonObject, key: string): number => {
  const text = textAt(row, key);
  return /^\d{1,15}$/.test(text) ? Number(text) : 0;
};

const textsAt = (row: JsonObject, key: string): readonly string[] => {
  const value = row[key];
  return isList(value) ? value.filter((one) => typeof one === 'string' || typeof one === 'number').map(String) : [];
};

const mappingsAt = (row: JsonObject, key: string): readonly JsonObject[] => {
  const value = row[key];
  return isList(value) ? value.filter(isObject) : [];
};

const bySize = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const keysOf = (row: JsonObject): readonly WebhookKey[] =>
  mappingsAt(row, 'public_keys')
    .map((key) => ({ id: textAt(key, 'id'), created: numberAt(key, 'created_time'), text: textAt(key, 'key') }))
    .filter(({ id }) => id !== '')
    .sort((a, b) => a.created - b.created || bySize(a.id, b.id));

/** One webhook. Throws ShapeError where it has no id. */
export const webhookRow = (value: Json | undefined): WebhookRow => {
  if (!isObject(value) || textAt(value, 'id') === '') throw new ShapeError('a webhook should be a mapping with an id');
  const { secured } = value;
  return {
    id: textAt(value, 'id'),
    url: textAt(value, 'url'),
    type: textAt(value, 'type'),
    status: textAt(value, 'status'),
    events: textsAt(value, 'events'),
    appIds: textsAt(value, 'app_ids'),
    ...(typeof secured === 'boolean' ? { secured } : secured === 'true' || secured === 'false' ? { secured: secured === 'true' } : {}),
    failures: numberAt(value, 'failures_count'),
    keys: keysOf(value),
  };
};

/** One failed execution. Throws ShapeError where it has no id. */
export const failedExecution = (value: Json | undefined): FailedExecution => {
  if (!isObject(value) || textAt(value, 'id') === '') throw new ShapeError('a failed execution should be a mapping with an id');
  const payload = isObject(value['payload']) ? value['payload'] : {};
  return {
    id: textAt(value, 'id'),
    event: textAt(value, 'event'),
    entityId: textAt(value, 'entity_id'),
    status: numberAt(value, 'remote_server_status'),
    retries: numberAt(value, 'number_of_retries'),
    lastTried: numberAt(value, 'last_execution_time'),
    eventTime: numberAt(payload, 'event_time'),
    raw: value,
  };
};

/** Which failed executions are meant. Times are milliseconds since 1970. */
export interface FailureFilter {
  readonly from?: number;
  readonly to?: number;
  /** Empty: all events. */
  readonly events: readonly string[];
}

/**
 * Whether an execution is one of those that are meant. The service is asked
 * with the same filter; which of its times it compares is not documented, so
 * here either may fit. What it should not have given is never touched.
 */
export const isMeant = ({ event, lastTried, eventTime }: FailedExecution, { from = 0, to = Number.MAX_SAFE_INTEGER, events }: FailureFilter): boolean => {
  const times = [lastTried, eventTime].filter((time) => time > 0);
  const inTime = times.length === 0 || times.some((time) => time >= from && time <= to);
  return inTime && (events.length === 0 || events.includes(event));
};

/** Parts of at most so many, in order. */
export const batchesOf = <T>(list: readonly T[], most: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / most) }, (_, index) => list.slice(index * most, (index + 1) * most));

/** webhooks-and-more.md 2.3: ids in one call, and retries of one execution. */
export const mostIds = 300;
export const mostRetries = 99;
