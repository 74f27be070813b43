import { describe, expect, it } from 'vitest';
import { readProject } from '../../src/desired/index.ts';
import { placeText } from './support/read.ts';

const project = (text: string) => readProject({ path: 'salesiq.yaml', text }, {});
const findings = (text: string) => project(text).diagnostics.map(placeText);
const words = (text: string) => project(text).diagnostics.map(({ message, hint }) => `${message} | ${hint ?? ''}`);
const withPortal = (lines: string) => `version: 1\nportals:\n  harbour:\n${lines}`;
const small = 'version: 1\nportals: { harbour: { sandbox: h.json } }\n';

describe('salesiq.yaml', () => {
  it('gives portals, policies, limits and protection', () => {
    const text = `version: 1
portals:
  production:
    screenname: lighthouse
    data_center: eu
    variables: { hooks: https://hooks.test, number: 0123, lamp: "\${env:LAMP}" }
  own:
    screenname: lighthouse
    server: https://salesiq.test/
    accounts_server: http://localhost:8080
  local:
    sandbox: .salesiq/sandbox.json
    seed: samples/seed.json
    screenname: lighthouse
kinds:
  webhooks: { mode: observe }
  lead_scoring_rules: { unmanaged: delete }
limits: { deletes: 12.5%, updates: 0.75, min_existing: 4 }
protect:
  - visitor_routing_rules/Pier/Everyone else
  - "*/Quay"
`;
    const origin = (line: number, length: number) => ({ file: 'salesiq.yaml', line, column: 3, length });
    expect(project(text)).toEqual({
      diagnostics: [],
      value: {
        portals: {
          production: {
            name: 'production',
            origin: origin(3, 10),
            variables: { hooks: 'https://hooks.test', number: '0123', lamp: '${env:LAMP}' },
            place: { type: 'data-center', screenname: 'lighthouse', dataCenter: 'eu' },
          },
          own: {
            name: 'own',
            origin: origin(7, 3),
            variables: {},
            place: { type: 'server', screenname: 'lighthouse', server: 'https://salesiq.test', accountsServer: 'http://localhost:8080' },
          },
          local: {
            name: 'local',
            origin: origin(11, 5),
            variables: {},
            place: { type: 'sandbox', file: '.salesiq/sandbox.json', seed: 'samples/seed.json', screenname: 'lighthouse' },
          },
        },
        policies: { webhooks: { mode: 'observe', unmanaged: 'keep' }, lead_scoring_rules: { mode: 'manage', unmanaged: 'delete' } },
        limits: { deletes: 0.125, updates: 0.75, minExisting: 4 },
        protect: ['visitor_routing_rules/Pier/Everyone else', '*/Quay'],
      },
    });
  });

  it('has defaults for all but its portals', () => {
    expect(project(small).value).toMatchObject({ policies: {}, limits: { deletes: 0.3, updates: 0.5, minExisting: 10 }, protect: [] });
  });

  it.each<[string, number]>([
    ['30%', 0.3],
    ['30 %', 0.3],
    ['0%', 0],
    ['100%', 1],
    ['0.3', 0.3],
    ['.3', 0.3],
    ['1', 1],
    ['0', 0],
  ])('takes %s for a share', (share, value) => {
    expect(project(`${small}limits: { deletes: ${share} }\n`).value?.limits.deletes).toBeCloseTo(value, 12);
  });

  it.each(['30', '101%', '-1%', '1.5', 'half', '%'])('takes %j for none', (share) => {
    expect(findings(`${small}limits: { deletes: "${share}" }\n`)).toEqual([`wrong-value salesiq.yaml:3:20+${share.length + 2}`]);
    expect(words(`${small}limits: { deletes: "${share}" }\n`)[0]).toContain('30% (default), or 0.3');
  });
});

