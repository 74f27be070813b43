/** Export over files that people wrote: only lines that had to change do. Each test bends one thing in the portal and shows the exact lines. */
import { describe, expect, it } from 'vitest';
import { diffOf, exported, planned, type Setting, type Texts } from '../support/export.ts';
import { emptyPortal, liveOf, type RawPortal, type RawRule } from '../support/raw-portal.ts';

const project = `version: 1
portals:
  harbour:
    screenname: lighthouse
    data_center: eu
    variables: { hooks: https://hooks.lighthouse.test, desk: Oslo }
  island: { screenname: island, data_center: eu, variables: { hooks: https://hooks.island.test, desk: Oslo } }
`;

const japan = { field: 'country', comparator: 'is_equal_to', values: ['Japan'] };
const returning = { field: 'visitor_type', comparator: 'is_equal_to', values: ['returning'] };

const rule = (title: string, more: Partial<RawRule> = {}): RawRule => ({
  title,
  app: 'Harbour shop',
  enabled: true,
  when: [[japan]],
  sets: [{ departments: ['Oslo'], operators: ['ben@harbour.test'], dynamic_users: [] }],
  ...more,
});

const portal: RawPortal = {
  ...emptyPortal,
  apps: ['Harbour shop', 'Kiosk'],
  departments: ['Berlin', 'Oslo', 'Night shift'],
  operators: ['anna@harbour.test', 'ben@harbour.test'],
};

const text = `# Who sees whom.

visitor_routing_rules:
  # The first one: people from afar.
  - title: "Afar" # in double quotes
    app: Harbour shop
    when:
      - { field: country, comparator: is_equal_to, values: [Japan] } # one test
      - any:

          - {field: visitor_type, comparator: 'is_equal_to', values: ['returning']}
          - field: country
            comparator: is_equal_to
            values:
              - Japan # listed
              - Norway
    route:
      departments: [Oslo, Berlin]   # not sorted
      operators:
        - BEN@harbour.test

  # The second one.
  - { title: 'Near', app: "Harbour shop", when: [{ field: country, comparator: is_equal_to, values: [Japan] }], route: { departments: ["\${desk}"] } }


  - app: Harbour shop
    title: >-
      Everyone
      else
    enabled: false   # not yet

visitor_routing_order:
  Harbour shop:
    # the best first
    - Afar
    - Near # near
    - Everyone else
`;

const afar = rule('Afar', {
  when: [[japan], [returning, { ...japan, values: ['Japan', 'Norway'] }]],
  sets: [{ departments: ['Berlin', 'Oslo'], operators: ['ben@harbour.test'], dynamic_users: [] }],
});
const near = rule('Near');
const everyone = rule('Everyone else', { enabled: false });

const withRules = (...rules: readonly RawRule[]): RawPortal => ({ ...portal, visitor_routing_rules: rules });

const scope = ['visitor_routing_rules'];

/** The lines that differ after the export; the plan of the outcome must be empty. */
const changes = (before: string, raw: RawPortal, setting: Setting = {}): readonly string[] => {
  const live = liveOf(raw);
  const all = { project, names: scope, ...setting };
  const { texts } = exported({ 'a.yaml': before }, live, all);
  expect(Object.keys(texts)).toEqual(['a.yaml']);
  expect(planned(texts, live, all)).toEqual([]);
  expect(exported(texts, live, all).changed).toEqual([]);
  return diffOf(before, texts['a.yaml'] ?? '');
};

