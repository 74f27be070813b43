/** GitHub: the run and its event, comments, checks, issues, and what was approved. */
export { type Approval, findApproval } from './approval.ts';
export { type Check, putCheck } from './check.ts';
export { type GitHub, openGitHub } from './client.ts';
export { putComment } from './comment.ts';
export { type ActionsRun, isActions, type PullRequest, readRun } from './event.ts';
export { reportIssue, settleIssue } from './issue.ts';
export { markerText } from './marker.ts';
