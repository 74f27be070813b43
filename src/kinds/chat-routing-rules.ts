/** The list also says `route_to_all`; no call is documented that writes it for chats, so it is only reported (rules.md 5). */
import { routingKind } from './routing-rules.ts';
import { chatRoutingFields } from './vocabulary.ts';

export const chatRoutingRules = routingKind({
  name: 'chat_routing_rules',
  title: 'chat routing rule',
  doc: 'Which operators are asked to take which chats. Rules run from the top and the first that holds wins.',
  source: 'rules.md 5',
  scopes: {
    read: ['SalesIQ.chatroutingrules.READ'],
    write: ['SalesIQ.chatroutingrules.CREATE', 'SalesIQ.chatroutingrules.UPDATE', 'SalesIQ.chatroutingrules.DELETE'],
  },
  path: '/chatroutingrules',
  orderList: 'chat_routing_order',
  vocabulary: chatRoutingFields,
  routeToAll: 'reported',
});
