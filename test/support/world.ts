/**
 * Worlds: a repository of YAML beside a portal, made by chance. A world is
 * plain data in words of its own (nothing of src/ is used), so that it can be
 * written as files, as a seed of the sandbox, and as what must come of it.
 */
import fc from 'fast-check';

export interface Criterion {
  readonly field: string;
  readonly comparator: string;
  readonly values: readonly string[];
  readonly sub_field?: string;
  readonly integration?: string;
}
/** Groups that must all hold, each of which holds if one of its criteria does. */
export type When = readonly (readonly Criterion[])[];

export interface Users {
  readonly departments: readonly string[];
  readonly operators: readonly string[];
  readonly dynamic_users: readonly string[];
}

export type Params = Readonly<Record<string, string>>;

/** Everything that a rule of one of the three ordered families can hold; what a family has no use for is not written. */
export interface Content {
  readonly enabled: boolean;
  readonly when: When;
  readonly sets: readonly Users[];
  readonly event: Readonly<Record<string, string>> & { readonly type: string };
  readonly action: { readonly type: string; readonly params: Params; readonly delay?: number };
}

export interface LiveRule extends Content {
  readonly title: string;
  readonly app: string;
}

/** Which parts the files write: the rest stays as it is live. */
export interface Parts {
  readonly enabled: boolean;
  readonly when: boolean;
  readonly route: 'none' | 'type' | 'operators' | 'cleared' | 'whole';
  readonly event: boolean;
  readonly action: 'none' | 'type' | 'params' | 'no delay' | 'whole';
}

export interface WrittenRule {
  readonly title: string;
  readonly app: string;
  /** The title under which it is live, where that is another. */
  readonly previously?: string;
  readonly content: Content;
  readonly parts: Parts;
}

export interface WrittenList {
  readonly app: string;
  /** In the wanted order. */
  readonly rules: readonly WrittenRule[];
  /** `file`: the order is that of the rules in their one file. */
  readonly order: 'file' | 'list';
  /** Where "*" stands in the order list. */
  readonly star?: number;
  /** Titles of rules that are for another portal only. */
  readonly elsewhere: readonly string[];
}

export type Policy = 'keep' | 'delete';

export interface Family {
  readonly managed: boolean;
  readonly policy: Policy;
  /** In the portal's order, apps mixed. */
  readonly live: readonly LiveRule[];
  readonly lists: readonly WrittenList[];
}

export const familyNames = ['visitor_routing_rules', 'chat_routing_rules', 'trigger_rules'] as const;
export type FamilyName = (typeof familyNames)[number];

export interface LeadRule {
  readonly points: number;
  readonly enabled: boolean;
  readonly when: When;
}
export interface WrittenLead {
  readonly key: string;
  readonly when: When;
  readonly points?: number;
  readonly enabled?: boolean;
}

export interface Hook {
  readonly type: 'data' | 'administration';
  /** Behind the address of the receiver. */
  readonly tail: string;
  readonly apps: readonly string[];
  readonly events: readonly string[];
  readonly secured: boolean;
  /** Days. */
  readonly keep: number;
}
export interface WrittenHook {
  readonly type: Hook['type'];
  readonly tail: string;
  readonly apps?: readonly string[] | null;
  readonly events?: readonly string[];
  readonly secured?: boolean | null;
  readonly keep?: number | null;
}

export interface World {
  readonly apps: readonly string[];
  readonly families: Readonly<Record<FamilyName, Family>>;
  readonly leads: { readonly managed: boolean; readonly policy: Policy; readonly live: readonly LeadRule[]; readonly written: readonly WrittenLead[] };
  readonly hooks: { readonly managed: boolean; readonly policy: Policy; readonly live: readonly Hook[]; readonly written: readonly WrittenHook[] };
  readonly decay: { readonly live: string; readonly written?: string };
  readonly routeToAll: { readonly live: boolean; readonly written?: boolean };
  /** Decides how the files are written: how many, what stands where, quotes and brackets. */
  readonly style: number;
}

