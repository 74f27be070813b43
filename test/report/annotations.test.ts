import * as toolkit from '@actions/core';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Change, DesiredResource, Plan } from '../../src/model/index.ts';
import { planAnnotations } from '../../src/report/annotation.ts';
import { codeQuality, sarif } from '../../src/report/sarif.ts';
import { annotationCommand, checkAnnotation, commandText } from '../../src/report/workflow-commands.ts';
import { anyPlan, anyText } from './any-plan.ts';
import { harbourPlan } from './harbour-plan.ts';

const file = 'routing/quay.yaml';
const text = `visitor_routing_order:
  Quay:
    - Ferries   # first
    - "Pilots"
    - Cranes

visitor_routing_rules:
  - title: Pilots
  - title: Cranes
  - title: Ferries
`;
const project = 'version: 1\nportals: {}\nlimits: { deletes: 10% }\nkinds:\n  webhooks: { unmanaged: delete }\n';
const sources = (path: string): string | undefined => (path === file ? text : path === 'salesiq.yaml' ? project : undefined);

const kind = 'visitor_routing_rules';
const described = (key: string, line: number, inFile = file): DesiredResource => ({
  kind,
  app: 'Quay',
  key,
  spec: {},
  origin: { file: inFile, line, column: 5 },
  references: [],
  previously: [],
  sensitive: [],
});
const desired = {
  resources: [described('Pilots', 8), described('Cranes', 9), described('Ferries', 10)],
  orders: [{ kind, app: 'Quay', keys: ['Ferries', 'Pilots', 'Cranes'], origin: { file, line: 2, column: 3 } }],
};
const base = { resources: [described('Pilots', 8), described('Wrecks', 9), described('Cranes', 12), described('Tugs', 3, 'old.yaml')] };

const gone = (key: string): Change => ({
  action: 'delete',
  kind,
  app: 'Quay',
  key,
  address: `${kind}/Quay/${key}`,
  id: '7',
  fields: [],
  reason: 'removed from the files',
});
const planWith = (changes: readonly Change[], more: Partial<Plan> = {}): Plan => ({ ...harbourPlan, changes, diagnostics: [], refusals: [], ...more });
const placesOf = (plan: Plan, causes = { desired, base, sources }) =>
  planAnnotations(plan, causes).map(({ rule, origin }) => `${rule} ${origin.file}:${origin.line}`);

describe('the line that causes a change', () => {
  it('is, for a deletion, the neighbour that the lines had which are gone', () => {
    expect(placesOf(planWith([gone('Wrecks')]))).toEqual([`delete ${file}:8`]);
  });

  it('is, for a file that is gone, the line that it had', () => {
    expect(placesOf(planWith([gone('Tugs')]))).toEqual(['delete old.yaml:3']);
  });

  it('is, for what no file ever described, the line that asks for deletions', () => {
    const webhook: Change = { action: 'delete', kind: 'webhooks', key: 'data x', address: 'webhooks/data x', id: '7', fields: [], reason: 'unmanaged: delete' };
    expect(placesOf(planWith([webhook]))).toEqual(['delete salesiq.yaml:5']);
    expect(placesOf(planWith([webhook]), { desired, base: { resources: [] }, sources: () => undefined })).toEqual(['delete salesiq.yaml:1']);
  });

  it('is, for a move, the entry in the list of the order, in quotes or not', () => {
    const move = (key: string): Change => ({
      action: 'move',
      kind,
      app: 'Quay',
      key,
      address: `${kind}/Quay/${key}`,
      id: '7',
      origin: { file, line: 9, column: 5 },
      fields: [],
      from: 3,
      to: 1,
    });
    expect(placesOf(planWith([move('Ferries'), move('Pilots')]))).toEqual([`move ${file}:3`, `move ${file}:4`]);
    expect(placesOf(planWith([move('Ferries')]), { desired: { ...desired, orders: [] }, base, sources })).toEqual([`move ${file}:9`]);
  });

  it('is, for a limit, the place where limits are set; blocks come first', () => {
    const refusals = [{ code: 'too-many-deletes', message: 'deletes 3 of 4', hint: 'Agree to it.' }];
    expect(placesOf(planWith([gone('Wrecks')], { refusals }))).toEqual(['too-many-deletes salesiq.yaml:3', `delete ${file}:8`]);
  });
});

