/** One portal's part of a round: planned, or applied; whatever happens, it ends in a word. */
import { HeldError, type OutcomeError, type Plan, type Portal, ServiceError, UserError } from '../model/index.ts';
import type { PlannedCounts, RoundEnd } from '../watch/index.ts';
import { applyPortal } from './apply.ts';
import type { ApplyEnd, WriteOptions } from './carry-out.ts';
import { onlyDrift } from './drift.ts';
import { hidePlan } from './hide-plan.ts';
import type { ReadFiles } from './many-plans.ts';
import { withReader } from './open-portal.ts';
import { hasErrors, planPortal, recipeOf } from './plan-portal.ts';
import { type BaseOptions, readBase } from './read-base.ts';
import { assembleFor, FileError } from './read-files.ts';
import { planExitCode } from './show-plan.ts';
import { told } from './tell-error.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export type RoundOptions = WriteOptions & BaseOptions;

const mostFindings = 5;
const longestRestSeconds = 24 * 3600;

const findingsText = (findings: UserError['diagnostics']): string => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const shown = errors
    .slice(0, mostFindings)
    .map(({ message, origin }) => (origin === undefined || origin.file === '' ? message : `${origin.file}:${origin.line}: ${message}`));
  const left = errors.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
};

/** The error in a few words, with the first of its findings. */
export const errorOf = (error: unknown): OutcomeError => {
  const info = told(error);
  const findings = error instanceof UserError ? findingsText(error.diagnostics) : '';
  if (findings === '') return info;
  const hint = error instanceof FileError ? 'Nothing was sent. Mend the files: they are read again in the next round.' : info.hint;
  return { ...info, message: `${info.message}: ${findings}`, ...(hint === undefined ? {} : { hint }) };
};

/** For how long the service wants to be left alone, at most a day. */
const restOf = (error: unknown): Pick<RoundEnd, 'restMilliseconds'> =>
  error instanceof ServiceError && error.restSeconds !== undefined ? { restMilliseconds: Math.min(longestRestSeconds, error.restSeconds) * 1000 } : {};

const countsOf = (plan: Plan): PlannedCounts => ({
  summary: plan.summary,
  drift: onlyDrift(plan).changes.length,
  refusals: plan.refusals.map(({ message }) => message),
  fingerprint: plan.fingerprint,
  changes: plan.changes.map(({ action, address, side }) => ({ action, address, ...(side === undefined ? {} : { side }) })),
});

const brokenPlan = (plan: Plan): RoundEnd => ({
  result: 'failed',
  error: { message: `the plan has errors: ${findingsText(plan.diagnostics)}`, hint: 'Nothing was written. Mend the files.' },
});

const planned = async (read: ReadFiles, portal: Portal, options: RoundOptions, terminal: Terminal): Promise<RoundEnd> => {
  const files = assembleFor(read, portal, options, terminal);
  const base = await readBase(files, options, terminal);
  const made = await withReader(portal, options, terminal, (reader, rate) => planPortal(recipeOf(files, base, options), reader, rate));
  const plan = hidePlan(made.plan, terminal.veil.hide);
  if (hasErrors(plan)) return brokenPlan(plan);
  const blocked = planExitCode(plan, 'plain') === exitCodes.refused;
  return { result: blocked ? 'blocked' : plan.changes.length > 0 ? 'changes' : 'settled', planned: countsOf(plan) };
};

const resultOf = (code: ExitCode, { plan }: ApplyEnd): RoundEnd['result'] => {
  switch (code) {
    case exitCodes.done:
      return plan.changes.length > 0 ? 'applied' : 'settled';
    case exitCodes.refused:
      return 'blocked';
    case exitCodes.partial:
      return 'partial';
    case exitCodes.interrupted:
      return 'interrupted';
    default:
      return 'failed';
  }
};

const applied = async (read: ReadFiles, portal: Portal, options: RoundOptions, terminal: Terminal): Promise<RoundEnd> => {
  let last: ApplyEnd | undefined;
  const code = await applyPortal(
    read,
    portal,
    {
      ...options,
      onEnd: (end) => {
        last = end;
      },
    },
    terminal,
  );
  if (last === undefined) return { result: 'failed', error: { message: 'it ended before there was a plan' } };
  if (hasErrors(last.plan)) return brokenPlan(last.plan);
  const { outcomes, run, error } = last;
  const result = resultOf(code, last);
  const why = error ?? (result === 'failed' || result === 'partial' ? { message: last.sentence } : undefined);
  return {
    result,
    planned: countsOf(last.plan),
    ...(run === undefined ? {} : { outcomes, run }),
    ...(why === undefined ? {} : { error: why }),
  };
};

/**
 * Plans or applies, and throws nothing. The limits of the project stay in
 * force: what they block is told, and not written. `fault`: what was thrown, where
 * it is a fault of this program.
 */
export const portalRound = async (
  mode: 'plan' | 'apply',
  read: ReadFiles,
  portal: Portal,
  options: RoundOptions,
  terminal: Terminal,
): Promise<RoundEnd & { readonly fault?: unknown }> => {
  try {
    return await (mode === 'apply' ? applied : planned)(read, portal, options, terminal);
  } catch (error) {
    // A read that was broken off, or a lock that was not waited for.
    if (terminal.signal.aborted) return { result: 'interrupted' };
    if (error instanceof HeldError) return { result: 'skipped', error: errorOf(error) };
    const isForeseen = error instanceof ServiceError || error instanceof UserError;
    return { result: 'failed', error: errorOf(error), ...restOf(error), ...(isForeseen ? {} : { fault: error }) };
  }
};

/** Whether a run was stopped when some of its writes had landed, or may have. */
export const isHalfDone = ({ result, outcomes = [] }: RoundEnd): boolean =>
  result === 'interrupted' && outcomes.some(({ state }) => state === 'applied' || state === 'unknown');

const codes: Readonly<Record<RoundEnd['result'], ExitCode>> = {
  settled: exitCodes.done,
  applied: exitCodes.done,
  changes: exitCodes.changes,
  blocked: exitCodes.refused,
  skipped: exitCodes.failed,
  failed: exitCodes.failed,
  partial: exitCodes.partial,
  interrupted: exitCodes.interrupted,
};

/** What the round would be as a command of its own. */
export const codeOf = ({ result }: RoundEnd): ExitCode => codes[result];
