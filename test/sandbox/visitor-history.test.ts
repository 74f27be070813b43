/** Views of the visitor history, and what the caller prefers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SeedError, startSandbox } from '../../src/sandbox/index.ts';
import { acme, codeOf, columnAt, criteria, dig, shapeOf, start } from './client.ts';

const seed = {
  ...acme,
  visitor_history_views: [
    { name: 'Safari view', and_criteria: criteria('Chile'), sort_by: 'leadscore', favourited: true },
    { name: 'Norwegians', and_criteria: criteria('Norway') },
  ],
  user_preferences: { list_one: 'Safari view', hide_other_agent_connected_visitors: 'enabled' },
};
const path = '/visitorhistoryviews';
const names = (json: unknown): readonly unknown[] => columnAt(json, 'name', 'data');

describe('visitor history views', () => {
  it('are listed behind the two of the portal, which have no creator and no time', async () => {
    const { get, sandbox } = await start({ seed });
    const { json } = await get(path);
    expect(json).toMatchObject({ url: '/api/v2/acme/visitorhistoryviews', object: 'visitorhistoryviews' });
    expect(names(json)).toEqual(['Returning Visitors', 'All Visitors', 'Safari view', 'Norwegians']);
    expect(dig(json, 'data', 1)).toEqual({
      and_criteria: [{ or_criteria: [{ comparator: 'is_equal_to', values: ['all'], field_name: 'visitor_type' }] }],
      system: true,
      favourited: true,
      name: 'All Visitors',
      sort_by: 'last_visit_time',
      id: '-1',
    });
    sandbox.setSwitches({ 'returning-view': 'repeated' });
    expect(dig((await get(`${path}/-2`)).json, 'data', 'name')).toBe('Repeated Visitors');
  });

  it('show a number where all else shows times as texts, or a text', async () => {
    const { get, sandbox } = await start({ seed, now: () => 1_700_000_000_000 });
    const one = `${path}/${sandbox.state().visitor_history_views[0]?.id}`;
    const { json } = await get(one);
    expect(json).toMatchObject({ url: `/api/v2/acme${one}`, object: 'visitorhistoryview', data: { name: 'Safari view', modified_time: 1_700_000_000_000 } });
    expect(shapeOf(dig(json, 'data'))).toEqual(
      shapeOf({ and_criteria: criteria(), system: false, favourited: true, name: '', creator: { id: '6' }, sort_by: '', modified_time: 1, id: '6' }),
    );
    sandbox.setSwitches({ 'view-time': 'string' });
    expect((await get(one)).json).toMatchObject({ data: { modified_time: '1700000000000' } });
  });

  it('need a name of their own and criteria in small letters', async () => {
    const { post, sandbox } = await start({ seed });
    const body = { name: 'Japanese', and_criteria: criteria() };
    expect((await post(path, { name: 'Japanese' })).json).toMatchObject({ error: { code: 1015, json_key: 'and_criteria' } });
    expect((await post(path, { and_criteria: criteria() })).json).toMatchObject({ error: { code: 1015, json_key: 'name' } });
    expect((await post(path, { ...body, sort_by: 'age' })).json).toMatchObject({ error: { code: 1015, json_key: 'sort_by' } });
    expect((await post(path, body)).json).toMatchObject({
      object: 'visitorhistoryview',
      data: { ...body, system: false, favourited: false, sort_by: 'last_visit_time' },
    });
    for (const name of ['norwegians', 'All visitors']) expect((await post(path, { ...body, name })).json).toMatchObject({ error: { code: 1014 } });
    sandbox.setSwitches({ 'names-unique': 'no', vocabulary: 'strict' });
    expect(codeOf(await post(path, { ...body, name: 'Norwegians' }))).toBeUndefined();
    const odd = [{ or_criteria: [{ field_name: 'shoe_size', comparator: 'is_equal_to', values: ['46'] }] }];
    expect((await post(path, { name: 'Shoes', and_criteria: odd })).json).toMatchObject({
      error: { code: 1015, json_key: 'and_criteria[0].or_criteria[0].field_name' },
    });
  });

  it('keep what an update leaves out, or go back to what is usual', async () => {
    const { put, sandbox } = await start({ seed });
    const one = `${path}/${sandbox.state().visitor_history_views[0]?.id}`;
    expect((await put(one, { name: 'Chileans' })).json).toMatchObject({ data: { name: 'Chileans', sort_by: 'leadscore', favourited: true } });
    expect(codeOf(await put(one, { name: 'Norwegians' }))).toBe(1014);
    sandbox.setSwitches({ 'put-details': 'replacing' });
    expect((await put(one, { and_criteria: criteria('Peru') })).json).toMatchObject({
      data: { name: 'Chileans', and_criteria: criteria('Peru'), sort_by: 'last_visit_time', favourited: false },
    });
  });

  it('of the portal neither change nor go', async () => {
    const { put, del } = await start({ seed });
    for (const id of ['-1', '-2']) expect([codeOf(await put(`${path}/${id}`, { name: 'Mine' })), codeOf(await del(`${path}/${id}`))]).toEqual([1016, 1016]);
    expect([codeOf(await put(`${path}/-3`, { name: 'Mine' })), codeOf(await del(`${path}/1`))]).toEqual([1019, 1019]);
  });

  it('leave their column to all visitors when they go', async () => {
    const { del, get, sandbox } = await start({ seed });
    expect(codeOf(await del(`${path}/${sandbox.state().visitor_history_views[0]?.id}`))).toBeUndefined();
    expect(names((await get(path)).json)).toEqual(['Returning Visitors', 'All Visitors', 'Norwegians']);
    expect((await get('/userpreferences')).json).toMatchObject({ data: { visitorhistoryviews: { list_one: { view_id: '-1', view_name: 'All Visitors' } } } });
  });
});

describe('user preferences', () => {
  it('tell the view of each column, the preset that is applied, and how visitors are tracked', async () => {
    const { get, sandbox } = await start({ seed });
    const { json } = await get('/userpreferences');
    expect(json).toMatchObject({
      url: '/api/v2/acme/userpreferences',
      object: 'userpreference_config',
      data: {
        visitorhistoryviews: {
          list_one: { view_id: sandbox.state().visitor_history_views[0]?.id, view_name: 'Safari view' },
          list_two: { view_id: '-2', view_name: 'Returning Visitors' },
          list_three: { view_id: '-1', view_name: 'All Visitors' },
        },
        tracking: {
          applied_preset: { enabled: true, name: 'uts.tracking.config.pchats', applied: true, description: '' },
          view: 'ring',
          hide_other_agent_connected_visitors: 'enabled',
        },
      },
    });
    expect(dig(json, 'data', 'tracking', 'applied_preset', 'rule', 'ring_three')).toEqual([
      { or_criteria: [{ comparator: 'greater_than', values: ['3'], field_name: 'number_of_past_chats' }] },
    ]);
    sandbox.setSwitches({ 'tracking-settings': 'untold' });
    expect(Object.keys(Object(dig((await get('/userpreferences')).json, 'data', 'tracking')))).toEqual(['applied_preset']);
  });

  it('show ids as one type where that is asked', async () => {
    const { get } = await start({ seed, switches: { 'id-type': 'number' } });
    expect(dig((await get('/userpreferences')).json, 'data', 'visitorhistoryviews', 'list_two', 'view_id')).toBe(-2);
  });

  it('take the two settings of tracking together', async () => {
    const { put, sandbox } = await start({ seed });
    const both = { view: 'list', hide_other_agent_connected_visitors: 'disabled' };
    for (const key of Object.keys(both))
      expect((await put('/userpreferences/tracking', { ...both, [key]: undefined })).json).toMatchObject({ error: { code: 1015, json_key: key } });
    const { json } = await put('/userpreferences/tracking', both);
    expect(json).toMatchObject({ url: '/api/v2/acme/userpreferences/tracking', object: 'userpreference_config', data: { tracking: both } });
    expect(Object.keys(Object(dig(json, 'data')))).toEqual(['tracking']);
    expect(sandbox.state().user_preferences).toMatchObject(both);
    sandbox.setSwitches({ vocabulary: 'strict' });
    expect((await put('/userpreferences/tracking', { ...both, view: 'cube' })).json).toMatchObject({ error: { code: 1015, json_key: 'view' } });
  });

  it('take another view for one column', async () => {
    const { put, sandbox } = await start({ seed });
    const second = sandbox.state().visitor_history_views[1]?.id;
    expect((await put('/userpreferences/visitorhistoryviews', { list_name: 'list_two', view_id: second })).json).toMatchObject({
      object: 'userpreference_config',
      data: { visitorhistoryviews: { list_one: { view_name: 'Safari view' }, list_two: { view_id: second, view_name: 'Norwegians' } } },
    });
    expect((await put('/userpreferences/visitorhistoryviews', { list_name: 'list_four', view_id: second })).json).toMatchObject({
      error: { code: 1015, json_key: 'list_name' },
    });
    expect((await put('/userpreferences/visitorhistoryviews', { list_name: 'list_one', view_id: '5' })).json).toMatchObject({
      error: { code: 1019, json_key: 'view_id' },
    });
  });

  it('of a seed must name a view that there is', async () => {
    const wrong = startSandbox({ seed: { user_preferences: { list_two: 'Nobody' } } });
    await expect(wrong).rejects.toThrow('seed: user_preferences.list_two: there is no visitor history view "Nobody"');
    await expect(wrong).rejects.toBeInstanceOf(SeedError);
  });

  it('are kept over a restart, with the views', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const file = join(dir, 'state.json');
    const first = await start({ file, seed });
    await first.put('/userpreferences/tracking', { view: 'list', hide_other_agent_connected_visitors: 'disabled' });
    const before = first.sandbox.state();
    await first.sandbox.close();
    const second = await start({ file });
    expect(second.sandbox.state()).toEqual(before);
  });
});
