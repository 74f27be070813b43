/** Reads chats, calls, feedback, bots and pending actions of a seed or a state file; a portal of which nothing is said has a few of each. */
import { isRecord, type Json, toJson } from '../json.ts';
import type { Bot, ChatMessage, ChatVisitor, Conversation, Feedback, MediaCall, PendingRequest, Transfer } from '../operation-state.ts';
import type { Birth } from '../route.ts';
import { sampleBot, sampleCall, sampleChat, sampleFeedback } from '../sample-chats.ts';
import { appNamed, departmentNamed, freshId, knownKeys, operatorNamed, seedList } from '../seed-entry.ts';
import { child, elements, flag, has, id, ids, isAbsent, oneOf, optional, type Spot, text, texts } from '../spot.ts';
import { ownerOf, type PortalState } from '../state.ts';

export const operationKeys: readonly string[] = ['conversations', 'feedbacks', 'calls', 'bots', 'pending_requests'];

export const loadOperations = (seed: Spot, state: PortalState, birth: Birth): PortalState => {
  const told = operationKeys.some((key) => has(seed, key));
  if (!told) return state.apps.length > 0 && state.departments.length > 0 ? sampled(state, Number(birth.now)) : state;
  let at = state;
  const rows = <T>(key: string, read: (entry: Spot, rowId: string, state: PortalState) => T): T[] =>
    seedList(child(seed, key)).map((entry) => {
      const taken = freshId(entry, at);
      at = taken.state;
      return read(entry, taken.id, at);
    });
  const conversations = rows('conversations', (entry, rowId, known) => readChat(entry, rowId, known, birth));
  const feedbacks = rows('feedbacks', (entry, rowId) => readFeedback(entry, rowId, conversations, birth));
  const calls = rows('calls', (entry, rowId) => readCall(entry, rowId, conversations, birth));
  const bots = rows('bots', (entry, rowId, known) => readBot(entry, rowId, known, birth));
  return { ...at, conversations, feedbacks, calls, bots, pending_requests: seedList(child(seed, 'pending_requests')).map(readPending) };
};

const sampled = (state: PortalState, now: number): PortalState => ({
  ...state,
  conversations: [0, 1, 2, 3].map((number) => sampleChat(number, state, now)),
  feedbacks: [sampleFeedback(now)],
  calls: [sampleCall(now)],
  bots: [sampleBot(state, now)],
});

/** Either the id under `…_id` or the name under its plain key, else the fallback. */
const named = (entry: Spot, key: string, find: (spot: Spot) => string, fallback: string): string =>
  has(entry, key) ? find(child(entry, key)) : optional(child(entry, `${key}_id`), id, fallback);

const textAt = (entry: Spot, key: string, fallback: string): string => optional(child(entry, key), id, fallback);

const record = (spot: Spot): { [key: string]: Json } =>
  isRecord(spot.value)
    ? Object.fromEntries(Object.entries(spot.value).map(([key, value]) => [key, toJson(value)]))
    : spot.fail('kind', spot.path, 'must be an object');

