/** Scalars and names that an export writes. */
import { describe, expect, it } from 'vitest';
import { fileNames, keysFor } from '../../src/desired/write-names.ts';
import { escapePlaceholders, textScalar } from '../../src/desired/write-scalar.ts';

describe('texts', () => {
  it('stand bare where every reader takes them for the same text', () => {
    for (const text of [
      'Night desk',
      'Kettle & Leaf',
      'mira@kettle.test',
      '/wholesale',
      'https://hooks.test/a?b=c#d',
      '60d',
      '港 🚢',
      'שלום',
      "Ben's own",
      'a - b',
    ])
      expect(textScalar(text, 'block')).toBe(text);
  });

  it('stand in quotes where one might take them for something else', () => {
    for (const text of [
      'yes',
      'No',
      'null',
      '~',
      '0123',
      '1e3',
      '12:30',
      '2024-05-06',
      '- a',
      '? b',
      '!tag',
      '&a',
      '*',
      '|',
      '>',
      '%',
      '@',
      '`',
      '---',
      '...',
      'a: b',
      'a #b',
      ' a',
      'a ',
      '',
    ])
      expect(textScalar(text, 'block')).toBe(JSON.stringify(text));
    expect(textScalar('a, b', 'block')).toBe('a, b');
    expect(textScalar('a, b', 'flow')).toBe('"a, b"');
  });

  it('show what cannot be seen, and what turns the direction', () => {
    expect(textScalar('a\u202eb\u0085\u2028\ufeff\ud800\u0000', 'block')).toBe('"a\\u202Eb\\x85\\u2028\\uFEFF\\uD800\\0"');
  });

  it('are whole numbers without quotes in lists of texts alone', () => {
    expect(['2', '007'].map((text) => textScalar(text, 'name'))).toEqual(['2', '"007"']);
    expect(textScalar('2', 'flow')).toBe('"2"');
  });

  it('never become placeholders', () => {
    expect(['${x}', '$${x}', '$'].map(escapePlaceholders)).toEqual(['$${x}', '$$${x}', '$']);
  });
});

describe('names of files', () => {
  it('hold letters, digits and dashes, whatever the app is called', () => {
    const names = fileNames(['Acme shop', 'acme  SHOP', '../x', 'CON', '🚢', 'Ørsted & Søn', "Ben's"]);
    expect([...names.values()].every((name) => /^[a-z0-9-]+$/.test(name))).toBe(true);
    expect(new Set(names.values()).size).toBe(7);
    expect(names.get('../x')).toBe('x');
    expect(names.get('CON')).toMatch(/^con-[0-9a-f]{6}$/);
    expect(names.get('Acme shop')).toMatch(/^acme-shop-[0-9a-f]{6}$/);
    expect(names.get("Ben's")).toBe('bens');
  });
});

describe('keys of rules without a name', () => {
  const rule = (id: string, points: number, value: string) => ({
    kind: 'scores',
    id,
    key: `#${id}`,
    spec: { points, when: [{ field: 'browser', comparator: 'is_equal_to', values: [value] }] },
    raw: {},
  });

  it('are made of the criteria, and do not depend on the order of the list', () => {
    const rules = [rule('3', 5, 'opera'), rule('1', 9, 'opera'), rule('2', 5, 'safari')];
    const keys = (list: readonly ReturnType<typeof rule>[]) =>
      keysFor('when', list, new Set()).map(({ live, key }) => `${key}: ${String(live.spec['points'])}`);
    expect(keys(rules)).toEqual(['browser is equal to opera: 5', 'browser is equal to opera (2): 9', 'browser is equal to safari: 5']);
    expect(keys([...rules].reverse())).toEqual(keys(rules));
  });
});
