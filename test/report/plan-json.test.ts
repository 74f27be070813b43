import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../src/model/index.ts';
import { errorJson, planJson } from '../../src/report/index.ts';
import { anyDiagnostic, anyOutcome, anyPlan } from './any-plan.ts';
import { harbourOutcomes, harbourPlan } from './harbour-plan.ts';

const schema: unknown = JSON.parse(readFileSync(new URL('../../config-schema/plan.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allErrors: true, strictRequired: false });
const check = ajv.compile(Object(schema));

/** What the schema finds wrong with a document after it went through JSON. */
const findings = (document: unknown): string => (check(JSON.parse(JSON.stringify(document))) ? '' : ajv.errorsText(check.errors));

const failure = { message: 'Invalid value', code: 1018, field: 'rules', method: 'PUT', path: '/visitorroutingrules/7', hint: 'See the field.' };

describe('a plan as JSON', () => {
  it('holds everything of the contract, under these keys and in this order', async () => {
    const text = JSON.stringify(planJson(harbourPlan, { outcomes: harbourOutcomes }), null, 2);
    await expect(`${text}\n`).toMatchFileSnapshot('golden/harbour.json');
  });

  it('is what the schema says, with outcomes and an error or without', () => {
    expect(findings(planJson(harbourPlan))).toBe('');
    expect(findings(planJson(harbourPlan, { outcomes: harbourOutcomes }))).toBe('');
    expect(findings(planJson(harbourPlan, { outcomes: harbourOutcomes, error: failure }))).toBe('');
  });

  it('is what the schema says for any plan', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyOutcome, { maxLength: 3 }), (plan, outcomes) => {
        expect(findings(planJson(plan, { outcomes }))).toBe('');
      }),
      { numRuns: 200 },
    );
  });

  it('tells null, which is a value, from a field that is not set', () => {
    const change = { ...harbourPlan.changes[1], action: 'update' as const, kind: 'webhooks', address: 'webhooks/x', key: 'x', id: '7', spec: {} };
    const fields = [
      { path: 'a', from: null, to: 1 },
      { path: 'b', from: undefined, to: null },
      { path: 'c', from: 'x', to: undefined },
    ];
    const document = planJson({ ...harbourPlan, changes: [{ ...change, fields }] });
    expect(document['changes']).toMatchObject([
      {
        fields: [
          { path: 'a', from: null, to: 1 },
          { path: 'b', to: null },
          { path: 'c', from: 'x' },
        ],
      },
    ]);
    expect(JSON.stringify(document['changes'])).toContain('{"path":"b","to":null},{"path":"c","from":"x"}');
  });

  it('shows no value of a sensitive field, even if the plan still has one', () => {
    const leaky = { ...harbourPlan.changes[2], action: 'create' as const, kind: 'webhooks', address: 'webhooks/x', key: 'x', spec: { url: 'hunter2' } };
    const fields = [{ path: 'url', from: 'hunter1', to: 'hunter2', sensitive: true as const }];
    const document = planJson({ ...harbourPlan, changes: [{ ...leaky, fields }] });
    expect(JSON.stringify(document)).not.toContain('hunter');
    expect(document['changes']).toMatchObject([{ fields: [{ path: 'url', sensitive: true }] }]);
  });
});

describe('the schema of a plan', () => {
  const broken: readonly (readonly [string, unknown])[] = [
    ['a key that nobody knows', { ...planJson(harbourPlan), extra: 1 }],
    ['a plan without its summary', { ...planJson(harbourPlan), summary: undefined }],
    ['a plan without a portal', { ...planJson(harbourPlan), portal: undefined }],
    ['an unknown action', { ...planJson(harbourPlan), changes: [{ action: 'replace', kind: 'a', address: 'a', key: '', fields: [] }] }],
    ['a place counted from 0', { ...planJson(harbourPlan), changes: [{ action: 'create', kind: 'a', address: 'a', key: '', fields: [], place: 0 }] }],
    ['null for what is not there', { ...planJson(harbourPlan), changes: [{ action: 'create', kind: 'a', address: 'a', key: '', app: null, fields: [] }] }],
    [
      'a sensitive field with a value',
      { ...planJson(harbourPlan), changes: [{ action: 'create', kind: 'a', address: 'a', key: '', fields: [{ path: 'url', sensitive: true, to: 'x' }] }] },
    ],
    ['a state of its own', { ...planJson(harbourPlan), outcomes: [{ address: 'a', action: 'create', state: 'done' }] }],
    ['a document that is neither a plan, nor an error, nor findings alone', { format_version: 1, diagnostics: [], outcomes: [] }],
  ];
  it.each(broken)('refuses %s', (_what, document) => {
    expect(findings(document)).not.toBe('');
  });
});

describe('the document of a failing command', () => {
  it('is what the schema says without a plan', () => {
    const document = errorJson({ error: failure, diagnostics: harbourPlan.diagnostics });
    expect(findings(document)).toBe('');
    expect(Object.keys(document)).toEqual(['format_version', 'diagnostics', 'error']);
  });

  it('is the plan with the error beside it where there is one, each finding once', () => {
    const other = { severity: 'error', code: 'unknown-key', message: 'unknown key "whn"' } as const;
    const document = errorJson({ error: failure, diagnostics: [...harbourPlan.diagnostics, other], plan: harbourPlan, outcomes: harbourOutcomes });
    expect(findings(document)).toBe('');
    expect(document).toEqual(planJson({ ...harbourPlan, diagnostics: [...harbourPlan.diagnostics, other] }, { outcomes: harbourOutcomes, error: failure }));
  });

  it('takes an error of the service as it is', () => {
    const error = new ServiceError('no such rule', { method: 'GET', path: '/visitorroutingrules' });
    expect(errorJson({ error })).toEqual({
      format_version: 1,
      diagnostics: [],
      error: { message: 'no such rule', method: 'GET', path: '/visitorroutingrules' },
    });
  });

  it('is what the schema says for any findings', () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 4 }), (diagnostics) => {
        expect(findings(errorJson({ error: failure, diagnostics }))).toBe('');
      }),
    );
  });
});
