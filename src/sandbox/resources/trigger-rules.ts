/** Intelligent trigger rules (rules.md 6). Ids, times, positions and delays are strings here, and `url` of one rule holds its id. */
import { knownWord, readCriteria, showCriteria, type Words } from '../criteria.ts';
import { isRecord, type Json, toJson } from '../json.ts';
import { type Call, idAs, type Section } from '../route.ts';
import { child, complain, optional, type Spot, text, whole } from '../spot.ts';
import type { TriggerAction, TriggerEvent, TriggerRule } from '../state.ts';
import { actionTypes, eventTypes, fieldNames } from '../vocabulary.ts';
import { appOf, enabledWish, loadOrdered, ordering, sameTitle, showApp, zeros } from './ordered-rules.ts';
import { type RuleFamily, ruleRoutes } from './rule-family.ts';

const stats = ['triggered_count', 'replied_count', 'failed_count', 'seen_count', 'last_triggered_time'];
const lax: Words = { fields: fieldNames('triggerrules'), vocabulary: 'lax' };

/** `and_criteria`, `event` and `action`, as far as the body has them. */
const parts = (body: Spot, words: Words): Pick<TriggerRule, 'and_criteria' | 'event' | 'action'> => {
  const event = optional(child(body, 'event'), (spot) => readEvent(spot, words.vocabulary), undefined);
  const action = optional(child(body, 'action'), (spot) => readAction(spot, words.vocabulary), undefined);
  return {
    and_criteria: readCriteria(child(body, 'and_criteria'), words),
    ...(event === undefined ? {} : { event }),
    ...(action === undefined ? {} : { action }),
  };
};

/** Keys beside `type` are kept as sent: only one event is documented, and it has none (rules.md 6.4). */
const readEvent = (spot: Spot, vocabulary: Words['vocabulary']): TriggerEvent => ({
  ...dictionary(spot),
  type: knownWord(child(spot, 'type'), eventTypes, vocabulary),
});

/** `delay` is shown as a string; a number is taken as well (rules.md 6.5). */
const readAction = (spot: Spot, vocabulary: Words['vocabulary']): TriggerAction => {
  const delay = optional(child(spot, 'delay'), whole, undefined);
  return {
    type: knownWord(child(spot, 'type'), actionTypes, vocabulary),
    params: optional(child(spot, 'params'), dictionary, {}),
    ...(delay === undefined ? {} : { delay: String(delay) }),
  };
};

const dictionary = (spot: Spot): { [key: string]: Json } =>
  isRecord(spot.value)
    ? Object.fromEntries(Object.entries(spot.value).map(([key, value]) => [key, toJson(value)]))
    : complain(spot, 'kind', 'must be an object');

const family: RuleFamily<TriggerRule> = {
  path: 'triggerrules',
  objects: { list: 'trigger_rule', one: 'trigger_rule' },
  urlOfOne: 'request',
  rows: (state) => state.trigger_rules,
  withRows: (state, rows) => ({ ...state, trigger_rules: rows }),
  details: ['app_id', 'and_criteria', 'title', 'event', 'action'],
  mandatory: { create: ['app_id', 'and_criteria'], update: ['and_criteria', 'app_id', 'title', 'event', 'action'] },
  make: (body, call, born) => ({
    ...born,
    title: optional(child(body, 'title'), text, ''),
    app_id: appOf(body, call, undefined),
    position: 0,
    stats: zeros(stats),
    ...parts(body, { ...lax, vocabulary: call.switches.vocabulary }),
  }),
  edit: (body, call, before) => ({
    ...before,
    title: text(child(body, 'title')),
    app_id: appOf(body, call, before.app_id),
    ...parts(body, { ...lax, vocabulary: call.switches.vocabulary }),
  }),
  cleared: (rule) => rule,
  show: (rule, call) => show(rule, call),
  beside: () => ({}),
  wish: enabledWish,
  rivals: sameTitle,
  order: ordering(),
};

const show = (rule: TriggerRule, call: Call): Json => ({
  id: idAs(call, 'string', rule.id),
  title: rule.title,
  app: showApp(rule, call),
  stats: rule.stats,
  creator: { id: idAs(call, 'string', rule.creator_id) },
  enabled: rule.enabled,
  created_time: rule.created_time,
  modified_time: rule.modified_time,
  position: String(rule.position),
  and_criteria: showCriteria(rule.and_criteria, 'and_criteria', call.switches),
  event: rule.event,
  action: rule.action,
});

export const triggerRules: Section = {
  keys: ['trigger_rules'],
  routes: ruleRoutes(family),
  load: (seed, state, birth) => {
    const loaded = loadOrdered(seed, 'trigger_rules', state, birth, (entry, rule): TriggerRule => ({ ...rule, ...parts(entry, lax) }), {
      keys: ['event', 'action'],
      stats,
    });
    return { ...loaded.state, trigger_rules: loaded.rules };
  },
};
