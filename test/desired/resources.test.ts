import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import type { Kind } from '../../src/model/index.ts';
import { read, readOne, resourceOf, resourcesOf, wordsOf } from './support/read.ts';

describe('a resource', () => {
  it('has its fields in their one form, its key, its place and its open references', () => {
    const text =
      'visitor_routing_rules:\n  - title: Fog\n    app: Pier\n    when:\n      - any: [{ field: country, comparator: is_equal_to, values: [Norway] }]\n    route:\n      operators: [Zoe@lighthouse.test, anna@lighthouse.test]\n      departments: [Watch]\n';
    expect(resourceOf(text)).toEqual({
      kind: 'visitor_routing_rules',
      app: 'Pier',
      key: 'Fog',
      origin: { file: 'a.yaml', line: 2, column: 5, length: 10 },
      spec: {
        title: 'Fog',
        app: 'Pier',
        enabled: true,
        when: [{ field: 'country', comparator: 'is_equal_to', values: ['Norway'] }],
        route: { departments: ['Watch'], operators: ['anna@lighthouse.test', 'zoe@lighthouse.test'] },
      },
      references: [
        { path: ['app'], kind: 'apps', key: 'Pier', origin: { file: 'a.yaml', line: 3, column: 10, length: 4 } },
        { path: ['route', 'departments', 0], kind: 'departments', key: 'Watch', origin: { file: 'a.yaml', line: 8, column: 21, length: 5 } },
        { path: ['route', 'operators', 0], kind: 'operators', key: 'zoe@lighthouse.test', origin: { file: 'a.yaml', line: 7, column: 19, length: 19 } },
        { path: ['route', 'operators', 1], kind: 'operators', key: 'anna@lighthouse.test', origin: { file: 'a.yaml', line: 7, column: 40, length: 20 } },
      ],
      previously: [],
      sensitive: [],
    });
  });

  it('is on unless it says otherwise, where it can be switched at all', () => {
    expect(resourcesOf('trigger_rules: [{ title: Bell, app: Pier }, { title: Horn, app: Pier, enabled: false }]\n').map(({ spec }) => spec['enabled'])).toEqual(
      [true, false],
    );
    expect(resourceOf('webhooks: [{ url: x, type: data }]\n').spec).toEqual({ url: 'x', type: 'data' });
  });

  it('of a kind without names is known by its key, which is no field', () => {
    expect(resourceOf('lead_scoring_rules: [{ key: fjord, points: 2, when: [{ field: country, comparator: is_equal_to }] }]\n')).toMatchObject({
      key: 'fjord',
      spec: { points: 2, when: [{ field: 'country', comparator: 'is_equal_to', values: [] }], enabled: true },
    });
  });

  it('of which there is one has an empty key', () => {
    expect(resourceOf('lead_score_decay: { frequency: yearly }\n')).toMatchObject({ kind: 'lead_score_decay', key: '', spec: { frequency: 'yearly' } });
  });

  it('carries old keys and a lasting key, and none of them in its fields', () => {
    const resource = resourceOf('webhooks: [{ url: x, type: data, key: hook, previously: [data y, 0123] }]\n');
    expect(resource).toMatchObject({ key: 'data x', lastingKey: 'hook', previously: ['data y', '0123'] });
    expect(resource.spec).toEqual({ url: 'x', type: 'data' });
  });

  it('may come by alias, with the place of the alias', () => {
    expect(resourcesOf('x-hook: &hook { url: x, type: data }\nwebhooks:\n  - *hook\n').map(({ origin }) => origin)).toEqual([
      { file: 'a.yaml', line: 3, column: 5, length: 5 },
    ]);
  });
});

