/** Plans, findings and outcomes with every text that files or a service could hold. */
import fc from 'fast-check';
import type { Change, Diagnostic, FieldChange, Json, Outcome, Plan, Refusal } from '../../src/model/index.ts';

const nasty = [
  '\u001b[2J',
  '\u0000',
  '\u0007',
  '\u007f',
  '\u009b31m',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\r\n',
  '\n',
  '\t',
  '```',
  '``',
  '`',
  '</details>',
  '<script>',
  '<!--',
  '@harbour',
  '#12',
  'GH-7',
  '|',
  '![x](https://x.test)',
  '[a](b)',
  '~~',
  '$x$',
  '港',
  '🚢',
  'e\u0301',
  '❤\ufe0f',
  ' ',
];

export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 4 })), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ minLength: 100, maxLength: 300 }),
);

const anyValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -56),
  anyText,
  fc.array(anyText, { maxLength: 4 }),
  fc.array(fc.record({ field: anyText, values: fc.array(anyText, { maxLength: 3 }) }), { maxLength: 3 }),
  fc.dictionary(anyText, anyText, { maxKeys: 3 }),
);

const anyOrigin = fc.record({
  file: anyText,
  line: fc.integer({ min: 1, max: 9 }),
  column: fc.integer({ min: 1, max: 400 }),
  length: fc.integer({ min: 0, max: 400 }),
});

const anyField: fc.Arbitrary<FieldChange> = fc.oneof(
  fc.record({ path: anyText, from: fc.option(anyValue, { nil: undefined }), to: anyValue }),
  fc.record({ path: anyText, from: anyValue, to: fc.constant(undefined), side: fc.constantFrom('yours' as const, 'drift' as const, 'both' as const) }),
  fc.record({ path: anyText, from: fc.constant(undefined), to: fc.constant(undefined), sensitive: fc.constant(true as const) }),
);

const place = fc.integer({ min: 1, max: 20 });
const common = { kind: fc.constantFrom('visitor_routing_rules', 'webhooks'), address: anyText, key: anyText, fields: fc.array(anyField, { maxLength: 4 }) };

export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ action: fc.constant('create' as const), ...common, app: anyText, origin: anyOrigin, spec: fc.constant({}), place }),
  fc.record({ action: fc.constant('update' as const), ...common, origin: anyOrigin, id: fc.constant('7'), spec: fc.constant({}) }),
  fc.record({ action: fc.constant('delete' as const), ...common, app: anyText, id: fc.constant('8'), place, reason: anyText }),
  fc.record({ action: fc.constant('move' as const), ...common, app: anyText, origin: anyOrigin, id: fc.constant('9'), from: place, to: place }),
);

export const anyDiagnostic: fc.Arbitrary<Diagnostic> = fc.record(
  { severity: fc.constantFrom('error' as const, 'warning' as const), code: anyText, message: anyText, origin: anyOrigin, address: anyText, hint: anyText },
  { requiredKeys: ['severity', 'code', 'message'] },
);

const anyRefusal: fc.Arbitrary<Refusal> = fc.record({ code: anyText, message: anyText, origin: anyOrigin, hint: anyText });

export const anyOutcome: fc.Arbitrary<Outcome> = fc.record(
  {
    address: anyText,
    action: fc.constantFrom('create' as const, 'update' as const, 'delete' as const, 'move' as const),
    state: fc.constantFrom('applied' as const, 'failed' as const, 'not_tried' as const, 'unknown' as const),
    error: fc.record(
      { message: anyText, code: fc.integer({ min: 1000, max: 2000 }), field: anyText, method: fc.constant('PUT'), path: anyText, hint: anyText },
      { requiredKeys: ['message'] },
    ),
  },
  { requiredKeys: ['address', 'action', 'state'] },
);

const planWith = (diagnostics: fc.Arbitrary<readonly Diagnostic[]>): fc.Arbitrary<Plan> =>
  fc
    .record({
      portal: anyText,
      fingerprint: anyText,
      changes: fc.array(anyChange, { maxLength: 12 }),
      observed: fc.array(anyChange, { maxLength: 4 }),
      lists: fc.array(
        fc.array(anyText, { minLength: 1, maxLength: 5 }).map((keys) => {
          const places = keys.map((key) => ({ key, address: key, fixed: false }));
          return { kind: 'visitor_routing_rules', app: keys[0] ?? '', before: places, after: [...places].reverse(), moves: 1 };
        }),
        { maxLength: 2 },
      ),
      groups: fc.array(fc.record({ kind: fc.constant('webhooks'), live: place, managed: place }), { maxLength: 1 }),
      unmanaged: fc.array(fc.record({ kind: anyText, address: anyText, key: anyText, id: fc.constant('5') }), { maxLength: 3 }),
      reports: fc.array(fc.record({ kind: anyText, name: anyText, value: anyText }), { maxLength: 2 }),
      diagnostics,
      refusals: fc.array(anyRefusal, { maxLength: 3 }),
    })
    .map((parts) => {
      const count = (action: Change['action']): number => parts.changes.filter((change) => change.action === action).length;
      return {
        ...parts,
        formatVersion: 1,
        summary: { create: count('create'), update: count('update'), delete: count('delete'), move: count('move') },
        cost: { reads: 3, writes: parts.changes.length, seconds: 2 },
      };
    });

export const anyPlan: fc.Arbitrary<Plan> = planWith(fc.array(anyDiagnostic, { maxLength: 3 }));

/** Without errors, so that the changes are shown. */
export const anySoundPlan: fc.Arbitrary<Plan> = planWith(
  fc.array(
    anyDiagnostic.map((diagnostic): Diagnostic => ({ ...diagnostic, severity: 'warning' })),
    { maxLength: 3 },
  ),
);
