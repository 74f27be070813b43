/** Values → text, markdown, JSON. Pure: nothing here prints, reads a file or knows a terminal. */
export { diagnosticsText, type Sources } from './diagnostics-text.ts';
export { type ErrorInfo, errorText } from './error-text.ts';
export { codeBlock, codeSpan, escapeMarkdown } from './escape-markdown.ts';
export { escapeHtml, escapeText } from './escape.ts';
export { outcomeText } from './outcome-text.ts';
export { errorJson, type ErrorJsonInput, planJson, type PlanJsonExtra } from './plan-json.ts';
export { planMarkdown, type PlanMarkdownOptions } from './plan-markdown.ts';
export { planText, type PlanTextOptions } from './plan-text.ts';
export type { Style } from './style.ts';
