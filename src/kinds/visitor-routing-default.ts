/** The common rule of visitor routing: one switch for the whole portal, written as the words enabled and disabled (rules.md 4.1). */
import { isObject, type Kind, ShapeError } from '../model/index.ts';
import { switchAt } from './read.ts';
import { flag, mapping } from './schema.ts';

const path = '/visitorroutingrules/commonrule';

export const visitorRoutingDefault: Kind = {
  name: 'visitor_routing_default',
  title: 'visitor routing default',
  doc: 'What happens to visitors whom no visitor routing rule matches.',
  source: 'rules.md 4.1',
  scopes: { read: ['SalesIQ.visitorroutingrules.READ'], write: ['SalesIQ.visitorroutingrules.UPDATE'] },
  shape: 'singleton',
  schema: mapping('What happens to visitors whom no rule matches.', { route_to_all: flag('Whether they go to all operators.') }, ['route_to_all']),
  identity: { by: 'fields', fields: [], inApp: false },
  refs: [],
  manages: ['update'],
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => written,
  lists: [
    {
      path,
      items: (data) => {
        if (!isObject(data)) throw new ShapeError('data should be a mapping');
        return [data];
      },
    },
  ],
  fromApi: (raw) => ({ id: 'commonrule', key: '', spec: { route_to_all: switchAt(raw, 'route_to_all') } }),
  requests: {
    update: (_id, spec) => ({ method: 'PUT', path, body: { route_to_all: switchAt(spec, 'route_to_all') ? 'enabled' : 'disabled' } }),
  },
};
