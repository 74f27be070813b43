import { describe, expect, it } from 'vitest';
import { readOne, resourceOf, wordsOf } from './support/read.ts';

const valuesOf = (list: string) => {
  const [group] = JSON.parse(
    JSON.stringify(resourceOf(`lead_scoring_rules:\n  - key: k\n    when: [{ field: crm_deal, comparator: is_equal_to, values: ${list} }]\n`).spec['when']),
  );
  return group.values;
};

const triggered = (params: string) => {
  const { action } = JSON.parse(JSON.stringify(resourceOf(`trigger_rules:\n  - { title: Bell, app: Pier, action: { params: ${params} } }\n`).spec));
  return action.params;
};

const webhook = (fields: string) => readOne(`webhooks:\n  - { url: x, type: data, ${fields} }\n`);

describe('texts are taken by their source', () => {
  it.each<[string, string]>([
    ['0123', '0123'],
    ['yes', 'yes'],
    ['1e3', '1e3'],
    ['2024-01-01', '2024-01-01'],
    ['true', 'true'],
    ['0x1F', '0x1F'],
    ['1_000', '1_000'],
    ['12:30:45', '12:30:45'],
    ['null', 'null'],
    ['~', '~'],
    ['Null', 'Null'],
    ['.inf', '.inf'],
    ['-0', '-0'],
    ['1.10', '1.10'],
    ['99999999999999999999', '99999999999999999999'],
    ['"quoted"', 'quoted'],
    ["'it''s'", "it's"],
    ['"line\\nbreak"', 'line\nbreak'],
    ['"null"', 'null'],
    ['""', ''],
    ['a b  c', 'a b  c'],
    ['é日本😀', 'é日本😀'],
  ])('%s', (written, text) => {
    expect(valuesOf(`[${written}, last]`)).toEqual([text, 'last']);
  });

  it('block scalars too', () => {
    expect(
      resourceOf(
        'trigger_rules:\n  - title: Bell\n    app: Pier\n    action:\n      params:\n        value: |\n          Ahoy,\n          sailor\n        sender_name: >-\n          Harbour\n          master\n',
      ).spec['action'],
    ).toEqual({
      params: { value: 'Ahoy,\nsailor\n', sender_name: 'Harbour master' },
    });
  });

  it('numbers and truth values become texts where a text is wanted', () => {
    expect(resourceOf('webhooks: [{ url: 0123, type: data, keep_failed_executions: 60d }]\n').spec).toEqual({
      url: '0123',
      type: 'data',
      keep_failed_executions: '60d',
    });
  });

  it('an entry that is not there is an error', () => {
    const outcome = readOne(
      'lead_scoring_rules:\n  - key: k\n    when:\n      - field: crm_deal\n        comparator: is\n        values:\n          - 5\n          -\n',
    );
    expect(outcome.findings).toEqual(['wrong-type a.yaml:8:11+1']);
    expect(wordsOf(outcome)).toEqual(['an entry of values is empty | Write "" for an empty text.']);
  });
});

describe('nothing', () => {
  it.each(['~', 'null', 'Null', 'NULL', ''])('%j clears a field that can be cleared', (nothing) => {
    expect(webhook(`apps: ${nothing}`).desired?.resources[0]?.spec).toEqual({ url: 'x', type: 'data', apps: null });
    expect(webhook(`secured: ${nothing}, keep_failed_executions: ${nothing}`).desired?.resources[0]?.spec).toEqual({
      url: 'x',
      type: 'data',
      secured: null,
      keep_failed_executions: null,
    });
  });

  it('is an error elsewhere, at the value or at its key', () => {
    const outcome = readOne('webhooks:\n  - url:\n    type: ~\n    events: null\n');
    expect(outcome.findings).toEqual(['cannot-be-cleared a.yaml:2:5+3', 'cannot-be-cleared a.yaml:3:11+1', 'cannot-be-cleared a.yaml:4:13+4']);
    expect(wordsOf(outcome)[0]).toBe('url has no value, and it cannot be cleared | Give it a value, or leave url out to keep what is live.');
  });

  it('in quotes it is a text', () => {
    expect(resourceOf('webhooks: [{ url: "~", type: data }]\n').key).toBe('data ~');
  });
});

