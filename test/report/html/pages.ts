/** Plans for pages: what the harbour's plan has not. */
import type { Change, FieldChange, ListPlace, Plan } from '../../../src/model/index.ts';
import { harbourLimits, harbourPlan, settledPlan } from '../harbour-plan.ts';

const kind = 'visitor_routing_rules';

/** A list of so many rules, of which one goes far up, one goes down, one is new and one is removed. */
export const longList = (count: number): Plan => {
  const app = 'Long quay';
  const place = (key: string): ListPlace => ({ key, address: `${kind}/${app}/${key}`, id: key, fixed: key.endsWith('7') });
  const names = Array.from({ length: count }, (_, index) => `Berth ${index + 1}`);
  const moved = names.filter((name) => !['Berth 20', `Berth ${count - 4}`, 'Berth 9'].includes(name));
  const after = [
    ...moved.slice(0, 4),
    `Berth ${count - 4}`,
    ...moved.slice(4, 30),
    'Quay for the very long ships that nobody has measured yet',
    ...moved.slice(30, 34),
    'Berth 9',
    ...moved.slice(34),
  ];
  const change = (key: string) => ({ kind, app, key, address: `${kind}/${app}/${key}`, fields: [] }) as const;
  return {
    ...settledPlan,
    changes: [
      {
        ...change('Quay for the very long ships that nobody has measured yet'),
        action: 'create',
        spec: {},
        place: 32,
        origin: { file: 'routing/quay.yaml', line: 90, column: 3 },
        fields: [{ path: 'title', from: undefined, to: 'Quay for the very long ships that nobody has measured yet' }],
      },
      { ...change('Berth 20'), action: 'delete', id: '20', place: 20, reason: 'removed from the files' },
      { ...change(`Berth ${count - 4}`), action: 'move', id: '1', from: count - 4, to: 5, origin: { file: 'routing/quay.yaml', line: 21, column: 3 } },
      { ...change('Berth 9'), action: 'move', id: '9', from: 9, to: 37, side: 'both', origin: { file: 'routing/quay.yaml', line: 60, column: 3 } },
    ],
    lists: [{ kind, app, before: names.map(place), after: after.map(place), moves: 3 }],
    groups: [{ kind, app, live: count, managed: count - 2 }],
    summary: { create: 1, update: 0, delete: 1, move: 2 },
  };
};

const someFields = (index: number): readonly FieldChange[] => [
  { path: 'enabled', from: index % 2 === 0, to: index % 2 !== 0, side: 'yours' },
  { path: 'when[0].values', from: ['06:00', `Pier ${index}`], to: ['07:00', `Pier ${index + 1}`], side: index % 3 === 0 ? 'drift' : 'yours' },
  {
    path: 'route.operators',
    from: ['anna@harbour.test', 'ben@harbour.test'],
    to: ['anna@harbour.test', `crew-${index}@harbour.test`, 'zoe@harbour.test'],
    side: 'yours',
  },
];

/** So many changes in twenty groups. */
export const largePlan = (count: number): Plan => {
  const changes = Array.from({ length: count }, (_, index): Change => {
    const app = `Harbour ${index % 20}`;
    const key = `Rule ${index}`;
    const common = {
      kind,
      app,
      key,
      address: `${kind}/${app}/${key}`,
      origin: { file: `routing/harbour-${index % 20}.yaml`, line: index + 1, column: 3 },
      side: 'yours',
    } as const;
    if (index % 5 === 0)
      return { ...common, action: 'create', spec: {}, place: index + 1, fields: someFields(index).map(({ path, to }) => ({ path, from: undefined, to })) };
    if (index % 7 === 0) return { ...common, action: 'delete', id: String(index), place: index + 1, fields: [], reason: 'removed from the files' };
    if (index % 4 === 0) return { ...common, action: 'move', id: String(index), from: index + 3, to: index + 1, fields: [] };
    return { ...common, action: 'update', id: String(index), spec: {}, fields: someFields(index) };
  });
  const of = (action: Change['action']): number => changes.filter((change) => change.action === action).length;
  return {
    ...settledPlan,
    changes,
    groups: Array.from({ length: 20 }, (_, index) => ({ kind, app: `Harbour ${index}`, live: 200, managed: 180 })),
    base: { state: 'used', ref: 'refs/salesiq-sync/production', commit: '1f2e3d4c5b6a' },
    summary: { create: of('create'), update: of('update'), delete: of('delete'), move: of('move') },
  };
};

/** Nothing of it may be more than text in a page. */
export const hostile = `"><img src=https://evil.test/x onerror=alert(1)></script><script>alert(2)</script>'&amp;\u202e\u0000`;

/** As long and as odd as that, without anything that markup is made of. */
export const harmless = hostile.replaceAll('"', '\\').replace(/[<>'&;]/g, 'x');

/** A plan all of whose texts are this one. */
export const planOfOneText = (text: string): Plan => {
  const change: Change = {
    action: 'update',
    kind,
    app: text,
    key: text,
    address: `${kind}/${text}/${text}`,
    id: '7',
    spec: {},
    side: 'drift',
    origin: { file: text, line: 3, column: 1 },
    fields: [
      { path: text, from: text, to: [text], side: 'both' },
      { path: 'text', from: `${text}\n${text}`, to: `${text}\n${text}\n${text}` },
    ],
  };
  const place: ListPlace = { key: text, address: change.address, id: '7', fixed: true };
  return {
    ...harbourPlan,
    portal: text,
    fingerprint: text,
    changes: [change, { ...change, action: 'delete', reason: text, address: text }],
    observed: [change],
    lists: [{ kind, app: text, before: [place, { ...place, address: text }], after: [place], moves: 1 }],
    groups: [{ kind, app: text, live: 2, managed: 2 }],
    unmanaged: [{ kind, address: text, key: text, id: '9' }],
    reports: [{ kind, name: text, value: text }],
    diagnostics: [{ severity: 'warning', code: text, message: text, hint: text, origin: { file: text, line: 1, column: 1 } }],
    refusals: [{ code: text, message: text, hint: text, address: text }],
    base: { state: 'none', reason: text },
  };
};

export const hostilePlan: Plan = planOfOneText(hostile);

export const brokenPlan: Plan = {
  ...harbourPlan,
  refusals: [],
  diagnostics: [
    {
      severity: 'error',
      code: 'unknown-reference',
      message: 'there is no department "Quay 77"',
      origin: { file: 'routing/harbour.yaml', line: 2, column: 19, length: 7 },
      hint: 'Did you mean "Quay 7"?',
    },
    {
      severity: 'error',
      code: 'two-of-one-name',
      message: 'two live rules are called "Pilots" (ids 9007199254740910 and 9007199254740988)',
      hint: 'Rename one of them in SalesIQ.',
    },
    ...harbourPlan.diagnostics,
  ],
};

/** The blocked plan with limits, and one that nothing blocks. */
export const blockedPlan: Plan = { ...harbourPlan, limits: [...harbourLimits, { what: 'updates', kind, count: 7, of: 13, limit: 0.5 }] };
export const openPlan: Plan = {
  ...blockedPlan,
  refusals: [],
  limits: harbourLimits,
  base: { state: 'used', ref: 'refs/salesiq-sync/production', commit: '1f2e3d4c5b6a' },
};
