/** Each kind reads the documented sample answers: what they call a resource, where it stands, and what they tell of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/api/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import { type FromApi, isList, isObject, type Json, type JsonObject, type Kind } from '../../src/model/index.ts';

const samplesOf = (file: string): readonly JsonObject[] => {
  const list = parseJson(readFileSync(join(import.meta.dirname, '..', 'api', 'samples', `${file}.json`), 'utf8'));
  return (isList(list) ? list : []).filter(isObject);
};

const answerOf = (file: string, sample: string): Json => {
  const response = samplesOf(file).find(({ name }) => name === sample)?.['response'];
  const data = isObject(response) ? response['data'] : undefined;
  if (data === undefined) throw new Error(`${file} has no answer called ${sample}`);
  return data;
};

const named = (kind: string, id: string): string => `${kind} ${id}`;

/** What an entry reads as, with the fields that a page tells; others may be there. */
type Expected = Partial<FromApi>;

interface Reading {
  readonly kind: string;
  readonly file: string;
  /** Sample of a list and of the details, by name. */
  readonly list?: string;
  readonly details?: string;
  /** The entries of the list, then the details. */
  readonly entries: readonly Expected[];
}

/** What a page cut off, put back: entries that have no more than their beginning cannot be told from broken ones. */
const restored: Readonly<Record<string, readonly JsonObject[]>> = {
  'rules trigger-list': [{}, { title: 'second trigger', enabled: true, position: '3', and_criteria: [], event: {}, action: {} }],
  'canned-response-categories list': [{}, { id: '53400000000328034' }],
  'articles list': [{ title: 'Promo', content: '<div>Text</div>', enabled: true, published: true, department_id: '17000000002003' }],
  'blocked-ips list': [{}, { id: '33000000003002', ip: '1.1.22.3' }],
  'tracking-presets list': [{ id: '5000000010001', ring_one: [] }],
  'tracking-presets details': [{ id: '5000000010003', ring_one: [] }],
  'visitor-history-views list': [{}, {}, { id: '-3', name: 'Third', and_criteria: [] }],
};

const shop = named('apps', '34139000000002043');

