/** What happens in the portal, as far as the sandbox keeps it: chats, calls, opinions, bots, and actions that wait for an answer. */
import type { Json } from './json.ts';

export type ChatVisitor = {
  id: string;
  /** Begins with `$` (platform-and-people.md 1.9). */
  user_id: string;
  name: string;
  first_name: string;
  last_name: string;
  email: string;
  phone: string;
  /** `lead` or `contact`. */
  type: string;
  ip: string;
  country_code: string;
  channel: string;
};

export type ChatMessage = {
  id: string;
  sequence_id: string;
  sender: { id: string; name: string; type: string };
  /** `text` or `file`. */
  type: string;
  text: string;
  file_name: string;
  file_size: string;
  time: string;
};

export type Transfer = { department_id: string; operator_id: string; note: string };

export type Conversation = {
  id: string;
  /** The id that the visitor's side uses: digits of hex. */
  encrypted_id: string;
  reference_id: string;
  chat_id: string;
  uvid: string;
  question: string;
  app_id: string;
  department_id: string;
  /** waiting, connected, closed or missed. */
  status: string;
  owner_id: string;
  attender_id: string;
  participant_ids: string[];
  supervisor_ids: string[];
  visitor: ChatVisitor;
  customer_info: { [key: string]: Json };
  start_time: string;
  attended_time: string;
  end_time: string;
  missed_time: string;
  last_modified_time: string;
  ended_by: string;
  transfers: Transfer[];
  messages: ChatMessage[];
};

export type Feedback = { id: string; conversation_id: string; rating: string; feedback: string; time: string };

export type MediaCall = {
  id: string;
  conversation_id: string;
  status: string;
  /** `operator` or `visitor`. */
  initiated_by: string;
  ended_by: string;
  created_time: string;
  pickup_time: string;
  connected_time: string;
  end_time: string;
  missed_time: string;
};

export type Bot = {
  id: string;
  name: string;
  description: string;
  app_id: string;
  department_ids: string[];
  all_departments: boolean;
  published: boolean;
  enabled: boolean;
  /** `flow` or `dre` (platform-and-people.md 7.1). */
  connector: string;
  stats: { [name: string]: string };
  creator_id: string;
  created_time: string;
  modified_time: string;
};

/** An action of a bot, a widget or a form controller that went pending and waits for its callback (webhooks-and-more.md 3). */
export type PendingRequest = {
  id: string;
  /** bot, widget or form. */
  kind: string;
  opened_time: string;
  progress: string[];
  /** What ended it; empty while it waits. */
  response: { [key: string]: Json };
  ended_time: string;
};

export type OperationState = {
  conversations: Conversation[];
  feedbacks: Feedback[];
  calls: MediaCall[];
  bots: Bot[];
  pending_requests: PendingRequest[];
};

export const blankOperations: OperationState = { conversations: [], feedbacks: [], calls: [], bots: [], pending_requests: [] };
