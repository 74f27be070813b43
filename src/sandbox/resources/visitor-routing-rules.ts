/** Visitor routing rules and their common rule (rules.md 4). */
import { print } from '../json.ts';
import type { Call, Reply, Route, Section } from '../route.ts';
import { child, oneOf } from '../spot.ts';
import { loadRouting, type RoutingFacts, routingFamily } from './routing-rules.ts';
import { ruleRoutes } from './rule-family.ts';

const facts: RoutingFacts = {
  key: 'visitor_routing_rules',
  object: 'visitor_routing_rules',
  path: 'visitorroutingrules',
  module: 'visitorrouting',
  stats: ['routed_count', 'replied_count', 'last_routed_time', 'triggered_count'],
  commonRule: 'route_to_all',
  listsCommonRule: () => true,
  showsCondition: 'no',
};

/** GET and PUT of the common rule, whose path stands where an id would (rules.md 4.1). */
export const commonRuleRoutes = ({ path, object, commonRule }: RoutingFacts): readonly Route[] => {
  const answer = (kind: Reply['kind'], call: Call): Reply => ({ kind, object, data: print({ route_to_all: call.state[commonRule] }) });
  const set = (call: Call): Reply => {
    const state = { ...call.state, [commonRule]: oneOf(child(call.body, 'route_to_all'), ['enabled', 'disabled']) };
    return { ...answer('update', { ...call, state }), state };
  };
  return [
    { method: 'GET', path: `${path}/commonrule`, scope: `${path}.READ`, run: (call) => answer('fixed', call) },
    { method: 'PUT', path: `${path}/commonrule`, scope: `${path}.UPDATE`, body: 'json', run: set },
  ];
};

export const visitorRoutingRules: Section = {
  keys: [facts.key, facts.commonRule],
  routes: [...commonRuleRoutes(facts), ...ruleRoutes(routingFamily(facts))],
  load: loadRouting(facts),
};
