/** An apply in this process that is stopped after so many writes, and what a plan finds left afterwards. */
import { openReaderAndWriter } from '../../../src/api/index.ts';
import { type ApplyResult, applyPlan, createPatience } from '../../../src/apply/index.ts';
import { planPortal, type Recipe } from '../../../src/commands/plan-portal.ts';
import { kinds } from '../../../src/kinds/index.ts';
import type { Plan } from '../../../src/model/index.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import { type Clock, planAgainst } from '../../support/harness.ts';

export interface Stopped {
  readonly result: ApplyResult;
  /** What a new plan still has to do. */
  readonly left: Plan;
  readonly writes: number;
}

/** @param most writes that are answered before the stop; Infinity for none */
export const stoppedAfter = async (sandbox: Sandbox, recipe: Recipe, clock: Clock, most: number): Promise<Stopped> => {
  let writes = 0;
  const { reader, writer, close } = openReaderAndWriter(
    {
      server: sandbox.url,
      accountsServer: sandbox.url,
      screenname: sandbox.screenname,
      credentials: { kind: 'token', accessToken: sandbox.accessToken },
      ratePerMinute: 0,
    },
    {},
    { timing: { now: clock.now, elapsed: clock.now, sleep: clock.sleep, random: () => 0.5 } },
  );
  try {
    const planned = await planPortal(recipe, reader, 0);
    const result = await applyPlan({
      kinds,
      plan: planned.plan,
      live: planned.look.live,
      writer: {
        ...writer,
        send: async (request) => {
          const answer = await writer.send(request);
          writes += 1;
          return answer;
        },
      },
      look: async (names) => {
        const live = await planned.look.again(names);
        return { live, plan: planned.planFrom(live) };
      },
      journal: { record: () => Promise.resolve() },
      patience: createPatience({ settleMilliseconds: 1000, sleep: clock.sleep, now: clock.now, stopped: () => writes >= most }),
      keepGoing: 'stop',
      onProgress: () => undefined,
    });
    return { result, left: await planAgainst(sandbox, recipe, clock), writes };
  } finally {
    close();
  }
};

/** Addresses that the run called applied, and that are still to be done; a new one that only lacks its place counts where the run said so. */
export const claimedTooMuch = ({ result, left }: Stopped): readonly string[] => {
  const open = new Map(left.changes.map((change) => [change.address, change]));
  return result.outcomes
    .filter(({ state, address, action }) => state === 'applied' && open.has(address) && !(open.get(address)?.action === 'move' && action !== 'move'))
    .map(({ address, action }) => `${action} ${address}: ${JSON.stringify(open.get(address)?.fields)}`);
};
