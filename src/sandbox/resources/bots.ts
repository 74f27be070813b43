/** Bots, which are only listed (platform-and-people.md 7.1). */
import { type Json, print } from '../json.ts';
import type { Bot } from '../operation-state.ts';
import { limitOf, rowsFrom } from '../paging.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Route } from '../route.ts';
import { ownerOf } from '../state.ts';
import { showPerson } from './stamps.ts';

const most = 1000;

const show = (row: Bot, call: Call): Json => {
  const owner = ownerOf(call.state);
  return {
    modifier: showPerson(row.creator_id, call),
    connector: {
      owner: { email_id: call.state.operators.find(({ id }) => id === owner)?.email_id ?? '', ...showPerson(owner, call) },
      status: 'enabled',
      type: row.connector,
    },
    modified_time: row.modified_time,
    image_fkey: '',
    permissions: '15',
    enabled: row.enabled,
    creator: showPerson(row.creator_id, call),
    source_type: 'developed',
    deleted: false,
    id: idAs(call, 'string', row.id),
    description: row.description,
    app_id: idAs(call, 'string', row.app_id),
    department_ids: row.department_ids.map((department) => idAs(call, 'string', department)),
    all_departments: row.all_departments,
    published: row.published,
    stats: row.stats,
    created_time: row.created_time,
    image_url: '',
    name: row.name,
  };
};

/** Begins with 1; the page says no more about `index`, so `paging-index` chooses. */
const list = (call: Call): Reply => {
  const first = call.query('index');
  if (first !== undefined && !/^[1-9]\d*$/.test(first)) refuse(1011, { param: 'index' });
  const rows = rowsFrom(call.listed.bots, call, limitOf(call, most, most), 1, call.switches['paging-index']);
  return { kind: 'list', object: 'list', synced: true, data: print(rows.map((row) => show(row, call))) };
};

export const botRoutes: readonly Route[] = [{ method: 'GET', path: 'bots', scope: 'bots.READ', run: list }];
