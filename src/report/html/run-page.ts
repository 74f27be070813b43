/** A run of apply as one HTML file: how it ended, what became of each change, every request and answer, and what to do next. */
import { isList, isObject, type Json, type Outcome, type OutcomeError } from '../../model/index.ts';
import { callText, codeText } from '../error-text.ts';
import { escapeJson, escapeText } from '../escape.ts';
import { counted } from '../words.ts';
import { foreign, html, type Markup } from './markup.ts';
import { pageText } from './page.ts';

/** One call that was written down before it was sent. */
export interface RunRequest {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: string;
  readonly address: string;
  /** `PUT /visitorroutingrules/7`. */
  readonly call: string;
  readonly body?: Json;
  readonly state: 'landed' | 'failed' | 'unknown' | 'open' | 'unsent';
  /** How long the answer took. */
  readonly milliseconds?: number;
  readonly answer?: Json;
  readonly error?: OutcomeError;
  /** What was found out about it later. */
  readonly notes: readonly string[];
}

/** What somebody may do, with the command that does it. */
export interface Step {
  readonly text: string;
  readonly command?: string;
}

export interface RunReport {
  readonly run: string;
  readonly portal: string;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly verdict: 'done' | 'failed' | 'unfinished';
  /** How it ended, in a sentence. */
  readonly sentence: string;
  readonly fingerprint?: string;
  readonly outcomes: readonly Outcome[];
  /** `recorded`: by the run itself; `derived`: from its requests, as far as they tell. */
  readonly outcomesFrom: 'recorded' | 'derived';
  readonly requests: readonly RunRequest[];
  readonly steps: readonly Step[];
}

const verdicts: Readonly<Record<RunReport['verdict'], { readonly sign: string; readonly word: string }>> = {
  done: { sign: '✓', word: 'Settled' },
  failed: { sign: '✗', word: 'Not settled' },
  unfinished: { sign: '?', word: 'Not finished' },
};

/** Signs, words and tones: what was done, what was not, and what nobody knows. */
const states: Readonly<Record<Outcome['state'], { readonly sign: string; readonly word: string; readonly tone: string }>> = {
  applied: { sign: '✓', word: 'applied', tone: 'create' },
  failed: { sign: '✗', word: 'failed', tone: 'delete' },
  unknown: { sign: '?', word: 'unknown', tone: 'update' },
  not_tried: { sign: '·', word: 'not tried', tone: 'idle' },
};

const ends: Readonly<Record<RunRequest['state'], { readonly sign: string; readonly word: string; readonly tone: string }>> = {
  landed: { sign: '✓', word: 'landed', tone: 'create' },
  failed: { sign: '✗', word: 'failed', tone: 'delete' },
  unknown: { sign: '?', word: 'no clear answer', tone: 'update' },
  open: { sign: '?', word: 'no answer written down', tone: 'update' },
  unsent: { sign: '·', word: 'never sent', tone: 'idle' },
};

/** Past this, a pause between two numbers of milliseconds is told in seconds. */
const aSecond = 1000;

const lengthText = (milliseconds: number): string => (milliseconds < aSecond ? `${milliseconds} ms` : `${(milliseconds / aSecond).toFixed(1)} s`);

const timeView = (at: number): Markup => {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
};

/** The text of the file. Values that are hidden must be hidden in the report already. */
export const runPage = (report: RunReport): string => {
  const { run, portal, sentence } = report;
  const body = html`<div class="page">${head(report)}<main id="content" tabindex="-1">${stepsBox(report)}${openBox(report)}${changesSection(report)}${requestsSection(report)}</main></div>`;
  return pageText({ title: escapeText(`Run ${run} on ${portal}: ${sentence}`), body });
};

const head = (report: RunReport): Markup => {
  const { sign, word } = verdicts[report.verdict];
  return html`<header class="top"><p class="kind-of-page">salesiq-sync run</p><h1>Run on <bdi>${escapeText(report.portal)}</bdi></h1><p class="verdict ${report.verdict}"><span class="badge"><span aria-hidden="true">${sign}</span> ${word}</span> <strong>${report.sentence}</strong></p>${tiles(report.outcomes)}${facts(report)}</header>`;
};

const tiles = (outcomes: readonly Outcome[]): Markup | undefined => {
  if (outcomes.length === 0) return undefined;
  const tile = (state: Outcome['state']): Markup => {
    const { sign, word, tone } = states[state];
    const count = outcomes.filter((outcome) => outcome.state === state).length;
    return html`<div class="tile ${tone}${count === 0 ? ' none' : ''}"><dt>${word}</dt><dd><span aria-hidden="true">${sign}</span>${count}</dd></div>`;
  };
  return html`<dl class="tiles">${(['applied', 'failed', 'unknown', 'not_tried'] as const).map(tile)}</dl>`;
};

const requestCounts = (requests: readonly RunRequest[]): string => {
  const count = (...wanted: readonly RunRequest['state'][]): number => requests.filter(({ state }) => wanted.includes(state)).length;
  const unsent = count('unsent');
  return `${counted(requests.length - unsent, 'request')} sent: ${count('landed')} landed, ${count('failed')} failed, ${count('unknown', 'open')} unknown${unsent === 0 ? '' : `; ${unsent} never sent`}.`;
};

