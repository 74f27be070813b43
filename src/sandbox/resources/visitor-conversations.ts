/** Conversations on the side of visitors, who know them by an encrypted id (platform-and-people.md 7.4). */
import { isRecord, type Json, print, toJson } from '../json.ts';
import type { ChatVisitor, Conversation } from '../operation-state.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';
import { sampleChat } from '../sample-chats.ts';
import { child, complain, has, id, oneOf, optional, type Spot, text, whole } from '../spot.ts';
import { type PortalState, takeId } from '../state.ts';
import { showChat, showVisitor } from './chat-shapes.ts';
import { changed, ended } from './conversations.ts';

const longestWait = 999;
const longestFeedback = 2048;

const chatOf = (call: Call): Conversation => {
  const wanted = call.param('id');
  return call.state.conversations.find((chat) => chat.encrypted_id === wanted || chat.id === wanted) ?? refuse(1019);
};

/** What visitors are told of a chat: the encrypted id stands for the id. */
const show = (chat: Conversation, call: Call): Json => ({ ...showChat(chat, call), id: chat.encrypted_id, wms_chat_id: chat.chat_id });

const known = (spot: Spot, rows: readonly { readonly id: string }[]): string => {
  const given = id(spot);
  return rows.some((row) => row.id === given) ? given : complain(spot, 'value', 'must be one of the portal');
};

const visitorOf = (spot: Spot, rowId: string, usual: ChatVisitor): ChatVisitor => {
  const name = optional(child(spot, 'name'), text, 'Visitor');
  return {
    ...usual,
    id: `${rowId}5`,
    user_id: id(child(spot, 'user_id')),
    name,
    first_name: '',
    last_name: name,
    email: optional(child(spot, 'email'), text, ''),
    phone: optional(child(spot, 'phone'), id, ''),
    type: 'lead',
  };
};

const opened = (call: Call, question: string, status: 'waiting' | 'missed'): Reply => {
  const { body, now } = call;
  const taken = takeId(call.state);
  const info = child(body, 'customer_info').value;
  const usual = sampleChat(1, taken.state, now);
  const visitor = visitorOf(child(body, 'visitor'), taken.id, usual.visitor);
  const time = String(now);
  const chat: Conversation = {
    ...usual,
    id: taken.id,
    encrypted_id: BigInt(taken.id).toString(16).padStart(32, 'c'),
    reference_id: taken.id.slice(-4),
    chat_id: `LD_${taken.id}_55158025`,
    question,
    app_id: known(child(body, 'app_id'), call.state.apps),
    department_id: known(child(body, 'department_id'), call.state.departments),
    status,
    visitor,
    customer_info: isRecord(info) ? Object.fromEntries(Object.entries(info).map(([key, value]) => [key, toJson(value)])) : {},
    start_time: time,
    end_time: status === 'missed' ? time : '',
    missed_time: status === 'missed' ? time : '',
    last_modified_time: time,
    ended_by: '',
    messages: usual.messages.slice(0, 1).map((one) => ({
      ...one,
      id: `${time}_1`,
      sender: { id: visitor.user_id, name: visitor.name, type: 'visitor' },
      text: question,
      time,
    })),
  };
  const state: PortalState = { ...taken.state, conversations: [...taken.state.conversations, chat] };
  return { kind: 'fixed', object: 'conversations', data: print(show(chat, call)), state };
};

const open = (call: Call): Reply => {
  const wait = child(call.body, 'custom_wait_time');
  if (has(call.body, 'custom_wait_time') && whole(wait) > longestWait) complain(wait, 'value', `must be at most ${longestWait}`);
  return opened(call, text(child(call.body, 'question')), 'waiting');
};

/** A message that is left is taken to be a missed chat. */
const leaveMessage = (call: Call): Reply => {
  if (has(call.body, 'attender_id')) known(child(call.body, 'attender_id'), call.state.operators);
  return opened(call, text(child(call.body, 'message')), 'missed');
};

const close = (call: Call): Reply => {
  const chat = chatOf(call);
  const reply = ended(call, chat, 'visitor');
  const now = reply.state?.conversations.find((row) => row.id === chat.id) ?? chat;
  return { ...reply, data: print(show(now, call)) };
};

const sendFeedback = (call: Call): Reply => {
  const chat = chatOf(call);
  const rating = oneOf(child(call.body, 'rating'), ['happy', 'neutral', 'sad']);
  const words = optional(child(call.body, 'feedback'), text, '');
  if (words.length > longestFeedback) complain(child(call.body, 'feedback'), 'value', `must have at most ${longestFeedback} characters`);
  const taken = takeId(call.state);
  const row = { id: taken.id, conversation_id: chat.id, rating, feedback: words, time: String(call.now) };
  return { kind: 'fixed', object: 'feedback', data: '{}', state: { ...taken.state, feedbacks: [...taken.state.feedbacks, row] } };
};

const updateVisitor = (call: Call): Reply => {
  const chat = chatOf(call);
  const { visitor } = chat;
  const last = optional(child(call.body, 'last_name'), text, visitor.last_name);
  const next: ChatVisitor = {
    ...visitor,
    last_name: last,
    name: has(call.body, 'last_name') ? [visitor.first_name, last].filter((part) => part !== '').join(' ') : visitor.name,
    email: optional(child(call.body, 'email'), text, visitor.email),
    phone: optional(child(call.body, 'phone'), id, visitor.phone),
  };
  const shown = { question: chat.question, id: chat.id, visitor: showVisitor({ ...chat, visitor: next }, call) };
  return { ...changed(call, chat, { visitor: next }), url: call.path.replace(/^\/api\//, '/'), data: print(shown) };
};

export const visitorConversationRoutes: readonly Route[] = [
  { method: 'POST', family: 'visitor/v2', path: 'conversations', scope: 'conversations.CREATE', body: 'json', run: open },
  { method: 'POST', family: 'visitor/v2', path: 'conversations/leavemessage', scope: 'conversations.CREATE', body: 'json', run: leaveMessage },
  { method: 'PUT', family: 'visitor/v2', path: 'conversations/:id/close', scope: 'conversations.UPDATE', run: close },
  { method: 'POST', family: 'api/visitor/v1', path: 'conversations', scope: 'conversations.CREATE', body: 'json', run: open },
  { method: 'PUT', family: 'api/visitor/v1', path: 'conversations/:id/visitor', scope: 'conversations.UPDATE', body: 'json', run: updateVisitor },
  { method: 'POST', family: 'api/visitor/v1', path: 'conversations/:id/feedback', scope: 'conversations.CREATE', body: 'json', run: sendFeedback },
];