export const departments = ['Berlin', 'Oslo', 'Night shift'] as const;
export const operators = ['anna@harbour.test', 'ben@harbour.test', 'cleo@harbour.test'] as const;
const allApps = ['Harbour shop', 'Kiosk: north', 'Øre & Co'];

const titles = [
  'VIP',
  'vip',
  'Night desk',
  '*',
  '#7',
  'null',
  '0123',
  'Kyoto / Osaka',
  "Ben's own",
  'Øst – vest',
  '${spring} sale',
  'a: b',
  '港 🚢',
  'Old campaign',
  'yes',
  'Everyone else',
];

const criteria: readonly Criterion[] = [
  { field: 'country', comparator: 'is_equal_to', values: ['Japan', 'Norway'] },
  { field: 'country', comparator: 'not_equals', values: ['null'] },
  { field: 'referer', comparator: 'contains', values: ['0123', 'yes', '1e3', ''] },
  { field: 'region', comparator: 'is_equal_to', values: ['asia_pacific'] },
  { field: 'number_of_visits', comparator: 'greater_than', values: ['07'] },
  { field: 'number_of_past_chats', comparator: 'between', values: ['3', '8'] },
  { field: 'number_of_visits', comparator: 'is_equal_to', values: [] },
];
const dealCriterion: Criterion = { field: 'crm_deal', comparator: 'is_equal_to', values: ['5'], sub_field: 'No of Open Deals', integration: 'zohocrm' };

const anyWhen = (pool: readonly Criterion[]): fc.Arbitrary<When> =>
  fc.array(fc.array(fc.constantFrom(...pool), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 });
const ruleWhen = anyWhen(criteria);
const dealWhen = anyWhen([...criteria, dealCriterion]);

const anyUsers: fc.Arbitrary<Users> = fc.record({
  departments: fc.subarray([...departments]),
  operators: fc.subarray([...operators]),
  dynamic_users: fc.subarray(['last_attender']),
});

const anyContent: fc.Arbitrary<Content> = fc.record({
  enabled: fc.boolean(),
  when: ruleWhen,
  sets: fc.oneof(
    { weight: 8, arbitrary: fc.tuple(anyUsers) },
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(anyUsers, anyUsers) },
  ),
  event: fc.constantFrom({ type: 'lands_on_website' }, { type: 'lands_on_website', page: 'Cart' }),
  action: fc.record(
    {
      type: fc.constantFrom('send_chat_invite', 'open_chat_window', 'glow_button'),
      params: fc.constantFrom<Params>({}, { sender_name: 'Patricia', value: 'Hi there' }, { value: '0042' }, { sender_name: '', 'other key': 'x' }),
      delay: fc.constantFrom(0, 30, 120),
    },
    { requiredKeys: ['type', 'params'] },
  ),
});

const anyParts: fc.Arbitrary<Parts> = fc.record({
  enabled: fc.boolean(),
  when: fc.boolean(),
  route: fc.constantFrom('none' as const, 'type' as const, 'operators' as const, 'cleared' as const, 'whole' as const),
  event: fc.boolean(),
  action: fc.constantFrom('none' as const, 'type' as const, 'params' as const, 'no delay' as const, 'whole' as const),
});

const wholeParts: Parts = { enabled: true, when: true, route: 'whole', event: true, action: 'whole' };

/** One thing that is done to the wanted order, which begins as the live one. */
type Bend = { readonly what: 'drop' | 'move' | 'insert'; readonly from: number; readonly to: number; readonly title: string };
const anyBend: fc.Arbitrary<Bend> = fc.record({
  what: fc.constantFrom('drop' as const, 'move' as const, 'move' as const, 'insert' as const),
  from: fc.nat(30),
  to: fc.nat(30),
  title: fc.constantFrom(...titles),
});

