/**
 * Call routing is the fifth family of rules. One page shows its creation
 * (rules.md N1) and one its criteria fields (N2), both with the model of the
 * chat twin. Everything else is assumed to be the twin's: list, details,
 * update, switch, position and delete below `/callroutingrules`, and scopes of
 * one stem. Whether the list says `route_to_all` is not known: it is reported
 * where it does.
 */
import { routingKind } from './routing-rules.ts';
import { callRoutingFields } from './vocabulary.ts';

export const callRoutingRules = routingKind({
  name: 'call_routing_rules',
  title: 'call routing rule',
  doc: 'Which operators are asked to take which calls. Rules run from the top and the first that holds wins.',
  source: 'rules.md 5, N1 and N2',
  scopes: {
    read: ['SalesIQ.callroutingrules.READ'],
    write: ['SalesIQ.callroutingrules.CREATE', 'SalesIQ.callroutingrules.UPDATE', 'SalesIQ.callroutingrules.DELETE'],
  },
  path: '/callroutingrules',
  orderList: 'call_routing_order',
  vocabulary: callRoutingFields,
  routeToAll: 'reported',
});
