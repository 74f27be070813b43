/**
 * Chat monitors. What is watched is the whole identity; beside it there is
 * only on and off. The page's text names that field `status` and its sample
 * `enabled`: the second is sent first. For addresses of visitors the key of
 * the request is assumed to be the type's own name, as it is for operators.
 */
import { type Json, type JsonObject, type Kind, type NameOf, ShapeError } from '../model/index.ts';
import { dataList, idAt, isNone, objectAt, present, switchAt, textAt } from './read.ts';
import { closedWord, flag, mapping, text } from './schema.ts';

const path = '/chatmonitors';
const types = ['operator', 'visitor_ip', 'visitor_email'] as const;

const small = (value: Json | undefined): Json | undefined => (typeof value === 'string' ? value.toLowerCase() : value);

/** The type and, under its own name, what is watched. */
const watchedIn = (monitoring: JsonObject, nameOf: NameOf): { readonly type: string; readonly value: string } => {
  const type = textAt(monitoring, 'type');
  switch (type) {
    case 'operator': {
      const byId = !isNone(monitoring['operator_id']);
      return { type, value: byId ? nameOf('operators', idAt(monitoring, 'operator_id')) : textAt(monitoring, 'operator_email').toLowerCase() };
    }
    case 'visitor_ip':
      return { type, value: textAt(monitoring, type) };
    case 'visitor_email':
      return { type, value: textAt(monitoring, type).toLowerCase() };
    default:
      throw new ShapeError(`monitoring.type should be one of ${types.join(', ')}, but it is ${JSON.stringify(type)}`);
  }
};

export const chatMonitors: Kind = {
  name: 'chat_monitors',
  title: 'chat monitor',
  doc: 'Whose chats supervisors are told of: those of an operator, of an address or of a visitor.',
  source: 'webhooks-and-more.md 7',
  scopes: { read: ['SalesIQ.chatmonitors.READ'], write: ['SalesIQ.chatmonitors.CREATE', 'SalesIQ.chatmonitors.UPDATE', 'SalesIQ.chatmonitors.DELETE'] },
  shape: 'list',

  schema: mapping(
    'One chat monitor.',
    {
      type: closedWord('What is watched; it is named under the same word.', types),
      operator: text('With type operator: the operator, by e-mail address.'),
      visitor_ip: text('With type visitor_ip: the address.'),
      visitor_email: text('With type visitor_email: the e-mail address.'),
      enabled: flag('Whether it is on. Default: true.'),
    },
    ['type'],
  ),

  identity: { by: 'fields', fields: ['type', ...types], inApp: false },
  refs: [{ path: 'operator', kind: 'operators' }],
  manages: ['create', 'update', 'delete'],
  fixed: ['type', ...types],
  needs: [],
  vocabulary: [],
  cleared: {},
  normalise: (written) => present({ ...written, operator: small(written['operator']), visitor_email: small(written['visitor_email']) }),
  check: (spec) => {
    const type = spec['type'];
    const others = types.filter((one) => one !== type && spec[one] !== undefined);
    return [
      ...(typeof type === 'string' && spec[type] === undefined
        ? [{ path: ['type'], severity: 'error' as const, message: `a chat monitor of type ${type} must say which: ${type} is missing` }]
        : []),
      ...others.map((one) => ({ path: [one], severity: 'error' as const, message: `${one} goes with type: ${one} only` })),
    ];
  },

  lists: [{ path, paging: { by: 'index', usual: 50 }, items: dataList }],
  fromApi: (raw, nameOf) => {
    const { type, value } = watchedIn(objectAt(raw, 'monitoring'), nameOf);
    return { id: idAt(raw, 'id'), key: `${type} ${value}`, spec: { type, [type]: value, enabled: switchAt(raw, 'enabled') } };
  },

  requests: {
    create: (spec, idOf) => {
      const type = textAt(spec, 'type');
      const value = textAt(spec, type);
      return { method: 'POST', path, body: { type, [type]: type === 'operator' ? idOf('operators', value) : value } };
    },
    enable: [
      (id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { enabled } }),
      (id, enabled) => ({ method: 'PUT', path: `${path}/${id}`, body: { status: enabled } }),
    ],
    delete: (id) => ({ method: 'DELETE', path: `${path}/${id}` }),
  },
};