const bent = (start: readonly string[], bends: readonly Bend[]): readonly string[] => {
  const list = [...start];
  for (const { what, from, to, title } of bends) {
    if (what === 'insert') {
      if (!list.includes(title)) list.splice(to % (list.length + 1), 0, title);
    } else if (list.length > 0) {
      const [taken] = list.splice(from % list.length, 1);
      if (what === 'move' && taken !== undefined) list.splice(to % (list.length + 1), 0, taken);
    }
  }
  return list;
};

interface ListWish {
  readonly bends: readonly Bend[];
  readonly shuffle: readonly string[] | undefined;
  readonly dropShare: readonly boolean[];
  readonly rules: readonly { readonly content: Content; readonly parts: Parts; readonly same: boolean; readonly renames: boolean }[];
  readonly order: 'file' | 'list';
  readonly star: number | undefined;
  readonly elsewhere: readonly string[];
}

const anyWish: fc.Arbitrary<ListWish> = fc.record({
  bends: fc.array(anyBend, { maxLength: 4 }),
  shuffle: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.shuffledSubarray(titles, { maxLength: 9 }) }),
  dropShare: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  rules: fc.array(fc.record({ content: anyContent, parts: anyParts, same: fc.boolean(), renames: fc.nat(7).map((n) => n === 0) }), {
    minLength: 16,
    maxLength: 16,
  }),
  order: fc.constantFrom('file' as const, 'list' as const, 'list' as const),
  star: fc.option(fc.nat(12), { nil: undefined, freq: 2 }),
  elsewhere: fc.subarray(titles.slice(0, 6), { maxLength: 2 }),
});

const anyTitle = fc.constantFrom(...titles);

const listFor = (app: string, live: readonly LiveRule[], wish: ListWish): WrittenList => {
  const mine = live.filter((rule) => rule.app === app);
  const start = [...new Set(mine.map(({ title }) => title))].filter((_title, index) => wish.dropShare[index % 12] !== true);
  const wanted = bent(wish.shuffle ?? start, wish.bends);
  const free = mine
    .filter(({ title }, _index, all) => !wanted.includes(title) && all.filter((other) => other.title === title).length === 1)
    .map(({ title }) => title);
  const rules = wanted.map((title, index): WrittenRule => {
    const known = mine.find((rule) => rule.title === title);
    const wishes = wish.rules[index % wish.rules.length];
    if (wishes === undefined) throw new Error('a wish for every rule');
    if (known !== undefined) return { title, app, content: wishes.same ? known : wishes.content, parts: wishes.same ? wholeParts : wishes.parts };
    const previously = wishes.renames ? free.shift() : undefined;
    return {
      title,
      app,
      content: wishes.content,
      parts: previously === undefined ? { ...wholeParts, enabled: wishes.parts.enabled } : wishes.parts,
      ...(previously === undefined ? {} : { previously }),
    };
  });
  const elsewhere = wish.elsewhere.filter((title) => !wanted.includes(title));
  return { app, rules, order: wish.order, elsewhere, ...(wish.star === undefined || wish.order === 'file' ? {} : { star: wish.star % (rules.length + 1) }) };
};

/** A described title is live once at most: two would be an error, never a guess. */
const withoutRivals = (live: readonly LiveRule[], lists: readonly WrittenList[]): readonly LiveRule[] => {
  const described = new Set(lists.flatMap(({ app, rules }) => rules.map(({ title }) => `${app}\n${title}`)));
  const seen = new Set<string>();
  return live.filter(({ app, title }) => {
    const name = `${app}\n${title}`;
    if (described.has(name) && seen.has(name)) return false;
    seen.add(name);
    return true;
  });
};