describe('kinds', () => {
  it('that stand in a file are managed, empty or not, and others are not', () => {
    expect(readOne('webhooks: []\nlead_score_decay: { frequency: yearly }\nchat_routing_rules: []\n').desired?.kinds).toEqual([
      'chat_routing_rules',
      'lead_score_decay',
      'webhooks',
    ]);
    expect(readOne('').desired?.kinds).toEqual([]);
  });

  it('without a value are an error that says how to write none', () => {
    const outcome = readOne('webhooks:\nlead_score_decay: ~\n');
    expect(outcome.findings).toEqual(['no-value a.yaml:1:1+8', 'no-value a.yaml:2:19+1']);
    expect(wordsOf(outcome)[0]).toBe('webhooks has no value | Write `webhooks: []` if none of yours shall exist; take the key out to leave them as they are.');
  });

  it.each<[string, string, string]>([
    ['webhooks: { url: x }\n', 'wrong-type a.yaml:1:11+10', 'webhooks should be a list, but it is a mapping | Write "- " before each of them.'],
    ['webhooks: x\n', 'wrong-type a.yaml:1:11+1', 'webhooks should be a list, but it is text'],
    ['lead_score_decay: [{ frequency: yearly }]\n', 'wrong-type a.yaml:1:19+23', 'lead_score_decay should be one mapping, but it is a list'],
    ['webhooks:\n  - x\n', 'wrong-type a.yaml:2:5+1', 'a webhook should be a mapping, but it is text | Its keys are "apps", '],
    ['webhooks:\n  -\n', 'wrong-type a.yaml:2:3+1', 'a webhook is empty | Take the "- " out.'],
    ['bots: []\n', 'read-only-kind a.yaml:1:1+4', 'bots are read so that names can be checked'],
    ['webhook: []\n', 'unknown-key a.yaml:1:1+7', 'there is no kind "webhook" | Did you mean webhooks?'],
    ['trigger_oder: {}\n', 'unknown-key a.yaml:1:1+12', 'there is no kind "trigger_oder" | Did you mean trigger_order?'],
    ['portals: {}\n', 'unknown-key a.yaml:1:1+7', 'This key belongs into salesiq.yaml.'],
    ['moonshine: []\n', 'unknown-key a.yaml:1:1+9', 'The keys of a file are "'],
  ])('%j', (text, place, words) => {
    const outcome = readOne(text);
    expect(outcome.findings).toEqual([place]);
    expect(wordsOf(outcome)[0]).toContain(words);
  });

  it('leave room for anchors', () => {
    expect(readOne('x-anything: { a: [1] }\n.hidden: 5\n').desired?.resources).toEqual([]);
  });
});

describe('keys of a resource', () => {
  it.each<[string, string, string]>([
    ['webhooks: [{ url: x, typ: data }]\n', 'unknown-key a.yaml:1:22+3', 'a webhook has no key "typ" | Did you mean type?'],
    [
      'webhooks: [{ url: x, type: data, shout: 1 }]\n',
      'unknown-key a.yaml:1:34+5',
      'The keys of a webhook are "apps", "events", "keep_failed_executions", "key", "only", "previously", "secured", "type", "url".',
    ],
    ['webhooks: [{ url: x }]\n', 'missing-key a.yaml:1:12+10', 'a webhook needs type | data: events of conversations'],
    ['webhooks: [{ url: x, type: data, Url: y }]\n', 'unknown-key a.yaml:1:34+3', 'Did you mean url?'],
    ['trigger_rules: [{ title: Bell, app: Pier, position: 3 }]\n', 'position-is-not-a-key a.yaml:1:43+8', 'position is not a key: the list is the order'],
    ['webhooks: [{ url: x, type: data, position: 3 }]\n', 'unknown-key a.yaml:1:34+8', 'a webhook has no key "position"'],
    ['lead_scoring_rules: [{ when: [{ field: email, comparator: is }] }]\n', 'missing-key a.yaml:1:22+44', 'a lead scoring rule needs key'],
    [
      'lead_scoring_rules: [{ key: k, previously: [x], when: [{ field: email, comparator: is }] }]\n',
      'unknown-key a.yaml:1:32+10',
      'a lead scoring rule has no key "previously"',
    ],
    ['lead_score_decay: { frequency: yearly, key: k }\n', 'unknown-key a.yaml:1:40+3', 'a lead score decay has no key "key"'],
    ['trigger_rules: [{ title: "", app: Pier }]\n', 'empty-text a.yaml:1:26+2', 'title is empty'],
    ['trigger_rules: [{ title: Bell, app: Pier, action: { delai: 5 } }]\n', 'unknown-key a.yaml:1:53+5', 'action has no key "delai" | Did you mean delay?'],
    ['webhooks: [{ url: x, type: dat }]\n', 'wrong-value a.yaml:1:28+3', 'type cannot be "dat" | Did you mean data? It is one of "administration", "data".'],
    [
      'webhooks: [{ url: x, type: data, events: tag.created }]\n',
      'wrong-type a.yaml:1:42+11',
      'events should be a list, but it is text | Write [tag.created], or one entry a line',
    ],
    ['webhooks: [{ url: x, type: data, events: [[a]] }]\n', 'wrong-type a.yaml:1:43+3', 'an entry of events should be text, but it is a list'],
    ['webhooks: [{ url: [x], type: data }]\n', 'wrong-type a.yaml:1:19+3', 'url should be text, but it is a list'],
    [
      'webhooks: [{ url: x, type: data, keep_failed_executions: 3 days }]\n',
      'wrong-value a.yaml:1:58+6',
      'keep_failed_executions is not written as it should be | How long failed deliveries are kept',
    ],
    ['webhooks: [{ url: x, type: administration, apps: [Pier] }]\n', 'wrong-value a.yaml:1:50+6', 'an administration webhook has no apps'],
    [
      'visitor_routing_rules: [{ title: Fog, app: Pier, route: { more_users: [{ operatrs: [] }] } }]\n',
      'unknown-key a.yaml:1:74+8',
      'an entry of more_users has no key "operatrs"',
    ],
  ])('%j', (text, place, words) => {
    const outcome = readOne(text);
    expect(outcome.findings).toEqual([place]);
    expect(wordsOf(outcome)[0]).toContain(words);
  });

  it("warnings of a kind's own check do not stop it", () => {
    const outcome = readOne('webhooks: [{ url: x, type: data, keep_failed_executions: 1d }]\n');
    expect(outcome.findings).toEqual(['?wrong-value a.yaml:1:58+2']);
    expect(outcome.desired?.resources.length).toBe(1);
  });
});

