import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldChange, Json } from '../../src/model/index.ts';
import { fieldLines } from '../../src/report/field-lines.ts';
import { diffParts } from '../../src/report/part-diff.ts';

const changed = (from: Json | undefined, to: Json | undefined, wide = 60): string =>
  fieldLines([{ path: 'note', from, to }], 'changed', wide, 'plain').join('\n');

describe('a changed field', () => {
  it.each([
    ['null', null, 'x', 'note  null -> "x"'],
    ['the empty text', 'x', '', 'note  "x" -> ""'],
    ['what is not set', undefined, false, 'note  (not set) -> false'],
    ['what is taken away', -56, undefined, 'note  -56 -> (not set)'],
    ['text that looks like something else', '5', 5, 'note  "5" -> 5'],
    ['a mapping with odd keys', { 'a b': 1, c: [] }, {}, 'note  {"a b": 1, c: []} -> {}'],
    ['quotes and escapes', '"\u001b', '\\', 'note  "\\"\\u001b" -> "\\\\"'],
  ])('shows %s as it is', (_what, from, to, line) => {
    expect(changed(from, to)).toBe(line);
  });

  it('shows which lines of a text change', () => {
    expect(changed('Ahoy\nthe tide is high\nbye', 'Ahoy\nthe tide is low\nbye\n')).toMatchInlineSnapshot(`
      "note
        = 1 unchanged
        - "the tide is high\\n"
        - "bye"
        + "the tide is low\\n"
        + "bye\\n""
    `);
  });

  it('shows which entries of a long list change, not the whole list twice', () => {
    const crew = ['anna', 'bert', 'carl', 'dora', 'emil', 'fritz', 'gerda', 'hans'].map((name) => `${name}@harbour.test`);
    expect(changed(crew, [...crew.slice(1, 5), 'ida@harbour.test', ...crew.slice(5)])).toMatchInlineSnapshot(`
      "note
        - "anna@harbour.test"
        = 4 unchanged
        + "ida@harbour.test"
        = 3 unchanged"
    `);
  });

  it('shows the place where two long texts differ', () => {
    const long = 'the quick pilot boat jumps over the lazy ferry '.repeat(20);
    expect(changed(`${long}at noon ${long}`, `${long}at dusk ${long}`)).toMatchInlineSnapshot(`
      "note
        - …lazy ferry at noon the quick pilot boat jumps over the…
        + …lazy ferry at dusk the quick pilot boat jumps over the…"
    `);
  });

  it('counts what is too much to show', () => {
    const many = (sign: string): readonly string[] => Array.from({ length: 20 }, (_none, index) => `${sign} ${index}`);
    const lines = changed(many('buoy'), many('light')).split('\n');
    expect(lines).toHaveLength(1 + 12 + 1);
    expect(lines.at(-1)).toBe('  … and 28 more');
  });

  it('never shows a sensitive value, even if it is there', () => {
    const field: FieldChange = { path: 'url', from: 'hunter1', to: 'hunter2', sensitive: true };
    expect(fieldLines([field], 'changed', 60, 'plain')).toEqual(['url  (sensitive)']);
    expect(fieldLines([field], 'new', 60, 'plain')).toEqual(['url  (sensitive)']);
  });

  it('shows some difference for any two values that differ, in whatever width', () => {
    const value = fc.oneof(
      fc.string(),
      fc.array(fc.string({ maxLength: 8 }), { maxLength: 8 }),
      fc.constant(null),
      fc.string({ minLength: 60, maxLength: 120 }),
    );
    fc.assert(
      fc.property(value, value, fc.integer({ min: 10, max: 80 }), (from, to, wide) => {
        fc.pre(JSON.stringify(from) !== JSON.stringify(to));
        const lines = changed(from, to, wide).split('\n');
        const [, old, next] = /^note {2}(.*) -> (.*)$/s.exec(lines[0] ?? '') ?? [];
        if (lines.length === 1) {
          expect(old).not.toBe(next);
          return;
        }
        const signs = lines.filter((line) => /^ {2}[-+] /.test(line)).map((line) => line.slice(4));
        expect(signs.length).toBeGreaterThan(0);
        if (signs.length === 2 && lines[1]?.startsWith('  - ') && lines[2]?.startsWith('  + ')) expect(signs[0]).not.toBe(signs[1]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the parts of two values', () => {
  const parts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 });

  it('give both values back', () => {
    fc.assert(
      fc.property(parts, parts, (from, to) => {
        const changes = diffParts(from, to);
        expect(changes.filter(({ sign }) => sign !== '+').map(({ text }) => text)).toEqual(from);
        expect(changes.filter(({ sign }) => sign !== '-').map(({ text }) => text)).toEqual(to);
      }),
    );
  });

  it('keep as much as can be kept', () => {
    const kept = (from: string, to: string): string =>
      diffParts([...from], [...to])
        .filter(({ sign }) => sign === '=')
        .map(({ text }) => text)
        .join('');
    expect(kept('xabcy', 'abcz')).toBe('abc');
    expect(kept('pqabrs', 'apbqrs')).toHaveLength(4);
  });

  it('are shown as replaced where comparing would take too long', () => {
    const long = Array.from({ length: 300 }, (_none, index) => String(index));
    expect(diffParts(long, [...long].reverse())).toHaveLength(600);
  });
});