const anyFamily = (apps: readonly string[], most: number): fc.Arbitrary<Family> =>
  fc
    .record({
      managed: fc.nat(9).map((n) => n > 1),
      policy: fc.constantFrom<Policy>('keep', 'keep', 'delete'),
      live: fc
        .array(fc.record({ title: anyTitle, app: fc.constantFrom(...apps), content: anyContent }), { maxLength: most })
        .map((rules) => rules.map(({ title, app, content }) => ({ ...content, title, app }))),
      wishes: fc.array(fc.record({ app: fc.constantFrom(...apps), wish: anyWish }), { maxLength: apps.length }),
    })
    .map(({ managed, policy, live, wishes }) => {
      const firsts = wishes.filter(({ app }, index) => wishes.findIndex((other) => other.app === app) === index);
      const lists = managed ? firsts.map(({ app, wish }) => listFor(app, live, wish)) : [];
      return { managed, policy, live: withoutRivals(live, lists), lists };
    });

const whenText = (when: When): string => JSON.stringify(when);

const anyLeads: fc.Arbitrary<World['leads']> = fc
  .record({
    managed: fc.nat(9).map((n) => n > 1),
    policy: fc.constantFrom<Policy>('keep', 'delete'),
    live: fc.array(fc.record({ points: fc.constantFrom(56, -45, 7), enabled: fc.boolean(), when: dealWhen }), { maxLength: 6 }),
    picks: fc.array(
      fc.record({
        like: fc.option(fc.nat(5), { nil: undefined, freq: 2 }),
        when: dealWhen,
        points: fc.option(fc.constantFrom(56, -45, 7, 120), { nil: undefined, freq: 4 }),
        enabled: fc.option(fc.boolean(), { nil: undefined }),
      }),
      { maxLength: 6 },
    ),
  })
  .map(({ managed, policy, live, picks }) => {
    const written = picks.map(({ like, when, points, enabled }, index): WrittenLead => {
      const twin = like === undefined ? undefined : live[like % Math.max(1, live.length)];
      return { key: `rule ${index}`, when: twin?.when ?? when, ...(points === undefined ? {} : { points }), ...(enabled === undefined ? {} : { enabled }) };
    });
    // Points may be left out only where it is certain which live one is meant.
    const certain = (rule: WrittenLead): boolean =>
      written.filter(({ when }) => whenText(when) === whenText(rule.when)).length === 1 && live.some(({ when }) => whenText(when) === whenText(rule.when));
    return {
      managed,
      policy,
      live,
      written: managed ? written.map((rule) => (rule.points !== undefined || certain(rule) ? rule : { ...rule, points: 33 })) : [],
    };
  });

const dataEvents = ['conversation.created', 'conversation.missed', 'visitor.updated'];
const otherEvents = ['operator.created', 'tag.deleted'];
const tails = ['/a', '/b?c=1', '/å'];

const anyHook = (apps: readonly string[]): fc.Arbitrary<Hook> =>
  fc.constantFrom('data' as const, 'administration' as const).chain((type) =>
    fc.record({
      type: fc.constant(type),
      tail: fc.constantFrom(...tails),
      apps: type === 'data' ? fc.subarray([...apps]) : fc.constant([]),
      events: fc.subarray(type === 'data' ? dataEvents : otherEvents, { minLength: 1 }),
      secured: fc.boolean(),
      keep: fc.constantFrom(60, 7, 45),
    }),
  );

const hookName = ({ type, tail }: { readonly type: string; readonly tail: string }): string => `${type} ${tail}`;
const firstOfName = <T extends { readonly type: string; readonly tail: string }>(list: readonly T[]): readonly T[] =>
  list.filter((hook, index) => list.findIndex((other) => hookName(other) === hookName(hook)) === index);