describe('mistakes in it', () => {
  it.each<[string, readonly string[], string]>([
    ['', ['no-value salesiq.yaml:1:1+1'], 'salesiq.yaml is empty'],
    ['portals: { a: { sandbox: x } }\n', ['missing-key salesiq.yaml:1:1+30'], 'salesiq.yaml needs version'],
    ['version: 2\nportals: { a: { sandbox: x } }\n', ['wrong-value salesiq.yaml:1:10+1'], 'version should be 1'],
    ['version: "1"\nportals: { a: { sandbox: x } }\n', ['wrong-type salesiq.yaml:1:10+3'], 'version should be a whole number, but it is text'],
    ['version: 1\n', ['missing-key salesiq.yaml:1:1+10'], 'salesiq.yaml needs portals'],
    ['version: 1\nportals: {}\n', ['empty-list salesiq.yaml:2:10+2'], 'portals is empty'],
    ['version: 1\nportals:\n', ['cannot-be-cleared salesiq.yaml:2:1+7'], 'portals has no value'],
    ['version: 1\nportals: [a]\n', ['wrong-type salesiq.yaml:2:10+3'], 'portals should be a mapping, but it is a list'],
    ['version: 1\nportals: { harbour: }\n', ['cannot-be-cleared salesiq.yaml:2:12+7'], 'harbour has no value'],
    ['- version: 1\n', ['not-a-mapping salesiq.yaml:1:1+12'], 'but this is a list'],
    [`${small}---\n${small}`, ['several-documents salesiq.yaml:4:1+10'], 'salesiq.yaml holds several documents'],
    [`${small}limit: {}\n`, ['unknown-key salesiq.yaml:3:1+5'], 'Did you mean limits?'],
    [`${small}x-more: {}\n`, ['unknown-key salesiq.yaml:3:1+6'], 'salesiq.yaml has no key "x-more"'],
    [`${small}kinds: { webhook: {} }\n`, ['unknown-key salesiq.yaml:3:10+7'], 'Did you mean webhooks?'],
    [`${small}kinds: { bots: {} }\n`, ['unknown-key salesiq.yaml:3:10+4'], 'kinds has no key "bots"'],
    [`${small}kinds: { webhooks: { mode: watch } }\n`, ['wrong-value salesiq.yaml:3:28+5'], 'It is one of "ignore", "manage", "observe".'],
    [`${small}kinds: { webhooks: { unmanaged: delte } }\n`, ['wrong-value salesiq.yaml:3:33+5'], 'Did you mean delete?'],
    [`${small}limits: { min_existing: -1 }\n`, ['wrong-value salesiq.yaml:3:25+2'], 'min_existing should be at least 0, but it is -1'],
    [`${small}protect: webhooks\n`, ['wrong-type salesiq.yaml:3:10+8'], 'protect should be a list, but it is text'],
    [`${small}protect: [visitor_routing_rule/Pier]\n`, ['unknown-word salesiq.yaml:3:11+25'], 'Did you mean visitor_routing_rules?'],
    [withPortal('    data_center: eu\n'), ['missing-key salesiq.yaml:4:5+15'], 'portal harbour needs screenname'],
    [withPortal('    screenname: lighthouse\n'), ['missing-key salesiq.yaml:4:5+22'], 'portal harbour does not say where it is'],
    [withPortal('    screenname: a/b\n    data_center: eu\n'), ['wrong-value salesiq.yaml:4:17+3'], 'screenname should be letters'],
    [withPortal('    screenname: a\n    data_center: mars\n'), ['wrong-value salesiq.yaml:5:18+4'], 'data_center cannot be "mars"'],
    [
      withPortal('    screenname: a\n    data_center: eu\n    server: https://x.test\n'),
      ['unknown-key salesiq.yaml:6:5+6'],
      'server cannot stand beside data_center',
    ],
    [withPortal('    screenname: a\n    server: https://x.test\n'), ['missing-key salesiq.yaml:4:5+13'], 'portal harbour needs accounts_server'],
    [
      withPortal('    screenname: a\n    server: http://x.test\n    accounts_server: https://x.test\n'),
      ['wrong-value salesiq.yaml:5:13+13'],
      'server would send credentials unencrypted',
    ],
    [
      withPortal('    screenname: a\n    server: https://u:p@x.test\n    accounts_server: https://x.test?a=1\n'),
      ['wrong-value salesiq.yaml:5:13+18', 'wrong-value salesiq.yaml:6:22+18'],
      'Credentials come from the environment only.',
    ],
    [
      withPortal('    screenname: a\n    server: x.test\n    accounts_server: ftp://x.test\n'),
      ['wrong-value salesiq.yaml:5:13+6', 'wrong-value salesiq.yaml:6:22+12'],
      'server should be an address',
    ],
    [withPortal('    sandbox: /tmp/x.json\n'), ['wrong-value salesiq.yaml:4:14+11'], 'sandbox should be the path of a file'],
    [withPortal('    sandbox: "C:\\\\x.json"\n'), ['wrong-value salesiq.yaml:4:14+12'], 'sandbox should be the path of a file'],
    [withPortal('    sandbox: x.json\n    data_center: eu\n'), ['unknown-key salesiq.yaml:5:5+11'], 'data_center cannot stand beside sandbox'],
    [withPortal('    screenname: a\n    data_center: eu\n    seed: x.json\n'), ['unknown-key salesiq.yaml:6:5+4'], 'seed goes with sandbox only'],
    [withPortal('    sandbox: x.json\n    variables: { a-b: x, ok: 1 }\n'), ['bad-name salesiq.yaml:5:18+3'], '"a-b" cannot be the name of a variable'],
    [withPortal('    sandbox: x.json\n    variables: { a: [x] }\n'), ['wrong-type salesiq.yaml:5:21+3'], 'a should be text, but it is a list'],
    [withPortal('    sandbox: x.json\n    variables: { a: ~ }\n'), ['cannot-be-cleared salesiq.yaml:5:21+1'], 'a has no value'],
    [
      withPortal('    sandbox: x.json\n    variables: { a: "${b}" }\n'),
      ['bad-placeholder salesiq.yaml:5:21+6'],
      '"${b}" is not a placeholder | A variable may hold ${env:NAME}',
    ],
    ['version: 1\nportals: { "a b": { sandbox: x } }\n', ['bad-name salesiq.yaml:2:12+5'], '"a b" cannot be the name of a portal'],
    ['version: 1\nportals: { a: { sandbox: x }\n', ['syntax salesiq.yaml:2:28+1'], 'is not closed'],
  ])('%j', (text, places, said) => {
    expect(findings(text)).toEqual(places);
    expect(words(text).join('\n')).toContain(said);
    expect(project(text).value).toBeUndefined();
  });

  it('are told all at once', () => {
    expect(findings(`version: 2\nportals: { a: { data_centre: eu } }\nlimits: { deletes: 30 }\nfoo: 1\n`)).toEqual([
      'wrong-value salesiq.yaml:1:10+1',
      'missing-key salesiq.yaml:2:15+19',
      'unknown-key salesiq.yaml:2:17+11',
      'wrong-value salesiq.yaml:3:20+2',
      'unknown-key salesiq.yaml:4:1+3',
    ]);
  });
});

it('what the environment lacks is no mistake until a portal is asked for', () => {
  expect(findings(withPortal('    sandbox: x.json\n    variables: { a: "${env:NOT_SET}", b: "$${x}" }\n'))).toEqual([]);
});

it('one that could not be read has no value and no further findings', () => {
  expect(readProject({ path: 'salesiq.yaml', text: '', unread: true }, {})).toEqual({ diagnostics: [] });
});
