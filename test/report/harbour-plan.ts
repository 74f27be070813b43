/** A plan by hand with something of everything, for the portal of a harbour. */
import type { Change, LimitUse, ListPlace, ListPlan, Outcome, Plan } from '../../src/model/index.ts';

const rules = 'visitor_routing_rules';
const app = 'Harbour desk';
const addressIn = (key: string): string => `${rules}/${app}/${key}`;

const keysBefore = [
  'Pilots',
  'Customs',
  'Dutch',
  'French',
  'Night watch',
  'Ferries',
  'Cargo',
  'Tugs',
  'Spanish',
  'Yachts',
  'Regatta 2019',
  'Crews',
  'Weather',
  'Everyone else',
];
const keysAfter = [
  'Pilots',
  'Customs',
  'VIP Europe',
  'Dutch',
  'Spanish',
  'French',
  'Night watch',
  'Ferries',
  'Cargo',
  'Tugs',
  'Yachts',
  'Crews',
  'Weather',
  'Everyone else',
];

const placeOf = (key: string): ListPlace => ({
  key,
  address: addressIn(key),
  ...(keysBefore.includes(key) ? { id: `90071992547409${keysBefore.indexOf(key) + 10}` } : {}),
  fixed: key === 'Customs',
});

export const routingList: ListPlan = { kind: rules, app, before: keysBefore.map(placeOf), after: keysAfter.map(placeOf), moves: 2 };

const rule = (key: string) => ({ kind: rules, address: addressIn(key), key, app }) as const;
const at = (file: string, line: number) => ({ file, line, column: 5, length: 9 }) as const;

const changes: readonly Change[] = [
  {
    action: 'create',
    ...rule('VIP Europe'),
    origin: at('routing/harbour.yaml', 12),
    spec: {},
    place: 3,
    fields: [
      { path: 'title', from: undefined, to: 'VIP Europe' },
      { path: 'when', from: undefined, to: [{ field: 'country', comparator: 'is_equal_to', values: ['Portugal', 'Spain'] }] },
      { path: 'route.type', from: undefined, to: 'route_to_selected_users' },
      { path: 'route.departments', from: undefined, to: ['Quay 7'] },
    ],
  },
  {
    action: 'update',
    ...rule('Night watch'),
    id: '9007199254740914',
    origin: at('routing/harbour.yaml', 31),
    spec: {},
    fields: [
      { path: 'enabled', from: false, to: true, side: 'yours' },
      { path: 'route.note', from: null, to: '', side: 'both' },
      { path: 'when[0].values', from: ['06:00'], to: ['07:00'], side: 'drift' },
      { path: 'when[1]', from: { field: 'browser', comparator: 'is_equal_to', values: ['opera'] }, to: undefined },
    ],
  },
  {
    action: 'create',
    kind: 'webhooks',
    address: 'webhooks/data ${env:HOOK}/quay',
    key: 'data ${env:HOOK}/quay',
    origin: at('webhooks.yaml', 2),
    spec: {},
    fields: [
      { path: 'type', from: undefined, to: 'data' },
      { path: 'url', from: undefined, to: undefined, sensitive: true },
      { path: 'events', from: undefined, to: ['conversation.created', 'conversation.missed'] },
    ],
  },
  {
    action: 'update',
    kind: 'lead_score_decay',
    address: 'lead_score_decay',
    key: '',
    id: 'decay',
    origin: at('scores.yaml', 40),
    spec: {},
    fields: [{ path: 'frequency', from: 'monthly', to: 'yearly' }],
  },
  { action: 'delete', ...rule('Regatta 2019'), id: '9007199254740920', fields: [], place: 11, reason: 'removed from the files' },
  { action: 'move', ...rule('Spanish'), id: '9007199254740918', origin: at('routing/harbour.yaml', 57), fields: [], from: 9, to: 5 },
];

const observed: readonly Change[] = [
  {
    action: 'update',
    kind: 'trigger_rules',
    address: `trigger_rules/${app}/Fog warning`,
    key: 'Fog warning',
    app,
    id: '31',
    origin: at('triggers.yaml', 4),
    spec: {},
    fields: [{ path: 'action.delay', from: 90, to: 120 }],
  },
];

export const harbourPlan: Plan = {
  formatVersion: 1,
  portal: 'production',
  fingerprint: '0b5f2c',
  changes,
  lists: [routingList],
  groups: [
    { kind: rules, app, live: 14, managed: 13 },
    { kind: 'trigger_rules', app, live: 3, managed: 2 },
    { kind: 'webhooks', live: 2, managed: 2 },
    { kind: 'lead_score_decay', live: 1, managed: 1 },
  ],
  unmanaged: [
    { kind: rules, address: addressIn('Customs'), key: 'Customs', app, id: '9007199254740911' },
    { kind: 'trigger_rules', address: `trigger_rules/${app}/Old fog`, key: 'Old fog', app, id: '32' },
  ],
  observed,
  reports: [{ kind: 'chat_routing_rules', name: 'route_to_all', value: 'disabled' }],
  diagnostics: [
    {
      severity: 'warning',
      code: 'unknown-word',
      message: '"qay.opened" is no event that is known',
      origin: at('webhooks.yaml', 6),
      address: 'webhooks/data ${env:HOOK}/quay',
      hint: 'Did you mean "quay.opened"?',
    },
  ],
  refusals: [
    {
      code: 'protected',
      message: `${addressIn('Regatta 2019')} is protected, and the plan would delete it`,
      address: addressIn('Regatta 2019'),
      hint: 'Take it off `protect` in salesiq.yaml in a change of its own.',
    },
  ],
  summary: { create: 2, update: 2, delete: 1, move: 1 },
  cost: { reads: 9, writes: 7, seconds: 5.2 },
};

export const settledPlan: Plan = {
  ...harbourPlan,
  changes: [],
  lists: [],
  unmanaged: [],
  observed: [],
  reports: [],
  diagnostics: [],
  refusals: [],
  summary: { create: 0, update: 0, delete: 0, move: 0 },
};

export const harbourLimits: readonly LimitUse[] = [{ what: 'deletes', kind: rules, count: 1, of: 13, limit: 0.3 }];

export const harbourOutcomes: readonly Outcome[] = [
  { address: addressIn('VIP Europe'), action: 'create', state: 'applied' },
  {
    address: addressIn('Night watch'),
    action: 'update',
    state: 'failed',
    error: {
      message: 'Invalid value',
      code: 1018,
      field: 'rules',
      method: 'PUT',
      path: '/visitorroutingrules/9007199254740914',
      hint: 'See whether the hour is one that the portal offers.',
    },
  },
  {
    address: 'webhooks/data ${env:HOOK}/quay',
    action: 'create',
    state: 'unknown',
    error: { message: 'the connection was reset', method: 'POST', path: '/webhooks' },
  },
  { address: 'lead_score_decay', action: 'update', state: 'not_tried' },
];
