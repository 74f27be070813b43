/** Chat routing rules (rules.md 5). `transfered_count` is spelt so; the path of a common rule is a guess, hence a switch. */
import type { Section } from '../route.ts';
import { loadRouting, type RoutingFacts, routingFamily } from './routing-rules.ts';
import { ruleRoutes } from './rule-family.ts';
import { commonRuleRoutes } from './visitor-routing-rules.ts';

const facts: RoutingFacts = {
  key: 'chat_routing_rules',
  object: 'chat_routing_rules',
  path: 'chatroutingrules',
  module: 'chatrouting',
  stats: ['missed_count', 'connected_count', 'last_routed_time', 'requested_count', 'transfered_count'],
  commonRule: 'chat_route_to_all',
  listsCommonRule: () => true,
  showsCondition: 'yes',
};

export const chatRoutingRules: Section = {
  keys: [facts.key, facts.commonRule],
  routes: [
    ...commonRuleRoutes(facts).map((route) => ({
      ...route,
      exists: (switches: { readonly 'chat-commonrule': string }) => switches['chat-commonrule'] === 'present',
    })),
    ...ruleRoutes(routingFamily(facts)),
  ],
  load: loadRouting(facts),
};