const readChat = (entry: Spot, rowId: string, state: PortalState, birth: Birth): Conversation => {
  const usual = { ...sampleChat(0, state, Number(birth.now)), id: rowId, supervisor_ids: [], transfers: [], customer_info: {} };
  knownKeys(entry, [...Object.keys(usual), 'app', 'department', 'attender']);
  const status = optional(child(entry, 'status'), (spot) => oneOf(spot, ['waiting', 'connected', 'closed', 'missed']), 'connected');
  const attended = status === 'connected' || status === 'closed';
  const attender = named(entry, 'attender', (spot) => operatorNamed(spot, state), attended ? ownerOf(state) : '');
  const start = textAt(entry, 'start_time', birth.now);
  const ended = status === 'closed' || status === 'missed' ? start : '';
  const visitor = readVisitor(child(entry, 'visitor'), rowId, usual.visitor);
  return {
    ...usual,
    encrypted_id: textAt(entry, 'encrypted_id', BigInt(rowId).toString(16).padStart(32, 'c')),
    reference_id: textAt(entry, 'reference_id', rowId.slice(-4)),
    chat_id: textAt(entry, 'chat_id', `LD_${rowId}_55158025`),
    uvid: textAt(entry, 'uvid', usual.uvid),
    question: textAt(entry, 'question', usual.question),
    app_id: named(entry, 'app', (spot) => appNamed(spot, state), state.apps[0]?.id ?? '0'),
    department_id: named(entry, 'department', (spot) => departmentNamed(spot, state), state.departments[0]?.id ?? '0'),
    status,
    owner_id: textAt(entry, 'owner_id', attender),
    attender_id: attender,
    participant_ids: optional(child(entry, 'participant_ids'), ids, attender === '' ? [] : [attender]),
    supervisor_ids: optional(child(entry, 'supervisor_ids'), ids, []),
    visitor,
    customer_info: optional(child(entry, 'customer_info'), record, {}),
    start_time: start,
    attended_time: textAt(entry, 'attended_time', attended ? start : ''),
    end_time: textAt(entry, 'end_time', ended),
    missed_time: textAt(entry, 'missed_time', status === 'missed' ? start : ''),
    last_modified_time: textAt(entry, 'last_modified_time', start),
    ended_by: textAt(entry, 'ended_by', ended === '' ? '' : 'visitor'),
    transfers: optional(child(entry, 'transfers'), (spot) => elements(spot).map(readTransfer), []),
    messages: optional(child(entry, 'messages'), (spot) => elements(spot).map((one, index) => readMessage(one, index, visitor, attender, start)), []),
  };
};

const readVisitor = (entry: Spot, rowId: string, usual: ChatVisitor): ChatVisitor => {
  if (isAbsent(entry)) return { ...usual, id: `${rowId}5` };
  knownKeys(entry, Object.keys(usual));
  const name = textAt(entry, 'name', textAt(entry, 'email', 'Visitor'));
  const last = name.split(' ').at(-1) ?? name;
  return {
    id: textAt(entry, 'id', `${rowId}5`),
    user_id: textAt(entry, 'user_id', `$${rowId}`),
    name,
    first_name: textAt(entry, 'first_name', name.slice(0, name.length - last.length).trim()),
    last_name: textAt(entry, 'last_name', last),
    email: textAt(entry, 'email', ''),
    phone: textAt(entry, 'phone', ''),
    type: optional(child(entry, 'type'), (spot) => oneOf(spot, ['lead', 'contact']), 'lead'),
    ip: textAt(entry, 'ip', usual.ip),
    country_code: textAt(entry, 'country_code', usual.country_code),
    channel: textAt(entry, 'channel', usual.channel),
  };
};

/** `from` is a short form of `sender`: visitor or operator. */
const readMessage = (entry: Spot, index: number, visitor: ChatVisitor, attender: string, start: string): ChatMessage => {
  knownKeys(entry, ['id', 'sequence_id', 'sender', 'from', 'type', 'text', 'file_name', 'file_size', 'time']);
  const from = optional(child(entry, 'from'), (spot) => oneOf(spot, ['visitor', 'operator']), 'visitor');
  const usual = from === 'operator' ? { id: attender, name: '', type: 'operator' } : { id: visitor.user_id, name: visitor.name, type: 'visitor' };
  const sender = child(entry, 'sender');
  const time = textAt(entry, 'time', String(Number(start) + index));
  return {
    id: textAt(entry, 'id', `${time}_${index + 1}`),
    sequence_id: textAt(entry, 'sequence_id', String(index + 1)),
    sender: { id: textAt(sender, 'id', usual.id), name: textAt(sender, 'name', usual.name), type: textAt(sender, 'type', usual.type) },
    type: optional(child(entry, 'type'), (spot) => oneOf(spot, ['text', 'file']), 'text'),
    text: textAt(entry, 'text', ''),
    file_name: textAt(entry, 'file_name', ''),
    file_size: textAt(entry, 'file_size', ''),
    time,
  };
};

