/** Chats as a portal has them when nothing is said about it, and the chat that an event is about when there is none. */
import type { Bot, ChatMessage, ChatVisitor, Conversation, Feedback, MediaCall } from './operation-state.ts';
import { ownerOf, type PortalState } from './state.ts';

const minute = 60_000;

/** Ids of samples have 13 digits, so that they never meet those that the portal gives. */
const sampleId = (number: number): string => String(1_385_449_374_000 + number);

const visitors = [
  { first_name: 'Tricia', last_name: 'Ohlsen', email: 'tricia@visitor.test', phone: '5550142', type: 'contact', country_code: 'NO' },
  { first_name: 'Kenji', last_name: 'Mori', email: 'kenji@visitor.test', phone: '', type: 'lead', country_code: 'JP' },
  { first_name: 'Ana', last_name: 'Rojas', email: 'ana@visitor.test', phone: '5550199', type: 'contact', country_code: 'CL' },
  { first_name: 'Lotte', last_name: 'Brandt', email: 'lotte@visitor.test', phone: '', type: 'lead', country_code: 'DE' },
] as const;
const questions = ['Is the blue lamp back in stock?', 'Where is my parcel?', 'How do I return a chair?', 'Do you ship to Berlin?'] as const;
const states = ['connected', 'waiting', 'closed', 'missed'] as const;

const visitorNumber = (number: number): ChatVisitor => {
  const { first_name, last_name, email, phone, type, country_code } = visitors[number % visitors.length] ?? visitors[0];
  return {
    id: sampleId(500 + number),
    user_id: `$${2_463_902_694_162_000 + number}`,
    name: `${first_name} ${last_name}`,
    first_name,
    last_name,
    email,
    phone,
    type,
    ip: `192.0.2.${number + 1}`,
    country_code,
    channel: 'website',
  };
};

/** One of a row of sample chats: connected, waiting, closed, missed, and so on. @param app_id the first app when absent */
export const sampleChat = (number: number, state: PortalState, now: number, app_id = state.apps[0]?.id ?? '0'): Conversation => {
  const status = states[number % states.length] ?? 'connected';
  const start = now - (60 - 10 * (number % states.length)) * minute;
  const attended = status === 'connected' || status === 'closed';
  const owner = attended ? ownerOf(state) : '';
  const visitor = visitorNumber(number);
  const question = questions[number % questions.length] ?? questions[0];
  const hex = (seed: number): string => (BigInt(sampleId(number)) * BigInt(seed)).toString(16).padStart(16, '0').repeat(2);
  return {
    id: sampleId(number),
    encrypted_id: hex(0x9e3779b97f),
    reference_id: String(number + 1),
    chat_id: `LD_${2_242_278_138_463_000 + number}_55158025`,
    uvid: `c9db3d6f-c77a-463b-bfd3-${hex(7).slice(0, 12)}-1`,
    question,
    app_id,
    department_id: state.departments[0]?.id ?? '0',
    status,
    owner_id: owner,
    attender_id: owner,
    participant_ids: attended ? [owner] : [],
    supervisor_ids: [],
    visitor,
    customer_info: status === 'connected' ? { Branch: 'Oslo', Band: 'Premium' } : {},
    start_time: String(start),
    attended_time: attended ? String(start + minute) : '',
    end_time: status === 'closed' || status === 'missed' ? String(start + 5 * minute) : '',
    missed_time: status === 'missed' ? String(start + 5 * minute) : '',
    last_modified_time: String(start + 5 * minute),
    ended_by: status === 'closed' ? 'visitor' : status === 'missed' ? 'system' : '',
    transfers: [],
    messages: [
      message(1, { id: visitor.user_id, name: visitor.name, type: 'visitor' }, question, start),
      ...(attended ? [message(2, { id: owner, name: nameOf(state, owner), type: 'operator' }, 'Hello, let me look that up.', start + 2 * minute)] : []),
    ],
  };
};

const message = (sequence: number, sender: ChatMessage['sender'], text: string, time: number): ChatMessage => ({
  id: `${time}_${sequence}`,
  sequence_id: String(sequence),
  sender,
  type: 'text',
  text,
  file_name: '',
  file_size: '',
  time: String(time),
});

/** What the third sample chat, which is closed, earned. */
export const sampleFeedback = (now: number): Feedback => ({
  id: sampleId(700),
  conversation_id: sampleId(2),
  rating: 'happy',
  feedback: 'The return was easy, thank you!',
  time: String(now - 30 * minute),
});

/** A call within the third sample chat. */
export const sampleCall = (now: number): MediaCall => {
  const start = now - 38 * minute;
  return {
    id: sampleId(800),
    conversation_id: sampleId(2),
    status: 'ended',
    initiated_by: 'operator',
    ended_by: 'operator',
    created_time: String(start),
    pickup_time: String(start + 13_000),
    connected_time: String(start + 19_000),
    end_time: String(start + minute),
    missed_time: '',
  };
};

export const sampleBot = (state: PortalState, now: number): Bot => ({
  id: sampleId(900),
  name: 'Lamp bot',
  description: '',
  app_id: state.apps[0]?.id ?? '0',
  department_ids: [],
  all_departments: true,
  published: true,
  enabled: true,
  connector: 'flow',
  stats: {
    last_used_time_in_millis: String(now - 5 * minute),
    total_chat_duration_in_millis: '2049800',
    number_of_transfered_chats: '1',
    number_of_chats: '5',
    number_of_resolved_chats: '4',
  },
  creator_id: ownerOf(state),
  created_time: String(now - 90 * minute),
  modified_time: String(now - 90 * minute),
});

/** What an operator is called; empty for one that is gone. */
export const nameOf = (state: PortalState, operator: string): string => {
  const row = state.operators.find(({ id }) => id === operator);
  if (row === undefined) return '';
  const named = [row.profile['first_name'], row.profile['last_name']].filter((part) => part !== undefined && part !== '').join(' ');
  return named === '' ? (row.email_id.split('@')[0] ?? '') : named;
};