const facts = ({ run, startedAt, endedAt, requests, fingerprint }: RunReport): Markup => {
  const end = endedAt === undefined ? undefined : html`, ended ${timeView(endedAt)}, after ${lengthText(Math.max(0, endedAt - startedAt))}`;
  return html`<ul class="facts"><li>Run: <code>${escapeText(run)}</code></li><li>Began ${timeView(startedAt)}${end}</li><li>${requestCounts(requests)}</li>${
    fingerprint === undefined ? undefined : html`<li>Fingerprint of the plan: <code>${escapeText(fingerprint)}</code></li>`
  }</ul>`;
};

const stepsBox = ({ steps, verdict }: RunReport): Markup | undefined =>
  steps.length === 0
    ? undefined
    : html`<section class="box ${verdict === 'done' ? 'good' : 'caution'}" aria-labelledby="next"><h2 id="next">Next</h2><ul class="steps">${steps.map(
        ({ text, command }) => html`<li>${text}${command === undefined ? undefined : html`<code class="command">${escapeText(command)}</code>`}</li>`,
      )}</ul></section>`;

const openBox = ({ requests }: RunReport): Markup | undefined => {
  const open = requests.flatMap((request, index) => (request.state === 'open' || request.state === 'unknown' ? [{ request, index }] : []));
  if (open.length === 0) return undefined;
  const views = open.map(
    ({ request: { action, address, at }, index }) => html`<li><a href="${`#r${index + 1}`}">${action} ${foreign(address)}</a>, sent ${timeView(at)}</li>`,
  );
  return html`<section class="box caution" aria-labelledby="open"><h2 id="open">Open: ${counted(open.length, 'write')}</h2><p>No clear answer came, so each may have landed or not.</p><ul class="steps">${views}</ul></section>`;
};

/** What went wrong first: that is what people open the page for. */
const ranks: Readonly<Record<Outcome['state'], number>> = { failed: 0, unknown: 1, not_tried: 2, applied: 3 };

const changesSection = ({ outcomes, outcomesFrom }: RunReport): Markup | undefined => {
  if (outcomes.length === 0) return undefined;
  const sorted = [...outcomes].sort((a, b) => ranks[a.state] - ranks[b.state]);
  const note =
    outcomesFrom === 'recorded' ? undefined : html`<p class="live">The run did not write down what became of them: this is what its requests tell.</p>`;
  return html`<section aria-labelledby="changes"><h2 id="changes">Changes</h2><div class="outcomes">${note}${sorted.map(outcomeView)}</div></section>`;
};

const outcomeView = ({ action, address, state, error }: Outcome): Markup => {
  const { sign, word, tone } = states[state];
  return html`<article class="outcome ${tone}"><h3><span class="fate" aria-hidden="true">${sign}</span><span class="action">${action}</span> ${foreign(address)} <span class="count ${tone}">${word}</span></h3>${errorView(error)}</article>`;
};

const errorView = (error: OutcomeError | undefined): Markup | undefined => {
  if (error === undefined) return undefined;
  const call = callText(error);
  const code = codeText(error);
  return html`<div class="trouble"><p class="message"><bdi>${error.message.trimEnd()}</bdi>${code === '' ? undefined : html` <code class="code">${code}</code>`}</p>${
    call === '' ? undefined : html`<p><code>${call}</code></p>`
  }${error.hint === undefined ? undefined : html`<p class="hint"><bdi>${error.hint.trimEnd()}</bdi></p>`}</div>`;
};

const requestsSection = ({ requests }: RunReport): Markup | undefined =>
  requests.length === 0
    ? undefined
    : html`<section aria-labelledby="requests"><h2 id="requests">Requests and answers, in order</h2><ol class="requests">${requests.map(requestView)}</ol></section>`;

const requestView = (request: RunRequest, index: number): Markup => {
  const { action, address, call, state, milliseconds, error, notes } = request;
  const { sign, word, tone } = ends[state];
  const took = milliseconds === undefined ? undefined : html` <span class="note">${lengthText(milliseconds)}</span>`;
  return html`<li id="${`r${index + 1}`}"><details class="request"><summary><span class="number">${index + 1}</span><code class="call">${escapeText(call)}</code><span class="count ${tone}"><span aria-hidden="true">${sign}</span> ${word}</span>${took}</summary><div class="parts-of-call"><p class="note">${action} ${foreign(address)}, ${timeView(request.at)}</p>${json('Sent', request.body)}${json('Answer', request.answer)}${errorView(error)}${notes.map((note) => html`<p class="note"><bdi>${escapeText(note)}</bdi></p>`)}</div></details></li>`;
};

const json = (word: string, value: Json | undefined): Markup | undefined =>
  value === undefined
    ? undefined
    : html`<p class="label">${word}</p><pre class="excerpt" tabindex="0" aria-label="${word}">${escapeJson(indented(value, ''))}</pre>`;

/** What fits on a line stays on it. */
const lineLength = 100;

const indented = (value: Json, before: string): string => {
  // Line breaks of JSON stand between values only.
  const line = JSON.stringify(value, null, 1).replaceAll(/\n */g, ' ');
  if (before.length + line.length <= lineLength || !(isList(value) || isObject(value))) return line;
  const inner = `${before}  `;
  const [open, parts, close] = isList(value)
    ? (['[', value.map((one) => indented(one, inner)), ']'] as const)
    : (['{', Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${indented(one, inner)}`), '}'] as const);
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${before}${close}`;
};
