/** Calls by voice, which are only listed (platform-and-people.md 7.3). */
import { type Json, print } from '../json.ts';
import type { Conversation, MediaCall } from '../operation-state.ts';
import { limitOf, rowsFrom, sortedBy } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Route } from '../route.ts';

const states = ['cancelled', 'missed', 'rejected', 'initiated', 'accepted', 'ended', 'connected'];

const chatOf = (row: MediaCall, call: Call): Conversation | undefined => call.state.conversations.find(({ id }) => id === row.conversation_id);

const person = (kind: string, chat: Conversation | undefined, call: Call): Json =>
  kind === '' ? {} : { type: kind, id: idAs(call, 'string', (kind === 'operator' ? chat?.attender_id : chat?.visitor.id) ?? '') };

/** All keys of the whole sample; whether `include_fields` withholds the others is not documented. */
const show = (row: MediaCall, call: Call): Json => {
  const chat = chatOf(row, call);
  const app = call.state.apps.find(({ id }) => id === chat?.app_id);
  const department = call.state.departments.find(({ id }) => id === chat?.department_id);
  return {
    brand: { name: app?.name ?? '', id: idAs(call, 'string', app?.id ?? '') },
    last_attender: { id: idAs(call, 'string', chat?.attender_id ?? '') },
    end_time: row.end_time,
    id: idAs(call, 'string', row.id),
    status: row.status,
    initiated_by: person(row.initiated_by, chat, call),
    pickup_time: row.pickup_time,
    type: 'audio',
    ended_by: person(row.ended_by, chat, call),
    created_time: row.created_time,
    connected_time: row.connected_time,
    missed_time: row.missed_time,
    voice_message_available: false,
    recording_available: false,
    transcript_available: false,
    summary_available: false,
    department: { name: department?.name ?? '', id: idAs(call, 'string', department?.id ?? '') },
    conversation: {
      status: chat?.status === 'missed' ? 'Missed' : 'Attended Online',
      type: 'call',
      in_time: chat?.start_time ?? '',
      reference_id: chat?.reference_id ?? '',
      id: idAs(call, 'string', row.conversation_id),
      thread_number: 1,
    },
  };
};

const among = (call: Call, name: string, value: string | undefined): boolean => {
  const wanted = call.query(name);
  return wanted === undefined || wanted.split(',').includes(value ?? '');
};

const isWanted = (row: MediaCall, call: Call): boolean => {
  const chat = chatOf(row, call);
  return (
    among(call, 'status', row.status) &&
    among(call, 'department_ids', chat?.department_id) &&
    among(call, 'conversation_ids', row.conversation_id) &&
    among(call, 'attender_ids', chat?.attender_id) &&
    among(call, 'brand_ids', chat?.app_id) &&
    among(call, 'visitor_type', chat?.visitor.type) &&
    among(call, 'email', chat?.visitor.email) &&
    Number(row.created_time) >= Number(call.query('from_time') ?? 0) &&
    Number(row.created_time) <= Number(call.query('to_time') ?? Number.POSITIVE_INFINITY)
  );
};

const time = (key: 'created_time' | 'pickup_time' | 'end_time' | 'missed_time') => (row: MediaCall) => Number(row[key]);

/** `index` begins with 0; ten is the limit of the examples. */
const listed = (rows: readonly MediaCall[], call: Call, object: string): Reply => {
  const status = call.query('status');
  if (status !== undefined && !states.includes(status)) refuse(1011, { param: 'status' });
  const keys = { initiated_time: time('created_time'), pickup_time: time('pickup_time'), end_time: time('end_time'), missed_time: time('missed_time') };
  const wanted = sortedBy(
    rows.filter((row) => isWanted(row, call)),
    call,
    keys,
  );
  const part = rowsFrom(wanted, call, limitOf(call, 10, 10), 0, call.switches['paging-index']);
  return { kind: 'list', object, data: print(part.map((row) => show(row, call))) };
};

/** Every conversation of the sandbox has one thread. */
const ofConversation = (call: Call): Reply => {
  const chat = call.state.conversations.find(({ id }) => id === call.param('id'));
  if (chat === undefined || !['', '1'].includes(call.param('thread'))) refuse(1019);
  return listed(
    call.listed.calls.filter((row) => row.conversation_id === call.param('id')),
    call,
    'calls',
  );
};

export const callRoutes: readonly Route[] = [
  { method: 'GET', path: 'calls', scope: 'media.READ', run: (call) => listed(call.listed.calls, call, 'list') },
  { method: 'GET', path: 'conversations/:id/calls', scope: 'media.READ', run: ofConversation },
  { method: 'GET', path: 'conversations/:id/threads/:thread/calls', scope: 'media.READ', run: ofConversation },
];