describe('annotations', () => {
  it('are written as the toolkit of GitHub writes them, whatever the texts hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('%', ':', ',', 'a', '\n', ';', '=', ' ', '港') }),
        fc.constantFrom('q.yaml', 'a,b:c%.yaml'),
        (message, path) => {
          const printed: string[] = [];
          const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
            printed.push(String(chunk));
            return true;
          });
          try {
            toolkit.error(message, { title: 'T', file: path, startLine: 3, startColumn: 2 });
          } finally {
            write.mockRestore();
          }
          const ours = annotationCommand({ rule: 'x', level: 'error', title: 'T', message, origin: { file: path, line: 3, column: 2 } }, '');
          expect(`${ours}\n`).toBe(printed.join(''));
        },
      ),
    );
  });

  it('stay one line, and steer no terminal', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        for (const annotation of planAnnotations(plan, { desired, sources })) {
          const line = annotationCommand(annotation, 'sub/');
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
          expect(checkAnnotation(annotation, 'sub/').path.startsWith('sub/')).toBe(true);
        }
      }),
    );
    expect(commandText('notice', 'a\r\n::error::b')).toBe('::notice::a%0A::error::b');
  });
});

describe('SARIF and code quality', () => {
  it('name rule, place and level, and a mark that outlives other lines', () => {
    const plan = planWith([gone('Wrecks')]);
    const [annotation] = planAnnotations(plan, { desired, base, sources });
    if (annotation === undefined) throw new Error('nothing was found');
    const below = { ...annotation, origin: { ...annotation.origin, line: 80 } };
    const first = codeQuality([annotation], { prefix: 'portal/' });
    expect(first).toMatchObject([{ check_name: 'delete', severity: 'minor', location: { path: 'portal/routing/quay.yaml', lines: { begin: 8 } } }]);
    expect(codeQuality([below], { prefix: 'portal/' })[0]?.['fingerprint']).toBe(first[0]?.['fingerprint']);
    const [a, b] = codeQuality([annotation, annotation], { prefix: '' });
    expect(a?.['fingerprint']).not.toBe(b?.['fingerprint']);
    expect(sarif([annotation], { prefix: '', version: '1.2.3' })).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'delete', level: 'warning', locations: [{ physicalLocation: { region: { startLine: 8 } } }] }] }],
    });
  });

  // The parts of the published schema that our report uses, written from its text.
  const schema = {
    type: 'object',
    required: ['version', 'runs'],
    properties: {
      $schema: { type: 'string' },
      version: { const: '2.1.0' },
      runs: {
        type: 'array',
        items: {
          type: 'object',
          required: ['tool', 'results'],
          additionalProperties: false,
          properties: {
            columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
            tool: {
              type: 'object',
              required: ['driver'],
              properties: {
                driver: {
                  type: 'object',
                  required: ['name', 'rules'],
                  properties: { rules: { type: 'array', uniqueItems: true, items: { required: ['id'] } } },
                },
              },
            },
            results: {
              type: 'array',
              items: {
                type: 'object',
                required: ['message', 'ruleId', 'locations'],
                properties: {
                  level: { enum: ['none', 'note', 'warning', 'error'] },
                  ruleIndex: { type: 'integer', minimum: 0 },
                  message: { type: 'object', required: ['text'] },
                  locations: {
                    type: 'array',
                    minItems: 1,
                    items: {
                      properties: {
                        physicalLocation: {
                          properties: {
                            artifactLocation: { properties: { uri: { type: 'string', pattern: '^[^ <>"{}|\\\\^`]*$' } } },
                            region: { properties: { startLine: { minimum: 1 }, startColumn: { minimum: 1 }, endColumn: { minimum: 1 } } },
                          },
                        },
                      },
                    },
                  },
                  partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    },
  };

  it('keep the form of SARIF whatever the texts hold', () => {
    const valid = new Ajv({ strict: false }).compile(schema);
    fc.assert(
      fc.property(anyPlan, anyText, (plan, prefix) => {
        const report = sarif(planAnnotations(plan, { desired, sources }), { prefix, version: '1.2.3' });
        expect(valid(report) ? [] : valid.errors).toEqual([]);
        const marks = codeQuality(planAnnotations(plan, { desired, sources }), { prefix }).map(({ fingerprint }) => fingerprint);
        expect(new Set(marks).size).toBe(marks.length);
      }),
    );
  });
});
