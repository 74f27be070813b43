/** Lead scoring rules and the decay of scores (rules.md 3): upper-case criteria keys, `points` as a text, `status` for on and off. */
import { readCriteria, showCriteria, type Words } from '../criteria.ts';
import { type Json, print } from '../json.ts';
import { type Call, idAs, type Reply, type Section } from '../route.ts';
import { freshId, knownKeys, seedList } from '../seed-entry.ts';
import { child, flag, has, id, oneOf, optional, type Spot, text, whole } from '../spot.ts';
import type { LeadRule, LeadScoreConfig } from '../state.ts';
import type { Switches } from '../switches.ts';
import { fieldNames } from '../vocabulary.ts';
import { type RuleFamily, ruleRoutes } from './rule-family.ts';

const lax: Words = { fields: fieldNames('leadscore'), vocabulary: 'lax' };

const points = (spot: Spot): string => String(whole(spot));

const given = (body: Spot, call: Call, before: LeadRule | undefined): Pick<LeadRule, 'points' | 'and_criteria'> => ({
  points: optional(child(body, 'points'), points, before?.points ?? '0'),
  and_criteria: optional(
    child(body, 'AND_criteria'),
    (spot) => readCriteria(spot, { ...lax, vocabulary: call.switches.vocabulary }),
    before?.and_criteria ?? [],
  ),
});

/** One page names `enable` in its text and sends `status` in its sample (rules.md 3.3). */
const wish = (body: Spot, switches: Switches): 'on' | 'off' | 'nothing' | undefined => {
  const status = optional(child(body, 'status'), (spot) => oneOf(spot, ['enabled', 'disabled']) === 'enabled', undefined);
  const enable = optional(child(body, 'enable'), flag, undefined);
  if (status === undefined && enable === undefined) return undefined;
  const heard = { both: status ?? enable, status, enable }[switches['lead-switch']];
  return heard === undefined ? 'nothing' : heard ? 'on' : 'off';
};

const family: RuleFamily<LeadRule> = {
  path: 'leadscorerules',
  objects: { list: 'leadscore_rules', one: 'leadscore_rule' },
  urlOfOne: 'collection',
  rows: (state) => state.lead_scoring_rules,
  withRows: (state, rows) => ({ ...state, lead_scoring_rules: rows }),
  details: ['points', 'AND_criteria'],
  mandatory: { create: ['points', 'AND_criteria'], update: [] },
  make: (body, call, born) => ({ ...born, ...given(body, call, undefined) }),
  edit: (body, call, before) => ({ ...before, ...given(body, call, before) }),
  cleared: (rule) => ({ ...rule, points: '0', and_criteria: [] }),
  show: (rule, call) => show(rule, call),
  beside: () => ({}),
  wish,
  rivals: () => [],
  order: {
    enter: (rules, rule) => [...rules, rule],
    leave: (rules, gone) => rules.filter((rule) => rule.id !== gone),
    settle: (rules, _before, after) => rules.map((rule) => (rule.id === after.id ? after : rule)),
  },
};

const show = (rule: LeadRule, call: Call): Json => ({
  status: rule.enabled ? 'enabled' : 'disabled',
  points: rule.points,
  creator: { id: idAs(call, 'string', rule.creator_id) },
  AND_criteria: showCriteria(rule.and_criteria, 'AND_criteria', call.switches),
  id: idAs(call, 'string', rule.id),
});

const config = (kind: Reply['kind'], call: Call): Reply => ({
  kind,
  object: 'leadscore_config',
  data: print(call.state.lead_score_config),
  url: `${call.base}/leadscoreconfigs`,
});

/** Any word is a frequency: one token of seven is known (rules.md 3.4). */
const setFrequency = (call: Call): Reply => {
  const state = { ...call.state, lead_score_config: { ...call.state.lead_score_config, frequency: text(child(call.body, 'frequency')) } };
  return { ...config('update', { ...call, state }), url: call.path, state };
};

const load: Section['load'] = (seed, state, birth) => {
  let at = state;
  const rules = seedList(child(seed, 'lead_scoring_rules')).map((entry): LeadRule => {
    knownKeys(entry, ['id', 'points', 'status', 'enabled', 'AND_criteria', 'and_criteria', 'creator_id', 'created_time', 'modified_time']);
    const taken = freshId(entry, at);
    at = taken.state;
    const status = optional(child(entry, 'status'), (spot) => oneOf(spot, ['enabled', 'disabled']) === 'enabled', true);
    return {
      id: taken.id,
      enabled: optional(child(entry, 'enabled'), flag, status),
      points: points(child(entry, 'points')),
      and_criteria: readCriteria(child(entry, has(entry, 'and_criteria') ? 'and_criteria' : 'AND_criteria'), lax),
      creator_id: optional(child(entry, 'creator_id'), id, birth.ownerId),
      created_time: optional(child(entry, 'created_time'), id, birth.now),
      modified_time: optional(child(entry, 'modified_time'), id, birth.now),
    };
  });
  return { ...at, lead_scoring_rules: rules, lead_score_config: readConfig(child(seed, 'lead_score_config'), state.lead_score_config) };
};

const readConfig = (spot: Spot, fallback: LeadScoreConfig): LeadScoreConfig => {
  if (spot.value !== undefined) knownKeys(spot, Object.keys(fallback));
  const part = (key: keyof LeadScoreConfig): string => optional(child(spot, key), id, fallback[key]);
  return {
    percentage: part('percentage'),
    next_crunch_time: part('next_crunch_time'),
    frequency: part('frequency'),
    last_crunch_time: part('last_crunch_time'),
  };
};

export const leadScoringRules: Section = {
  keys: ['lead_scoring_rules', 'lead_score_config'],
  routes: [
    ...ruleRoutes(family),
    { method: 'GET', path: 'leadscoreconfigs', scope: 'leadscoreconfigs.READ', run: (call) => config('fixed', call) },
    { method: 'PUT', path: 'leadscoreconfigs/timerange', scope: 'leadscoreconfigs.UPDATE', body: 'json', run: setFrequency },
  ],
  load,
};
