/** Lists of visitors of the first and third version; here everybody who has chatted (platform-and-people.md 7.5). */
import { type Json, print } from '../json.ts';
import type { Conversation } from '../operation-state.ts';
import { limitOf, wholeQuery } from '../paging.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Route } from '../route.ts';

const most = 200;
const batch = 100;
const returning = '-2';

const byTime = (rows: readonly Conversation[]): readonly Conversation[] => [...rows].sort((a, b) => Number(b.start_time) - Number(a.start_time));

/** The latest conversation of each visitor, newest first. */
const latest = (call: Call): readonly Conversation[] => {
  const rows = byTime(call.listed.conversations);
  return rows.filter((row, index) => rows.findIndex(({ visitor }) => visitor.user_id === row.visitor.user_id) === index);
};

const showVisitor = ({ uvid, visitor, start_time, customer_info }: Conversation): Json => ({
  lastvisit_source: 'Direct',
  user_uniqueid: uvid,
  name: visitor.name,
  id: visitor.id,
  email: visitor.email,
  lastvisit_time: start_time,
  customer_info,
});

/** A key has the form of the sample's (`3598-101`): an id, here the last visitor's, and the row that is next, counted from 1 (assumed). */
const rowOfKey = (call: Call): number => {
  const key = call.query('startkey');
  if (key === undefined) return 0;
  const row = /^\d+-(\d{1,9})$/.exec(key)?.[1];
  return row === undefined || Number(row) === 0 ? refuse(1011, { param: 'startkey' }) : Number(row) - 1;
};

/** A view is not looked into: -2 alone keeps those who came again. */
const ofView = (call: Call): Reply => {
  const chats = call.listed.conversations;
  const came = (row: Conversation): number => chats.filter(({ visitor }) => visitor.user_id === row.visitor.user_id).length;
  const rows = latest(call).filter((row) => call.param('view') !== returning || came(row) > 1);
  const start = rowOfKey(call);
  const part = rows.slice(start, start + batch);
  const last = part.at(-1);
  const more = last !== undefined && rows.length > start + batch ? { startkey: `${last.visitor.id}-${start + batch + 1}` } : {};
  return { kind: 'fixed', object: 'list', bare: true, data: print({ ...more, visitorlist: part.map(showVisitor) }) };
};

/** The keys are times: `next_key` asks for what is older, `prev_key` for what is newer. The answer is described nowhere. */
const listed =
  (pick: (call: Call) => readonly Conversation[], show: (row: Conversation) => Json): Route['run'] =>
  (call) => {
    if (call.switches['visitor-lists'] === 'off') refuse(1016);
    const older = wholeQuery(call, 'next_key', Number.POSITIVE_INFINITY);
    const newer = wholeQuery(call, 'prev_key', -1);
    const rows = pick(call).filter(({ start_time }) => Number(start_time) < older && Number(start_time) > newer);
    const part = rows.slice(0, limitOf(call, most, most));
    const last = part.at(-1);
    return {
      kind: 'fixed',
      object: 'list',
      data: print(part.map(show)),
      ...(last !== undefined && rows.length > part.length ? { beside: { next_key: last.start_time } } : {}),
    };
  };

const showVisit = ({ id, uvid, visitor, start_time }: Conversation): Json => ({ id, user_uniqueid: uvid, visitor_id: visitor.id, time: start_time });

export const visitorListRoutes: readonly Route[] = [
  { method: 'GET', family: 'api/v1', path: 'visitorsview/:view/visitors', scope: 'visitordetails.READ', run: ofView },
  { method: 'GET', family: 'api/v3', path: 'visitors', scope: 'visitors.READ', run: listed(latest, showVisitor) },
  { method: 'GET', family: 'api/v3', path: 'visits', scope: 'visitors.READ', run: listed((call) => byTime(call.listed.conversations), showVisit) },
];
