export { type ApplyInput, type ApplyResult, applyPlan, type Progress } from './apply-plan.ts';
export { finishRun, type JournalLine, type OpenWrite, openJournal, openWrites, type Run, type RunJournal, readRun, readRuns, runName } from './journal.ts';
export { type Lock, takeLock } from './lock.ts';
export { createPatience, type Patience } from './patience.ts';
export { readPlanFile, writePlanFile } from './plan-file.ts';
export type { View } from './run-changes.ts';
export { type Journal, type JournalEntry, JournalError } from './send.ts';
export { readSnapshot, writeSnapshot } from './snapshot.ts';
export { brokenSeals, conceal, decode, encode, type Seal, type Secret, seal } from './stored.ts';
