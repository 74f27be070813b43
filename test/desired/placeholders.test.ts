import { describe, expect, it } from 'vitest';
import { assemble, parseFiles } from '../../src/desired/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import { projectOf, readOne, resourceOf, resourcesOf, wordsOf } from './support/read.ts';

describe('variables of the portal', () => {
  it('stand in plain, quoted and block scalars, in part or whole', () => {
    const urls = resourcesOf(
      'webhooks:\n  - { url: "${hooks}/a", type: data }\n  - url: ${hooks}/b?n=${count}\n    type: data\n  - url: |-\n      ${hooks}/c\n    type: data\n',
    ).map(({ spec }) => spec['url']);
    expect(urls).toEqual(['https://hooks.lighthouse.test/a', 'https://hooks.lighthouse.test/b?n=7', 'https://hooks.lighthouse.test/c']);
  });

  it('are no secrets', () => {
    const resource = resourceOf('webhooks:\n  - url: ${hooks}/a\n    type: data\n');
    expect([resource.key, resource.sensitive, resource.secretKey]).toEqual(['data https://hooks.lighthouse.test/a', [], undefined]);
  });

  it('become numbers and truth values where those are wanted', () => {
    expect(
      resourceOf('lead_scoring_rules:\n  - key: k\n    points: ${count}\n    enabled: "${switch}"\n    when: [{ field: crm_deal, comparator: is }]\n').spec,
    ).toMatchObject({ points: 7, enabled: true });
  });

  it('that give no number or truth value are an error that keeps the value to itself', () => {
    const outcome = readOne(
      'lead_scoring_rules:\n  - key: k\n    points: ${env:LANTERN}\n    enabled: ${hooks}\n    when: [{ field: crm_deal, comparator: is }]\n',
    );
    expect(outcome.findings).toEqual(['wrong-type a.yaml:3:13+14', 'wrong-type a.yaml:4:14+8']);
    expect(wordsOf(outcome).join()).not.toContain('glow');
    expect(wordsOf(outcome)[0]).toContain('"${env:LANTERN}" should give a number, but it does not');
  });

  it('a number out of bounds is told without the number', () => {
    const outcome = readOne('trigger_rules:\n  - title: Bell\n    app: Pier\n    action: { delay: "${env:LANTERN}" }\n', { environment: { LANTERN: '-731' } });
    expect(outcome.findings).toEqual(['wrong-value a.yaml:4:22+16']);
    expect(wordsOf(outcome)[0]).toContain('delay should be at least 0, but it is what ${env:LANTERN} gives');
  });

  it('stand in free mappings as texts', () => {
    expect(resourceOf('trigger_rules:\n  - title: Bell\n    app: Pier\n    event: { type: lands_on_website, limit: "${count}" }\n').spec['event']).toEqual({
      type: 'lands_on_website',
      limit: '7',
    });
  });

  it('missing ones are errors at their line, with what was probably meant', () => {
    const outcome = readOne('webhooks:\n  - type: data\n    url: ${hook}/x\n');
    expect(outcome.findings).toEqual(['unknown-variable a.yaml:3:10+9']);
    expect(wordsOf(outcome)).toEqual(['portal harbour has no variable "hook" | Did you mean ${hooks}? It has "count", "hooks", "secret", "switch".']);
  });

  it('a portal without any says where they go', () => {
    expect(wordsOf(readOne('webhooks: [{ type: data, url: "${hooks}" }]\n', { portal: 'island' }))).toEqual([
      'portal island has no variable "hooks" | Give it one in salesiq.yaml: portals.island.variables.',
    ]);
  });

  it('each missing one of a text is told', () => {
    expect(readOne('webhooks: [{ type: data, url: "${aaaaaaaa}${bbbbbbbb}" }]\n').findings).toEqual([
      'unknown-variable a.yaml:1:31+24',
      'unknown-variable a.yaml:1:31+24',
    ]);
  });

  it('names of every object are not variables', () => {
    expect(readOne('webhooks: [{ type: data, url: "${constructor}" }]\n').findings).toEqual(['unknown-variable a.yaml:1:31+16']);
    expect(readOne('webhooks: [{ type: data, url: "${env:toString}" }]\n').findings).toEqual(['missing-environment-variable a.yaml:1:31+17']);
  });
});