describe('export into a file that is there', () => {
  it('changes nothing where nothing differs, whatever the form', () => {
    expect(changes(text, withRules(afar, near, everyone))).toEqual([]);
  });

  it('changes one line for one text in double quotes', () => {
    const moved = { ...afar, when: [[{ ...japan, values: ['Chile'] }], ...afar.when.slice(1)] };
    expect(changes(text, withRules(moved, near, everyone))).toEqual([
      '-      - { field: country, comparator: is_equal_to, values: [Japan] } # one test',
      '+      - { field: country, comparator: is_equal_to, values: [Chile] } # one test',
    ]);
  });

  it('keeps single quotes, and the lack of blanks between brackets', () => {
    const moved = { ...afar, when: [[japan], [{ ...returning, values: ['new'] }, ...(afar.when[1] ?? []).slice(1)]] };
    expect(changes(text, withRules(moved, near, everyone))).toEqual([
      "-          - {field: visitor_type, comparator: 'is_equal_to', values: ['returning']}",
      "+          - {field: visitor_type, comparator: 'is_equal_to', values: ['new']}",
    ]);
  });

  it('takes one line out of a list, and puts one in', () => {
    const values = (list: readonly string[]): RawRule => ({ ...afar, when: [[japan], [returning, { ...japan, values: list }]] });
    expect(changes(text, withRules(values(['Japan']), near, everyone))).toEqual(['-              - Norway']);
    expect(changes(text, withRules(values(['Japan', 'Chile', 'Norway']), near, everyone))).toEqual(['+              - Chile']);
    expect(changes(text, withRules(values(['Japan', 'Norway', 'yes']), near, everyone))).toEqual(['+              - "yes"']);
  });

  it('keeps the order of names whose order does not count', () => {
    const sets = [{ departments: ['Berlin', 'Night shift', 'Oslo'], operators: ['ben@harbour.test'], dynamic_users: [] }];
    expect(changes(text, withRules({ ...afar, sets }, near, everyone))).toEqual([
      '-      departments: [Oslo, Berlin]   # not sorted',
      '+      departments: [Oslo, Berlin, Night shift]   # not sorted',
    ]);
  });

  it('switches on and off in one line', () => {
    expect(changes(text, withRules(afar, near, { ...everyone, enabled: true }))).toEqual(['-    enabled: false   # not yet', '+    enabled: true   # not yet']);
    expect(changes(text, withRules({ ...afar, enabled: false }, near, everyone))).toEqual(['+    enabled: false']);
  });

  it('follows an order that was changed, by moving one line', () => {
    expect(changes(text, withRules(near, afar, everyone))).toEqual(['+    - Near # near', '-    - Near # near']);
  });

  it('puts a new rule beside its neighbour, with all its fields, and into the order', () => {
    const fresh = rule('- new: # one', { enabled: false });
    expect(changes(text, withRules(afar, fresh, near, everyone))).toEqual([
      '+  - title: "- new: # one"',
      '+    app: Harbour shop',
      '+    enabled: false',
      '+    when:',
      '+      - { field: country, comparator: is_equal_to, values: [Japan] }',
      '+    route:',
      '+      type: route_to_selected_users',
      '+      departments: [Oslo]',
      '+      operators: [ben@harbour.test]',
      '+      dynamic_users: []',
      '+      more_users: []',
      '+',
      '+    - "- new: # one"',
    ]);
  });

  it('takes a rule that is gone out with its comment, its name in the order, and one blank line', () => {
    const lines = changes(text, withRules(afar, everyone));
    expect(lines).toEqual([
      '-  # The second one.',
      `-  - { title: 'Near', app: "Harbour shop", when: [{ field: country, comparator: is_equal_to, values: [Japan] }], route: { departments: ["\${desk}"] } }`,
      '-',
      '-    - Near # near',
    ]);
  });

  it('does not add what the file leaves out', () => {
    expect(
      changes(
        text,
        withRules(afar, { ...near, sets: [{ departments: ['Oslo'], operators: ['anna@harbour.test'], dynamic_users: ['last_attender'] }] }, everyone),
      ),
    ).toEqual([]);
  });

  it('keeps CRLF and the lack of a last line break', () => {
    const windows = text.trimEnd().replaceAll('\n', '\r\n');
    const live = liveOf(withRules({ ...afar, enabled: false }, rule('Late'), near, everyone));
    const after = exported({ 'a.yaml': windows }, live, { project, names: scope }).texts['a.yaml'] ?? '';
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(after).toMatch(/Everyone else$/);
    expect(diffOf(text.trimEnd(), after.replaceAll('\r\n', '\n')).filter((line) => line.startsWith('-'))).toEqual([]);
  });
});

