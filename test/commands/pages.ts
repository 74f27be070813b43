/** What must be true of every page, whatever it shows. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const inside = (page: string, tag: string): readonly string[] =>
  [...page.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map(([, text]) => text ?? '');

/** One style and one script, both as the page's policy names them: nothing has changed a byte of them. */
export const expectSound = (page: string): void => {
  const [policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.slice(1) ?? [];
  const allowed = policy.replaceAll('&#39;', "'");
  for (const tag of ['style', 'script']) {
    const parts = inside(page, tag);
    expect(parts.length).toBe(1);
    expect(allowed).toContain(hashOf(parts[0] ?? ''));
  }
  expect(page.startsWith('<!doctype html>')).toBe(true);
  expect(page.endsWith('</html>\n')).toBe(true);
};

/** The words of a page, as somebody reads them. */
export const wordsOf = (page: string): string =>
  page
    .slice(page.indexOf('<body>'), page.lastIndexOf('<script>'))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#(\d+);/g, (_whole, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');
