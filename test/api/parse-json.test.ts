import fc from 'fast-check';
import { parse } from 'lossless-json';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/api/parse-json.ts';

describe('reading JSON', () => {
  test('whole numbers that a double cannot hold become their digits', () => {
    expect(parseJson('{"id":466000000000000017,"data":[-9007199254740993, 9007199254740992]}')).toEqual({
      id: '466000000000000017',
      data: ['-9007199254740993', '9007199254740992'],
    });
    expect(parseJson('[9007199254740993]')).toEqual(['9007199254740993']);
    expect(parseJson('12345678901234567890')).toBe('12345678901234567890');
    expect(parseJson('[\n  12345678901234567890\n]')).toEqual(['12345678901234567890']);
  });

  test('all other numbers stay numbers, beside a long one too', () => {
    for (const long of ['', ',46600000000000001799']) {
      expect(parseJson(`[0,-25,56.5,1e3,9007199254740991,-9007199254740991,0.1234567890123456789,1e20${long}]`)).toEqual([
        0,
        -25,
        56.5,
        1000,
        9007199254740991,
        -9007199254740991,
        0.12345678901234568,
        1e20,
        ...(long === '' ? [] : ['46600000000000001799']),
      ]);
    }
  });

  test('digits within text are left alone', () => {
    const value = { title: 'call :46600000000000001799, [46600000000000001799', '46600000000000001799': 'x' };
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });

  test('a key given twice counts as given last, beside a long number too', () => {
    expect(parseJson('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(parseJson('{"a":1,"a":2,"b":46600000000000001799}')).toEqual({ a: 2, b: '46600000000000001799' });
  });

  test('what is no JSON throws', () => {
    for (const text of ['', '{"a":1', '<html>', '[46600000000000001799', '{"a":46600000000000001799,}', 'NaN']) expect(() => parseJson(text)).toThrow();
    expect(() => parseJson(`[46600000000000001799,${'['.repeat(200_000)}`)).toThrow();
  });

  test('any id comes back digit for digit, whether text or bare, wherever it stands', () => {
    const id = fc.bigInt({ min: 10n ** 12n, max: 10n ** 20n }).map(String);
    const space = fc.constantFrom('', ' ', '\n\t', '  ');
    fc.assert(
      fc.property(fc.array(id, { minLength: 1, maxLength: 5 }), space, fc.boolean(), (ids, blank, quoted) => {
        const shown = ids.map((one) => (quoted ? `"${one}"` : one));
        const text = `{${blank}"data"${blank}:${blank}[${shown.map((one) => `${blank}{"id":${blank}${one}${blank},"refs":[${one},${blank}${one}]}`).join(',')}${blank}]}`;
        const read: unknown = JSON.parse(JSON.stringify(parseJson(text)), (_key, value: unknown) => (typeof value === 'number' ? String(value) : value));
        expect(read).toEqual({ data: ids.map((one) => ({ id: one, refs: [one, one] })) });
      }),
    );
  });

  test('any JSON value without long numbers is read as JSON.parse reads it, by either parser', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).filter((one) => !/"__proto__"/.test(JSON.stringify(one)));
    fc.assert(
      fc.property(value, (one) => {
        const text = JSON.stringify(one);
        const plain: unknown = JSON.parse(text);
        if (!/\d{16}/.test(text)) expect(parseJson(text)).toEqual(plain);
        if (!/\d{16}/.test(text)) expect(parseJson(`[46600000000000001799,${text}]`)).toEqual(['46600000000000001799', plain]);
      }),
    );
  });

  test('reads whatever stands around long numbers just as a parser that looks at every character', () => {
    const long = fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n }).map(String);
    const tricky = fc.constantFrom('", 12345678901234567, "', '\\', '"', ':[1234567890123456789]', '\\"', '12345678901234567');
    const text = fc
      .oneof(
        fc.string(),
        tricky,
        fc.tuple(tricky, tricky).map((pair) => pair.join('')),
      )
      .map((value) => JSON.stringify(value));
    const number = fc.oneof(
      long,
      long.map((digits) => `-${digits}`),
      long.map((digits) => `${digits}.5`),
      long.map((digits) => `${digits}e3`),
      fc.integer().map(String),
    );
    const blank = fc.constantFrom('', ' ', '\n ');
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, number, text, tie('list'), tie('mapping')),
      list: fc.tuple(fc.array(tie('value'), { maxLength: 4 }), blank).map(([items, space]) => `[${space}${items.join(`${space},${space}`)}${space}]`),
      mapping: fc
        .tuple(fc.uniqueArray(text, { maxLength: 4 }), fc.array(tie('value'), { minLength: 4, maxLength: 4 }), blank)
        .map(([keys, items, space]) => `{${keys.map((key, index) => `${key}${space}:${space}${String(items[index])}`).join(',')}}`),
    })).value;
    fc.assert(
      fc.property(value, (json) => {
        expect(parseJson(String(json))).toEqual(
          parse(String(json), undefined, {
            parseNumber: (digits) => (/^-?\d+$/.test(digits) && !Number.isSafeInteger(Number(digits)) ? digits : Number(digits)),
          }),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
