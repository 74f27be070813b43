/** What routing and trigger rules share: a title, an app, a place in the order, counters. */
import type { Json } from '../json.ts';
import { enter, leave, move, numberAnew, numberingOf, sorted } from '../order.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs } from '../route.ts';
import { appNamed, freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, flag, has, id, isAbsent, keysOf, optional, type Spot, text, whole } from '../spot.ts';
import type { OrderedRule, PortalState, Stats } from '../state.ts';
import type { Switches } from '../switches.ts';
import type { RuleFamily } from './rule-family.ts';

/** Order calls for rules with positions; see order.ts. */
export const ordering = <R extends OrderedRule>(): RuleFamily<R>['order'] => ({
  enter,
  leave,
  move,
  settle: (rules, before, after, switches) =>
    switches['position-scope'] === 'app' && before.app_id !== after.app_id
      ? enter(leave(rules, before.id, switches), after, switches)
      : rules.map((rule) => (rule.id === after.id ? after : rule)),
});

export const enabledWish = (body: Spot): 'on' | 'off' | undefined => {
  const wanted = optional(child(body, 'enabled'), flag, undefined);
  return wanted === undefined ? undefined : wanted ? 'on' : 'off';
};

export const sameTitle = <R extends OrderedRule>(rule: R, rules: readonly R[]): readonly R[] =>
  rules.filter((other) => other.title === rule.title && other.app_id === rule.app_id);

/** The app of a body; without one the first app, since no page marks it as mandatory for routing (rules.md 4.3). */
export const appOf = (body: Spot, call: Call, fallback: string | undefined): string => {
  const wanted = optional(child(body, 'app_id'), id, fallback ?? call.state.apps[0]?.id ?? '');
  return call.state.apps.some((app) => app.id === wanted) || wanted === fallback ? wanted : refuse(1019, { json_key: 'app_id' });
};

/** Always a string beside the name, also where the rule's own id is a number (rules.md 1.2). */
export const showApp = (rule: OrderedRule, call: Call): Json => ({
  name: call.state.apps.find((app) => app.id === rule.app_id)?.name ?? '',
  id: idAs(call, 'string', rule.app_id),
});

export const zeros = (names: readonly string[]): Stats => Object.fromEntries(names.map((name) => [name, '0']));

/** The keys of a seed entry that every ordered rule has. */
export const orderedKeys: readonly string[] = [
  'id',
  'title',
  'app',
  'app_id',
  'enabled',
  'position',
  'creator_id',
  'created_time',
  'modified_time',
  'stats',
  'and_criteria',
];

export type SeededRule = Omit<OrderedRule, 'and_criteria'>;

/** Reads a list of seed entries; they are numbered in the order of the list, unless they come with positions that are still valid. */
export const loadOrdered = <R extends OrderedRule>(
  seed: Spot,
  key: string,
  state: PortalState,
  birth: Birth,
  read: (entry: Spot, common: SeededRule, state: PortalState) => R,
  more: { readonly keys: readonly string[]; readonly stats: readonly string[] },
): { readonly rules: R[]; readonly state: PortalState } => {
  let at = state;
  const entries = seedList(child(seed, key));
  const rules = entries.map((entry, index) => {
    knownKeys(entry, [...orderedKeys, ...more.keys]);
    const taken = freshId(entry, at);
    at = taken.state;
    return read(entry, common(entry, taken.id, index, at, birth, more.stats), at);
  });
  const asNumbered =
    entries.every((entry) => has(entry, 'position')) && (!has(seed, 'numbering') || text(child(seed, 'numbering')) === numberingOf(birth.switches));
  return { rules: asNumbered ? sorted(rules) : numberAnew(rules, birth.switches), state: at };
};

const common = (entry: Spot, ruleId: string, index: number, state: PortalState, birth: Birth, stats: readonly string[]): SeededRule => {
  const appId = child(entry, 'app_id');
  return {
    id: ruleId,
    title: text(child(entry, 'title')),
    app_id: isAbsent(appId) ? appNamed(child(entry, 'app'), state) : id(appId),
    enabled: optional(child(entry, 'enabled'), flag, true),
    position: optional(child(entry, 'position'), whole, index),
    creator_id: optional(child(entry, 'creator_id'), id, birth.ownerId),
    created_time: optional(child(entry, 'created_time'), id, birth.now),
    modified_time: optional(child(entry, 'modified_time'), id, birth.now),
    stats: optional(child(entry, 'stats'), readStats, zeros(stats)),
  };
};

const readStats = (spot: Spot): Stats => Object.fromEntries(keysOf(spot).map((name) => [name, text(child(spot, name))]));

/** Numbers the lists anew when the switches have changed what numbers mean. */
export const renumberAll = (state: PortalState, switches: Switches): PortalState =>
  state.numbering === numberingOf(switches)
    ? state
    : {
        ...state,
        numbering: numberingOf(switches),
        visitor_routing_rules: numberAnew(state.visitor_routing_rules, switches),
        chat_routing_rules: numberAnew(state.chat_routing_rules, switches),
        call_routing_rules: numberAnew(state.call_routing_rules, switches),
        trigger_rules: numberAnew(state.trigger_rules, switches),
      };