describe('placeholders', () => {
  const hooks = (url: string, more: Partial<RawPortal['webhooks'][number]> = {}): RawPortal => ({
    ...portal,
    webhooks: [{ url, type: 'data', events: ['conversation.missed'], apps: ['Kiosk'], secured: true, days: 7, ...more }],
  });
  const written = 'webhooks:\n  - url: ${hooks}/a # where\n    type: data\n    events: [conversation.missed]\n    secured: false\n';

  it('stay where they give what is live', () => {
    expect(changes(written, hooks('https://hooks.lighthouse.test/a'), { names: ['webhooks'] })).toEqual(['-    secured: false', '+    secured: true']);
  });

  it('stay where they give something else, and are told with line and both values', () => {
    const one = 'visitor_routing_rules:\n  - title: Near\n    app: Harbour shop\n    enabled: true\n    route: { departments: ["${desk}"] }\n';
    const live = liveOf(withRules(rule('Near', { enabled: false, sets: [{ departments: ['Berlin'], operators: [], dynamic_users: [] }] })));
    const { texts, diagnostics } = exported({ 'a.yaml': one }, live, { project, names: scope });
    expect(diffOf(one, texts['a.yaml'] ?? '')).toEqual(['-    enabled: true', '+    enabled: false']);
    expect(diagnostics.map(({ code, origin, message }) => [code, origin?.line, message])).toEqual([
      [
        'placeholder-kept',
        5,
        'visitor_routing_rules/Harbour shop/Near: route.departments stays ${desk}, although it gives "Oslo", and the portal has something else',
      ],
    ]);
    expect(planned(texts, live, { project })).toEqual(['update visitor_routing_rules/Harbour shop/Near']);
  });

  it('do not show what the environment holds', () => {
    const one = 'visitor_routing_rules:\n  - title: Near\n    app: Harbour shop\n    route: { type: "${env:SECRET_TYPE}" }\n';
    const { diagnostics } = exported({ 'a.yaml': one }, liveOf(withRules(rule('Near'))), { project, names: scope, environment: { SECRET_TYPE: 'hush' } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['placeholder-kept']);
    expect(JSON.stringify(diagnostics)).not.toMatch(/hush|route_to_selected/);
  });

  it('are none in what the portal has', () => {
    const { texts } = exported({}, liveOf(withRules(rule('${desk} $${x}'))), { project, names: scope });
    expect(Object.values(texts)[0]).toContain('title: $${desk} $$${x}');
  });
});

describe('anchors and aliases', () => {
  const shared = `visitor_routing_rules:
  - title: First
    app: Harbour shop
    when: &afar
      - { field: country, comparator: is_equal_to, values: [Japan] }
  - title: Second
    app: Harbour shop
    when: *afar
  - title: Third
    app: Harbour shop
    when: *afar
`;
  const three = (a: string, b: string, c: string): RawPortal =>
    withRules(...[a, b, c].map((value, index) => rule(['First', 'Second', 'Third'][index] ?? '', { when: [[{ ...japan, values: [value] }]] })));

  it('stay where all of them change alike: one line', () => {
    expect(changes(shared, three('Chile', 'Chile', 'Chile'))).toEqual([
      '-      - { field: country, comparator: is_equal_to, values: [Japan] }',
      '+      - { field: country, comparator: is_equal_to, values: [Chile] }',
    ]);
  });

  it('give way to a value of its own where one changes', () => {
    expect(changes(shared, three('Japan', 'Chile', 'Japan'))).toEqual([
      '-    when: *afar',
      '+    when:',
      '+      - { field: country, comparator: is_equal_to, values: [Chile] }',
    ]);
  });

  it('do not carry a change of the first to the others', () => {
    const lines = changes(shared, three('Chile', 'Japan', 'Japan'));
    expect(lines.filter((line) => line.includes('Chile'))).toHaveLength(1);
  });

  it('outlive the rule that had the anchor', () => {
    const [, second, third] = three('Japan', 'Japan', 'Japan').visitor_routing_rules;
    expect(changes(shared, withRules(...[second, third].filter((one) => one !== undefined)))).toEqual([
      '-  - title: First',
      '-    app: Harbour shop',
      '-    when: &afar',
      '-      - { field: country, comparator: is_equal_to, values: [Japan] }',
      '-    when: *afar',
      '+    when: &afar [{ field: country, comparator: is_equal_to, values: [Japan] }]',
    ]);
  });

  it('of merge keys are overridden in the one place', () => {
    const merged = `x-usual: &usual { app: Harbour shop, enabled: false }
visitor_routing_rules:
  - <<: *usual
    title: First
  - <<: *usual
    title: Second
`;
    expect(changes(merged, withRules(rule('First', { enabled: true }), rule('Second', { enabled: false })))).toEqual(['+    enabled: true']);
  });
});

describe('several files and portals', () => {
  const live = liveOf(withRules(rule('Here')));
  const elsewhere =
    'visitor_routing_rules:\n  - title: Theirs\n    app: Harbour shop\n    only: [island]\n    when: [{ field: country, comparator: is_equal_to, values: [Chile] }]\n    route: { departments: [Berlin] }\n';

  it('leave alone what is for other portals', () => {
    const files: Texts = { 'a.yaml': `${elsewhere}  - title: Here\n    app: Harbour shop\n    only: [harbour]\n    enabled: false\n` };
    const { texts } = exported(files, live, { project, names: scope });
    expect(diffOf(files['a.yaml'] ?? '', texts['a.yaml'] ?? '')).toEqual(['-    enabled: false', '+    enabled: true']);
  });

  it('limit a new one to this portal where another has one of that name', () => {
    const { texts } = exported({ 'a.yaml': elsewhere }, liveOf(withRules(rule('Theirs'))), { project, names: scope });
    expect(texts['a.yaml']?.startsWith(elsewhere.trimEnd())).toBe(true);
    expect(texts['a.yaml']).toContain('only: [harbour]');
  });

  it('remove a file with the last that it described', () => {
    const files: Texts = {
      'a.yaml': 'visitor_routing_rules:\n  - { title: Here, app: Harbour shop }\n',
      'b.yaml': '# old\nvisitor_routing_rules:\n  - { title: Gone, app: Kiosk }\n\nvisitor_routing_order:\n  Kiosk: [Gone]\n',
    };
    expect(exported(files, live, { project, names: scope }).texts).toEqual({ 'a.yaml': files['a.yaml'] });
  });

  it('keep the kind, as an empty list, with the last of all', () => {
    const before = 'visitor_routing_rules: # ours\n  - { title: Gone, app: Kiosk }\n';
    expect(exported({ 'a.yaml': before }, liveOf(withRules()), { project, names: scope }).texts).toEqual({ 'a.yaml': 'visitor_routing_rules: [] # ours\n' });
    expect(exported({ 'a.yaml': 'visitor_routing_rules: [] # ours\n' }, live, { project, names: scope }).texts['a.yaml']).toMatch(
      /^visitor_routing_rules: # ours\n {2}- title: Here\n/,
    );
  });

  it('touch targets only', () => {
    const before = 'visitor_routing_rules:\n  - { title: Here, app: Harbour shop, enabled: false }\n  - { title: There, app: Harbour shop, enabled: false }\n';
    const { texts } = exported({ 'a.yaml': before }, liveOf(withRules(rule('Here'), rule('There'), rule('New'))), {
      project,
      names: scope,
      targets: ['visitor_routing_rules/Harbour shop/There'],
    });
    expect(diffOf(before, texts['a.yaml'] ?? '')).toEqual([
      '-  - { title: There, app: Harbour shop, enabled: false }',
      '+  - { title: There, app: Harbour shop, enabled: true }',
    ]);
  });
});

describe('what has no name', () => {
  it('is left out of new files, and said', () => {
    const twins = { ...withRules(rule('Here', { sets: [{ departments: ['Oslo'], operators: [], dynamic_users: [] }] })), departments: ['Oslo', 'Oslo'] };
    const live = liveOf(twins);
    const { texts, diagnostics } = exported({}, live, { project, names: scope });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'visitor_routing_rules/Harbour shop/Here: route.departments is left out: it refers to the department with the id 7000, whose name "Oslo" others carry too',
    ]);
    expect(planned(texts, live, { project })).toEqual([]);
  });

  it('and two of one name are an error that names both', () => {
    expect(() => exported({}, liveOf(withRules(rule('Here'), rule('Here'))), { project, names: scope })).toThrow(/1 error/);
  });
});
