/** What the portal holds beside people, apps, their rules and webhooks. */
import type { RoutingRule } from './state.ts';

export type ContentState = {
  call_route_to_all: string;
  call_routing_rules: RoutingRule[];
};

export const blankContent: ContentState = {
  call_route_to_all: 'enabled',
  call_routing_rules: [],
};
