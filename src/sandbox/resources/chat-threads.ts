/** Threads and the visitor of a conversation, and messages by the visitor's address (platform-and-people.md 7.2). Every conversation has one thread. */
import { type Json, print } from '../json.ts';
import type { Conversation } from '../operation-state.ts';
import { pageOf } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Route } from '../route.ts';
import { nameOf } from '../sample-chats.ts';
import { ownerOf } from '../state.ts';
import { labelOf, showDepartment } from './chat-shapes.ts';
import { chatAt, sendTo } from './conversations.ts';

const numberOfThread = '1';

/** All that `include_fields` may ask for; whether it withholds the rest is not documented. */
const show = (chat: Conversation, call: Call): Json => {
  const count = (type: string): string => String(chat.messages.filter(({ sender }) => sender.type === type).length);
  const between = (from: string, to: string): string => (from === '' || to === '' ? '' : String(Number(to) - Number(from)));
  return {
    id: numberOfThread,
    thread_id: numberOfThread,
    thread_number: numberOfThread,
    conversation_id: idAs(call, 'string', chat.id),
    reference_id: chat.reference_id,
    wms_chat_id: chat.chat_id,
    question: chat.question,
    status: labelOf(chat),
    status_code: '1',
    inititated_by: 'visitor',
    ended_by: chat.ended_by,
    from_time: chat.start_time,
    to_time: chat.end_time,
    ...(chat.attender_id === ''
      ? {}
      : { attender: { name: nameOf(call.state, chat.attender_id), type: 'operator', id: idAs(call, 'string', chat.attender_id) } }),
    department: showDepartment(chat, call),
    brand: { name: call.state.apps.find(({ id }) => id === chat.app_id)?.name ?? '', id: idAs(call, 'string', chat.app_id) },
    metrics: {
      operator_message_count: count('operator'),
      visitor_message_count: count('visitor'),
      bot_message_count: count('bot'),
      info_message_count: '0',
      system_event_count: '0',
      total_chat_duration: between(chat.start_time, chat.end_time),
      visitor_waiting_time: between(chat.start_time, chat.attended_time),
    },
    time: { initiated_time: chat.start_time, connected_time: chat.attended_time },
  };
};

const list = (call: Call): Reply => ({
  kind: 'list',
  object: 'conversations',
  data: print(pageOf([chatAt(call)], call, 50, 50).map((chat) => show(chat, call))),
});

const get = (call: Call): Reply =>
  call.param('thread') === numberOfThread ? { kind: 'fixed', object: 'conversations', data: print(show(chatAt(call), call)) } : refuse(1019);

/** `object` is list and `url` begins with /web, as in the sample. */
const visitor = (call: Call): Reply => {
  const chat = chatAt(call);
  const details = {
    department_name: call.state.departments.find(({ id }) => id === chat.department_id)?.name ?? '',
    visit_id: chat.reference_id,
    attender_name: nameOf(call.state, chat.attender_id),
    chat_id: chat.chat_id,
    feedback: 0,
    add_info: {},
    participants: chat.participant_ids,
  };
  return { kind: 'fixed', object: 'list', url: call.path.replace(/^\/api\//, '/web/'), data: print({ conversation_details: details }) };
};

/** The active chat that the caller attends, else the newest. */
const sendByEmail = (call: Call): Promise<Reply> => {
  const email = call.param('email').toLowerCase();
  const chats = call.state.conversations.filter((chat) => chat.visitor.email.toLowerCase() === email);
  const newest = [...chats].sort((a, b) => Number(b.start_time) - Number(a.start_time))[0];
  const active = chats.find((chat) => chat.status === 'connected' && chat.attender_id === ownerOf(call.state));
  return sendTo(call, active ?? newest ?? refuse(1019));
};

export const threadRoutes: readonly Route[] = [
  { method: 'GET', path: 'conversations/:id/threads', scope: 'conversations.READ', run: list },
  { method: 'GET', path: 'conversations/:id/threads/:thread', scope: 'conversations.READ', run: get },
  { method: 'GET', path: 'conversations/:id/visitor', scope: 'conversations.READ', run: visitor },
  { method: 'POST', path: 'visitors/:email/messages', scope: 'conversations.CREATE', body: 'upload', run: sendByEmail },
];