describe('criteria: one finding for one mistake', () => {
  const when = (text: string) => readOne(`lead_scoring_rules:\n  - key: k\n    when: ${text}\n`);

  it.each<[string, string, string]>([
    ['[]', 'empty-list a.yaml:3:11+2', 'when is empty | Give at least one, or leave when out.'],
    ['[{ any: [] }]', 'empty-list a.yaml:3:19+2', 'any is empty'],
    ['{ field: email, comparator: is }', 'wrong-type a.yaml:3:11+32', 'when should be a list, but it is a mapping | Write "- " before each entry.'],
    ['[{ feild: email, comparator: is }]', 'unknown-key a.yaml:3:14+5', 'an entry of when has no key "feild" | Did you mean field?'],
    ['[{ field: email }]', 'missing-key a.yaml:3:12+16', 'an entry of when needs comparator'],
    ['[{ any: [{ field: email }] }]', 'missing-key a.yaml:3:20+16', 'an entry of any needs comparator'],
    ['[{ any: [{ field: email, comparator: is }], field: email }]', 'unknown-key a.yaml:3:55+5', 'field cannot stand beside any'],
    ['[{ any: { field: email, comparator: is } }]', 'wrong-type a.yaml:3:19+32', 'any should be a list, but it is a mapping'],
    ['[text]', 'wrong-type a.yaml:3:12+4', 'an entry of when should be a mapping, but it is text | Its keys are "any", '],
    ['[{ field: email, comparator: is, values: x }]', 'wrong-type a.yaml:3:52+1', 'values should be a list, but it is text | Write [x], '],
    ['[{ field: email, comparator: is, values: [{ a: 1 }] }]', 'wrong-type a.yaml:3:53+8', 'an entry of values should be text, but it is a mapping'],
    ['[{ field: ~, comparator: is }]', 'cannot-be-cleared a.yaml:3:21+1', 'field has no value'],
  ])('%s', (text, place, words) => {
    const outcome = when(text);
    const errors = outcome.findings.filter((finding) => !finding.startsWith('?'));
    expect(errors).toEqual([place]);
    expect(wordsOf(outcome).join('\n')).toContain(words);
  });
});

it('groups hold no groups', () => {
  expect(readOne('lead_scoring_rules:\n  - key: k\n    when: [{ any: [{ field: email, comparator: is, any: [] }] }]\n').findings).toEqual([
    'unknown-key a.yaml:3:52+3',
  ]);
});

