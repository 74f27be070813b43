/** Values → text, markdown, JSON, HTML. Pure: nothing here prints, reads a file or knows a terminal. */
export { type Annotation, diagnosticAnnotations, planAnnotations } from './annotation.ts';
export type { Causes } from './causes.ts';
export { type Check, checksJson, checksText } from './checks-text.ts';
export { diagnosticsText, type Sources } from './diagnostics-text.ts';
export { type ErrorInfo, errorText } from './error-text.ts';
export { escapeHtml, escapeJson, escapeText } from './escape.ts';
export { codeBlock, codeSpan, escapeMarkdown } from './escape-markdown.ts';
export { type PlanPageOptions, planPage } from './html/plan-page.ts';
export { failureComment, type OutcomeReport, outcomeComment } from './outcome-comment.ts';
export { outcomeText } from './outcome-text.ts';
export { type CommentText, type Detail, mostOfComment, planComment } from './plan-comment.ts';
export { type ErrorJsonInput, errorJson, type PlanJsonExtra, planJson } from './plan-json.ts';
export { type PlanMarkdownOptions, planMarkdown } from './plan-markdown.ts';
export { type PlanTextOptions, planText } from './plan-text.ts';
export { type PortalSection, portalHeading, portalsMarkdown, portalsSummary, type Standing } from './portals.ts';
export { codeQuality, type FindingsOptions, sarif } from './sarif.ts';
export type { Style } from './style.ts';
export { annotationCommand, type CheckAnnotation, checkAnnotation, commandText } from './workflow-commands.ts';
