/** What visitors thought of their chats (platform-and-people.md 7.6, webhooks-and-more.md 8). */
import { type Json, print } from '../json.ts';
import type { Conversation, Feedback } from '../operation-state.ts';
import { limitOf, rowsFrom } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Route } from '../route.ts';
import { nameOf } from '../sample-chats.ts';

const most = 99;

const chatOf = (row: Feedback, call: Call): Conversation | undefined => call.state.conversations.find(({ id }) => id === row.conversation_id);

const show = (row: Feedback, call: Call): { readonly [key: string]: Json } => {
  const chat = chatOf(row, call);
  const attender = chat?.attender_id ?? '';
  return {
    feedback: row.feedback,
    id: idAs(call, 'string', row.id),
    attender: {
      email: call.state.operators.find(({ id }) => id === attender)?.email_id ?? '',
      display_name: nameOf(call.state, attender),
      type: 'operator',
      image_url: `/web/v2/${call.state.screenname}/downloads/0_${attender}?purpose=operator_image`,
      id: idAs(call, 'string', attender),
    },
    rating: { type: 'smiley', value: row.rating },
    chatlet_count: '0',
    visitor: {
      last_name: chat?.visitor.last_name ?? '',
      name: chat?.visitor.name ?? '',
      first_name: chat?.visitor.first_name ?? '',
      supported_operations: [],
      salutation: 'None',
    },
  };
};

const whole = (row: Feedback, call: Call): Json => {
  const chat = chatOf(row, call);
  return {
    ...show(row, call),
    conversation: {
      question: chat?.question ?? '',
      end_time: chat?.end_time ?? '',
      start_time: chat?.start_time ?? '',
      reference_id: chat?.reference_id ?? '',
      notes_available: 'false',
      mode: 'chat',
      id: idAs(call, 'string', row.conversation_id),
    },
    app_id: idAs(call, 'string', chat?.app_id ?? ''),
  };
};

/** A filter by a comma list; a filter that is not given lets everything through. */
const among = (call: Call, name: string, value: string | undefined): boolean => {
  const wanted = call.query(name);
  return wanted === undefined || wanted.split(',').includes(value ?? '');
};

const isWanted = (row: Feedback, call: Call): boolean => {
  const chat = chatOf(row, call);
  return (
    among(call, 'operator_ids', chat?.attender_id) &&
    among(call, 'department_ids', chat?.department_id) &&
    among(call, 'conversation_ids', row.conversation_id) &&
    among(call, 'app_ids', chat?.app_id) &&
    among(call, 'visitor_email', chat?.visitor.email) &&
    among(call, 'ratings', row.rating) &&
    Number(row.time) >= Number(call.query('start_time') ?? 0) &&
    Number(row.time) <= Number(call.query('end_time') ?? Number.POSITIVE_INFINITY)
  );
};

/** Newest last, or first with `desc`. Which of the two is usual is not documented. */
const sorted = (rows: readonly Feedback[], call: Call): readonly Feedback[] => {
  const order = call.query('sort_order') ?? 'asc';
  if (order !== 'asc' && order !== 'desc') refuse(1011, { param: 'sort_order' });
  const byTime = [...rows].sort((a, b) => Number(a.time) - Number(b.time));
  return order === 'asc' ? byTime : byTime.reverse();
};

const part = (rows: readonly Feedback[], call: Call): readonly Feedback[] =>
  rowsFrom(sorted(rows, call), call, limitOf(call, 20, most), 1, call.switches['paging-index']);

const list = (call: Call): Reply => ({
  kind: 'list',
  object: 'feedback',
  data: print(
    part(
      call.listed.feedbacks.filter((row) => isWanted(row, call)),
      call,
    ).map((row) => whole(row, call)),
  ),
});

const get = (call: Call): Reply => {
  const row = call.state.feedbacks.find(({ id }) => id === call.param('id')) ?? refuse(1019);
  return { kind: 'fixed', object: 'feedback', data: print(whole(row, call)) };
};

/** `url` begins with /web in the sample. */
const ofConversation = (call: Call): Reply => {
  if (!call.state.conversations.some(({ id }) => id === call.param('id'))) refuse(1019);
  const rows = call.listed.feedbacks.filter((row) => row.conversation_id === call.param('id'));
  return {
    kind: 'list',
    object: 'feedback',
    url: call.path.replace(/^\/api\//, '/web/'),
    data: print(part(rows, call).map((row) => show(row, call))),
  };
};

export const feedbackRoutes: readonly Route[] = [
  { method: 'GET', path: 'feedbacks', scope: 'feedbacks.READ', run: list },
  { method: 'GET', path: 'feedbacks/:id', scope: 'conversations.READ', run: get },
  { method: 'GET', path: 'conversations/:id/feedbacks', scope: 'feedbacks.READ', run: ofConversation },
];