describe('several mistakes', () => {
  it('are told at once, in all files, in the order of the files', () => {
    const { findings } = read({
      'z.yaml': 'webhook: []\n',
      'b/a.yaml': 'webhooks:\n  - url: 1\n    typ: data\n  - { url: x, type: dat, only: [harbor] }\n',
      'a.yaml': 'lead_score_decay: { freq: yearly }\n',
    });
    expect(findings).toEqual([
      'missing-key a.yaml:1:19+16',
      'unknown-key a.yaml:1:21+4',
      'unknown-key b/a.yaml:3:5+3',
      'wrong-value b/a.yaml:4:21+3',
      'unknown-portal b/a.yaml:4:33+6',
      'unknown-key z.yaml:1:1+7',
    ]);
  });
});

describe('only', () => {
  const text = 'webhooks:\n  - { url: a, type: data, only: [harbour] }\n  - { url: b, type: data, only: [island, harbour] }\n  - { url: c, type: data }\n';

  it('keeps a resource to the portals it names', () => {
    expect(resourcesOf(text).map(({ key }) => key)).toEqual(['data a', 'data b', 'data c']);
    expect(resourcesOf(text, { portal: 'island' }).map(({ key }) => key)).toEqual(['data b', 'data c']);
  });

  it('keeps its kind managed where none of it is left', () => {
    expect(readOne('webhooks: [{ url: a, type: data, only: [harbour] }]\n', { portal: 'island' }).desired).toMatchObject({
      kinds: ['webhooks'],
      resources: [],
    });
  });

  it('goes for the one of a kind too', () => {
    const decay = 'lead_score_decay: { frequency: yearly, only: [harbour] }\n---\nlead_score_decay: { frequency: daily, only: [island] }\n';
    expect(resourcesOf(decay).map(({ spec }) => spec)).toEqual([{ frequency: 'yearly' }]);
    expect(resourcesOf(decay, { portal: 'island' }).map(({ spec }) => spec)).toEqual([{ frequency: 'daily' }]);
  });

  it('with an unknown portal is an error at its name', () => {
    const outcome = readOne('webhooks: [{ url: a, type: data, only: [harbour, harbor] }]\n');
    expect(outcome.findings).toEqual(['unknown-portal a.yaml:1:50+6']);
    expect(wordsOf(outcome)).toEqual(['salesiq.yaml has no portal "harbor" | Did you mean harbour? It has "harbour", "island".']);
  });

  it.each<[string, string]>([
    ['[]', 'empty-list a.yaml:1:40+2'],
    ['harbour', 'wrong-type a.yaml:1:40+7'],
  ])('%s is an error', (only, place) => {
    expect(readOne(`webhooks: [{ url: a, type: data, only: ${only} }]\n`).findings).toEqual([place]);
  });

  it('hides no mistake: what is for another portal is checked too', () => {
    expect(readOne('webhooks: [{ url: a, type: dat, only: [island] }]\n').findings).toEqual(['wrong-value a.yaml:1:28+3']);
  });
});

