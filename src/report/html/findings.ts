/** What is wrong and why the plan is blocked, with what to do about it. */
import type { Diagnostic, Origin, Plan, Refusal } from '../../model/index.ts';
import { linesFrom, type Sources } from '../diagnostics-text.ts';
import { excerptOf } from '../excerpt.ts';
import { diagnosticsOf } from '../findings.ts';
import { counted } from '../words.ts';
import type { NameOf } from './changes.ts';
import { type LinkBase, placeLink } from './links.ts';
import { html, type Markup } from './markup.ts';

interface Places {
  readonly base: LinkBase | undefined;
  readonly lineOf: (origin: Origin) => string | undefined;
}

const lines = (text: string): string => text.trimEnd().replaceAll('\r\n', '\n');

const findingView = (word: string, className: string, finding: Diagnostic | Refusal, more: Markup | undefined, { base, lineOf }: Places): Markup => {
  const { code, hint, message, origin } = finding;
  return html`<li class="finding ${className}"><p class="message"><strong class="word">${word}</strong> <bdi>${lines(message)}</bdi> <code class="code">${code}</code></p>${
    origin === undefined ? undefined : html`<p>${placeLink(origin, base)}</p>${excerpt(origin, lineOf(origin))}`
  }${hint === undefined ? undefined : html`<p class="hint"><bdi>${lines(hint)}</bdi></p>`}${more}</li>`;
};

/** The line of the file with the place underlined, where the files are at hand. */
const excerpt = (origin: Origin, line: string | undefined): Markup | undefined => {
  if (line === undefined || line.trim() === '') return undefined;
  const { source, underline } = excerptOf(line, origin.column, origin.length ?? 1);
  const number = String(origin.line);
  return html`<pre class="excerpt" tabindex="0" aria-label="Line ${number}">${`${number} | ${source}\n${' '.repeat(number.length)} | ${underline}`}</pre>`;
};

/** Why the guard says no: each refusal, and the change that it is about. */
export const refusalSection = (plan: Plan, nameOf: NameOf, base: LinkBase | undefined): Markup | undefined => {
  const { refusals } = plan;
  if (refusals.length === 0) return undefined;
  const about = new Map(plan.changes.map((change) => [change.address, nameOf(change)]));
  const views = refusals.map((refusal) => {
    const name = refusal.address === undefined ? undefined : about.get(refusal.address);
    const link = name === undefined ? undefined : html`<p><a href="${`#${name}`}">See the change</a></p>`;
    return findingView('blocked', 'bad', refusal, link, { base, lineOf: () => undefined });
  });
  return html`<section class="box bad" aria-labelledby="blocked"><h2 id="blocked">Blocked: ${counted(refusals.length, 'reason')}</h2><p>Apply writes nothing as long as one of these stands.</p><ul class="findings">${views}</ul></section>`;
};

/** Errors first, then warnings: of a plan, or of what kept it from being made. */
export const findingsSection = (plan: Pick<Plan, 'diagnostics'>, sources: Sources | undefined, base: LinkBase | undefined): Markup | undefined => {
  const diagnostics = diagnosticsOf(plan);
  if (diagnostics.length === 0) return undefined;
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const title = [...(errors > 0 ? [counted(errors, 'error')] : []), ...(warnings > 0 ? [counted(warnings, 'warning')] : [])].join(', ');
  const places: Places = { base, lineOf: linesFrom(sources ?? (() => undefined)) };
  const views = diagnostics.map((one) => findingView(one.severity, one.severity === 'error' ? 'bad' : 'caution', one, undefined, places));
  return html`<section class="box ${errors > 0 ? 'bad' : 'caution'}" aria-labelledby="findings"><h2 id="findings">Findings: ${title}</h2><ul class="findings">${views}</ul></section>`;
};
