import { describe, expect, it } from 'vitest';
import { parseFiles } from '../../src/desired/index.ts';
import { placeText, read, readOne, wordsOf } from './support/read.ts';

const parse = (text: string) => {
  const { value, diagnostics } = parseFiles([{ path: 'a.yaml', text }]);
  return {
    complete: value?.[0]?.complete,
    documents: value?.[0]?.documents.length,
    findings: diagnostics.map(placeText),
    words: diagnostics.map(({ message, hint }) => `${message} | ${hint ?? ''}`),
  };
};

describe('a file that says nothing', () => {
  it.each(['', '\n\n', '# only a comment\n', '---\n', '---\n# x\n---\n', '\ufeff', '%YAML 1.2\n---\n'])('%j is fine', (text) => {
    expect(parse(text)).toEqual({ complete: true, documents: 0, findings: [], words: [] });
  });
});

describe('syntax errors stand at their place, in words of our own', () => {
  it.each<[string, string, string]>([
    ['webhooks:\n\t- url: x\n', 'syntax a.yaml:2:1+1', 'a tab stands where the line is indented'],
    ['webhooks:\n  - url: x\n\ttype: data\n', 'syntax a.yaml:3:1+1', 'a tab stands where the line is indented'],
    ['webhooks:\n  - url: "buoy\n    type: data\n', 'syntax a.yaml:2:10+5', 'a quote is opened and not closed'],
    ["webhooks:\n  - url: 'buoy\n", 'syntax a.yaml:2:10+5', 'a quote is opened and not closed'],
    ['webhooks:\n  - url: a: b\n', 'syntax a.yaml:2:10+1', 'a key with a colon stands inside of a value'],
    ['webhooks:\n  - url: x\n     type: data\n', 'syntax a.yaml:2:10+1', 'a key with a colon stands inside of a value'],
    ['visitor_routing_order:\n  Pier:\n    - *\n', 'syntax a.yaml:3:7+1', 'a single * means an alias in YAML'],
    ['webhooks:\n  - url x\n    type: data\n', 'syntax a.yaml:2:5+5', 'a key with its colon was expected here'],
    ['webhooks:\n  - url: x\n   type: data\n', 'syntax a.yaml:3:1+1', 'an entry of a list begins with "- "'],
    ['webhooks: [ {url: x, type: data }\nfoo: 1\n', 'syntax a.yaml:2:1+1', 'what was opened with a bracket is not closed before this place'],
    ['a: {url: x type: y}\n', 'syntax a.yaml:1:10+9', 'between brackets, a key or "- " stands inside of a value'],
    ['a: %x\n', 'syntax a.yaml:1:4+1', 'a text cannot begin with %'],
    ['a: @x\n', 'syntax a.yaml:1:4+1', 'a text cannot begin with @'],
    ['a: "\\d"\n', 'syntax a.yaml:1:5+1', 'this escape does not exist in a text in double quotes'],
    ["a: 'it's'\n", 'syntax a.yaml:1:8+2', 'something stands behind the end of a value'],
    ['a: "x"#c\n', 'syntax a.yaml:1:7+2', 'a blank is missing before #'],
    ['a: |\nfoo\n', 'syntax a.yaml:2:1+3', 'a key without a colon'],
    ['a: {b: ${x}}\n', 'syntax a.yaml:1:9+1', 'a placeholder between brackets stands in quotes'],
    ['a: [${x}]\n', 'syntax a.yaml:1:6+1', 'a placeholder between brackets stands in quotes'],
    ['a: [1 2\n', 'syntax a.yaml:1:7+1', 'what was opened with a bracket is not closed before this place'],
    ['a: {b: 1,, c: 2}\n', 'syntax a.yaml:1:10+1', 'a comma too many'],
  ])('%j', (text, place, message) => {
    const { findings, words, complete } = parse(text);
    expect([findings, complete]).toEqual([[place], false]);
    expect(words[0]).toContain(`${message} | `);
    expect(words[0]?.endsWith('| ')).toBe(false);
  });

  it("every message that is not ours says so, with the parser's own", () => {
    expect(parse('a: ]\n').words[0]).toMatch(/^this is not YAML: .+ \| Check the indentation/);
  });

  it('one line gives one finding and a document at most five', () => {
    expect(parse('a: [}}}}]]\n').findings.length).toBe(1);
    expect(parse(Array.from({ length: 40 }, (_none, index) => `k${index}: @x\n`).join('')).findings.length).toBe(5);
  });

  it('takes the carriage return for a part of the line break', () => {
    expect(parse('a: 1\r\nb: "x\r\n').findings).toEqual(['syntax a.yaml:2:4+2']);
  });
});

