/**
 * A plan that is to be applied: shown, guarded, agreed to, journaled, carried
 * out and read back. What made the plan does not matter here: files, a saved
 * plan, or the snapshot of an earlier run.
 */
import {
  type ApplyResult,
  applyPlan,
  conceal,
  createPatience,
  encode,
  JournalError,
  openJournal,
  type Progress,
  runName,
  type Secret,
  writeSnapshot,
} from '../apply/index.ts';
import { kinds } from '../kinds/index.ts';
import type { Live, Outcome, OutcomeError, Plan, Writer } from '../model/index.ts';
import { restrictPlan } from '../plan/index.ts';
import { escapeText, outcomeText, planJson } from '../report/index.ts';
import { hideOutcomes, hidePlan } from './hide-plan.ts';
import type { ServiceOptions } from './options.ts';
import { hasErrors, type Planned } from './plan-portal.ts';
import { jsonText, planExitCode, showPlan } from './show-plan.ts';
import { snapshotOf } from './snapshot-state.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface WriteOptions extends ServiceOptions {
  readonly consent: 'ask' | 'given';
  readonly keepGoing: 'after-failures' | 'stop';
  readonly settleSeconds: number;
  /** How long another apply to the same portal is waited for; 30 if absent. */
  readonly lockSeconds?: number;
  /** `before`: the plan was shown already, and is not printed again. */
  readonly planShown?: 'before';
  /** Told how it ended, for reports beside what is printed. */
  readonly onEnd?: (end: ApplyEnd) => void;
}

/** How an apply ended that came as far as a plan. Fit to be shown. */
export interface ApplyEnd {
  readonly plan: Plan;
  readonly sentence: string;
  readonly outcomes: readonly Outcome[];
  readonly error?: OutcomeError;
  /** The name of the run, where it came to one. */
  readonly run?: string;
  /** What has moved in the portal since the plan was approved. */
  readonly moved?: readonly string[];
}

export interface CarryOut {
  readonly portal: string;
  /** What tells that portal from others of the same name. */
  readonly place: string;
  /** What the portal is brought to: `the files`. */
  readonly goal: string;
  readonly planned: Planned;
  readonly writer: Writer;
  readonly secrets: readonly Secret[];
  readonly sources: (file: string) => string | undefined;
  /** Only these addresses are written: those of a saved plan. Absent: all. */
  readonly addresses?: readonly string[];
  /** Called once the last read shows that nothing is left to do. */
  readonly onSettled?: () => Promise<void>;
}

const progressText = ({ step, address, done, all }: Progress): string =>
  step === 'read back' ? 'Reading back' : `${step === 'place' ? 'Placing' : 'Writing'} ${Math.min(done + 1, all)} of ${all}: ${escapeText(address ?? '')}`;

/** What an apply came to, as an exit code: nothing landed is a failure, a part of it is partial. */
export const applyExitCode = ({ outcomes, settled, stopped, landed, error }: ApplyResult): ExitCode => {
  if (stopped) return exitCodes.interrupted;
  if (settled && error === undefined && outcomes.every(({ state }) => state === 'applied')) return exitCodes.done;
  return landed === 0 && outcomes.every(({ state }) => state === 'failed' || state === 'not_tried') ? exitCodes.failed : exitCodes.partial;
};

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const closing = (result: ApplyResult, run: string, goal: string): string => {
  const done = applyExitCode(result) === exitCodes.done;
  if (done) return `Done: ${counted(result.outcomes.length, 'change')} applied. Read back: the portal matches ${goal}.   (run ${run})`;
  const open = result.outcomes.filter(({ state }) => state !== 'applied').length;
  if (result.stopped)
    return `Stopped, with ${counted(open, 'change')} not done; what was sent was not read back. Run apply again to go on from what is live.   (run ${run})`;
  const because = result.error === undefined ? '' : `: ${escapeText(result.error.message)}`;
  const left = result.left?.changes.length;
  if (left === undefined && result.landed === 0) return `Nothing was written${because}.   (run ${run})`;
  const why = left === undefined ? `the portal could not be read back${because}` : `${counted(left, 'change')} left${because}`;
  return `Not settled: ${why}. Run plan to see where the portal stands.   (run ${run})`;
};

