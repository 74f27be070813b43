import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/index.ts';
import { diagnosticsText } from '../../src/report/index.ts';
import { anyDiagnostic, anyText } from './any-plan.ts';
import { unprintable, withoutColour } from './terminal.ts';

const unknownKey = (line: number, column: number, length?: number): Diagnostic => ({
  severity: 'error',
  code: 'unknown-key',
  message: 'unknown key "whn"',
  origin: { file: 'quay.yaml', line, column, ...(length === undefined ? {} : { length }) },
  hint: 'Did you mean "when"?',
});

const textOf = (source: string | undefined, ...diagnostics: readonly Diagnostic[]): string => diagnosticsText(diagnostics, () => source, 'plain');

/** What stands above the carets, taking each of these wide signs as two columns. */
const underlined = (text: string): string => {
  const [, source = '', marks = ''] = /^ +\d+ \| (.*)\n +\| (.*)$/m.exec(text) ?? [];
  const columns = Array.from(source).flatMap((sign) => (/[港船員🚢🚀]/u.test(sign) ? [sign, ''] : [sign]));
  return columns.slice(marks.indexOf('^'), marks.length).join('');
};

const marked = (line: string, part: string): string => underlined(textOf(line, unknownKey(1, line.indexOf(part) + 1, part.length)));

describe('findings with their place', () => {
  it('show the line, a caret under all that is meant, and what to do', () => {
    expect(textOf('rules:\n  - whn: []\n', unknownKey(2, 5, 3))).toMatchInlineSnapshot(`
      "quay.yaml:2:5  error: unknown key "whn"  [unknown-key]
        2 |   - whn: []
          |     ^^^
        Did you mean "when"?

      1 error."
    `);
  });

  it('are all shown, in the order given, and counted', () => {
    const warning: Diagnostic = { severity: 'warning', code: 'unknown-word', message: 'first line\nsecond line' };
    expect(textOf('a: 1\r\nb: 2\r\n', unknownKey(1, 1), unknownKey(2, 4), warning)).toMatchInlineSnapshot(`
      "quay.yaml:1:1  error: unknown key "whn"  [unknown-key]
        1 | a: 1
          | ^
        Did you mean "when"?

      quay.yaml:2:4  error: unknown key "whn"  [unknown-key]
        2 | b: 2
          |    ^
        Did you mean "when"?

      warning: first line  [unknown-word]
        second line

      2 errors, 1 warning."
    `);
  });

  it('do without the line where the file or the line is not there', () => {
    const bare = 'quay.yaml:9:1  error: unknown key "whn"  [unknown-key]\n  Did you mean "when"?\n\n1 error.';
    expect(textOf(undefined, unknownKey(9, 1))).toBe(bare);
    expect(textOf('a: 1\n', unknownKey(9, 1))).toBe(bare);
  });

  it('are nothing at all where there are none', () => {
    expect(textOf('a: 1')).toBe('');
  });
});

describe('the caret', () => {
  it('stands right behind tabs', () => {
    expect(textOf('\ta:\twhn', unknownKey(1, 5, 3))).toContain('  1 |     a:  whn\n    |         ^^^\n');
  });

  it('stands right behind signs that are two columns wide', () => {
    expect(marked('港: 船員 whn', 'whn')).toBe('whn');
    expect(marked('🚢 whn 🚀', 'whn')).toBe('whn');
    expect(marked('a: 船員 b', '船員')).toBe('船員');
    expect(textOf('🚢 whn', unknownKey(1, 4, 3))).toContain('  1 | 🚢 whn\n    |    ^^^\n');
  });

  it('stands right behind accents that are signs of their own, and behind what had to be escaped', () => {
    expect(textOf('cafe\u0301 whn', unknownKey(1, 7, 3))).toContain('\n    |      ^^^\n');
    expect(textOf('\u202ea whn', unknownKey(1, 4, 3))).toContain('  1 | \\u202ea whn\n    |         ^^^\n');
  });

  it('underlines no more than the line, and at least one column', () => {
    expect(textOf('a: whn', unknownKey(1, 4, 400))).toContain('\n    |    ^^^\n');
    expect(textOf('a: whn', unknownKey(1, 4, 0))).toContain('\n    |    ^\n');
    expect(textOf('a:', unknownKey(1, 3))).toContain('\n    |   ^\n');
    expect(textOf('a:', unknownKey(1, 99))).toContain('\n    |   ^\n');
    expect(textOf('🚢x', unknownKey(1, 2, 1))).toContain('\n    | ^^\n');
  });

  it('takes an accent together with the letter that it stands on', () => {
    expect(textOf('cafe\u0301 x', unknownKey(1, 5, 1))).toContain('\n    |    ^\n');
  });

  it('is never longer than what is shown of a long line', () => {
    const [, source = '', marks = ''] = textOf('berth '.repeat(500), unknownKey(1, 601, 2_000)).split('\n');
    expect(marks.length).toBeLessThanOrEqual(source.length);
  });

  it('is in sight in a very long line', () => {
    const line = `${'berth '.repeat(2_000)}whn: ${'🚢'.repeat(3_000)}`;
    const text = textOf(line, unknownKey(1, 12_001, 3));
    expect(underlined(text)).toBe('whn');
    expect(text.split('\n')[1]).toMatch(/^ {2}1 \| ….*….*$|^ {2}1 \| ….*…$/u);
    expect(Math.max(...text.split('\n').map((one) => one.length))).toBeLessThan(130);
  });

  it('stands under what is meant, whatever comes before it', () => {
    const before = fc.array(fc.constantFrom('\t', ' ', 'a', 'é', '港', '🚢', '🚀', '\u001b', '員'), { maxLength: 150 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(before, fc.constantFrom('whn', '船員', 'x🚢y'), before, (head, word, tail) => {
        expect(underlined(textOf(head + word + tail, unknownKey(1, head.length + 1, word.length)))).toBe(word);
      }),
      { numRuns: 500 },
    );
  });
});

describe('any findings', () => {
  it('send nothing to a terminal but glyphs and line breaks', () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 3 }), fc.array(anyText, { maxLength: 9 }), (diagnostics, lines) => {
        const text = diagnosticsText(diagnostics, () => lines.join('\n'), 'plain');
        expect(unprintable(text)).toBeUndefined();
        expect(withoutColour(diagnosticsText(diagnostics, () => lines.join('\n'), 'colour'))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('read a file once, however many there are', () => {
    let reads = 0;
    const many = Array.from({ length: 500 }, (_none, index) => unknownKey(index + 1, 1));
    diagnosticsText(
      many,
      () => {
        reads += 1;
        return 'a: 1\n'.repeat(500);
      },
      'plain',
    );
    expect(reads).toBe(1);
  });
});
