export { isTold } from './changes.ts';
export { diffSpecs } from './diff.ts';
export { expandEach } from './expand-each.ts';
export type { Consent } from './guard.ts';
export { makePlan, type PlanInput, restrictPlan } from './make-plan.ts';
export { mergeSpec } from './merge.ts';
export { type Pair, type Pairing, pair } from './pair.ts';
export { inScope, matchesAddress, type Scope } from './scope.ts';
