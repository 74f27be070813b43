/**
 * One HTML file that needs nothing else. Its policy forbids every request and
 * every style and script but the two that are written here, by their hashes:
 * what slipped through the escaping would still do nothing.
 */
import { createHash } from 'node:crypto';
import { html, type Markup, verbatim } from './markup.ts';
import { script } from './script.ts';
import { styleSheet } from './style-sheet.ts';

export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Rules of this page alone. */
  readonly styles?: string;
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const policy = (styles: string): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(styles)}`,
    `script-src ${hashOf(script)}`,
    // The picture in the tab stands in the page itself; without one, browsers ask the server for it.
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#1b5fb4"/><path d="M4 6h8M4 10h5" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>',
)}`;

/** Signs as references, in elements and attributes: browsers read a page of plain ASCII quicker. Letters stay as they are. */
const withReferences = (text: string): string => text.replace(/[\u00b7\u2010-\u2bff]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The text of the file. The same page is the same bytes. */
export const pageText = ({ title, body, styles = '' }: Page): string => {
  const sheet = `${styleSheet}${styles}`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(sheet)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${icon}">
<style>${verbatim(sheet)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<section class="scheme" aria-label="Colours of the page" hidden><label>Colours <select id="scheme"><option value="">as the system</option><option value="light">light</option><option value="dark">dark</option></select></label></section>
${verbatim(withReferences(body.markup))}
<footer><p>Written by salesiq-sync. This page loads nothing and sends nothing.</p></footer>
<script>${verbatim(script)}</script>
</body>
</html>`;
  return `${page.markup}\n`;
};
