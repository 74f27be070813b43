/** Visitor, chat and call routing: one shape, three paths (rules.md 4, 5 and 7). Ids, times and positions are numbers here. */
import { knownWord, readCriteria, showCriteria, type Words } from '../criteria.ts';
import type { Json } from '../json.ts';
import { refuse } from '../refusal.ts';
import { type Birth, type Call, idAs, type Section } from '../route.ts';
import { departmentNamed, knownKeys, operatorNamed } from '../seed-entry.ts';
import { child, elements, id, isAbsent, optional, type Spot, text, texts } from '../spot.ts';
import type { PortalState, RoutingRule, Userset } from '../state.ts';
import type { Switches } from '../switches.ts';
import { fieldNames, routingTypes } from '../vocabulary.ts';
import { appOf, enabledWish, loadOrdered, ordering, sameTitle, showApp, zeros } from './ordered-rules.ts';
import type { RuleFamily } from './rule-family.ts';

export interface RoutingFacts {
  readonly key: 'visitor_routing_rules' | 'chat_routing_rules' | 'call_routing_rules';
  /** `object` of every answer (rules.md 1.3). */
  readonly object: string;
  readonly path: string;
  readonly module: 'visitorrouting' | 'chatrouting' | 'callrouting';
  readonly stats: readonly string[];
  readonly commonRule: 'route_to_all' | 'chat_route_to_all' | 'call_route_to_all';
  /** Whether lists show the common rule. */
  readonly listsCommonRule: (switches: Switches) => boolean;
  readonly showsCondition: 'yes' | 'no';
}

const onlyType = 'route_to_selected_users';
const onlyCondition = 'at_least_one_user_online';

export const routingFamily = (facts: RoutingFacts): RuleFamily<RoutingRule> => {
  const words = (call: Call): Words => ({ fields: fieldNames(facts.module), vocabulary: call.switches.vocabulary });
  const given = (
    body: Spot,
    call: Call,
    before: RoutingRule | undefined,
  ): Pick<RoutingRule, 'title' | 'app_id' | 'and_criteria' | 'routing_type' | 'userset'> => ({
    title: optional(child(body, 'title'), text, before?.title ?? ''),
    app_id: appOf(body, call, before?.app_id),
    and_criteria: readCriteria(child(body, 'and_criteria'), words(call)),
    routing_type: optional(child(body, 'routing_type'), (spot) => knownWord(spot, routingTypes, call.switches.vocabulary), before?.routing_type ?? onlyType),
    userset: optional(child(body, 'userset'), (spot) => readUserset(spot, call.state), before?.userset ?? []),
  });
  return {
    path: facts.path,
    objects: { list: facts.object, one: facts.object },
    urlOfOne: 'collection',
    rows: (state) => state[facts.key],
    withRows: (state, rows) => ({ ...state, [facts.key]: rows }),
    details: ['title', 'app_id', 'and_criteria', 'routing_type', 'userset'],
    mandatory: { create: ['and_criteria'], update: ['and_criteria'] },
    make: (body, call, born) => ({ ...born, position: 0, stats: zeros(facts.stats), condition: onlyCondition, ...given(body, call, undefined) }),
    edit: (body, call, before) => ({ ...before, ...given(body, call, before) }),
    cleared: (rule) => ({ ...rule, title: '', routing_type: onlyType, userset: [] }),
    show: (rule, call) => show(rule, call, facts),
    beside: (state, switches) => (facts.listsCommonRule(switches) ? { route_to_all: state[facts.commonRule] } : {}),
    wish: enabledWish,
    rivals: sameTitle,
    order: ordering(),
  };
};

/** Fallback for ids already in the rule is not given: every id of a body must exist (1024 and 1025, platform-and-people.md 10). */
const readUserset = (spot: Spot, state: PortalState): Userset[] =>
  elements(spot).map((set) => ({
    operator_ids: knownIds(
      child(set, 'operator_ids'),
      state.operators.filter((operator) => !operator.is_deleted),
      1024,
    ),
    department_ids: knownIds(child(set, 'department_ids'), state.departments, 1025),
    dynamic_users: optional(child(set, 'dynamic_users'), texts, []),
  }));

const knownIds = (spot: Spot, rows: readonly { readonly id: string }[], code: number): string[] =>
  isAbsent(spot)
    ? []
    : elements(spot).map((entry) => {
        const wanted = id(entry);
        return rows.some((row) => row.id === wanted) ? wanted : refuse(code, { json_key: entry.path });
      });

const show = (rule: RoutingRule, call: Call, facts: RoutingFacts): Json => ({
  modified_time: Number(rule.modified_time),
  id: idAs(call, 'number', rule.id),
  app: showApp(rule, call),
  stats: rule.stats,
  enabled: rule.enabled,
  position: rule.position,
  creator: { id: idAs(call, 'number', rule.creator_id) },
  title: rule.title,
  created_time: Number(rule.created_time),
  and_criteria: showCriteria(rule.and_criteria, 'and_criteria', call.switches),
  routing_type: rule.routing_type,
  userset: rule.userset.map((set) => ({
    operator_ids: set.operator_ids.map((operator) => idAs(call, 'string', operator)),
    department_ids: set.department_ids.map((department) => idAs(call, 'string', department)),
    dynamic_users: set.dynamic_users,
  })),
  ...(facts.showsCondition === 'yes' ? { condition: rule.condition } : {}),
});

/** The seed's rules of one routing family, and its common rule. */
export const loadRouting =
  (facts: RoutingFacts): Section['load'] =>
  (seed, state, birth: Birth) => {
    const common = optional(child(seed, facts.commonRule), text, state[facts.commonRule]);
    const loaded = loadOrdered(seed, facts.key, state, birth, (entry, rule, at): RoutingRule => ({ ...rule, ...seeded(entry, at, facts) }), {
      keys: ['routing_type', 'userset', 'condition'],
      stats: facts.stats,
    });
    return { ...loaded.state, [facts.commonRule]: common, [facts.key]: loaded.rules };
  };

const seeded = (entry: Spot, state: PortalState, facts: RoutingFacts): Pick<RoutingRule, 'and_criteria' | 'routing_type' | 'userset' | 'condition'> => ({
  and_criteria: readCriteria(child(entry, 'and_criteria'), { fields: fieldNames(facts.module), vocabulary: 'lax' }),
  routing_type: optional(child(entry, 'routing_type'), text, onlyType),
  userset: optional(child(entry, 'userset'), (spot) => elements(spot).map((set) => seededSet(set, state)), []),
  condition: optional(child(entry, 'condition'), text, onlyCondition),
});

const seededSet = (set: Spot, state: PortalState): Userset => {
  knownKeys(set, ['operators', 'departments', 'dynamic_users', 'operator_ids', 'department_ids']);
  const both = (ids: string, names: string, find: (spot: Spot, state: PortalState) => string): string[] => [
    ...optional(child(set, ids), texts, []),
    ...optional(child(set, names), (spot) => elements(spot).map((name) => find(name, state)), []),
  ];
  return {
    operator_ids: both('operator_ids', 'operators', operatorNamed),
    department_ids: both('department_ids', 'departments', departmentNamed),
    dynamic_users: optional(child(set, 'dynamic_users'), texts, []),
  };
};
