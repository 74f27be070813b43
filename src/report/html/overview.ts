/** The head of a page: what it comes to, what it costs, how near it comes to the limits. */
import type { Action, LimitUse, Plan, Summary } from '../../model/index.ts';
import { escapeText } from '../escape.ts';
import { baseLines, costLine, errorsOf, limitLines, summaryLine } from '../footer.ts';
import { actions } from './changes.ts';
import { html, type Markup } from './markup.ts';

/** What a page is about. */
export type About = 'plan' | 'drift';

/** What the plan comes to, in a word; colours and signs follow from it. */
export type Verdict = 'broken' | 'blocked' | 'changes' | 'settled';

export const verdictOf = (plan: Plan): Verdict => {
  if (errorsOf(plan) > 0) return 'broken';
  if (plan.refusals.length > 0) return 'blocked';
  return plan.changes.length > 0 ? 'changes' : 'settled';
};

const verdicts: Readonly<Record<Verdict, { readonly sign: string; readonly word: string }>> = {
  broken: { sign: '✗', word: 'No plan' },
  blocked: { sign: '✗', word: 'Blocked' },
  changes: { sign: '•', word: 'Changes' },
  settled: { sign: '✓', word: 'Nothing to do' },
};

/** Words of drift, where they are other ones: a difference in kinds that are only observed is drift too. */
const driftWords = (plan: Plan): { readonly verdict: Verdict; readonly word: string } => {
  const verdict = verdictOf(plan);
  if (verdict === 'broken') return { verdict, word: 'Not compared' };
  return plan.changes.length > 0 || plan.observed.length > 0 ? { verdict: 'changes', word: 'Drift' } : { verdict: 'settled', word: 'No drift' };
};

/** The one sentence at the top. */
export const headline = (plan: Plan, about: About): string => {
  const line = summaryLine(plan);
  return about === 'drift'
    ? line
        .replace(/^Plan:/, 'To bring it back:')
        .replace(/^No plan:/, 'Not compared:')
        .replace(/^No changes\. /, 'No drift. ')
        .replace(/^No changes to apply\./, 'Nothing to bring back:')
    : line;
};

export const overview = (plan: Plan, about: About): Markup => {
  const verdict = about === 'drift' ? driftWords(plan).verdict : verdictOf(plan);
  const { sign } = verdicts[verdict];
  const word = about === 'drift' ? driftWords(plan).word : verdicts[verdict].word;
  const heading = about === 'drift' ? 'Drift of' : 'Plan for';
  return html`<header class="top"><p class="kind-of-page">salesiq-sync ${about}</p><h1>${heading} <bdi>${escapeText(plan.portal)}</bdi></h1><p class="verdict ${verdict}"><span class="badge"><span aria-hidden="true">${sign}</span> ${word}</span> <strong>${headline(plan, about)}</strong></p>${plan.changes.length > 0 && verdict !== 'broken' ? tiles(plan.summary) : undefined}${facts(plan, about)}</header>`;
};

const tiles = (summary: Summary): Markup => {
  const tile = (action: Action): Markup => {
    const { sign, word } = actions[action];
    return html`<div class="tile ${action}${summary[action] === 0 ? ' none' : ''}"><dt>to ${word}</dt><dd><span aria-hidden="true">${sign}</span>${summary[action]}</dd></div>`;
  };
  return html`<dl class="tiles">${(['create', 'update', 'move', 'delete'] as const).map(tile)}</dl>`;
};

const facts = (plan: Plan, about: About): Markup | undefined => {
  const verdict = verdictOf(plan);
  if (verdict === 'broken') return undefined;
  const base = baseLines(plan).map((line) => html`<li><bdi>${line}</bdi></li>`);
  if (plan.changes.length === 0) return html`<ul class="facts">${base}</ul>`;
  const it = about === 'drift' ? 'bringing it back' : 'this plan';
  const guards = verdict === 'blocked' ? `Guards: ${it} is blocked, see below.` : `Guards: nothing blocks ${it}.`;
  return html`<ul class="facts"><li>${costLine(plan)}</li><li>${guards}</li>${limitViews(plan.limits ?? [])}${base}<li>Fingerprint: <code>${escapeText(plan.fingerprint)}</code></li></ul>`;
};

/** One line for each limit that the plan makes use of, with a bar up to the limit. */
const limitViews = (limits: readonly LimitUse[]): readonly Markup[] => {
  const used = limits.filter(({ count }) => count > 0);
  const lines = limitLines(limits);
  return used.map((use, index) => html`<li>${lines[index]} ${bar(use)}</li>`);
};

const bar = ({ count, of, limit }: LimitUse): Markup => {
  const share = of === 0 ? 0 : Math.min(1, count / of);
  const past = share > limit ? 'past' : 'within';
  const at = (part: number): string => (100 * Math.min(1, part)).toFixed(1);
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="room" width="100" height="8"/><rect class="${past}" width="${at(share)}" height="8"/><path class="limit" d="${`M${at(limit)} 0v8`}"/></svg>`;
};