describe('what YAML allows and resources do not', () => {
  it.each<[string, string, string]>([
    ['a: 1\nb: 2\na: 3\n', 'duplicate-key a.yaml:3:1+1', '"a" stands in this mapping twice; the first is in line 1'],
    ['a: {b: 1, "b": 2}\n', 'duplicate-key a.yaml:1:11+3', '"b" stands in this mapping twice; the first is in line 1'],
    ['x-a: &a {k: 1}\nx-b: {<<: *a, <<: *a}\n', 'duplicate-key a.yaml:2:15+2', '"<<" stands in this mapping twice'],
    ['a: !!binary aGk=\n', 'tag a.yaml:1:13+4', 'tags such as !!binary are not read'],
    ['a: !lamp [1]\n', 'tag a.yaml:1:10+3', 'tags such as !lamp are not read'],
    ['a: !!int 3\n', 'tag a.yaml:1:10+1', 'tags such as !!int are not read'],
    ['a: !!set {x}\n', 'tag a.yaml:1:10+3', 'tags such as !!set are not read'],
    ['- a\n', 'not-a-mapping a.yaml:1:1+3', 'but this is a list'],
    ['hello\n', 'not-a-mapping a.yaml:1:1+5', 'but this is a text'],
    ['? [a]\n: b\n', 'bad-key a.yaml:1:3+3', 'a key must be a plain text'],
    ['? {a: 1}\n: b\n', 'bad-key a.yaml:1:3+6', 'a key must be a plain text'],
    [': x\n', 'bad-key a.yaml:1:1+1', 'a key is missing before the colon'],
    ['~: x\n', 'bad-key a.yaml:1:1+1', 'a key is missing before the colon'],
    ['a: {__proto__: 1}\n', 'bad-key a.yaml:1:5+9', 'this key cannot be used'],
    ['a: *b\n', 'unknown-anchor a.yaml:1:4+2', 'no &b stands before *b'],
    ['a: &x [*x]\n', 'endless-alias a.yaml:1:8+2', '*x stands inside of &x and would never end'],
    ['a: {<<: 5}\n', 'bad-merge a.yaml:1:9+1', '<< takes a mapping'],
    ['x-a: &a x\nb: {*a : 1}\n', 'bad-key a.yaml:2:5+2', 'a key must be a plain text'],
  ])('%j', (text, place, message) => {
    const { findings, words, complete } = parse(text);
    expect([findings, complete]).toEqual([[place], false]);
    expect(words[0]).toContain(message);
  });

  it('!!str is a text like a quoted one', () => {
    expect(readOne('webhooks:\n  - { url: !!str 12, type: data }\n').desired?.resources[0]?.spec).toEqual({ url: '12', type: 'data' });
  });

  it('nesting ends at 60, and far deeper nesting ends the reading', () => {
    expect(parse(`a: ${'['.repeat(59)}${']'.repeat(59)}`).findings).toEqual([]);
    expect(parse(`a: ${'['.repeat(70)}${']'.repeat(70)}`).findings).toEqual(['too-deep a.yaml:1:64+20']);
    expect(parse(`a: ${'['.repeat(50_000)}`).findings).toEqual(['syntax a.yaml:1:202+1']);
    expect(parse('- '.repeat(50_000)).words[0]).toContain('values nest too deeply to be read');
    expect(parse('{'.repeat(50_000)).words[0]).toContain('values nest too deeply to be read');
  });
});

