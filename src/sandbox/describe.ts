/** A state in short, for tests and for people: the rules of each list in their order. */
import type { AnyRule, OrderedRule, PortalState } from './state.ts';

export interface DescribedRule {
  readonly id: string;
  /** Title; points for lead scoring rules. */
  readonly title: string;
  /** Name of the app; empty for lead scoring rules, and where the app is gone. */
  readonly app: string;
  readonly enabled: boolean;
  /** As stored; undefined for lead scoring rules. */
  readonly position: number | undefined;
}

export type RuleList = 'visitor_routing_rules' | 'chat_routing_rules' | 'trigger_rules' | 'lead_scoring_rules';

export const describeState = (state: PortalState): Readonly<Record<RuleList, readonly DescribedRule[]>> => {
  const brief = (rule: AnyRule, title: string): Omit<DescribedRule, 'app' | 'position'> => ({ id: rule.id, title, enabled: rule.enabled });
  const placed = (rule: OrderedRule): DescribedRule => ({
    ...brief(rule, rule.title),
    app: state.apps.find((app) => app.id === rule.app_id)?.name ?? '',
    position: rule.position,
  });
  return {
    visitor_routing_rules: state.visitor_routing_rules.map(placed),
    chat_routing_rules: state.chat_routing_rules.map(placed),
    trigger_rules: state.trigger_rules.map(placed),
    lead_scoring_rules: state.lead_scoring_rules.map((rule) => ({ ...brief(rule, rule.points), app: '', position: undefined })),
  };
};
