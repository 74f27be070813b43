/** Failed executions of webhooks: what is kept of a delivery that came to nothing, and for how long. */
import type { Occurrence } from './events.ts';
import type { Execution, Webhook } from './state.ts';

/** Failed executions whose time has not run out (`expiry_time_for_executions_data`). */
export const alive = (row: Pick<Webhook, 'executions' | 'expiry_time_for_executions_data'>, now: number): readonly Execution[] =>
  row.executions.filter(({ last_execution_time }) => Number(last_execution_time) + Number(row.expiry_time_for_executions_data) > now);

/** Kept are the content, version and time, without the envelope (webhooks-and-more.md 2.5). */
export const executionOf = (what: Occurrence, id: string, status: number, retries: number, now: number): Execution => ({
  id,
  event: what.event,
  remote_server_status: status,
  number_of_retries: retries,
  entity: what.entity_type,
  entity_id: what.entity_id,
  app_id: what.app_id ?? '',
  last_execution_time: String(now),
  payload: {
    version: 1,
    event_time: what.time,
    ...Object.fromEntries(Object.entries(what.entity).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
  },
});

/** The event as it was, to be delivered once more. */
export const occurrenceOfExecution = (row: Execution): Occurrence => {
  const { version: _version, event_time, ...entity } = row.payload;
  return {
    event: row.event,
    entity_type: row.entity,
    entity_id: row.entity_id,
    app_id: row.app_id === '' ? undefined : row.app_id,
    entity,
    time: typeof event_time === 'string' ? event_time : row.last_execution_time,
  };
};
