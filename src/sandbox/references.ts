/** What becomes of the ids of a deleted app, department or operator elsewhere: undocumented, so `deleted-references` chooses (rules.md 8). */
import { leave } from './order.ts';
import type { OrderedRule, PortalState, RoutingRule } from './state.ts';
import type { Switches } from './switches.ts';

/** The state without references to a deleted thing, or the same state where they stay. */
export const withoutReferences = (state: PortalState, what: 'app' | 'department' | 'operator', id: string, switches: Switches): PortalState => {
  if (switches['deleted-references'] === 'kept') return state;
  if (what === 'app') return withoutApp(state, id, switches);
  const others = (ids: readonly string[]): string[] => ids.filter((other) => other !== id);
  const strip = (rule: RoutingRule): RoutingRule => ({
    ...rule,
    userset: rule.userset.map((set) =>
      what === 'operator' ? { ...set, operator_ids: others(set.operator_ids) } : { ...set, department_ids: others(set.department_ids) },
    ),
  });
  return {
    ...state,
    visitor_routing_rules: state.visitor_routing_rules.map(strip),
    chat_routing_rules: state.chat_routing_rules.map(strip),
    call_routing_rules: state.call_routing_rules.map(strip),
    apps: what === 'department' ? state.apps.map((app) => ({ ...app, departments: others(app.departments) })) : state.apps,
  };
};

const withoutApp = (state: PortalState, id: string, switches: Switches): PortalState => {
  const clear = <R extends OrderedRule>(rules: readonly R[]): R[] =>
    rules.filter((rule) => rule.app_id === id).reduce<R[]>((rest, rule) => leave(rest, rule.id, switches), [...rules]);
  return {
    ...state,
    visitor_routing_rules: clear(state.visitor_routing_rules),
    chat_routing_rules: clear(state.chat_routing_rules),
    call_routing_rules: clear(state.call_routing_rules),
    trigger_rules: clear(state.trigger_rules),
    webhooks: state.webhooks.map((webhook) => ({ ...webhook, app_ids: webhook.app_ids.filter((app) => app !== id) })),
  };
};
