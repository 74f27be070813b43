export { diffSpecs } from './diff.ts';
export type { Consent } from './guard.ts';
export { makePlan, type PlanInput, restrictPlan } from './make-plan.ts';
export { mergeSpec } from './merge.ts';
export { type Pairing, pair } from './pair.ts';
export { inScope, matchesAddress, type Scope } from './scope.ts';
