/** Conversations on the side of operators: read, answered, passed on and closed (platform-and-people.md 7.2). */
import { isRecord, print, toJson } from '../json.ts';
import type { Conversation } from '../operation-state.ts';
import { limitOf, pageNumber, sortedBy, wholeQuery } from '../paging.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';
import { child, complain, has, id, keysOf, optional, text } from '../spot.ts';
import { ownerOf, type PortalState } from '../state.ts';
import { codeOfStatus, showChat, showMessage } from './chat-shapes.ts';

const filters = ['open', 'closed', 'waiting', 'connected', 'missed', 'end'];

export const chatAt = (call: Call): Conversation => call.state.conversations.find((chat) => chat.id === call.param('id')) ?? refuse(1019);

export const withChat = (state: PortalState, chat: Conversation): PortalState => ({
  ...state,
  conversations: state.conversations.map((row) => (row.id === chat.id ? chat : row)),
});

/** That `open` is waiting or connected and `end` is closed or missed is assumed. */
const hasStatus = ({ status }: Conversation, wanted: string): boolean =>
  status === wanted || (wanted === 'open' && ['waiting', 'connected'].includes(status)) || (wanted === 'end' && ['closed', 'missed'].includes(status));

const isWanted = (chat: Conversation, call: Call): boolean => {
  const same = (name: string, value: string): boolean => (call.query(name) ?? value) === value;
  const between = (value: string, from: string, to: string): boolean =>
    Number(value) >= wholeQuery(call, from, 0) && Number(value) <= wholeQuery(call, to, Number.POSITIVE_INFINITY);
  return (
    hasStatus(chat, call.query('status') ?? chat.status) &&
    same('department_id', chat.department_id) &&
    same('attender_id', chat.attender_id) &&
    same('app_id', chat.app_id) &&
    same('email', chat.visitor.email) &&
    same('visitor_type', chat.visitor.type) &&
    between(chat.start_time, 'from_time', 'to_time') &&
    between(chat.last_modified_time, 'updated_from_time', 'updated_till_time')
  );
};

/** All departments where none is asked for: the caller is the owner. `fields` withholds nothing. */
const list = (call: Call): Reply => {
  const status = call.query('status');
  if (status !== undefined && !filters.includes(status)) refuse(1011, { param: 'status' });
  const time = (key: 'start_time' | 'end_time' | 'last_modified_time') => (chat: Conversation) => Number(chat[key]);
  const rows = sortedBy(
    call.listed.conversations.filter((chat) => isWanted(chat, call)),
    call,
    { in_time: time('start_time'), end_time: time('end_time'), updated_time: time('last_modified_time') },
  );
  const limit = limitOf(call, 20, 99);
  const start = call.switches['chat-paging'] === 'page' ? (pageNumber(call) - 1) * limit : Math.max(0, wholeQuery(call, 'index', 1) - 1);
  return {
    kind: 'list',
    object: 'conversations',
    data: print(rows.slice(start, start + limit).map((chat) => showChat(chat, call))),
    ...(call.switches['chat-more'] === 'told' ? { beside: { more_data_available: rows.length > start + limit } } : {}),
  };
};

const get = (call: Call): Reply => {
  const chat = chatAt(call);
  return { kind: 'fixed', object: 'conversations', data: print({ ...showChat(chat, call), status_code: codeOfStatus(chat) }) };
};

export const changed = (call: Call, chat: Conversation, change: Partial<Conversation>): Reply => {
  const next = { ...chat, ...change, last_modified_time: String(call.now) };
  return { kind: 'fixed', object: 'conversations', data: print(showChat(next, call)), state: withChat(call.state, next) };
};

/** The answers to these are not documented. */
const undocumented = (call: Call, reply: Reply): Reply => (call.switches['chat-answer'] === 'empty' ? { ...reply, data: '{}' } : reply);

/** `object` is the word Object. */
const setCustomerInfo = (call: Call): Reply => {
  const chat = chatAt(call);
  const info = child(call.body, 'customer_info');
  keysOf(info);
  const given = isRecord(info.value) ? Object.fromEntries(Object.entries(info.value).map(([key, value]) => [key, toJson(value)])) : {};
  return { ...changed(call, chat, { customer_info: { ...chat.customer_info, ...given } }), object: 'Object' };
};

/** Oldest first; with `to_time` alone newest first. */
const listMessages = (call: Call): Reply => {
  const rows = chatAt(call).messages.filter(
    ({ time }) => Number(time) >= wholeQuery(call, 'from_time', 0) && Number(time) <= wholeQuery(call, 'to_time', Number.POSITIVE_INFINITY),
  );
  const newestFirst = call.query('to_time') !== undefined && call.query('from_time') === undefined;
  const part = (newestFirst ? [...rows].reverse() : rows).slice(0, limitOf(call, 20, 99));
  return { kind: 'list', object: 'list', data: print(part.map((row) => ({ ...showMessage(row), last_message_time: '-1', id: row.id }))) };
};

const nonEmpty = (call: Call, key: string): string => {
  const words = text(child(call.body, key));
  return words === '' ? complain(child(call.body, key), 'value', 'must not be empty') : words;
};

