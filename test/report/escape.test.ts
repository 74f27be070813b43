import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan, escapeHtml, escapeJson, escapeMarkdown, escapeText } from '../../src/report/index.ts';
import { anyText } from './any-plan.ts';
import { unprintable } from './terminal.ts';

describe('text for a terminal', () => {
  it.each([
    ['a colour', '\u001b[31mred', '\\u001b[31mred'],
    ['nothing at all', 'a\u0000b', 'a\\u0000b'],
    ['delete', 'a\u007fb', 'a\\u007fb'],
    ['a C1 control', '\u009b31m', '\\u009b31m'],
    ['line breaks and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['a line separator', 'a\u2028b', 'a\\u2028b'],
    ['text turned around', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['what has no width', 'a\u200bb\u200dc\ufeff', 'a\\u200bb\\u200dc\\ufeff'],
    ['hidden tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['marks of annotation', 'a\ufff9b', 'a\\ufff9b'],
    ['half a character', 'a\ud800b', 'a\\ud800b'],
  ])('makes %s visible', (_what, text, visible) => {
    expect(escapeText(text)).toBe(visible);
  });

  it('leaves what people write alone', () => {
    const text = 'Größe 港 🚢 ❤\ufe0f e\u0301 "x" \\ <b> č';
    expect(escapeText(text)).toBe(text);
  });

  it('has no line break and nothing that steers, whatever goes in', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(unprintable(escapeText(text).replaceAll('\n', '\u0000'))).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });
});

describe('text for a page', () => {
  it('has no tags, quotes or entities of its own', () => {
    expect(escapeHtml(`<a href="x">&amp;'</a>\u202e`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;amp;&#39;&lt;/a&gt;\\u202e');
    expect(escapeHtml('two\nlines\tand')).toBe('two\nlines\tand');
  });
});

/** A backtick, bar or other sign that no backslash takes the meaning from. */
const bare = (sign: string): RegExp => new RegExp(`(?<!\\\\)(?:\\\\\\\\)*[${sign}]`);

describe('text for a comment', () => {
  it.each([
    ['closing what it stands in', '</details><img src=x onerror=y>', '&lt;/details&gt;&lt;img src=x onerror=y&gt;'],
    ['mentions', 'ask @harbour/pilots', 'ask @&#8203;harbour/pilots'],
    ['issue numbers', 'see #12, quay#7 and GH-8', 'see \\#&#8203;12, quay\\#&#8203;7 and GH-&#8203;8'],
    ['images and links', '![x](https://x.test)', '\\!\\[x\\](https:&#8203;//x.test)'],
    ['bare addresses', 'www.harbour.test', 'www&#8203;.harbour.test'],
    ['cells of a table', 'a|b', 'a\\|b'],
    ['code', '`rm`', '\\`rm\\`'],
    ['a backslash before a sign', '\\`', '\\\\\\`'],
    ['a list', '- a', '\\- a'],
    ['a numbered list', '12. a', '12\\. a'],
    ['a heading', '# a', '\\# a'],
    ['an indented block', '    a', '&#32;   a'],
    ['a new line', 'a\n> b', 'a\\\\n&gt; b'],
    ['entities', '&lt;', '&amp;lt;'],
    ['formulas', '$x$', '\\$x\\$'],
  ])('is no way of %s', (_what, text, safe) => {
    expect(escapeMarkdown(text)).toBe(safe);
  });

  it('has no tag, no bare sign, no mention and no issue number, whatever goes in', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const text = escapeMarkdown(`${a}@${b}#${b}`);
        expect(text).not.toMatch(/[<>\n]/);
        for (const sign of ['`', '|', '*', '_', '~', '$', '\\[', '\\]', '!']) expect(text).not.toMatch(bare(sign));
        expect(text).not.toMatch(/@(?!&#8203;)/);
        expect(text.replaceAll(/&#(8203|32);/g, ' ')).not.toMatch(/#\d/);
        expect(text).not.toMatch(/:\/\//);
      }),
      { numRuns: 1000 },
    );
  });
});

/** What CommonMark shows for a text that is one code span; undefined where it is not one. */
const shownOf = (markdown: string): string | undefined => {
  const fence = /^`+/.exec(markdown)?.[0] ?? '';
  const inner = markdown.slice(fence.length, markdown.length - fence.length);
  if (fence === '' || !markdown.endsWith(fence) || inner.startsWith('`') || inner.endsWith('`')) return undefined;
  if ((inner.match(/`+/g) ?? []).some((run) => run.length === fence.length)) return undefined;
  return inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== '' ? inner.slice(1, -1) : inner;
};

describe('code in a comment', () => {
  it('shows exactly the text, whatever backticks and blanks it has', () => {
    expect(codeSpan('a`b')).toBe('``a`b``');
    expect(codeSpan('`')).toBe('`` ` ``');
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          fc.array(fc.constantFrom('`', '``', ' ', 'a')).map((parts) => parts.join('')),
        ),
        (text) => {
          const expected = escapeText(text);
          fc.pre(expected.trim() !== '');
          expect(shownOf(codeSpan(text))).toBe(expected);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('has a fence that no line inside can close', () => {
    expect(codeBlock(['a', '```', '`````b'], 'diff')).toBe('``````diff\na\n```\n`````b\n``````');
  });
});

describe('text in JSON', () => {
  it('says what it said, and nothing that steers a terminal', () => {
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const shown = escapeJson(JSON.stringify(texts, null, 2));
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(texts)));
        expect(unprintable(shown)).toBeUndefined();
      }),
    );
  });
});
