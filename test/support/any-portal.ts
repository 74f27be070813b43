/** Portals with texts that YAML would like to take for something else. */
import fc from 'fast-check';
import type { RawPortal, RawRule, RawTest } from './raw-portal.ts';

const hostile = [
  'yes',
  'No',
  'on',
  'off',
  'y',
  'true',
  'FALSE',
  'null',
  '~',
  'Null',
  '0123',
  '1e3',
  '0x1F',
  '0o17',
  '.5',
  '-.inf',
  '.nan',
  '12:30',
  '1_000',
  '2024-05-06',
  '+1',
  '7',
  '-0',
  '#',
  ' # no comment',
  'a # b',
  '#7',
  ': ',
  'a: b',
  'a:',
  ':a',
  '- a',
  '-',
  '--',
  '---',
  '...',
  '--- a',
  '? b',
  '?',
  '!tag',
  '!!str x',
  '&a',
  '*a',
  '*',
  '|',
  '|-',
  '>',
  '>+',
  '%YAML 1.2',
  '@a',
  '`a`',
  '{a: b}',
  '[a, b]',
  '{',
  '}',
  '[',
  ']',
  ',',
  'a, b',
  '"',
  "'",
  '"a"',
  "it's",
  "''",
  '\\',
  '\\n',
  '\\u0041',
  ' leading',
  'trailing ',
  '  ',
  ' ',
  '\t',
  'a\tb',
  '\ta',
  'a\n',
  '\na',
  'a\nb',
  'a\n\nb\n',
  'a\r\nb',
  'a\rb',
  '  a\n b',
  'a \nb',
  '# a\n# b',
  '- a\n- b\n',
  'a\n---\nb',
  'a\n...\nb',
  '${x}',
  '$${x}',
  '$$${x}',
  '${',
  '${env:HOME}',
  '$',
  '$$',
  '{x}',
  'a${b}c',
  '<<',
  '=',
  '__proto__',
  'constructor',
  'title',
  'only',
  'when',
  '港 🚢',
  '👩‍👩‍👧‍👦',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'שלום',
  'مرحبا',
  '\u202eabc',
  '\u2066x\u2069',
  '\u200f',
  'e\u0301',
  'ﬁ',
  '\u00a0',
  'a\u00a0',
  '\u3000x',
  '\ufeff',
  '\ufeffa',
  '\u00ad',
  '\u0000',
  'a\u0000b',
  '\u0001',
  '\u001b[31m',
  '\u007f',
  '\u0080',
  '\u0085',
  'a\u0085b',
  '\u009f',
  '\u2028',
  'a\u2029b',
  '\ud800',
  'a\udc00',
  '\ufffe',
  '\uffff',
  '\u{10ffff}',
  '\ue000',
  'x'.repeat(10_000),
  'word '.repeat(2_000),
  `${'long line '.repeat(40)}\n${'second '.repeat(40)}`,
] as const;

export const anyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...hostile) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...hostile), fc.constantFrom(...hostile)).map(([a, b]) => a + b) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
);

/** A text that may be a name: not empty. */
const anyName = anyText.filter((text) => text !== '');

const anyTest = (text: fc.Arbitrary<string>): fc.Arbitrary<RawTest> =>
  fc.record(
    {
      field: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('country', 'referer', 'browser') }, { weight: 1, arbitrary: anyName }),
      comparator: fc.oneof({ weight: 4, arbitrary: fc.constantFrom('is_equal_to', 'contains') }, { weight: 1, arbitrary: anyName }),
      values: fc.array(text, { maxLength: 3 }),
      sub_field: anyName,
      integration: anyName,
    },
    { requiredKeys: ['field', 'comparator', 'values'], noNullPrototype: true },
  );

const anyWhen = fc.array(fc.array(anyTest(anyText), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 });