describe('what is described twice', () => {
  it('is an error at the second, naming the first', () => {
    const outcome = read({
      'a.yaml': '\nvisitor_routing_rules: [{ title: Fog, app: Pier }]\n',
      'b.yaml': 'visitor_routing_rules: [{ title: Fog, app: Pier }, { title: Fog, app: Quay }]\nvisitor_routing_order: { Pier: [Fog] }\n',
    });
    expect(outcome.findings).toEqual(['described-twice b.yaml:1:25+25']);
    expect(wordsOf(outcome)).toEqual([
      'the visitor routing rule "Fog" of "Pier" is described in a.yaml:2 already | Keep one of the two, or limit them to different portals with `only`.',
    ]);
  });

  it('counts for one portal only', () => {
    expect(readOne('webhooks: [{ url: a, type: data, only: [harbour] }, { url: a, type: data, only: [island] }]\n').findings).toEqual([]);
  });

  it('counts after placeholders', () => {
    expect(readOne('webhooks: [{ url: https://hooks.lighthouse.test, type: data }, { url: "${hooks}", type: data }]\n').findings).toEqual([
      'described-twice a.yaml:1:64+31',
    ]);
    expect(readOne('webhooks: [{ url: glow, type: data }, { url: "${secret}", type: data }]\n').findings).toEqual(['described-twice a.yaml:1:39+32']);
  });

  it('counts where it has other mistakes', () => {
    expect(readOne('webhooks: [{ url: a, type: data }, { url: a, type: data, sekured: true }]\n').findings).toEqual([
      'described-twice a.yaml:1:36+37',
      'unknown-key a.yaml:1:58+7',
    ]);
  });

  it('may be the one of a kind', () => {
    const outcome = read({ 'a.yaml': 'lead_score_decay: { frequency: yearly }\n', 'b.yaml': 'lead_score_decay: { frequency: yearly }\n' });
    expect(outcome.findings).toEqual(['described-twice b.yaml:1:19+21']);
    expect(wordsOf(outcome)[0]).toContain('the lead score decay is described in a.yaml:1 already');
  });

  it('may be a key', () => {
    expect(
      readOne('lead_scoring_rules:\n  - { key: k, when: [{ field: email, comparator: is }] }\n  - { key: k, when: [{ field: email, comparator: is }] }\n')
        .findings,
    ).toEqual(['described-twice a.yaml:3:5+52']);
    expect(readOne('webhooks: [{ url: a, type: data, key: k }, { url: b, type: data, key: k }]\n').findings).toEqual(['described-twice a.yaml:1:71+1']);
    expect(readOne('webhooks: [{ url: a, type: data, key: k }]\ntrigger_rules: [{ title: k, app: Pier, key: k }]\n').findings).toEqual([]);
  });
});

describe('references among what the files describe', () => {
  const linked: readonly Kind[] = kinds.map((kind) => (kind.name === 'webhooks' ? { ...kind, refs: [{ path: 'apps[]', kind: 'lead_scoring_rules' }] } : kind));
  const whole = { lead_scoring_rules: { mode: 'manage', unmanaged: 'error' } } as const;
  const rule = 'lead_scoring_rules: [{ key: fjord, when: [{ field: email, comparator: is }] }]\n';

  it('are settled where the files describe the name', () => {
    expect(
      readOne(`${rule}webhooks: [{ url: x, type: data, apps: [fjord] }]\n`, { kinds: linked }).desired?.resources.map(({ references }) => references),
    ).toEqual([[], []]);
  });

  it('are errors where they do not', () => {
    const outcome = readOne(`${rule}webhooks: [{ url: x, type: data, apps: [fjork] }]\n`, { kinds: linked, policies: whole });
    expect(outcome.findings).toEqual(['unknown-reference a.yaml:2:41+5']);
    expect(wordsOf(outcome)).toEqual(['the files describe no lead scoring rule "fjork" | Did you mean "fjord"?']);
  });

  it('are warnings, and open, where the portal may have more than the files describe', () => {
    const outcome = readOne(`${rule}webhooks: [{ url: x, type: data, apps: [fjork] }]\n`, { kinds: linked });
    expect(outcome.findings).toEqual(['?undescribed-reference a.yaml:2:41+5']);
    expect(wordsOf(outcome)).toEqual(['the files describe no lead scoring rule "fjork"; a plan will tell whether the portal has it | Did you mean "fjord"?']);
    expect(outcome.desired?.resources.flatMap(({ references }) => references)).toMatchObject([{ kind: 'lead_scoring_rules', key: 'fjork' }]);
  });

  it('show expressions, never what the environment gives', () => {
    const outcome = readOne(
      'lead_scoring_rules: [{ key: "${secret}", when: [{ field: email, comparator: is }] }]\nwebhooks: [{ url: x, type: data, apps: [glov, "${env:OTHER}"] }]\n',
      { kinds: linked, policies: whole, environment: { LANTERN: 'glow', OTHER: 'gloww' } },
    );
    expect(outcome.findings).toEqual(['unknown-reference a.yaml:2:41+4', 'unknown-reference a.yaml:2:47+14']);
    expect(wordsOf(outcome)).toEqual([
      'the files describe no lead scoring rule "glov" | They describe "${secret}".',
      'the files describe no lead scoring rule "${env:OTHER}" | They describe "${secret}".',
    ]);
  });

  it('are left open where the kind is not in the files', () => {
    expect(resourceOf('webhooks: [{ url: x, type: data, apps: [fjord] }]\n', { kinds: linked }).references).toMatchObject([
      { kind: 'lead_scoring_rules', key: 'fjord' },
    ]);
  });
});
