/** Why there is no page of a plan: what failed, where, and what to do. */
import type { Diagnostic } from '../../model/index.ts';
import type { Sources } from '../diagnostics-text.ts';
import { callText, codeText, type ErrorInfo } from '../error-text.ts';
import { escapeText } from '../escape.ts';
import { findingsSection } from './findings.ts';
import type { LinkBase } from './links.ts';
import { html, type Markup } from './markup.ts';
import type { About } from './overview.ts';
import { pageText } from './page.ts';

export interface FailurePageInput {
  /** What there is none of; a plan if absent. */
  readonly about?: About;
  /** Absent where it failed before that was clear. */
  readonly portal?: string;
  readonly error: ErrorInfo;
  readonly diagnostics: readonly Diagnostic[];
  /** The files as read, for the lines of findings. */
  readonly sources: Sources;
  /** Where files can be seen at the commit; places are plain text without. */
  readonly linkBase?: LinkBase;
}

const words = {
  plan: { alone: 'No plan', before: 'No plan for ', after: '' },
  drift: { alone: 'Drift is not known', before: 'Drift of ', after: ' is not known' },
} as const;

const firstLine = (text: string): string => text.trimEnd().split(/\r?\n/)[0] ?? '';

/** The text of the file. Values that are hidden must be hidden in the error and the findings already. */
export const failurePage = ({ about = 'plan', portal, error, diagnostics, sources, linkBase }: FailurePageInput): string => {
  const { alone, before, after } = words[about];
  const heading = portal === undefined ? html`${alone}` : html`${before}<bdi>${escapeText(portal)}</bdi>${after}`;
  const title = portal === undefined ? alone : `${before}${portal}${after}`;
  const top = html`<header class="top"><p class="kind-of-page">salesiq-sync ${about}</p><h1>${heading}</h1><p class="verdict failed"><span class="badge"><span aria-hidden="true">✗</span> Failed</span> <strong><bdi>${firstLine(error.message)}</bdi></strong></p></header>`;
  const body = html`<div class="page">${top}<main id="content" tabindex="-1">${errorBox(error)}${findingsSection({ diagnostics }, sources, linkBase)}</main></div>`;
  return pageText({ title: escapeText(`${title}: ${firstLine(error.message)}`), body });
};

/** What the head has no room for: the rest of the message, the call where one was made, the code; and the advice. */
const errorBox = (error: ErrorInfo): Markup | undefined => {
  const { message, hint } = error;
  const call = callText(error);
  const code = codeText(error);
  const rest = message.trimEnd().replaceAll('\r\n', '\n').slice(firstLine(message).length).trim();
  const facts = [
    ...(rest === '' ? [] : [html`<p class="message"><bdi>${rest}</bdi></p>`]),
    ...(call === '' ? [] : [html`<p>Call: <code>${call}</code></p>`]),
    ...(code === '' ? [] : [html`<p>The service named: <code>${code}</code></p>`]),
  ];
  if (facts.length === 0 && hint === undefined) return undefined;
  return html`<section class="box bad" aria-labelledby="failed"><h2 id="failed">${facts.length === 0 ? 'What to do' : 'What failed'}</h2>${facts}${
    hint === undefined ? undefined : html`${facts.length === 0 ? undefined : html`<h3>What to do</h3>`}<p class="hint"><bdi>${hint.trimEnd()}</bdi></p>`
  }</section>`;
};
