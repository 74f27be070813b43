import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linedText } from '../../src/desired/lines.ts';
import { parseWhole } from '../../src/desired/parse-files.ts';
import { parseSliced } from '../../src/desired/parse-sliced.ts';
import type { Tree } from '../../src/desired/tree.ts';

/** Ends of lists and mappings are nobody's concern: only their beginnings are shown. */
const shape = (tree: Tree): unknown => {
  switch (tree.type) {
    case 'text':
      return [tree.text, tree.plain, tree.start, tree.end];
    case 'list':
      return tree.members.map(shape);
    case 'mapping':
      return tree.entries.map(({ key, start, end, value }) => [key, start, end, shape(value)]);
    case 'broken':
      return 'broken';
  }
};

const whole = (text: string) => {
  const { file, diagnostics } = parseWhole(linedText('a.yaml', text));
  return diagnostics.length > 0 ? 'findings' : file.documents.filter(({ entries }) => entries.length > 0).map(shape);
};

/** Where slices are taken, they are as the whole is. */
const agrees = (text: string): void => {
  const sliced = parseSliced(text);
  if (sliced !== undefined) expect(sliced.map(shape)).toEqual(whole(text));
};

describe('a file in slices', () => {
  it.each([
    'webhooks:\n  - url: x\n    type: data\n  - url: y\n',
    'webhooks:\n- url: x\n  type: data\n- url: y\n',
    'webhooks: # all\n# one\n  # two\n  - url: x\n\n# three\n  - url: y # four\n',
    'a:\n  - x\nb: 5\nc: { d: [1,\n  2] }\ne:\n  f: g\nh: |\n  text\n  - no item\n',
    '---\na:\n  - 1\n---\nb:\n  - 2\n---\n',
    'a:\r\n  - 1\r\n  - b: c\r\n    d: "e\r\n      f"\r\n',
    'a:\n  - |\n    - not an item\n    text\n  - - nested\n    - list\n  -\n  - {}\n',
    'a:\n  -\n    b: c\n  -\n    d: e',
    'a:\nb:\nc: ~\n',
    `a:\n${Array.from({ length: 900 }, (_none, index) => `  - k${index}: ${'v'.repeat(index % 40)}\n`).join('')}z: 1\n`,
  ])('%j is the same as the whole', (text) => {
    expect(parseSliced(text)).toBeDefined();
    agrees(text);
  });

  it.each<[string, string]>([
    ['an anchor', 'a: &x 1\n'],
    ['an alias', 'a: [*x]\n'],
    ['a key twice', 'a:\n  - 1\na:\n  - 2\n'],
    ['a key twice among short ones', 'a: 1\na: 2\n'],
    ['a mistake', 'a:\n  - 1\n  - "x\n'],
    ['a mistake of ours', 'a:\n  - !lamp x\n'],
    ['a list at the top', '- a\n'],
    ['a quoted key', '"a": 1\n'],
    ['a tab', 'a:\n\t- 1\n'],
    ['a directive', '%YAML 1.2\n---\na: 1\n'],
    ['an end of the document', 'a: 1\n...\n'],
    ['a value beside the dashes', '--- {a: 1}\n'],
    ['an entry out of line', 'a:\n  - 1\n - 2\n'],
    ['a merge key', '<<: { a: 1 }\n'],
    ['a strange line break', 'a: 1\rb: 2\n'],
  ])('is not taken with %s', (_name, text) => {
    expect(parseSliced(text)).toBeUndefined();
  });

  const line = fc.constantFrom(
    'a:',
    'b:',
    'c: 1',
    'd: [x, y]',
    'e: "q',
    'q"',
    '- x',
    '- k: v',
    '- - y',
    '  - x',
    '  - k: v',
    '    k: v',
    '    l: [1,',
    '      2]',
    '  k: v',
    '    - z',
    '  - |',
    '      text',
    '    text',
    '# comment',
    '  # comment',
    '',
    '---',
    '...',
    '  - "open',
    '    close"',
    "  - 'it",
    "    is'",
    '? a',
    ': b',
    '  - {',
    '    }',
    '  ]',
    '- [',
    '-',
    '  -',
    '  - >-',
    'x-y: 1',
    'f: |',
    '  - k: "v"',
    '\t- x',
    '  - ? a',
    '    : b',
    'g: plain',
    '  more: of',
    '   odd: 1',
    '- ',
    ' - x',
    '  -x',
    '%T',
    '  - # c',
    'h: !t 1',
    'i:#x',
    'j: #x',
    '  "k": v',
    '  - k:',
    '      - deep',
  );

  it('is the same as the whole wherever it is taken', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 9 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
        const text = lines.join(end) + end;
        if (parseSliced(text) !== undefined) taken += 1;
        agrees(text);
      }),
      { numRuns: 3_000 },
    );
    expect(taken).toBeGreaterThan(100);
  }, 120_000);
});
