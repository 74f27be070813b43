/** Places in files: a link to the line at the commit where it is known where the files can be seen, else only text. */
import type { Origin } from '../../model/index.ts';
import { foreign, html, type Markup } from './markup.ts';

/** Where the project's files can be seen, without a slash at the end: `https://github.com/acme/support/blob/1f2e3d`. */
export type LinkBase = string;

/** A file name with a lone surrogate has no form for an address. */
const pathOf = (file: string): string | undefined => {
  try {
    return file.split('/').map(encodeURIComponent).join('/');
  } catch {
    return undefined;
  }
};

/** Nothing but the web: a page must not run what a flag or a variable says. */
const isWeb = (base: string): boolean => /^https?:\/\/[^/\s]/i.test(base);

/** `routing/acme-shop.yaml:12`, as a link where there is a base. */
export const placeLink = (origin: Origin, base: LinkBase | undefined): Markup => {
  const { file, line } = origin;
  const text = html`${foreign(file)}:${line}`;
  const path = base === undefined || !isWeb(base) ? undefined : pathOf(file);
  if (base === undefined || path === undefined) return html`<span class="at">${text}</span>`;
  return html`<a class="at" href="${`${base.replace(/\/+$/, '')}/${path}#L${line}`}" rel="noopener noreferrer">${text}</a>`;
};
