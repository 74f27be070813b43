/** `apply`: plans, guards, asks, writes, reads back. */
import { type ApplyResult, applyPlan, createPatience, type Journal, type Progress } from '../apply/index.ts';
import { kinds } from '../kinds/index.ts';
import type { Plan } from '../model/index.ts';
import { outcomeText, planJson } from '../report/index.ts';
import { withWriter } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { hasErrors, planPortal } from './plan-portal.ts';
import { readDesired } from './read-files.ts';
import { jsonText, planExitCode, showPlan } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface ApplyOptions extends ServiceOptions {
  readonly consent: 'ask' | 'given';
  readonly keepGoing: 'after-failures' | 'stop';
  readonly settleSeconds: number;
}

const noJournal: Journal = { record: () => Promise.resolve() };

const progressText = ({ step, address, done, all }: Progress): string =>
  step === 'read back' ? 'Reading back' : `${step === 'place' ? 'Placing' : 'Writing'} ${Math.min(done + 1, all)} of ${all}: ${address ?? ''}`;

/** What an apply came to, as an exit code: nothing landed is a failure, a part of it is partial. */
export const applyExitCode = ({ outcomes, settled, stopped, landed, error }: ApplyResult): ExitCode => {
  if (stopped) return exitCodes.interrupted;
  if (settled && outcomes.every(({ state }) => state === 'applied')) return exitCodes.done;
  return landed === 0 && error === undefined && outcomes.every(({ state }) => state !== 'unknown') ? exitCodes.failed : exitCodes.partial;
};

const closing = (result: ApplyResult, plan: Plan): string => {
  if (result.settled && result.outcomes.every(({ state }) => state === 'applied'))
    return `Done: ${plan.changes.length} ${plan.changes.length === 1 ? 'change' : 'changes'} applied. Read back: the portal matches the files.`;
  if (result.stopped) return 'Stopped. Run apply again to go on from what is live.';
  const left = result.left?.changes.length;
  return `Not settled${left === undefined ? ': the portal could not be read back' : `: ${left} ${left === 1 ? 'change is' : 'changes are'} left`}. Run plan to see where the portal stands.`;
};

export const runApply = async (options: ApplyOptions, terminal: Terminal): Promise<ExitCode> => {
  const files = await readDesired(options, terminal);
  return withWriter(files.portal, options, terminal, async (reader, writer, rate) => {
    const { plan, look, planFrom } = await planPortal(files, reader, options, rate);
    const blocked = planExitCode(plan, 'plain');
    const idle = plan.changes.length === 0;
    if (options.format !== 'json' || blocked !== exitCodes.done || idle) {
      if (options.format === 'json' && idle && blocked === exitCodes.done) terminal.print(jsonText(planJson(plan, { outcomes: [] })));
      else showPlan(plan, files, options, terminal);
    }
    if (blocked !== exitCodes.done || hasErrors(plan) || idle) return blocked;

    if (options.consent === 'ask') {
      const agreed = terminal.confirm === undefined ? false : await terminal.confirm(`Apply these changes to ${files.portal.name}?`);
      if (!agreed) {
        if (options.format === 'json')
          terminal.print(jsonText(planJson(plan, { outcomes: plan.changes.map(({ address, action }) => ({ address, action, state: 'not_tried' })) })));
        terminal.say(
          terminal.confirm === undefined ? 'Nothing was written: nobody is there to say yes. Run apply with --auto-approve.' : 'Nothing was written.',
        );
        return exitCodes.failed;
      }
    }

    const result = await applyPlan({
      kinds,
      plan,
      live: look.live,
      writer,
      look: async (names) => {
        const live = await look.again(names);
        return { live, plan: planFrom(live) };
      },
      journal: noJournal,
      patience: createPatience({
        settleMilliseconds: options.settleSeconds * 1000,
        sleep: terminal.sleep,
        now: terminal.now,
        stopped: () => terminal.signal.aborted,
      }),
      keepGoing: options.keepGoing,
      onProgress: (progress) => terminal.progress(progressText(progress)),
    });
    if (options.format === 'json') terminal.print(jsonText(planJson(plan, { outcomes: result.outcomes })));
    else terminal.print(`${outcomeText(result.outcomes, terminal.style)}\n${closing(result, plan)}\n`);
    return applyExitCode(result);
  });
};
