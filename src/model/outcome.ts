import type { Action } from './plan.ts';
import type { Address } from './resource.ts';

/** What became of one change. */
export interface Outcome {
  readonly address: Address;
  readonly action: Action;
  readonly state: 'applied' | 'failed' | 'not_tried' | 'unknown';
  readonly error?: OutcomeError;
}

export interface OutcomeError {
  readonly message: string;
  readonly code?: number;
  readonly field?: string;
  readonly method?: string;
  readonly path?: string;
  readonly hint?: string;
}
