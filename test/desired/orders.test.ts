import { describe, expect, it } from 'vitest';
import { read, readOne, wordsOf } from './support/read.ts';

const rules = (app: string, ...titles: readonly string[]): string => titles.map((title) => `  - { title: ${title}, app: ${app} }\n`).join('');

describe('without an order list', () => {
  it('the order is that of the file, app by app', () => {
    const { desired } = readOne(`visitor_routing_rules:\n${rules('Quay', 'Fog')}${rules('Pier', 'Storm', 'Calm')}${rules('Quay', 'Ebb')}`);
    expect(desired?.orders).toEqual([
      { kind: 'visitor_routing_rules', app: 'Pier', keys: ['Storm', 'Calm'], origin: { file: 'a.yaml', line: 3, column: 5, length: 27 } },
      { kind: 'visitor_routing_rules', app: 'Quay', keys: ['Fog', 'Ebb'], origin: { file: 'a.yaml', line: 2, column: 5, length: 25 } },
    ]);
  });

  it('several documents of one file follow each other', () => {
    const { desired } = readOne(`visitor_routing_rules:\n${rules('Pier', 'Storm')}---\nvisitor_routing_rules:\n${rules('Pier', 'Calm')}`);
    expect(desired?.orders[0]?.keys).toEqual(['Storm', 'Calm']);
  });

  it('rules of one app in several files are an error that names both', () => {
    const outcome = read({
      'b.yaml': `trigger_rules:\n${rules('Pier', 'Storm')}`,
      'a.yaml': `trigger_rules:\n${rules('Pier', 'Calm')}${rules('Quay', 'Calm')}`,
    });
    expect(outcome.findings).toEqual(['needs-order-list b.yaml:2:5+27']);
    expect(wordsOf(outcome)).toEqual([
      'the trigger rules of "Pier" stand in a.yaml and in b.yaml, so their order is not known | Put them into one file, or write their order: trigger_order, the app, and the rules from the top.',
    ]);
  });

  it('rules of other portals do not count', () => {
    const files = { 'a.yaml': 'trigger_rules: [{ title: Calm, app: Pier }]\n', 'b.yaml': 'trigger_rules: [{ title: Storm, app: Pier, only: [island] }]\n' };
    expect(read(files).desired?.orders.map(({ keys }) => keys)).toEqual([['Calm']]);
    expect(read(files, { portal: 'island' }).findings.length).toBe(1);
  });

  it('an app without rules for this portal has no order', () => {
    expect(readOne('trigger_rules: [{ title: Calm, app: Pier, only: [island] }]\n').desired?.orders).toEqual([]);
  });

  it('kinds without an order have none', () => {
    expect(readOne('webhooks: [{ url: x, type: data }]\n').desired?.orders).toEqual([]);
  });
});

