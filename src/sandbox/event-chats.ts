/** What events about chats and visitors tell (webhooks-and-more.md 2.5). */
import { appFound, modifierOf, type Told } from './event-people.ts';
import type { EventDetails } from './events.ts';
import type { Json } from './json.ts';
import type { Conversation } from './operation-state.ts';
import { nameOf, sampleChat } from './sample-chats.ts';
import { ownerOf, type PortalState } from './state.ts';

type Entity = { readonly [key: string]: Json | undefined };

/** @param module conversation, visitor, contact or lead; @param change the rest of the event's name */
export const chatEntity = (module: string, change: string, details: EventDetails, state: PortalState, now: number): Told => {
  const chat = chatFor(details, state, now);
  if (module === 'conversation') return { id: chat.id, app: chat.app_id, entity: aboutChat(change, chat, details, state, now) };
  return { id: chat.visitor.id, app: chat.app_id, entity: module === 'visitor' ? aboutVisitor(chat, state) : aboutTags(module, chat, state) };
};

/** The chat that is named, else the newest of the app, else one made up for it. */
const chatFor = ({ conversation, app }: EventDetails, state: PortalState, now: number): Conversation => {
  if (conversation !== undefined) {
    const chat = state.conversations.find(({ id }) => id === conversation);
    if (chat === undefined) throw new Error(`there is no conversation ${conversation}`);
    return chat;
  }
  const wanted = app === undefined ? undefined : appFound(state, app).id;
  return state.conversations.findLast(({ app_id }) => wanted === undefined || app_id === wanted) ?? sampleChat(0, state, now, wanted);
};

const person = (state: PortalState, id: string): Entity => ({
  id,
  name: nameOf(state, id),
  email_id: state.operators.find((row) => row.id === id)?.email_id ?? '',
});

const visitorIn = ({ visitor }: Conversation): Entity => ({
  email_id: visitor.email,
  phone: visitor.phone,
  name: visitor.name,
  type: visitor.type,
  id: visitor.id,
});

/** Codes and states are texts in lists of one (webhooks-and-more.md 2.5). */
const labels: Readonly<Record<string, readonly [code: string, state: string, label: string]>> = {
  waiting: ['0', '1', 'Waiting'],
  connected: ['0', '2', 'Connected'],
  closed: ['2', '4', 'Attended Online'],
  missed: ['3', '5', 'Missed'],
};

const wholeChat = (chat: Conversation, state: PortalState): Entity => {
  const [code, stage, label] = labels[chat.status] ?? ['0', '2', 'Connected'];
  return {
    id: chat.id,
    visitor_conversation_id: chat.encrypted_id,
    reference_id: chat.reference_id,
    opened_time: chat.start_time,
    attended_time: chat.attended_time,
    end_time: chat.end_time,
    missed_time: chat.missed_time,
    app_id: chat.app_id,
    department_id: chat.department_id,
    owner: person(state, chat.owner_id),
    visitor: visitorIn(chat),
    question: chat.question,
    supervisors: chat.supervisor_ids,
    participants: chat.participant_ids,
    status: label,
    chat_status: { status_code: [code], state: [stage], label },
  };
};

const aboutChat = (change: string, chat: Conversation, details: EventDetails, state: PortalState, now: number): Entity => {
  const owner = chat.owner_id === '' ? ownerOf(state) : chat.owner_id;
  const brief = { id: chat.id, visitor_conversation_id: chat.encrypted_id, visitor: { ...visitorIn(chat), channel: chat.visitor.channel } };
  const words = details.text ?? chat.messages.at(-1)?.text ?? chat.question;
  const message = (sender: Json): Entity => ({ sender, meta: {}, msgid: String(now), text: words });
  const by: Entity = { ...person(state, owner), type: 'operator' };
  switch (change) {
    case 'operator.replied':
      return { ...brief, message: message({ name: nameOf(state, owner), id: owner, type: 'operator' }) };
    case 'visitor.replied':
      return { ...brief, message: message({ name: chat.visitor.name, id: chat.visitor.user_id, type: 'visitor' }) };
    case 'rated':
      return details.part === 'feedback'
        ? { owner: by, feedback: 'The lamp came the next day, thank you!', id: chat.id, status: 'Ended', visitor: visitorIn(chat) }
        : { rating: 4, feedback: 'Quick and friendly', owner: by, visitor: visitorIn(chat) };
    case 'attender.updated':
      return { id: chat.id, owner: { ...by, email: by['email_id'] }, visitor: brief.visitor };
    case 'transfer.initiated':
      return { ...brief, transfer: { attempt_count: chat.transfers.length + 1, department_id: chat.department_id, initiated_by: by } };
    case 'transfer.accepted':
      return { ...brief, transfer: { attempt_count: Math.max(1, chat.transfers.length), accepted_by: by } };
    case 'transfer.rejected':
      return { ...brief, transfer: { attempt_count: Math.max(1, chat.transfers.length), rejected_by: by } };
    case 'participants.added':
    case 'participants.deleted':
      return { ...brief, participants: [by], modifier: modifierOf(state) };
    case 'supervisor.added':
      return { ...brief, supervisor: by };
    case 'message.edited':
      return { ...brief, message: message(by), edited_by: by };
    case 'message.deleted':
      return { ...brief, message: { msgid: String(now) }, deleted_by: by };
    case 'metrics':
      return { ...brief, status: chat.status, metric: 'first_response_time', value: '6105' };
    case 'reopened':
      return { ...wholeChat(chat, state), reopened_by: 'visitor', time_since_closure: String(Math.max(0, now - Number(chat.end_time || now))) };
    default:
      return wholeChat(chat, state);
  }
};

const aboutVisitor = ({ visitor, customer_info }: Conversation, state: PortalState): Entity => ({
  id: visitor.id,
  type: visitor.type,
  first_name: visitor.first_name,
  last_name: visitor.last_name,
  ...(visitor.type === 'contact' ? { email_id: visitor.email, phone: visitor.phone, lead: { id: visitor.id } } : {}),
  modifier: modifierOf(state),
  customer_info,
});

const aboutTags = (module: string, { visitor }: Conversation, state: PortalState): Entity => ({
  id: visitor.id,
  type: module,
  first_name: visitor.first_name,
  last_name: visitor.last_name,
  action: 'added',
  added_tags: [{ id: '1385449374900', name: 'VIP' }],
  deleted_tags: [],
  modifier: modifierOf(state),
});
