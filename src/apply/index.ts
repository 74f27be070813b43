export { type ApplyInput, type ApplyResult, applyPlan, type Progress } from './apply-plan.ts';
export { createPatience, type Patience } from './patience.ts';
export type { View } from './run-changes.ts';
export type { Journal, JournalEntry } from './send.ts';