describe('what is no placeholder', () => {
  it.each<[string, string]>([
    ['$${hooks}', '${hooks}'],
    ['$$${hooks}', '$${hooks}'],
    ['a$b', 'a$b'],
    ['$hooks', '$hooks'],
    ['$$', '$$'],
    ['100$', '100$'],
    ['{hooks}', '{hooks}'],
    ['$${a}${count}$${b}', '${a}7${b}'],
  ])('%s', (written, text) => {
    expect(resourceOf(`webhooks: [{ type: data, url: '${written}' }]\n`).spec['url']).toBe(text);
  });

  it.each(['${}', '${a b}', '${hooks', '${env:}', '${env:1A}', '${ENV:x}', '${1a}', '${a-b}', '${a ${count}}'])('%s is an error', (written) => {
    const outcome = readOne(`webhooks: [{ type: data, url: '${written}' }]\n`);
    expect(outcome.findings[0]).toBe(`bad-placeholder a.yaml:1:31+${written.length + 2}`);
    expect(wordsOf(outcome)[0]).toContain('is not a placeholder | Write ${name}');
  });

  it('keys take none', () => {
    expect(readOne('webhooks: [{ type: data, url: x, "${hooks}": 1 }]\n').findings).toEqual(['unknown-key a.yaml:1:34+10']);
    expect(readOne('visitor_routing_rules: [{ title: Fog, app: Pier }]\nvisitor_routing_order: { "${hooks}": [Fog] }\n').findings).toEqual([
      'placeholder-in-key a.yaml:2:26+10',
    ]);
    expect(resourceOf('trigger_rules: [{ title: Bell, app: Pier, event: { "${hooks}": 1 } }]\n').spec['event']).toEqual({ '${hooks}': 1 });
  });
});

