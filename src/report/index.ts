/** Values → text, markdown, JSON. Pure: nothing here prints, reads a file or knows a terminal. */
export { type Check, checksJson, checksText } from './checks-text.ts';
export { diagnosticsText, type Sources } from './diagnostics-text.ts';
export { type ErrorInfo, errorText } from './error-text.ts';
export { escapeHtml, escapeJson, escapeText } from './escape.ts';
export { codeBlock, codeSpan, escapeMarkdown } from './escape-markdown.ts';
export { outcomeText } from './outcome-text.ts';
export { type ErrorJsonInput, errorJson, type PlanJsonExtra, planJson } from './plan-json.ts';
export { type PlanMarkdownOptions, planMarkdown } from './plan-markdown.ts';
export { type PlanTextOptions, planText } from './plan-text.ts';
export type { Style } from './style.ts';
