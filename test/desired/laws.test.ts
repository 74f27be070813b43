/** What holds of all files, tried with many. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readProject } from '../../src/desired/index.ts';
import { read, readOne, resourceOf } from './support/read.ts';

// A busy machine may take its time.
vi.setConfig({ testTimeout: 120_000 });

const quoted = (text: string): string =>
  JSON.stringify(text)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('\u007f', '\\u007f')
    .replaceAll('\u0085', '\\u0085')
    .replaceAll('\ufeff', '\\ufeff');

const anyText = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.normalize('NFC'));

describe('texts', () => {
  it('come back as they are from quotes, whatever they are', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { spec, key } = resourceOf(`webhooks:\n  - url: ${quoted(text.replaceAll('${', '$${'))}\n    type: data\n`);
        expect(spec['url']).toBe(text);
        expect(key).toBe(`data ${text}`);
      }),
    );
  });

  it('come back by their source without quotes', () => {
    const plain = fc.oneof(
      fc.integer().map(String),
      fc.double({ noNaN: true }).map(String),
      fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_./+-]{0,12}$/),
      fc.constantFrom('null', '~', 'true', 'No', '0o17', '0x1f', '1e5', '.5', '+1', '2001-01-01', '12:00', '<<', '=', 'a#b', 'a:b'),
    );
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1 }), (texts) => {
        const { spec } = resourceOf(
          `lead_scoring_rules:\n  - key: k\n    when:\n      - field: crm_deal\n        comparator: is\n        values: [${texts.join(', ')}]\n`,
        );
        expect(spec['when']).toEqual([{ field: 'crm_deal', comparator: 'is', values: texts }]);
      }),
    );
  });

  it('give what was meant, after any mixture of placeholders and literals', () => {
    const part = fc.oneof(
      fc.constant(['${count}', '7']),
      fc.constant(['$${', '${']),
      fc.constantFrom('a', ' ', '}', '{', '$ ', '"', '\\', 'é').map((text) => [text, text]),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const written = parts.map(([first]) => first).join('');
        const text = parts.map(([, second]) => second).join('');
        fc.pre(text.trim() !== '' && !written.includes('$$${'));
        expect(resourceOf(`webhooks:\n  - url: ${quoted(written)}\n    type: data\n`).spec['url']).toBe(text);
      }),
    );
  });
});

describe('findings', () => {
  const files: Readonly<Record<string, string>> = {
    'a.yaml': 'visitor_routing_rules:\n  - { title: Fog, app: Pier }\n  - { title: Storm, app: Pier, colour: grey }\n',
    'b.yaml': 'visitor_routing_rules:\n  - { title: Fog, app: Pier }\n  - { title: Calm, app: Pier }\nlead_score_decay: { frequency: yearly }\n',
    'c/d.yaml': 'visitor_routing_order: { Pier: [Calm, Fog, Gale] }\nwebhooks:\n',
    'e.yaml': 'webhooks: [\n',
    'f.yaml': 'visitor_routing_order: { Pier: [Fog] }\nlead_score_decay: { frequency: ${nope} }\n',
  };

  it('are the same in whatever order the files are given', () => {
    const expected = read(files).diagnostics;
    expect(expected.length).toBeGreaterThan(4);
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(files), { minLength: 5 }), (order) => {
        expect(read(Object.fromEntries(order.map((path) => [path, files[path] ?? '']))).diagnostics).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('the state is the same too', () => {
    const fine = {
      'a.yaml': 'trigger_rules: [{ title: A, app: Pier }]\n',
      'b.yaml': 'trigger_rules: [{ title: B, app: Pier }, { title: C, app: Quay }]\ntrigger_order: { Pier: [B, A] }\n',
      'c.yaml': 'webhooks: [{ url: x, type: data }]\n',
    };
    const expected = read(fine).desired;
    expect(expected?.resources.length).toBe(4);
    expect(read(Object.fromEntries(Object.entries(fine).reverse())).desired).toEqual(expected);
  });
});

describe('whatever a file holds', () => {
  const within = (text: string): void => {
    const began = performance.now();
    const { desired, diagnostics } = readOne(text);
    expect(performance.now() - began).toBeLessThan(20_000);
    const lines = text.split('\n');
    for (const { origin, message, code, hint } of diagnostics) {
      expect(message.length).toBeGreaterThan(0);
      expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(hint ?? 'none').not.toBe('');
      expect(origin?.line).toBeGreaterThan(0);
      expect(origin?.line).toBeLessThanOrEqual(lines.length);
      const line = lines[(origin?.line ?? 1) - 1] ?? '';
      expect(origin?.column).toBeLessThanOrEqual(line.length + 1);
      expect(origin?.length).toBeGreaterThan(0);
    }
    if (diagnostics.some(({ severity }) => severity === 'error')) expect(desired).toBeUndefined();
  };

  it('any text is read without a throw, and findings stand inside of it', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), within), { numRuns: 500 });
  });

  it('any soup of YAML is too', () => {
    const bit = fc.constantFrom(
      'webhooks:',
      'trigger_rules:',
      'lead_scoring_rules:',
      'trigger_order:',
      'lead_score_decay:',
      '\n',
      '\n  ',
      '\n    ',
      '\n      ',
      '- ',
      ': ',
      '? ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      'title',
      'app',
      'when',
      'any',
      'field',
      'comparator',
      'values',
      'url',
      'type',
      'data',
      'only',
      'harbour',
      '"',
      "'",
      '|',
      '>',
      '&a ',
      '*a',
      '<<',
      '!t ',
      '${hooks}',
      '${',
      '$${',
      '${env:LANTERN}',
      '# ',
      '~',
      'null',
      'true',
      '0123',
      '\t',
      '---\n',
      '...\n',
      '%',
      '@',
      '`',
      '\r',
      '\u0000',
      '\ufeff',
      '\ud800',
      '__proto__',
      'constructor',
      '.inf',
      '-',
      'key',
      'points',
      'position',
      'Pier',
      '*',
    );
    fc.assert(
      fc.property(
        fc.array(bit, { maxLength: 60 }).map((bits) => bits.join('')),
        within,
      ),
      { numRuns: 2_000 },
    );
  });

  it('so is any mistake in a good file: a letter gone, doubled or swapped', () => {
    const good =
      'visitor_routing_rules:\n  - title: Fog\n    app: Pier\n    when:\n      - { field: country, comparator: is_equal_to, values: [Norway] }\n      - any:\n          - { field: region, comparator: is_equal_to, values: [canada] }\n    route: { type: route_to_selected_users, operators: ["a@b.test"], departments: ~ }\nvisitor_routing_order:\n  Pier: [Fog, "*"]\nwebhooks:\n  - url: ${hooks}/x\n    type: data\n    events: [tag.created]\n';
    expect(readOne(good).findings).toEqual([]);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom('', ' ', '\n', '"', '[', '}', ':', '-', '*', '\t', 'x', '#', '$'), fc.nat(3), (at, put, cut) =>
        within(good.slice(0, at) + put + good.slice(at + cut)),
      ),
      { numRuns: 1_000 },
    );
  });

  it('and any salesiq.yaml', () => {
    const bit = fc.constantFrom(
      'version: 1\n',
      'portals:',
      '\n  ',
      '\n    ',
      'harbour:',
      'sandbox: x',
      'screenname: ',
      'server: ',
      'https://',
      'variables:',
      '{',
      '}',
      '[',
      ']',
      ': ',
      ', ',
      '${env:X}',
      'limits:',
      'deletes: ',
      '30%',
      'kinds:',
      'webhooks:',
      'protect:',
      '- ',
      '"',
      '\n',
      '~',
      '5',
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
        const { value, diagnostics } = readProject({ path: 'salesiq.yaml', text: bits.join('') }, {});
        expect(value === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
      }),
      { numRuns: 1_000 },
    );
  });
});