describe('values of the environment', () => {
  const hook = 'webhooks:\n  - url: ${env:LANTERN}/x\n    type: data\n    events: [tag.created, "${env:EVENT}"]\n';
  const environment = { LANTERN: 'https://secret.test', EVENT: 'tag.deleted' };

  it('are filled in, and told by field, never by list entry', () => {
    const resource = resourceOf(hook, { environment });
    expect(resource.spec).toEqual({ url: 'https://secret.test/x', type: 'data', events: ['tag.created', 'tag.deleted'] });
    expect(resource.sensitive).toEqual([
      { path: 'url', expression: '${env:LANTERN}/x' },
      { path: 'events', expression: '${env:EVENT}' },
    ]);
  });

  it('never stand in the key: it shows the expression, with the real one beside it', () => {
    const { key, secretKey } = resourceOf(hook, { environment });
    expect([key, secretKey]).toEqual(['data ${env:LANTERN}/x', 'data https://secret.test/x']);
  });

  it('come through variables too', () => {
    const resource = resourceOf('webhooks:\n  - url: https://a.test/${secret}\n    type: data\n');
    expect([resource.spec['url'], resource.key, resource.sensitive]).toEqual([
      'https://a.test/glow',
      'data https://a.test/${secret}',
      [{ path: 'url', expression: 'https://a.test/${secret}' }],
    ]);
  });

  it('are found in the spec where the kind has moved, sorted or rewritten them', () => {
    const resource = resourceOf(
      'visitor_routing_rules:\n  - title: Fog\n    app: Pier\n    when:\n      - any: [{ field: email, comparator: is, values: ["${env:WHO}"] }]\n      - any:\n          - { field: country, comparator: is_equal_to, values: [Norway] }\n          - { field: email, comparator: is, values: [a@b.test, "${env:WHO}"] }\n    route:\n      operators: [zoe@lighthouse.test, "${env:WHO}"]\n',
      { environment: { WHO: 'Anna@Lighthouse.test' } },
    );
    expect(resource.sensitive).toEqual([
      { path: 'when[0].values', expression: '${env:WHO}' },
      { path: 'when[1].any[1].values', expression: '${env:WHO}' },
      { path: 'route.operators', expression: '${env:WHO}' },
    ]);
    expect(resource.references).toContainEqual({
      path: ['route', 'operators', 1],
      kind: 'operators',
      key: 'anna@lighthouse.test',
      origin: { file: 'a.yaml', line: 10, column: 40, length: 12 },
      expression: '${env:WHO}',
    });
  });

  it('hide numbers too', () => {
    expect(
      resourceOf('lead_scoring_rules:\n  - key: k\n    points: ${env:N}\n    when: [{ field: crm_deal, comparator: is }]\n', { environment: { N: '31' } }),
    ).toMatchObject({
      spec: { points: 31 },
      sensitive: [{ path: 'points', expression: '${env:N}' }],
    });
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['missing', {}, 'the environment variable LANTERN is not set | Set LANTERN where this command runs.'],
    ['empty', { LANTERN: '' }, 'the environment variable LANTERN is empty | Set LANTERN where this command runs.'],
  ])('%s ones are errors at their line', (_name, values, words) => {
    const outcome = readOne('webhooks:\n  - url: ${env:LANTERN}\n    type: data\n', { environment: values });
    expect([outcome.findings, wordsOf(outcome)]).toEqual([['missing-environment-variable a.yaml:2:10+14'], [words]]);
  });

  it('missing behind a variable name the variable', () => {
    const outcome = readOne('webhooks:\n  - url: ${secret}\n    type: data\n', { environment: {} });
    expect(outcome.findings).toEqual(['missing-environment-variable a.yaml:2:10+9']);
    expect(wordsOf(outcome)[0]).toContain('LANTERN is not set, and the variable "secret" of portal harbour needs it');
  });

  it('are not read as placeholders again', () => {
    expect(resourceOf('webhooks: [{ url: "${secret}", type: data }]\n', { environment: { LANTERN: '${hooks}' } }).spec['url']).toBe('${hooks}');
  });

  it('cannot give the app, which every message shows', () => {
    const outcome = readOne('visitor_routing_rules:\n  - title: Fog\n    app: ${secret}\n');
    expect(outcome.findings).toEqual(['secret-app a.yaml:3:10+9']);
  });

  it('in a name: the order list finds the rule, and shows its expression only', () => {
    const text =
      'visitor_routing_rules:\n  - { title: "${secret}", app: Pier }\n  - { title: Fog, app: Pier }\nvisitor_routing_order:\n  Pier: [Fog, "${env:LANTERN}"]\n';
    expect(readOne(text).desired?.orders).toMatchObject([{ app: 'Pier', keys: ['Fog', '${secret}'] }]);
    const wrong = readOne(text.replace('env:LANTERN', 'env:OTHER'), { environment: { LANTERN: 'glow', OTHER: 'gloww' } });
    expect(wrong.findings).toEqual(['not-in-order-list a.yaml:5:9+21', 'unknown-name a.yaml:5:15+14']);
    expect(wordsOf(wrong).join()).not.toContain('glow');
  });

  it('show in no finding whatever', () => {
    const text =
      'webhooks:\n  - { url: "${secret}", type: data }\n  - { url: "${env:LANTERN}", type: data }\n  - { url: x, type: "${secret}" }\n  - { url: y, type: data, keep_failed_executions: "${secret}", events: ["${secret}"] }\nlead_scoring_rules:\n  - { key: "${secret}", when: [{ field: "${secret}", comparator: "${secret}" }] }\n  - { key: "${secret}", when: [] }\ntrigger_rules:\n  - { title: "${secret}", app: Pier, position: 3 }\n  - { title: "${secret}", app: Pier }\n';
    const outcome = readOne(text);
    expect(outcome.findings.length).toBeGreaterThan(6);
    expect(JSON.stringify(outcome.diagnostics)).not.toContain('glow');
  });

  it('are no business of a resource that is for another portal', () => {
    expect(readOne('webhooks:\n  - { url: "${nothing}${env:NOTHING}", type: data, only: [island] }\n').desired?.resources).toEqual([]);
  });
});

it('one parse serves all portals', () => {
  const project = projectOf('version: 1\nportals:\n  a: { sandbox: a.json, variables: { v: "1" } }\n  b: { sandbox: b.json, variables: { v: "2" } }\n');
  const parsed = parseFiles([{ path: 'x.yaml', text: 'webhooks: [{ url: "${v}", type: data }]\n' }]).value ?? [];
  const keys = Object.values(project.portals).map((portal) =>
    assemble({ parsed, project, portal, kinds, environment: {}, strictness: 'lenient' }).value?.resources.map(({ key }) => key),
  );
  expect(keys).toEqual([['data 1'], ['data 2']]);
});