const readings: readonly Reading[] = [
  {
    kind: 'visitor_routing_rules',
    file: 'rules',
    list: 'visitor-routing-list',
    details: 'visitor-routing-details',
    entries: [
      { id: '44000000014007', key: 'zylker-campaign', app: shop, position: 29 },
      { id: '44000000014017', key: 'zylker-campaigns', app: shop, position: 29 },
    ],
  },
  { kind: 'visitor_routing_default', file: 'rules', details: 'visitor-routing-commonrule-get', entries: [{ spec: { route_to_all: true } }] },
  {
    kind: 'chat_routing_rules',
    file: 'rules',
    list: 'chat-routing-list',
    details: 'chat-routing-details',
    entries: [
      { id: '44000000014007', key: 'zylker-campaigns', app: shop, position: 29 },
      { id: '44000000014017', key: 'Zylker-sale', app: shop, position: 29 },
      { id: '44000000014017', key: 'zylker-campaigns', app: shop, position: 29 },
    ],
  },
  {
    kind: 'trigger_rules',
    file: 'rules',
    list: 'trigger-list',
    details: 'trigger-details',
    entries: [
      { id: '44000000000201', key: 'first trigger', app: shop, position: 2 },
      { id: '44000000000203', key: 'second trigger', app: shop, position: 3 },
      { id: '44000000000201', key: 'Chat invite', app: shop, position: 2 },
    ],
  },
  {
    kind: 'lead_scoring_rules',
    file: 'rules',
    list: 'lead-scoring-list',
    details: 'lead-scoring-details',
    entries: [56, 45, 56].map((points) => ({
      spec: { enabled: true, points, when: [{ field: 'browser', comparator: 'is_equal_to', values: ['apple_safari'] }] },
    })),
  },
  { kind: 'lead_score_decay', file: 'rules', details: 'lead-scoring-frequency-get', entries: [{ spec: { frequency: 'yearly' } }] },
  {
    kind: 'webhooks',
    file: 'webhooks',
    list: 'list',
    details: 'details',
    entries: [
      { id: '19367000000120005', key: 'data https://zylker/webhooks.ext' },
      { id: '19367000000120011', key: 'data https://zylker.com/webhooks.ext' },
    ],
  },
  {
    kind: 'departments',
    file: 'departments',
    list: 'list',
    details: 'details',
    entries: [
      { id: '32308000000002013', key: 'zylker-furnitures' },
      { id: '32308000000004023', key: 'Zylker-Fashions' },
      { id: '32308000000002013', key: 'zylke-Furns' },
    ],
  },
  {
    kind: 'operators',
    file: 'operators',
    list: 'list',
    details: 'details',
    entries: ['list', 'details'].map(() => ({ id: '33290000000002001', key: 'patricia@zylker.com', retired: false })),
  },
  {
    kind: 'apps',
    file: 'apps',
    list: 'list',
    entries: [
      {
        id: '9000000008001',
        key: 'zylkerinc',
        spec: {
          name: 'zylkerinc',
          enabled: true,
          description: { default: 'No description yet' },
          business_hours: false,
          privacy: false,
          waiting_time: '60',
        },
      },
    ],
  },
  { kind: 'portal', file: 'portals', details: 'details', entries: [{}] },
  {
    kind: 'canned_response_categories',
    file: 'canned-response-categories',
    list: 'list',
    details: 'details',
    entries: [{ key: 'General' }, { key: 'Zylker Coupons' }, { id: '53400000000328033', key: 'Zylker Coupons' }],
  },
  {
    kind: 'canned_responses',
    file: 'canned-responses',
    list: 'list',
    details: 'details',
    entries: ['list', 'details'].map(() => ({
      id: '18000000096003',
      spec: {
        enabled: true,
        content: 'How does the refund policy work?',
        all_departments: true,
        public: true,
        categories: [named('canned_response_categories', '18000000018001')],
      },
    })),
  },
  {
    kind: 'article_categories',
    file: 'article-categories',
    list: 'list',
    details: 'details',
    entries: [
      { id: '53400000000328033', key: 'General', position: 1 },
      { id: '53400000000328053', key: 'Zylker-Homes', position: 1 },
      { id: '53400000000328033', key: 'General', position: 1 },
    ],
  },
  {
    kind: 'articles',
    file: 'articles',
    list: 'list',
    details: 'details',
    entries: [{ id: '17000000012007' }, { id: '17000000012005', key: `${named('article_categories', '17000000012001')} Applying Promo/Coupon code` }],
  },
  {
    kind: 'tags',
    file: 'tags',
    list: 'list',
    entries: ['Japan', 'Europe'].map((name) => ({
      key: `conversations ${name}`,
      spec: { module: 'conversations', name, color: '#ff9807', archived: false },
    })),
  },
  {
    kind: 'blocked_ips',
    file: 'blocked-ips',
    list: 'list',
    details: 'details',
    entries: ['1.1.22.2', '1.1.22.3', '1.1.1.1'].map((ip) => ({ key: ip, app: named('apps', '33000000000047') })),
  },
  {
    kind: 'chat_monitors',
    file: 'chat-monitors',
    list: 'list',
    details: 'details',
    entries: [
      { key: 'visitor_ip 1.1.1.2', spec: { type: 'visitor_ip', visitor_ip: '1.1.1.2', enabled: true } },
      { key: 'visitor_email danny@zylker.com', spec: { type: 'visitor_email', visitor_email: 'danny@zylker.com', enabled: true } },
      ...['list', 'details'].map(() => ({ id: '8000000017009', key: `operator ${named('operators', '8000000002007')}` })),
    ],
  },
  {
    kind: 'tracking_presets',
    file: 'tracking-presets',
    list: 'list',
    details: 'details',
    entries: [{ key: 'Hot leads' }, { key: 'Prospective leads' }],
  },
  {
    kind: 'visitor_history_views',
    file: 'visitor-history-views',
    list: 'list',
    details: 'details',
    entries: [
      { id: '-2', key: 'Returning Visitors', builtIn: true },
      { id: '-1', key: 'All Visitors', builtIn: true },
      { id: '-3', key: 'Third' },
      { id: '66000000011001', key: 'safari_view' },
    ],
  },
  {
    kind: 'visitor_history_columns',
    file: 'user-preferences',
    details: 'get',
    entries: [
      {
        spec: {
          list_one: named('visitor_history_views', '-1'),
          list_two: named('visitor_history_views', '-2'),
          list_three: named('visitor_history_views', '-1'),
        },
      },
    ],
  },
  { kind: 'bots', file: 'bots', list: 'list', entries: [{ id: '44230000013120009', key: 'Zbot' }] },
];

const listed = (kind: Kind, data: Json): readonly Json[] => kind.lists[0]?.items(data) ?? [];

const entriesOf = (kind: Kind, { file, list, details }: Reading): readonly FromApi[] => {
  const whole = (sample: string, entries: readonly Json[]): readonly JsonObject[] =>
    entries.filter(isObject).map((entry, at) => ({ ...entry, ...restored[`${file} ${sample}`]?.[at] }));
  const raws = [
    ...(list === undefined ? [] : whole(list, listed(kind, answerOf(file, list)))),
    // A singleton's only answer is its list.
    ...(details === undefined ? [] : whole(details, kind.shape === 'singleton' ? listed(kind, answerOf(file, details)) : [answerOf(file, details)])),
  ];
  return raws.map((raw) => kind.fromApi(raw, named));
};

describe('the documented sample answers', () => {
  it.each(readings.map((reading) => [reading.kind, reading] as const))('are read by %s', (name, reading) => {
    const kind = kinds.find((one) => one.name === name);
    if (kind === undefined) throw new Error(`no kind is called ${name}`);
    const entries = entriesOf(kind, reading);
    expect(entries.length).toBe(reading.entries.length);
    expect(entries).toMatchObject(reading.entries);
    for (const { id, spec } of entries) {
      expect(id).not.toBe('');
      expect(Object.values(spec).filter((value) => value !== undefined)).not.toEqual([]);
    }
  });

  it('are there for every kind, save for what no page shows', () => {
    const read = new Set(readings.map(({ kind }) => kind));
    // rules.md 5 has no answer of a list of these.
    expect(kinds.map(({ name }) => name).filter((name) => !read.has(name))).toEqual(['call_routing_rules']);
  });
});
