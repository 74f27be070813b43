/** What the caller prefers (webhooks-and-more.md 10): a view for each list of the visitor history, and how visitors are tracked. */
import type { UserPreferences } from '../content-state.ts';
import { knownWord } from '../criteria.ts';
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import type { Call, Reply, Section } from '../route.ts';
import { knownKeys, named } from '../seed-entry.ts';
import { child, id, isAbsent, oneOf, optional, type Spot, text } from '../spot.ts';
import { showPreset } from './tracking-presets.ts';
import { showViewId, viewsIn } from './visitor-history-views.ts';

const lists = ['list_three', 'list_two', 'list_one'] as const;

/** `list` and `disabled` are on no page. */
const views: ReadonlySet<string> = new Set(['ring', 'list']);
const hidings: ReadonlySet<string> = new Set(['enabled', 'disabled']);

const showViews = (call: Call): { readonly [key: string]: Json } => {
  const shown = (viewId: string): Json => ({
    view_id: showViewId(viewId, call),
    view_name: viewsIn(call).find((view) => view.id === viewId)?.name ?? '',
  });
  return { visitorhistoryviews: Object.fromEntries(lists.map((list) => [list, shown(call.state.user_preferences[list])])) };
};

/** The preset that the portal brings, and which holds where no other is applied. Of its rings the page shows the third whole. */
const systemPreset: Json = {
  enabled: true,
  name: 'uts.tracking.config.pchats',
  applied: true,
  description: '',
  rule: Object.fromEntries(
    [['ring_three', '3'] as const, ['ring_two', '5'] as const, ['ring_four', '1'] as const, ['ring_one', '10'] as const].map(([ring, chats]) => [
      ring,
      [{ or_criteria: [{ comparator: 'greater_than', values: [chats], field_name: 'number_of_past_chats' }] }],
    ]),
  ),
};

const showTracking = (call: Call): { readonly [key: string]: Json } => {
  const applied = call.state.tracking_presets.find((preset) => preset.applied);
  const { view, hide_other_agent_connected_visitors } = call.state.user_preferences;
  return {
    tracking: {
      applied_preset: applied === undefined ? systemPreset : showPreset(applied, call),
      ...(call.switches['tracking-settings'] === 'told' ? { view, hide_other_agent_connected_visitors } : {}),
    },
  };
};

const answer = (kind: Reply['kind'], data: Json): Reply => ({ kind, object: 'userpreference_config', data: print(data) });

const changed = (call: Call, change: Partial<UserPreferences>): Call => ({
  ...call,
  state: { ...call.state, user_preferences: { ...call.state.user_preferences, ...change } },
});

const setTracking = (call: Call): Reply => {
  const { vocabulary } = call.switches;
  const after = changed(call, {
    view: knownWord(child(call.body, 'view'), views, vocabulary),
    hide_other_agent_connected_visitors: knownWord(child(call.body, 'hide_other_agent_connected_visitors'), hidings, vocabulary),
  });
  return { ...answer('fixed', showTracking(after)), state: after.state };
};

/** What it answers is undocumented: taken to be its part of the whole, as for tracking. */
const setView = (call: Call): Reply => {
  const list = oneOf(child(call.body, 'list_name'), lists);
  const viewId = id(child(call.body, 'view_id'));
  if (!viewsIn(call).some((view) => view.id === viewId)) refuse(1019, { json_key: 'view_id' });
  const after = changed(call, { [list]: viewId });
  return { ...answer('update', showViews(after)), state: after.state };
};

const load: Section['load'] = (seed, state, birth) => {
  const spot = child(seed, 'user_preferences');
  if (isAbsent(spot)) return state;
  const usual = state.user_preferences;
  knownKeys(spot, Object.keys(usual));
  const known = viewsIn({ state, switches: birth.switches });
  const part = (key: (typeof lists)[number]): string => optional(child(spot, key), (one) => seededView(one, known), usual[key]);
  const word = (key: 'view' | 'hide_other_agent_connected_visitors'): string => optional(child(spot, key), text, usual[key]);
  const preferences: UserPreferences = {
    list_one: part('list_one'),
    list_two: part('list_two'),
    list_three: part('list_three'),
    view: word('view'),
    hide_other_agent_connected_visitors: word('hide_other_agent_connected_visitors'),
  };
  return { ...state, user_preferences: preferences };
};

/** A view by id, as in a saved state, or by name. */
const seededView = (spot: Spot, known: readonly { readonly id: string; readonly name: string }[]): string =>
  known.find((view) => view.id === spot.value)?.id ??
  named(
    spot,
    known.map((view) => ({ id: view.id, label: view.name })),
    'visitor history view',
  );

export const userPreferences: Section = {
  keys: ['user_preferences'],
  routes: [
    { method: 'GET', path: 'userpreferences', scope: 'userpreferences.READ', run: (call) => answer('fixed', { ...showViews(call), ...showTracking(call) }) },
    { method: 'PUT', path: 'userpreferences/tracking', scope: 'userpreferences.UPDATE', body: 'json', run: setTracking },
    { method: 'PUT', path: 'userpreferences/visitorhistoryviews', scope: 'userpreferences.UPDATE', body: 'json', run: setView },
  ],
  load,
};
