export type { Consent } from './guard.ts';
export { makePlan, type PlanInput } from './make-plan.ts';
export { inScope, matchesAddress, type Scope } from './scope.ts';