/** Whether somebody agrees to the plan. */
const agreed = async (plan: Plan, { portal }: CarryOut, options: WriteOptions, terminal: Terminal): Promise<boolean> => {
  if (options.consent === 'given') return true;
  const yes = terminal.confirm !== undefined && (await terminal.confirm(`Apply ${counted(plan.changes.length, 'change')} to ${portal}?`));
  if (!yes)
    terminal.say(terminal.confirm === undefined ? 'Nothing was written: nobody is there to say yes. Run it with --auto-approve.' : 'Nothing was written.');
  return yes;
};

/** Shows the plan and, if nothing forbids it, applies it. Throws UserError where the journal cannot be written. */
export const carryOut = async (work: CarryOut, options: WriteOptions, terminal: Terminal): Promise<ExitCode> => {
  const { planned, addresses } = work;
  const only = (plan: Plan): Plan => (addresses === undefined ? plan : restrictPlan(plan, addresses));
  const plan = only(planned.plan);
  const shown = hidePlan(plan, terminal.veil.hide);
  const blocked = planExitCode(plan, 'plain');
  const idle = plan.changes.length === 0;
  if (blocked !== exitCodes.done || idle || options.format !== 'json') {
    if (options.format === 'json') terminal.print(jsonText(planJson(shown, { outcomes: [] })));
    else if (options.planShown === undefined) showPlan(plan, work.sources, options, terminal);
  }
  if (blocked !== exitCodes.done || hasErrors(plan)) {
    options.onEnd?.({ plan: shown, sentence: 'Nothing was written: the plan is blocked, or has errors.', outcomes: [] });
    return blocked;
  }
  if (idle) {
    await work.onSettled?.();
    options.onEnd?.({ plan: shown, sentence: `Nothing to do: the portal matches ${work.goal}.`, outcomes: [] });
    return exitCodes.done;
  }
  if (!(await agreed(plan, work, options, terminal))) {
    if (options.format === 'json')
      terminal.print(jsonText(planJson(shown, { outcomes: shown.changes.map(({ address, action }) => ({ address, action, state: 'not_tried' })) })));
    return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
  }

  const run = runName(new Date(terminal.clock()), terminal.random);
  const journal = await openJournal({
    project: options.dir,
    portal: work.portal,
    run,
    place: work.place,
    conceal: (line) => conceal(line, work.secrets),
    clock: terminal.clock,
  });
  try {
    await writeSnapshot(journal.folder, { portal: work.portal, ...snapshotOf(plan, planned.look.live, work.secrets, encode) });
    const result = await applyPlan({
      kinds,
      plan,
      live: planned.look.live,
      writer: work.writer,
      look: async (names) => {
        const live: Live = await planned.look.again(names);
        return { live, plan: only(planned.planFrom(live)) };
      },
      journal,
      patience: createPatience({
        settleMilliseconds: options.settleSeconds * 1000,
        sleep: terminal.sleep,
        now: terminal.now,
        stopped: () => terminal.signal.aborted,
      }),
      keepGoing: options.keepGoing,
      onProgress: (progress) => terminal.progress(progressText(progress), 'step'),
    });
    const code = applyExitCode(result);
    const outcomes = hideOutcomes(result.outcomes, terminal.veil.hide);
    // An end that cannot be written down leaves the run to the next apply; what it came to is said all the same.
    await journal
      .record({ event: 'finished', note: result.settled ? 'settled' : result.stopped ? 'stopped' : 'not settled', outcomes: result.outcomes })
      .catch((error: unknown) => {
        if (!(error instanceof JournalError)) throw error;
      });
    if (options.format === 'json') terminal.print(jsonText(planJson(shown, { outcomes, run, ...(result.error === undefined ? {} : { error: result.error }) })));
    else terminal.print(`${outcomeText(outcomes, terminal.style)}\n${closing(result, run, work.goal)}\n`);
    options.onEnd?.({
      plan: shown,
      sentence: terminal.veil.hide(closing(result, run, work.goal)),
      outcomes,
      run,
      ...(result.error === undefined ? {} : { error: result.error }),
    });
    if (code === exitCodes.done) await work.onSettled?.();
    return code;
  } finally {
    await journal.close();
  }
};
