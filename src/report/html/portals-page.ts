/** Several portals: how it stands with each, and where its page is. */
import { escapeText } from '../escape.ts';
import { summaryLine } from '../footer.ts';
import { type PortalSection, portalsSummary, type Standing, standingWords } from '../portals.ts';
import { html, type Markup } from './markup.ts';
import type { About } from './overview.ts';
import { pageText } from './page.ts';

export interface PortalLink extends PortalSection {
  /** The name of its page, in the same folder. */
  readonly page: string;
}

const looks: Readonly<Record<Standing, { readonly sign: string; readonly look: string }>> = {
  settled: { sign: '✓', look: 'done' },
  changes: { sign: '•', look: 'changes' },
  blocked: { sign: '✗', look: 'failed' },
  stale: { sign: '✗', look: 'failed' },
  partial: { sign: '✗', look: 'failed' },
  failed: { sign: '✗', look: 'failed' },
  interrupted: { sign: '✗', look: 'failed' },
};

const line = ({ portal, standing, plan, error, page }: PortalLink): Markup => {
  const { sign, look } = looks[standing];
  const told = plan === undefined ? (error?.message ?? '') : summaryLine(plan);
  return html`<li class="finding"><h3><a href="${encodeURIComponent(page)}"><bdi>${escapeText(portal)}</bdi></a></h3><p class="verdict ${look}"><span class="badge"><span aria-hidden="true">${sign}</span> ${standingWords[standing]}</span> <span><bdi>${escapeText(told)}</bdi></span></p></li>`;
};

/** The text of the file. Values that are hidden must be hidden in the plans and errors already. */
export const portalsPage = (links: readonly PortalLink[], about: About = 'plan'): string => {
  const title = about === 'drift' ? 'Drift' : 'Plans';
  const summary = portalsSummary(links.map(({ standing }) => standing));
  const body = html`<div class="page"><header class="top"><p class="kind-of-page">salesiq-sync ${about}</p><h1>${title}</h1><p class="verdict"><strong>${summary}</strong></p></header><main id="content" tabindex="-1"><section class="box" aria-labelledby="portals"><h2 id="portals">Portals</h2><ul class="findings">${links.map(line)}</ul></section></main></div>`;
  return pageText({ title: `${title}: ${summary}`, body });
};