const readTransfer = (entry: Spot): Transfer => ({
  department_id: textAt(entry, 'department_id', ''),
  operator_id: textAt(entry, 'operator_id', ''),
  note: textAt(entry, 'note', ''),
});

/** `conversation` counts the conversations of the seed from 1. */
const chatOf = (entry: Spot, chats: readonly Conversation[]): string => {
  const number = child(entry, 'conversation');
  if (isAbsent(number)) return textAt(entry, 'conversation_id', chats[0]?.id ?? '0');
  return (
    chats[Number(number.value) - 1]?.id ?? number.fail('value', number.path, `must be the number of a conversation of this seed, from 1 to ${chats.length}`)
  );
};

const readFeedback = (entry: Spot, rowId: string, chats: readonly Conversation[], birth: Birth): Feedback => {
  knownKeys(entry, ['id', 'conversation', 'conversation_id', 'rating', 'feedback', 'time']);
  return {
    id: rowId,
    conversation_id: chatOf(entry, chats),
    rating: optional(child(entry, 'rating'), (spot) => oneOf(spot, ['happy', 'neutral', 'sad']), 'happy'),
    feedback: textAt(entry, 'feedback', ''),
    time: textAt(entry, 'time', birth.now),
  };
};

const readCall = (entry: Spot, rowId: string, chats: readonly Conversation[], birth: Birth): MediaCall => {
  const usual = { ...sampleCall(Number(birth.now)), id: rowId, conversation_id: '' };
  knownKeys(entry, [...Object.keys(usual), 'conversation']);
  const read = Object.fromEntries(Object.entries(usual).map(([key, fallback]) => [key, textAt(entry, key, fallback)]));
  return { ...usual, ...read, id: rowId, conversation_id: chatOf(entry, chats) };
};

const readBot = (entry: Spot, rowId: string, state: PortalState, birth: Birth): Bot => {
  const usual = sampleBot(state, Number(birth.now));
  knownKeys(entry, [...Object.keys(usual), 'app', 'departments']);
  const flagAt = (key: 'all_departments' | 'published' | 'enabled'): boolean => optional(child(entry, key), flag, usual[key]);
  return {
    id: rowId,
    name: text(child(entry, 'name')),
    description: textAt(entry, 'description', ''),
    app_id: named(entry, 'app', (spot) => appNamed(spot, state), usual.app_id),
    department_ids: has(entry, 'departments')
      ? elements(child(entry, 'departments')).map((one) => departmentNamed(one, state))
      : optional(child(entry, 'department_ids'), ids, []),
    all_departments: flagAt('all_departments'),
    published: flagAt('published'),
    enabled: flagAt('enabled'),
    connector: optional(child(entry, 'connector'), (spot) => oneOf(spot, ['flow', 'dre']), 'flow'),
    stats: { ...usual.stats, ...Object.fromEntries(Object.keys(usual.stats).map((key) => [key, textAt(child(entry, 'stats'), key, usual.stats[key] ?? '0')])) },
    creator_id: textAt(entry, 'creator_id', usual.creator_id),
    created_time: textAt(entry, 'created_time', birth.now),
    modified_time: textAt(entry, 'modified_time', birth.now),
  };
};

const readPending = (entry: Spot): PendingRequest => {
  knownKeys(entry, ['id', 'kind', 'opened_time', 'progress', 'response', 'ended_time']);
  return {
    id: text(child(entry, 'id')),
    kind: oneOf(child(entry, 'kind'), ['bot', 'widget', 'form']),
    opened_time: id(child(entry, 'opened_time')),
    progress: optional(child(entry, 'progress'), texts, []),
    response: optional(child(entry, 'response'), record, {}),
    ended_time: textAt(entry, 'ended_time', ''),
  };
};
