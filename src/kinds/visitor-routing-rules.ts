import { routingKind } from './routing-rules.ts';
import { visitorRoutingFields } from './vocabulary.ts';

export const visitorRoutingRules = routingKind({
  name: 'visitor_routing_rules',
  title: 'visitor routing rule',
  doc: 'Which operators see which visitors. Rules run from the top and the first that holds wins.',
  source: 'rules.md 4',
  scopes: {
    read: ['SalesIQ.visitorroutingrules.READ'],
    write: ['SalesIQ.visitorroutingrules.CREATE', 'SalesIQ.visitorroutingrules.UPDATE', 'SalesIQ.visitorroutingrules.DELETE'],
  },
  path: '/visitorroutingrules',
  orderList: 'visitor_routing_order',
  vocabulary: visitorRoutingFields,
  routeToAll: 'own kind',
});
