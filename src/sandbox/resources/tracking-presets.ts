/**
 * Tracking presets (webhooks-and-more.md 9): four rings of criteria, shown
 * under `rule` and taken there or at the top of a body. One preset at most is
 * applied (inferred). A body that holds nothing but `enabled` switches it.
 */
import type { TrackingPreset } from '../content-state.ts';
import { readGroups, showCriteria } from '../criteria.ts';
import { type Json, print } from '../json.ts';
import { refuse } from '../refusal.ts';
import { type Call, idAs, type Reply, type Section } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, complain, flag, has, isAbsent, keysOf, optional, type Spot, text } from '../spot.ts';
import { type Group, type PortalState, takeId } from '../state.ts';
import { fieldNames } from '../vocabulary.ts';
import { nameOf, onlyName } from './categories.ts';

const rings = ['ring_three', 'ring_two', 'ring_four', 'ring_one'] as const;

type Ring = (typeof rings)[number];

const ringsOf = (preset: TrackingPreset, call: Pick<Call, 'switches'>): Json =>
  Object.fromEntries(rings.map((ring) => [ring, showCriteria(preset[ring], 'and_criteria', call.switches)]));

/** As answers show it; user preferences show the applied one in the same way, without its id. */
export const showPreset = (preset: TrackingPreset, call: Pick<Call, 'switches'>): { readonly [key: string]: Json } => ({
  enabled: preset.enabled,
  name: preset.name,
  applied: preset.applied,
  description: preset.description,
  rule: ringsOf(preset, call),
});

const show = (preset: TrackingPreset, call: Call): Json => ({ id: idAs(call, 'string', preset.id), ...showPreset(preset, call) });

const answer = (kind: Reply['kind'], preset: TrackingPreset, call: Call): Reply => ({
  kind,
  object: 'tracking_preset_config',
  id: preset.id,
  data: print(show(preset, call)),
});

const presetOf = (call: Call): TrackingPreset => call.state.tracking_presets.find((one) => one.id === call.param('id')) ?? refuse(1019);

const readRing = (body: Spot, ring: Ring, vocabulary: 'lax' | 'strict'): Group[] => {
  const top = child(body, ring);
  const spot = isAbsent(top) ? child(child(body, 'rule'), ring) : top;
  if (isAbsent(spot)) complain(top, 'value', 'is missing');
  return readGroups(spot, 'or_criteria', { fields: fieldNames('trackingpresets'), vocabulary });
};

/** @param kept what stays of a ring that is not there; without it, every ring must be */
const readRings = (body: Spot, vocabulary: 'lax' | 'strict', kept?: Pick<TrackingPreset, Ring>): Pick<TrackingPreset, Ring> => {
  const read = (ring: Ring): Group[] =>
    kept !== undefined && isAbsent(child(body, ring)) && isAbsent(child(child(body, 'rule'), ring)) ? kept[ring] : readRing(body, ring, vocabulary);
  return { ring_one: read('ring_one'), ring_two: read('ring_two'), ring_three: read('ring_three'), ring_four: read('ring_four') };
};

/** The presets with this one among them; where it is applied, no other is. */
const withPreset = (state: PortalState, preset: TrackingPreset): TrackingPreset[] => {
  const others = state.tracking_presets.some((one) => one.id === preset.id)
    ? state.tracking_presets.map((one) => (one.id === preset.id ? preset : one))
    : [...state.tracking_presets, preset];
  return preset.applied ? others.map((one) => (one.id === preset.id ? one : { ...one, applied: false })) : others;
};

const create = (call: Call): Reply => {
  const taken = takeId(call.state);
  const preset: TrackingPreset = {
    id: taken.id,
    name: nameOf(child(call.body, 'name')),
    description: optional(child(call.body, 'description'), text, ''),
    applied: optional(child(call.body, 'applied'), flag, false),
    enabled: optional(child(call.body, 'enabled'), flag, true),
    ...readRings(call.body, call.switches.vocabulary),
  };
  onlyName(preset, call.state.tracking_presets, call);
  const state = { ...taken.state, tracking_presets: withPreset(taken.state, preset) };
  return { ...answer('create', preset, call), state };
};

const update = (call: Call): Reply => {
  const before = presetOf(call);
  const sent = keysOf(call.body);
  const preset: TrackingPreset =
    sent.length === 1 && sent[0] === 'enabled'
      ? { ...before, enabled: flag(child(call.body, 'enabled')) }
      : {
          ...before,
          name: demanded(call, 'name', nameOf, before.name),
          description: demanded(call, 'description', text, before.description),
          applied: demanded(call, 'applied', flag, before.applied),
          enabled: demanded(call, 'enabled', flag, before.enabled),
          ...readRings(call.body, call.switches.vocabulary, call.switches['preset-update'] === 'partial' ? before : undefined),
        };
  onlyName(preset, call.state.tracking_presets, call);
  return { ...answer('update', preset, call), state: { ...call.state, tracking_presets: withPreset(call.state, preset) } };
};

/** The page marks every field of an update as mandatory. */
const demanded = <T>(call: Call, key: string, read: (spot: Spot) => T, before: T): T =>
  call.switches['preset-update'] === 'whole' || has(call.body, key) ? read(child(call.body, key)) : before;

const remove = (call: Call): Reply => {
  const preset = presetOf(call);
  return { ...answer('delete', preset, call), state: { ...call.state, tracking_presets: call.state.tracking_presets.filter((one) => one.id !== preset.id) } };
};

const load: Section['load'] = (seed, state) => {
  let at = state;
  const presets = seedList(child(seed, 'tracking_presets')).map((entry): TrackingPreset => {
    knownKeys(entry, ['id', 'name', 'description', 'applied', 'enabled', 'rule', ...rings]);
    const taken = freshId(entry, at);
    at = taken.state;
    return {
      id: taken.id,
      name: text(child(entry, 'name')),
      description: optional(child(entry, 'description'), text, ''),
      applied: optional(child(entry, 'applied'), flag, false),
      enabled: optional(child(entry, 'enabled'), flag, true),
      ...readRings(entry, 'lax'),
    };
  });
  return { ...at, tracking_presets: presets };
};

const scope = 'trackingpresets';

export const trackingPresets: Section = {
  keys: ['tracking_presets'],
  routes: [
    {
      method: 'GET',
      path: 'trackingpresets',
      scope: `${scope}.READ`,
      run: (call) => ({ kind: 'list', object: 'tracking_preset_config', data: print(call.listed.tracking_presets.map((one) => show(one, call))) }),
    },
    { method: 'POST', path: 'trackingpresets', scope: `${scope}.CREATE`, body: 'json', run: create },
    { method: 'GET', path: 'trackingpresets/:id', scope: `${scope}.READ`, run: (call) => answer('fixed', presetOf(call), call) },
    { method: 'PUT', path: 'trackingpresets/:id', scope: `${scope}.UPDATE`, body: 'json', run: update },
    { method: 'DELETE', path: 'trackingpresets/:id', scope: `${scope}.DELETE`, run: remove },
  ],
  load,
};
