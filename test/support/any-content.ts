/** Small repositories that describe every kind at once, drawn from a few names, so that two of them share some of what they describe. */
import fc from 'fast-check';
import type { JsonObject } from '../../src/model/index.ts';

/** What a file says, by its top-level keys. */
export type Content = Readonly<Record<string, unknown>>;

const people = ['owner@harbour.test', 'anna@harbour.test', 'ben@harbour.test', 'cleo@harbour.test'];
const desks = ['Berlin', 'Oslo', 'Night: desk'];
const words = fc.constantFrom('Moin', 'Ahoi ${harbour}', 'a: b # c', 'Ærø', '0123', 'yes', '<b>bold</b>', ' two  blanks');

/** Entries of a pool, each with fields of its own, in pool order. */
const some = <T>(pool: readonly T[], fields: (one: T) => fc.Arbitrary<JsonObject>): fc.Arbitrary<readonly JsonObject[]> =>
  fc.subarray([...pool]).chain((chosen) => fc.tuple(...chosen.map(fields)));

const optional = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<JsonObject> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;

const filled = (one: JsonObject): fc.Arbitrary<JsonObject> => fc.constant(one);

const both = (a: fc.Arbitrary<JsonObject>, b: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> => fc.tuple(a, b).map(([x, y]) => ({ ...x, ...y }));

const criterion = fc.constantFrom(
  { field: 'country', comparator: 'is_equal_to', values: ['Japan'] },
  { field: 'number_of_visits', comparator: 'greater_than', values: ['3'] },
  {
    any: [
      { field: 'country', comparator: 'is_equal_to', values: ['Norway'] },
      { field: 'browser', comparator: 'is_equal_to', values: ['apple_safari'] },
    ],
  },
);
const when = fc.array(criterion, { minLength: 1, maxLength: 2 });

/** Who is in which department, told from both sides. */
const staff = fc.tuple(fc.subarray(desks), fc.subarray(people.slice(1))).chain(([there, who]) =>
  fc
    .tuple(
      fc.tuple(...there.map(() => fc.subarray(['owner@harbour.test', ...who], { minLength: 1 }))),
      fc.tuple(
        ...there.map(() =>
          optional({
            description: words,
            enabled: fc.boolean(),
            email_settings: fc.constantFrom({ transcript: { enabled: false } }, { from_email: 'desk@harbour.test', cc: { recipients: '' } }),
          }),
        ),
      ),
      fc.tuple(
        ...['owner@harbour.test', ...who].map(() =>
          optional({
            nick_name: words,
            city: fc.constantFrom('Oslo', ''),
            chat_enabled: fc.boolean(),
            maximum_concurrent_chat: fc.constantFrom('1', 'unlimited'),
          }),
        ),
      ),
    )
    .map(([members, settings, traits]) => ({
      departments: [{ name: 'General' }, ...there.map((name, index) => ({ name, operators: members[index], ...settings[index] }))],
      operators: ['owner@harbour.test', ...who].map((email, index) => {
        const own = there.filter((_name, at) => members[at]?.includes(email));
        return {
          email,
          ...(email === 'owner@harbour.test' ? {} : { role: 'Associate' }),
          departments: own.length === 0 || email === 'owner@harbour.test' ? [...own, 'General'] : own,
          ...traits[index],
        };
      }),
    })),
);

interface Names {
  readonly desks: readonly string[];
  readonly people: readonly string[];
  readonly apps: readonly string[];
}

const contentOf = (names: Names): fc.Arbitrary<Content> => {
  const desk = fc.constantFrom(...names.desks);
  const app = fc.constantFrom(...names.apps);
  const monitors = [
    ...names.people.map((operator) => ({ type: 'operator', operator })),
    { type: 'visitor_ip', visitor_ip: '203.0.113.9' },
    { type: 'visitor_email', visitor_email: 'guest@example.test' },
  ];
  return fc
    .record({
      cannedCategories: fc.subarray(['Greetings', 'Returns']),
      articleCategories: fc.subarray(['Shipping', 'Returns: how']),
    })
    .chain(({ cannedCategories, articleCategories }) =>
      fc.record({
        canned_response_categories: filledList(['General', ...cannedCategories]),
        canned_responses: some(['Hello there', 'We are closed', 'Thank you, %name%'], (content) =>
          both(
            fc.oneof(
              filled({ key: content, content, all_departments: true }),
              desk.map((department) => ({ key: content, content, department })),
            ),
            optional({ public: fc.boolean(), enabled: fc.boolean(), categories: fc.subarray(['General', ...cannedCategories], { minLength: 1 }) }),
          ),
        ),
        article_categories: filledList(['General', ...articleCategories]),
        articles: some(['How to return', 'Ferry times'], (title) =>
          both(
            fc
              .record({ category: fc.constantFrom('General', ...articleCategories), content: words, department: desk, published: fc.boolean() })
              .map((rest) => ({ title, ...rest })),
            optional({ enabled: fc.boolean() }),
          ),
        ),
        tags: some(['vip', 'late', 'Ærø'], (name) =>
          both(
            fc.constantFrom('conversations', 'visitors').map((module) => ({ module, name })),
            fc.constantFrom('#ff9807', '#00aa11').map((color) => ({ color })),
          ),
        ),
        blocked_ips: some(['203.0.113.7', '2001:db8::7'], (ip) =>
          both(
            fc.oneof(
              filled({ ip }),
              app.map((name) => ({ ip, app: name })),
            ),
            optional({ comment: words }),
          ),
        ),
        chat_monitors: some(monitors, (one) => both(filled(one), optional({ enabled: fc.boolean() }))),
        call_routing_rules: some(['VIP calls', 'Night calls', 'All calls'], (title) =>
          both(
            fc
              .record({ when, route: desk.map((name) => ({ type: 'route_to_selected_users', departments: [name], operators: [], dynamic_users: [] })) })
              .map((rest) => ({ title, app: 'Harbour shop', ...rest })),
            optional({ enabled: fc.boolean() }),
          ),
        ).map((rules) => [...rules].reverse()),
        visitor_routing_rules: rules(['VIP', 'Norway', 'Everyone else'], (title) => ({
          title,
          app: 'Harbour shop',
          route: { type: 'route_to_selected_users', departments: ['General'], operators: [], dynamic_users: [] },
        })),
        chat_routing_rules: rules(['Night desk', 'Returns'], (title) => ({
          title,
          app: 'Harbour shop',
          route: { type: 'route_to_selected_users', departments: [], operators: ['owner@harbour.test'], dynamic_users: ['last_attender'] },
        })),
        trigger_rules: rules(['Invite', 'Glow', 'Bubble'], (title) => ({
          title,
          app: 'Harbour shop',
          event: { type: 'lands_on_website' },
          action: { type: 'send_chat_invite', params: { sender_name: 'Patricia', value: title }, delay: 30 },
        })),
        lead_scoring_rules: some(['safari', 'japan'], (key) => fc.record({ points: fc.integer({ min: -9, max: 99 }), when }).map((rest) => ({ key, ...rest }))),
        webhooks: some(['administration', 'data'], (type) =>
          filled(
            type === 'data'
              ? { url: 'https://hooks.harbour.test/a', type, apps: [...names.apps], events: ['conversation.created'], secured: true }
              : { url: 'https://hooks.harbour.test/b', type, events: ['operator.created'] },
          ),
        ),
        tracking_presets: some(['Hot', 'Cold'], (name) =>
          fc
            .record({ ring_one: when, ring_two: when, ring_three: when, ring_four: when, enabled: fc.boolean() })
            .map((rest) => ({ name, applied: name === 'Hot', ...rest })),
        ),
        visitor_history_views: some(['Big spenders', 'Night owls'], (name) =>
          both(
            when.map((all) => ({ name, when: all })),
            optional({ sort_by: fc.constantFrom('leadscore', 'frequency'), favourited: fc.boolean() }),
          ),
        ),
        portal: optional({ description: words, fax: fc.constantFrom('1', ''), time_zone: fc.constantFrom('Europe/Oslo', 'America/Los_Angeles') }),
        visitor_history_columns: optional({ list_one: fc.constant('All Visitors'), list_three: fc.constant('All Visitors') }),
        lead_score_decay: filled({ frequency: 'yearly' }),
        visitor_routing_default: fc.boolean().map((route) => ({ route_to_all: route })),
      }),
    );
};

/** Rules of an app in any order: the order in the file is the order that is wanted. */
const rules = (titles: readonly string[], one: (title: string) => JsonObject): fc.Arbitrary<readonly JsonObject[]> =>
  fc
    .shuffledSubarray([...titles])
    .chain((chosen) =>
      fc.tuple(...chosen.map((title) => fc.tuple(when, optional({ enabled: fc.boolean() })).map(([all, rest]) => ({ ...one(title), when: all, ...rest })))),
    );

const filledList = (names: readonly string[]): fc.Arbitrary<readonly JsonObject[]> => fc.constant(names.map((name) => ({ name })));

/** A repository that describes all kinds, and holds together. */
export const anyContent: fc.Arbitrary<Content> = fc
  .tuple(
    staff,
    fc.subarray(['Kiosk', 'Ferry & Co']),
    optional({ description: fc.constantFrom({ default: 'The shop' }, { default: 'Shop', de: 'Laden' }), business_hours: fc.boolean(), privacy: fc.boolean() }),
  )
  .chain(([{ departments, operators }, apps, shop]) =>
    contentOf({ desks: departments.map(({ name }) => name), people: operators.map(({ email }) => email), apps: ['Harbour shop', ...apps] }).map((rest) => ({
      departments,
      operators,
      apps: [{ name: 'Harbour shop', ...shop }, ...apps.map((name) => ({ name, departments: ['General'] }))],
      ...rest,
    })),
  );

/** The text of a file: YAML holds JSON, and placeholders are none. */
export const fileText = (content: Content): string => `${JSON.stringify(content).replaceAll('${', () => '$${')}\n`;