/** A text, or a file with a comment, from the owner. */
export const sendTo = async (call: Call, chat: Conversation): Promise<Reply> => {
  const file = await call.upload();
  const by = ownerOf(call.state);
  const sequence = chat.messages.length + 1;
  const message = {
    id: `${call.now}_${sequence}`,
    sequence_id: String(sequence),
    sender: { id: by, name: call.state.operators.find((row) => row.id === by)?.profile['first_name'] ?? '', type: 'operator' },
    type: file === undefined ? 'text' : 'file',
    text: file === undefined ? nonEmpty(call, 'text') : file.comment,
    file_name: file?.name ?? '',
    file_size: file === undefined ? '' : String(file.size),
    time: String(call.now),
  };
  const reply = changed(call, chat, { messages: [...chat.messages, message] });
  return undocumented(call, { ...reply, object: 'messages', data: print({ ...showMessage(message), id: message.id }) });
};

const attended = (call: Call, chat: Conversation, by: string): Partial<Conversation> => ({
  status: 'connected',
  attender_id: by,
  owner_id: chat.owner_id === '' ? by : chat.owner_id,
  participant_ids: [...new Set([...chat.participant_ids, by])],
  attended_time: chat.attended_time === '' ? String(call.now) : chat.attended_time,
});

/** The chat, in a state that this can happen in. No page says what becomes of others: see the switch `chat-states`. */
const chatThatIs = (call: Call, states: readonly string[]): Conversation => {
  const chat = chatAt(call);
  return call.switches['chat-states'] === 'free' || states.includes(chat.status) ? chat : refuse(1016);
};

/** The chat, while somebody is asked to take it over. */
const chatInTransfer = (call: Call): Conversation => {
  const chat = chatThatIs(call, ['connected']);
  return call.switches['chat-states'] === 'free' || chat.transfers.length > 0 ? chat : refuse(1016);
};

const pickup = (call: Call): Reply => {
  const chat = chatThatIs(call, ['waiting']);
  return changed(call, chat, attended(call, chat, ownerOf(call.state)));
};

export const ended = (call: Call, chat: Conversation, by: string): Reply => changed(call, chat, { status: 'closed', end_time: String(call.now), ended_by: by });

const operatorGiven = (call: Call): string => {
  const given = id(child(call.body, 'operator_id'));
  return call.state.operators.some((row) => row.id === given) ? given : complain(child(call.body, 'operator_id'), 'value', 'must be an operator');
};

/** The page names the note twice: `note` and `notes`. */
const transfer = (call: Call): Reply => {
  const chat = chatThatIs(call, ['connected']);
  const department = id(child(call.body, 'department_id'));
  if (!call.state.departments.some((row) => row.id === department)) complain(child(call.body, 'department_id'), 'value', 'must be a department');
  const operator = has(call.body, 'operator_id') ? operatorGiven(call) : '';
  const note = optional(child(call.body, 'note'), text, optional(child(call.body, 'notes'), text, ''));
  const transfers = [...chat.transfers, { department_id: department, operator_id: operator, note }];
  return undocumented(call, changed(call, chat, { department_id: department, transfers }));
};

const accept = (call: Call): Reply => {
  const chat = chatInTransfer(call);
  const by = has(call.body, 'operator_id') ? operatorGiven(call) : ownerOf(call.state);
  return changed(call, chat, { ...attended(call, chat, by), transfers: chat.transfers.slice(0, -1) });
};

const reject = (call: Call): Reply => {
  const chat = chatInTransfer(call);
  if (has(call.body, 'operator_id')) operatorGiven(call);
  return changed(call, chat, { transfers: chat.transfers.slice(0, -1) });
};

const close = (call: Call): Reply => ended(call, chatThatIs(call, ['waiting', 'connected']), 'operator');

export const conversationRoutes: readonly Route[] = [
  { method: 'GET', path: 'conversations', scope: 'conversations.READ', run: list },
  { method: 'GET', path: 'conversations/:id', scope: 'conversations.READ', run: get },
  { method: 'PUT', path: 'conversations/:id', scope: 'conversations.UPDATE', body: 'json', run: setCustomerInfo },
  { method: 'GET', path: 'conversations/:id/messages', scope: 'conversations.READ', run: listMessages },
  { method: 'POST', path: 'conversations/:id/messages', scope: 'conversations.CREATE', body: 'upload', run: (call) => sendTo(call, chatAt(call)) },
  { method: 'PUT', path: 'conversations/:id/pickup', scope: 'conversations.UPDATE', run: pickup },
  { method: 'PUT', path: 'conversations/:id/close', scope: 'conversations.UPDATE', run: close },
  { method: 'POST', path: 'conversations/:id/close', scope: 'conversations.UPDATE', run: close },
  { method: 'PUT', path: 'conversations/:id/transfer', scope: 'conversations.UPDATE', body: 'json', run: transfer },
  { method: 'PUT', path: 'conversations/:id/accept', scope: 'conversations.UPDATE', body: 'either', run: accept },
  { method: 'PUT', path: 'conversations/:id/reject', scope: 'conversations.UPDATE', body: 'either', run: reject },
];