const anyJson: fc.Arbitrary<string | number | boolean | null | string[] | Record<string, string>> = fc.oneof(
  anyText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
  fc.boolean(),
  fc.constant(null),
  fc.array(anyText, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('a', 'b c', 'yes', '7'), anyText, { maxKeys: 2, noNullPrototype: true }),
);

/** What an action or event may hold beside its type: two keys are documented as texts, the others are anything. */
const anyParams = fc
  .record({
    texts: fc.dictionary(fc.constantFrom('value', 'sender_name'), anyText, { maxKeys: 2, noNullPrototype: true }),
    others: fc.dictionary(
      anyName.filter((name) => !['__proto__', 'value', 'sender_name', 'type'].includes(name) && name.length < 200),
      anyJson,
      { maxKeys: 2, noNullPrototype: true },
    ),
  })
  .map(({ texts, others }) => ({ ...others, ...texts }));

const unique = <T>(list: readonly T[], nameOf: (one: T) => string): readonly T[] =>
  list.filter((one, index) => list.findIndex((other) => nameOf(other) === nameOf(one)) === index);

export const anyPortal = (most = 4): fc.Arbitrary<RawPortal> =>
  fc
    .record({
      apps: fc.uniqueArray(fc.oneof(fc.constantFrom('../x', 'CON', 'Acme shop', 'acme  shop', 'Ácme-Shop', '🚢', '/etc/passwd', 'a/b', 'salesiq'), anyName), {
        minLength: 1,
        maxLength: 3,
      }),
      departments: fc.uniqueArray(anyName, { minLength: 1, maxLength: 3 }),
      operators: fc.constant<readonly string[]>(['anna@harbour.test', 'ben@harbour.test']),
    })
    .chain(({ apps, departments, operators }) => {
      const anyApp = fc.constantFrom(...apps);
      const anySet = fc.record({
        departments: fc.subarray(departments),
        operators: fc.subarray([...operators]),
        dynamic_users: fc.subarray(['last_attender']),
      });
      const routing = fc
        .array(fc.record({ title: anyName, app: anyApp, enabled: fc.boolean(), when: anyWhen, sets: fc.array(anySet, { maxLength: 2 }) }), { maxLength: most })
        .map((rules): readonly RawRule[] => unique(rules, ({ app, title }) => `${app}/${title}`));
      const triggers = fc
        .array(
          fc.record({
            title: anyName,
            app: anyApp,
            enabled: fc.boolean(),
            when: anyWhen,
            event: anyParams.map((more) => ({ ...more, type: 'lands_on_website' })),
            action: fc.record(
              { type: fc.constant('glow_button'), params: anyParams, delay: fc.constantFrom('0', '45') },
              { requiredKeys: ['type', 'params'], noNullPrototype: true },
            ),
          }),
          { maxLength: most },
        )
        .map((rules): readonly RawRule[] => unique(rules, ({ app, title }) => `${app}/${title}`));
      return fc.record({
        apps: fc.constant(apps),
        departments: fc.constant(departments),
        operators: fc.constant(operators),
        visitor_routing_rules: routing,
        chat_routing_rules: routing,
        trigger_rules: triggers,
        lead_scoring_rules: fc.array(fc.record({ points: fc.constantFrom(56, -7), enabled: fc.boolean(), when: anyWhen }), { maxLength: most }),
        webhooks: fc
          .array(
            fc.record({
              url: anyName,
              type: fc.constantFrom('data', 'administration'),
              events: fc.array(anyName, { maxLength: 2 }),
              apps: fc.subarray(apps),
              secured: fc.boolean(),
              days: fc.constantFrom(60, 7),
            }),
            { maxLength: most },
          )
          .map((hooks) => unique(hooks, ({ type, url }) => `${type} ${url}`))
          .map((hooks) => hooks.map((hook) => (hook.type === 'data' ? hook : { ...hook, apps: [] }))),
        decay: anyName,
        routeToAll: fc.boolean(),
      });
    });
