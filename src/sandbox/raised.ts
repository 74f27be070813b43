/**
 * Events that writes through the API raise (webhooks-and-more.md 2.4). The
 * pages name what happens in the portal and never say whether a call counts as
 * that, so it is a switch, `write-events`.
 */
import { type EventDetails, type Occurrence, occurrenceOf } from './events.ts';
import type { Method, Reply } from './route.ts';
import type { PortalState } from './state.ts';

/** A write that was carried out. */
export interface Write {
  readonly method: Method;
  readonly path: string;
  readonly param: (name: string) => string;
  readonly reply: Reply;
  readonly before: PortalState;
  readonly after: PortalState;
}

interface Raised {
  readonly event: string;
  readonly details: EventDetails;
  /** What is gone is told as it was. */
  readonly state: PortalState;
}

const chatEvents: Readonly<Record<string, string>> = {
  'POST conversations/:id/messages': 'operator.replied',
  'PUT conversations/:id/pickup': 'attender.updated',
  'PUT conversations/:id/close': 'completed',
  'POST conversations/:id/close': 'completed',
  'PUT conversations/:id/transfer': 'transfer.initiated',
  'PUT conversations/:id/accept': 'transfer.accepted',
  'PUT conversations/:id/reject': 'transfer.rejected',
  'POST conversations/:id/feedback': 'rated',
};

const memberEvents: Readonly<Record<string, string>> = {
  'PUT operators/:id/departments': 'operator.departments.associated',
  'DELETE operators/:id/departments': 'operator.departments.dissociated',
};

const changes: Readonly<Record<string, string>> = { POST: 'created', PUT: 'updated', DELETE: 'deleted' };

const aboutChats = ({ method, path, param, after, before }: Write): readonly Raised[] => {
  const fresh = after.conversations.filter(({ id }) => !before.conversations.some((chat) => chat.id === id));
  const event = chatEvents[`${method} ${path}`];
  const named = event === undefined ? undefined : after.conversations.find(({ id, encrypted_id }) => id === param('id') || encrypted_id === param('id'));
  return [
    ...fresh.map(({ id, status }) => ({ event: `conversation.${status === 'missed' ? 'missed' : 'created'}`, details: { conversation: id }, state: after })),
    ...(event === undefined || named === undefined ? [] : [{ event: `conversation.${event}`, details: { conversation: named.id }, state: after }]),
  ];
};

const aboutPeople = ({ method, path, param, reply, before, after }: Write): readonly Raised[] => {
  const [list = '', id, part] = path.split('/');
  const module = { operators: 'operator', departments: 'department' }[list];
  if (module === undefined || (id === undefined) !== (method === 'POST')) return [];
  const event = memberEvents[`${method} ${path}`] ?? (part === undefined || method === 'PUT' ? `${module}.${changes[method]}` : undefined);
  if (event === undefined) return [];
  const details = { [module]: method === 'POST' ? (reply.id ?? '') : param('id') };
  return [{ event, details, state: method === 'DELETE' && part === undefined ? before : after }];
};

/** An app is a brand here; only its switch has events. */
const aboutBrands = ({ method, path, param, before, after }: Write): readonly Raised[] => {
  const isOn = (state: PortalState): boolean | undefined => state.apps.find(({ id }) => id === param('id'))?.flags['enabled'];
  if (`${method} ${path}` !== 'PUT apps/:id' || isOn(before) === isOn(after)) return [];
  return [{ event: isOn(after) === true ? 'brands.enabled' : 'brands.disabled', details: { app: param('id') }, state: after }];
};

const aboutTags = ({ method, path, param, reply, before, after }: Write): readonly Raised[] => {
  if (path !== 'tags' && path !== 'tags/:id') return [];
  const state = method === 'DELETE' ? before : after;
  const wanted = method === 'POST' ? reply.id : param('id');
  return state.tags
    .filter(({ id }) => id === wanted)
    .map(({ id, name, color, module }) => ({ event: `tag.${changes[method]}`, details: { entity: { id, name, color, module } }, state }));
};

/** What webhooks are to hear of after a write, in the order in which it happens. */
export const raisedBy = (write: Write, now: number): readonly Occurrence[] =>
  [...aboutChats(write), ...aboutPeople(write), ...aboutBrands(write), ...aboutTags(write)].map(({ event, details, state }) => {
    const what = occurrenceOf(event, details, state, now);
    const own = details.entity?.['id'];
    return typeof own === 'string' ? { ...what, entity_id: own } : what;
  });
