/** How the round of one portal ended. */
import type { Action, Outcome, OutcomeError, Side, Summary } from '../model/index.ts';

/**
 * settled: the portal matches the files. changes: it does not, and nothing was
 * to be applied. applied: it matches now. blocked: a guard says no. skipped:
 * another apply is under way. partial: some writes landed, some did not.
 * interrupted: the command was stopped meanwhile.
 */
export const results = ['settled', 'changes', 'applied', 'blocked', 'skipped', 'failed', 'partial', 'interrupted'] as const;

export type Result = (typeof results)[number];

/** One planned change, as far as a log tells of it. */
export interface PlannedChange {
  readonly action: Action;
  readonly address: string;
  readonly side?: Side;
}

export interface PlannedCounts {
  readonly summary: Summary;
  /** Changes that somebody made in the portal, as far as can be told. */
  readonly drift: number;
  /** Why a guard says no, in words. */
  readonly refusals: readonly string[];
  readonly fingerprint: string;
  readonly changes: readonly PlannedChange[];
}

export interface RoundEnd {
  readonly result: Result;
  /** Absent where it did not come as far as a plan. */
  readonly planned?: PlannedCounts;
  /** What became of the changes, where they were applied. */
  readonly outcomes?: readonly Outcome[];
  /** The name of the run in the journal. */
  readonly run?: string;
  readonly error?: OutcomeError;
  /** For how long the service wants to be left alone. */
  readonly restMilliseconds?: number;
}

/** Ended so that the next try shall come later and later. */
export const isFailure = ({ result }: Pick<RoundEnd, 'result'>): boolean => result === 'failed' || result === 'partial';

/** Says nothing about the portal, neither good nor bad. */
export const isSilent = ({ result }: Pick<RoundEnd, 'result'>): boolean => result === 'skipped' || result === 'interrupted';
