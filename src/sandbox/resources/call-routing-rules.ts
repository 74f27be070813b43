/**
 * Call routing rules. One of their pages is known, the create, and it has the
 * body of chat routing and an `object` of its own (rules.md 0 and 1.3); the rest
 * is as in chat routing. That there is a common rule is a guess, hence a switch.
 */
import type { Section } from '../route.ts';
import type { Switches } from '../switches.ts';
import { loadRouting, type RoutingFacts, routingFamily } from './routing-rules.ts';
import { ruleRoutes } from './rule-family.ts';
import { commonRuleRoutes } from './visitor-routing-rules.ts';

const hasCommonRule = (switches: Switches): boolean => switches['call-commonrule'] === 'present';

const facts: RoutingFacts = {
  key: 'call_routing_rules',
  object: 'call_routing_rule',
  path: 'callroutingrules',
  module: 'callrouting',
  stats: ['missed_count', 'connected_count', 'last_routed_time', 'requested_count', 'transfered_count'],
  commonRule: 'call_route_to_all',
  listsCommonRule: hasCommonRule,
  showsCondition: 'yes',
};

export const callRoutingRules: Section = {
  keys: [facts.key, facts.commonRule],
  routes: [...commonRuleRoutes(facts).map((route) => ({ ...route, exists: hasCommonRule })), ...ruleRoutes(routingFamily(facts))],
  load: loadRouting(facts),
};