const anyHooks = (apps: readonly string[]): fc.Arbitrary<World['hooks']> =>
  fc
    .record({
      managed: fc.nat(9).map((n) => n > 1),
      policy: fc.constantFrom<Policy>('keep', 'delete'),
      live: fc.array(anyHook(apps), { maxLength: 4 }).map(firstOfName),
      picks: fc.array(
        fc.record({ hook: anyHook(apps), partial: fc.array(fc.constantFrom('out' as const, 'clear' as const, 'in' as const), { minLength: 4, maxLength: 4 }) }),
        { maxLength: 4 },
      ),
    })
    .map(({ managed, policy, live, picks }) => {
      const written = picks.map(({ hook, partial }): WrittenHook => {
        const there = live.some((other) => hookName(other) === hookName(hook));
        const part = <T>(name: string, at: number, value: T, clearable: boolean): Record<string, T | null> =>
          partial[at] === 'out' ? {} : { [name]: partial[at] === 'clear' && clearable ? null : value };
        return {
          type: hook.type,
          tail: hook.tail,
          ...part('apps', 0, hook.apps, true),
          ...(there && partial[1] === 'out' ? {} : { events: hook.events }),
          ...part('secured', 2, hook.secured, true),
          ...part('keep', 3, hook.keep, true),
        };
      });
      return { managed, policy, live, written: managed ? firstOfName(written) : [] };
    });

/** @param most how many rules a family has live, at most */
export const anyWorld = (most = 8): fc.Arbitrary<World> =>
  fc.integer({ min: 1, max: 3 }).chain((count) => {
    const apps = allApps.slice(0, count);
    return fc.record(
      {
        apps: fc.constant(apps),
        families: fc.record({ visitor_routing_rules: anyFamily(apps, most), chat_routing_rules: anyFamily(apps, most), trigger_rules: anyFamily(apps, most) }),
        leads: anyLeads,
        hooks: anyHooks(apps),
        decay: fc.record({ live: fc.constantFrom('yearly', 'monthly'), written: fc.constant('yearly') }, { requiredKeys: ['live'] }),
        routeToAll: fc.record({ live: fc.boolean(), written: fc.boolean() }, { requiredKeys: ['live'] }),
        style: fc.nat(1_000_000_000),
      },
      { noNullPrototype: true },
    );
  });

/** A quiet world: one app, one rule in each family, and nothing to do. The start of worlds in which one thing is bent. */
export const aContent: Content = {
  enabled: true,
  when: [[{ field: 'country', comparator: 'is_equal_to', values: ['Japan'] }]],
  sets: [{ departments: ['Oslo'], operators: ['ben@harbour.test'], dynamic_users: ['last_attender'] }],
  event: { type: 'lands_on_website' },
  action: { type: 'send_chat_invite', params: { sender_name: 'Patricia', value: 'Hi there' }, delay: 120 },
};

/** The same rules live and in the files, in this order. */
export const settledFamily = (app: string, names: readonly string[], content: Content = aContent): Family => ({
  managed: true,
  policy: 'keep',
  live: names.map((title) => ({ ...content, title, app })),
  lists: [{ app, rules: names.map((title) => ({ title, app, content, parts: wholeParts })), order: 'list', elsewhere: [] }],
});

const noFamily: Family = { managed: false, policy: 'keep', live: [], lists: [] };

/** A world where live equals desired: these visitor routing rules and nothing else. */
export const settledWorld = (names: readonly string[], app = 'Harbour shop'): World => ({
  apps: [app],
  families: { visitor_routing_rules: settledFamily(app, names), chat_routing_rules: noFamily, trigger_rules: noFamily },
  leads: { managed: false, policy: 'keep', live: [], written: [] },
  hooks: { managed: false, policy: 'keep', live: [], written: [] },
  decay: { live: 'yearly' },
  routeToAll: { live: true },
  style: 7,
});

/** The same world with another family in one place. */
export const withFamily = (world: World, name: FamilyName, change: (family: Family) => Family): World => ({
  ...world,
  families: { ...world.families, [name]: change(world.families[name]) },
});

/** The wanted order of an app's rules changed: new titles are described with the usual content. */
export const wantOrder = (family: Family, app: string, names: readonly string[], star?: number): Family => ({
  ...family,
  lists: family.lists.map((list) =>
    list.app !== app
      ? list
      : {
          ...list,
          ...(star === undefined ? {} : { star }),
          rules: names.map((title) => list.rules.find((rule) => rule.title === title) ?? { title, app, content: aContent, parts: wholeParts }),
        },
  ),
});