describe('an order list', () => {
  const three = `visitor_routing_rules:\n${rules('Pier', 'Storm', 'Calm', '0123')}`;
  const order = (list: string, text = three) => readOne(`${text}visitor_routing_order:\n  Pier: ${list}\n`);

  it('gives the order, names by their source, and the place of the rest', () => {
    expect(order('[0123, "*", Calm, Storm]').desired?.orders).toEqual([
      { kind: 'visitor_routing_rules', app: 'Pier', keys: ['0123', 'Calm', 'Storm'], star: 1, origin: { file: 'a.yaml', line: 6, column: 9, length: 24 } },
    ]);
    expect(order('[0123, Calm, Storm]').desired?.orders[0]).not.toHaveProperty('star');
    expect(order('["*", 0123, Calm, Storm]').desired?.orders[0]?.star).toBe(0);
    expect(order("[0123, Calm, Storm, '*']").desired?.orders[0]?.star).toBe(3);
  });

  it('may stand in another file and before the rules', () => {
    const { desired } = read({
      'a.yaml': 'visitor_routing_order: { Pier: [Calm, Storm] }\n',
      'b.yaml': 'visitor_routing_rules: [{ title: Storm, app: Pier }]\n',
      'c.yaml': 'visitor_routing_rules: [{ title: Calm, app: Pier }]\n',
    });
    expect(desired?.orders).toMatchObject([{ keys: ['Calm', 'Storm'], origin: { file: 'a.yaml', line: 1, column: 32 } }]);
  });

  it('names a rule called * by its title', () => {
    const star = `visitor_routing_rules:\n${rules('Pier', 'Storm', '"*"')}`;
    expect(order('[{ title: "*" }, "*", { title: Storm }]', star).desired?.orders[0]).toMatchObject({ keys: ['*', 'Storm'], star: 1 });
    expect(order('[Storm, "*"]', star).findings).toEqual(['not-in-order-list a.yaml:5:9+12']);
  });

  it('takes null and ~ for the names they are, and placeholders', () => {
    expect(order('[~, null, 7]', `visitor_routing_rules:\n${rules('Pier', '"~"', '"null"', '"7"')}`).desired?.orders[0]?.keys).toEqual(['~', 'null', '7']);
    expect(order('["${count}"]', `visitor_routing_rules:\n${rules('Pier', '"7"')}`).desired?.orders[0]?.keys).toEqual(['7']);
  });

  it.each<[string, readonly string[], string]>([
    ['[Storm, Calm, 0123, Clam]', ['unknown-name a.yaml:6:29+4'], 'the files describe no visitor routing rule "Clam" in "Pier" | Did you mean "Calm"?'],
    ['[Storm, Calm, 0123, Typhoon]', ['unknown-name a.yaml:6:29+7'], 'They describe "0123", "Calm", "Storm".'],
    ['[Storm]', ['not-in-order-list a.yaml:6:9+7'], '"0123", "Calm" are described, but have no place in the order of "Pier"'],
    ['[Storm, Calm]', ['not-in-order-list a.yaml:6:9+13'], '"0123" is described, but has no place'],
    ['[]', ['not-in-order-list a.yaml:6:9+2'], '"0123", "Calm", "Storm" are described'],
    ['[Storm, Calm, 0123, Storm]', ['listed-twice a.yaml:6:29+5'], '"Storm" stands in this list twice; the first is in line 6'],
    ['["*", Storm, Calm, 0123, "*"]', ['listed-twice a.yaml:6:34+3'], '"*" stands in this list twice'],
    [
      '[Storm, Calm, 0123, [x]]',
      ['wrong-type a.yaml:6:29+3'],
      'an entry of an order list should be the name of a rule | Write the name, "*", or { title: … }.',
    ],
    ['[Storm, Calm, 0123, { name: x }]', ['wrong-type a.yaml:6:29+11'], 'an entry of an order list'],
    ['[Storm, Calm, 0123, { title: ~ }]', ['wrong-type a.yaml:6:29+12'], 'an entry of an order list'],
    ['[Storm, Calm, 0123, "${nope}"]', ['unknown-variable a.yaml:6:29+9'], 'has no variable "nope"'],
    ['Storm', ['wrong-type a.yaml:6:9+5'], 'the order of "Pier" should be a list of visitor routing rules'],
    ['', ['wrong-type a.yaml:6:3+4'], 'the order of "Pier" should be a list'],
    ['\n    - Storm\n    -\n    - Calm\n    - 0123', ['wrong-type a.yaml:8:5+1'], 'an entry of an order list'],
  ])('%j', (list, places, words) => {
    const outcome = order(list);
    expect(outcome.findings).toEqual(places);
    expect(wordsOf(outcome).join('\n')).toContain(words);
  });

  it('says where a name went', () => {
    const outcome = readOne(
      'trigger_rules:\n  - { title: Storm, app: Pier, previously: [Gale] }\n  - { title: Ebb, app: Quay }\ntrigger_order: { Pier: [Gale, Ebb, Storm] }\n',
    );
    expect(outcome.findings).toEqual(['unknown-name a.yaml:4:25+4', 'unknown-name a.yaml:4:31+3']);
    expect(wordsOf(outcome)[0]).toContain('It is called "Storm" now.');
    expect(wordsOf(outcome)[1]).toContain('There is one in "Quay".');
  });

  it('drops names of rules that are for other portals', () => {
    const text = 'trigger_rules: [{ title: Storm, app: Pier }, { title: Calm, app: Pier, only: [island] }]\ntrigger_order: { Pier: [Calm, "*", Storm] }\n';
    expect(readOne(text).desired?.orders[0]).toMatchObject({ keys: ['Storm'], star: 0 });
    expect(readOne(text, { portal: 'island' }).desired?.orders[0]).toMatchObject({ keys: ['Calm', 'Storm'], star: 1 });
  });

  it('says nothing of a rule that has mistakes of its own', () => {
    expect(readOne('trigger_rules: [{ title: Storm, app: Pier, colour: grey }]\ntrigger_order: { Pier: [Storm] }\n').findings).toEqual([
      'unknown-key a.yaml:1:44+6',
    ]);
  });

  it('for an app without rules knows no names', () => {
    const outcome = readOne('trigger_rules: []\ntrigger_order: { Pier: [Storm], Quay: [] }\n');
    expect(outcome.findings).toEqual(['unknown-name a.yaml:2:25+5']);
    expect(wordsOf(outcome)[0]).toContain('No file describes a rule of "Pier".');
  });

  it('does not make its kind managed', () => {
    const outcome = readOne('trigger_order: { Pier: [Storm] }\n');
    expect(outcome.findings).toEqual(['order-without-rules a.yaml:1:1+13']);
    expect(wordsOf(outcome)[0]).toBe(
      'trigger_order orders trigger rules, but no file has trigger_rules | Describe them, or take trigger_order out: what no file describes is not managed.',
    );
  });

  it('stands once for each app', () => {
    const outcome = read({
      'a.yaml': 'trigger_rules: [{ title: Storm, app: Pier }]\ntrigger_order: { Pier: [Storm] }\n',
      'b.yaml': '\ntrigger_order: { Pier: [Storm] }\n',
    });
    expect(outcome.findings).toEqual(['described-twice b.yaml:2:18+4']);
    expect(wordsOf(outcome)[0]).toBe('the order of the trigger rules of "Pier" stands in a.yaml:2 already | Keep one list for each app.');
  });

  it.each<[string, string]>([
    ['trigger_order: [Storm]\n', 'wrong-type a.yaml:2:16+7'],
    ['trigger_order:\n', 'wrong-type a.yaml:2:1+13'],
  ])('%j is none', (text, place) => {
    expect(readOne(`trigger_rules: []\n${text}`).findings).toEqual([place]);
  });
});
