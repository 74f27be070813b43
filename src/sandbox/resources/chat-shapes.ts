/** Conversations, their people and messages as answers show them (platform-and-people.md 7.2). */
import type { Json } from '../json.ts';
import type { ChatMessage, Conversation } from '../operation-state.ts';
import { type Call, idAs } from '../route.ts';
import { nameOf } from '../sample-chats.ts';

/** Codes of the page are those of connected and closed; the other two are assumed. */
const statuses: Readonly<Record<string, { readonly [key: string]: Json }>> = {
  connected: { state_key: 'connected', status_code: 0, state: 2, id: '20', label: 'Connected', status_key: 'open' },
  closed: { state_key: 'closed', status_code: 2, state: 4, id: '42', label: 'Attended Online', status_key: 'closed' },
  waiting: { state_key: 'waiting', status_code: 1, state: 1, id: '11', label: 'Waiting', status_key: 'open' },
  missed: { state_key: 'missed', status_code: 3, state: 3, id: '33', label: 'Missed', status_key: 'closed' },
};

export const labelOf = (chat: Conversation): string => String(statuses[chat.status]?.['label'] ?? '');

export const codeOfStatus = (chat: Conversation): Json => statuses[chat.status]?.['status_code'] ?? 0;

const operator = (id: string, call: Call): { readonly [key: string]: Json } => ({
  image_key: `0_${id}`,
  email: call.state.operators.find((row) => row.id === id)?.email_id ?? '',
  name: nameOf(call.state, id),
  is_bot: false,
  id: idAs(call, 'string', id),
});

export const showMessage = (row: ChatMessage): { readonly [key: string]: Json } => ({
  sequence_id: row.sequence_id,
  sender: { name: row.sender.name, id: row.sender.id },
  type: row.type,
  message: row.type === 'file' ? { text: row.text, file: { name: row.file_name, size: row.file_size } } : { text: row.text },
  time: row.time,
});

export const showDepartment = (chat: Conversation, call: Call): Json => ({
  name: call.state.departments.find(({ id }) => id === chat.department_id)?.name ?? '',
  id: idAs(call, 'string', chat.department_id),
});

export const showVisitor = ({ visitor }: Conversation, call: Call): { readonly [key: string]: Json } => ({
  id: idAs(call, 'string', visitor.id),
  user_id: visitor.user_id,
  name: visitor.name,
  email: visitor.email,
  phone: visitor.phone,
  type: visitor.type,
  ip: visitor.ip,
  country_code: visitor.country_code,
  supported_operations: ['bot_chat', 'file_share', 'edit_message', 'delete_message', 'block_ip'],
});

/** People and times are left out where there are none. */
export const showChat = (chat: Conversation, call: Call): { readonly [key: string]: Json } => {
  const last = chat.messages.at(-1);
  return {
    reference_id: chat.reference_id,
    ...(chat.owner_id === '' ? {} : { owner: operator(chat.owner_id, call) }),
    chat_id: chat.chat_id,
    ...(chat.attender_id === '' ? {} : { attender: operator(chat.attender_id, call) }),
    type: 'chat',
    participants: chat.participant_ids.map((id) => operator(id, call)),
    supervisors: chat.supervisor_ids.map((id) => operator(id, call)),
    unread_chats: false,
    chat_status: statuses[chat.status] ?? {},
    uvid: chat.uvid,
    question: chat.question,
    notes: false,
    reopen: false,
    app_name: call.state.apps.find(({ id }) => id === chat.app_id)?.name ?? '',
    ...(chat.end_time === '' ? {} : { end_time: chat.end_time }),
    ...(chat.attended_time === '' ? {} : { attended_time: chat.attended_time }),
    start_time: chat.start_time,
    id: idAs(call, 'string', chat.id),
    last_modified_time: chat.last_modified_time,
    ...(last === undefined ? {} : { last_message_info: showMessage(last) }),
    status: labelOf(chat),
    app_id: idAs(call, 'string', chat.app_id),
    department: showDepartment(chat, call),
    visitor: showVisitor(chat, call),
    customer_info: chat.customer_info,
  };
};
