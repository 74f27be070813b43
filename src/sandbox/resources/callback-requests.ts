/** Actions that went pending, and how long each may wait (webhooks-and-more.md 3). */
import { randomBytes } from 'node:crypto';
import type { PendingRequest } from '../operation-state.ts';
import type { PortalState } from '../state.ts';

/** Of a bot, a widget, or a form controller. */
export type PendingKind = 'bot' | 'widget' | 'form';
export const pendingKinds: readonly PendingKind[] = ['bot', 'widget', 'form'];

/** A pending action must be answered within three minutes; documented for widgets, taken to hold for bots. */
export const waitLimitMs = 180_000;
/** Those that are long over are forgotten. */
const kept = 200;

export const openRequest = (kind: PendingKind, now: number): PendingRequest => ({
  id: `${part(6)}-${part(6)}-${part(6)}-${part(7)}`,
  kind,
  opened_time: String(now),
  progress: [],
  response: {},
  ended_time: '',
});

/** Nobody may guess an id, so it does not come from the stream that repeats. */
const part = (length: number): string => randomBytes(length).toString('hex').slice(0, length);

export const withRequest = (state: PortalState, request: PendingRequest): PortalState => ({
  ...state,
  pending_requests: [...state.pending_requests.filter(({ id }) => id !== request.id), request].slice(-kept),
});

/** Whether it still waits for an answer. */
export const isWaiting = (request: PendingRequest, now: number): boolean => request.ended_time === '' && now - Number(request.opened_time) < waitLimitMs;