describe('anchors, aliases and merge keys', () => {
  const rule = (text: string) => readOne(text).desired?.resources.map(({ spec }) => spec);

  it('stand for what they name, anywhere in the document', () => {
    expect(
      rule('x-when: &when [{ field: country, comparator: is_equal_to, values: [Norway] }]\nlead_scoring_rules:\n  - { key: fjord, points: 3, when: *when }\n'),
    ).toEqual([{ points: 3, when: [{ field: 'country', comparator: 'is_equal_to', values: ['Norway'] }], enabled: true }]);
  });

  it('a merge key gives what the mapping itself does not say, the first of several winning', () => {
    const text =
      'x-base: &base { type: data, secured: true }\n.more: &more { secured: false, events: [tag.created] }\nwebhooks:\n  - { <<: [*base, *more], url: x }\n  - <<: *base\n    url: y\n    secured: false\n';
    expect(rule(text)).toEqual([
      { url: 'x', type: 'data', secured: true, events: ['tag.created'] },
      { url: 'y', secured: false, type: 'data' },
    ]);
  });

  it('an anchor is that of the last place before', () => {
    expect(rule('x-a: &a buoy\nx-b: &a beacon\nwebhooks: [{ url: *a, type: data }]\n')?.[0]?.['url']).toBe('beacon');
  });

  it('errors inside of an aliased value are told where it is written, the value itself at the alias', () => {
    expect(readOne('x-a: &a [{ field: country, comparator: is_equal_to, valves: [x] }]\nlead_scoring_rules:\n  - { key: k, when: *a }\n').findings).toEqual([
      'unknown-key a.yaml:1:53+6',
    ]);
    expect(readOne('x-a: &a 5\nlead_scoring_rules:\n  - { key: k, when: *a }\n').findings).toEqual(['wrong-type a.yaml:3:21+2']);
  });

  it('a bomb of aliases is an error at the alias that goes too far, told once', () => {
    const layers = Array.from(
      { length: 9 },
      (_none, index) => `x-${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(', ')}]\n`,
    );
    const { findings, words } = parse(`x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n${layers.join('')}`);
    expect(findings).toEqual(['too-many-aliases a.yaml:6:11+3']);
    expect(words[0]).toContain('more than 200000 values');
  });

  it('a bomb in pieces, one for each document, goes no further', () => {
    const document = `x-0: &a0 [${Array.from({ length: 300 }, () => '1').join(', ')}]\nx-1: &a1 [${Array.from({ length: 300 }, () => '*a0').join(', ')}]\n---\n`;
    expect(parse(document.repeat(9)).findings.length).toBe(1);
  });

  it('aliases of aliases count as deep as they lead', () => {
    const layers = Array.from({ length: 70 }, (_none, index) => `x-${index + 1}: &a${index + 1} [*a${index}]\n`);
    expect(parse(`x-0: &a0 [1]\n${layers.join('')}`).findings[0]).toBe('too-deep a.yaml:60:13+4');
  });
});

describe('several documents', () => {
  it('are read one after the other, keys repeating', () => {
    expect(
      readOne('webhooks: [{ url: x, type: data }]\n---\nwebhooks:\n  - { url: y, type: data }\n').desired?.resources.map(({ key, origin }) => [
        key,
        origin.line,
      ]),
    ).toEqual([
      ['data x', 1],
      ['data y', 4],
    ]);
  });

  it('a broken one hides nothing of the others', () => {
    const outcome = readOne('webhooks: [{ url: x, type: dato }]\n---\nb: [\n---\nwebhook: []\n');
    expect(outcome.findings).toEqual(['syntax a.yaml:4:1+1', 'wrong-value a.yaml:1:28+4', 'unknown-key a.yaml:5:1+7']);
    expect(outcome.desired).toBeUndefined();
  });
});

describe('a file that is not complete', () => {
  it('gives no desired state, even where all else is fine', () => {
    expect(read({ 'a.yaml': 'webhooks: []\n', 'b.yaml': 'a: [\n' }).desired).toBeUndefined();
  });

  it('is never taken for one that lacks a name', () => {
    const { findings } = read({
      'a.yaml': 'visitor_routing_rules: [{ title: Fog, app: Pier }]\nvisitor_routing_order: { Pier: [Fog, Storm] }\nchat_routing_order: { Pier: [x] }\n',
      'b.yaml': 'visitor_routing_rules:\n  - title: Storm\n    app: "Pier\n',
    });
    expect(findings).toEqual(['syntax b.yaml:3:10+5']);
  });

  it('an unread one counts as such', () => {
    const { value } = parseFiles([{ path: 'c.yaml', text: '', unread: true }]);
    expect(value?.[0]?.complete).toBe(false);
  });
});

it('says what to do', () => {
  expect(wordsOf(readOne('x-a: &lamp 1\nx-b: *lump\n'))).toEqual([
    'no &lump stands before *lump | Did you mean *lamp? A text that begins with * is written in quotes: "*lump".',
  ]);
});