describe('truth values', () => {
  it.each<[string, boolean]>([
    ['true', true],
    ['false', false],
    ['True', true],
    ['FALSE', false],
  ])('%s', (written, value) => {
    expect(webhook(`secured: ${written}`).desired?.resources[0]?.spec['secured']).toBe(value);
  });

  it.each<[string, string]>([
    ['yes', 'Did you mean true?'],
    ['On', 'Did you mean true?'],
    ['no', 'Did you mean false?'],
    ['off', 'Did you mean false?'],
    ['"true"', 'Did you mean true? Write it without quotes.'],
    ["'false'", 'Did you mean false? Write it without quotes.'],
    ['1', 'Did you mean true?'],
    ['maybe', 'Write true or false, without quotes.'],
  ])('%s is none', (written, hint) => {
    const outcome = webhook(`secured: ${written}`);
    expect(outcome.findings).toEqual([`wrong-type a.yaml:2:36+${written.length}`]);
    expect(wordsOf(outcome)[0]).toContain('secured should be true or false, but it is text | ');
    expect(wordsOf(outcome)[0]).toContain(hint);
  });
});

describe('numbers', () => {
  const points = (written: string) => readOne(`lead_scoring_rules:\n  - { key: k, points: ${written}, when: [{ field: crm_deal, comparator: is }] }\n`);

  it.each<[string, number]>([
    ['56', 56],
    ['-5', -5],
    ['+5', 5],
    ['007', 7],
    ['0x10', 16],
    ['0o17', 15],
    ['1e3', 1000],
    ['5.0', 5],
    ['-0', 0],
    ['9007199254740991', 9007199254740991],
  ])('%s', (written, number) => {
    expect(points(written).desired?.resources[0]?.spec['points']).toBe(number);
  });

  it.each<[string, string]>([
    ['1.5', 'points should be a whole number, but it is 1.5'],
    ['"5"', 'points should be a whole number, but it is text | Write it without quotes.'],
    ['many', 'points should be a whole number, but it is text'],
    ['1_000', 'points should be a whole number, but it is text'],
    ['9007199254740993', 'this number is too long'],
    ['.nan', 'points should be a whole number, but it is text'],
    ['true', 'points should be a whole number, but it is text'],
    ['[5]', 'points should be a whole number, but it is a list'],
  ])('%s is no whole number', (written, message) => {
    const outcome = points(written);
    expect(outcome.findings[0]).toMatch(new RegExp(`^wrong-(?:type|value) a\\.yaml:2:23\\+${written.length}$`));
    expect(wordsOf(outcome)[0]).toContain(message);
  });

  it('one that is too small says so', () => {
    const outcome = readOne('trigger_rules:\n  - { title: Bell, app: Pier, action: { delay: -5 } }\n');
    expect(outcome.findings).toEqual(['wrong-value a.yaml:2:48+2']);
    expect(wordsOf(outcome)[0]).toContain('delay should be at least 0, but it is -5');
  });
});

describe('where no schema has a wish', () => {
  it('values are what YAML 1.2 says', () => {
    expect(triggered('{ a: 1, b: 0123, c: yes, d: true, e: null, f: 1.5, g: "7", h: [x, 2, ~], i: { j: off }, k: 0x1F, l: 1e3, m: 2024-01-01 }')).toEqual({
      a: 1,
      b: 123,
      c: 'yes',
      d: true,
      e: null,
      f: 1.5,
      g: '7',
      h: ['x', 2, null],
      i: { j: 'off' },
      k: 31,
      l: 1000,
      m: '2024-01-01',
    });
  });

  it('known keys keep their wish beside them', () => {
    expect(triggered('{ sender_name: 0123, value: yes, delay_text: 0123 }')).toEqual({ sender_name: '0123', value: 'yes', delay_text: 123 });
  });

  it('long numbers stay the digits they are', () => {
    expect(triggered('{ id: 40526000001469003123 }')).toEqual({ id: '40526000001469003123' });
  });

  it('keys of any look are taken by their source', () => {
    expect(triggered('{ 1: a, true: b, "c d": e }')).toEqual({ '1': 'a', true: 'b', 'c d': 'e' });
  });

  it('what JSON cannot carry is an error', () => {
    expect(readOne('trigger_rules:\n  - { title: Bell, app: Pier, event: { at: .inf } }\n').findings).toEqual(['wrong-value a.yaml:2:44+4']);
  });
});
