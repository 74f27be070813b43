/** A run that is stopped after each of its writes in turn: what it calls applied is done, and what is not done is told with what is missing. */
import { describe, expect, it } from 'vitest';
import { openReaderAndWriter } from '../../src/api/index.ts';
import { type ApplyResult, applyPlan, createPatience } from '../../src/apply/index.ts';
import { planPortal } from '../../src/commands/plan-portal.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Plan } from '../../src/model/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { openClock, planAgainst, recipeFrom } from '../support/harness.ts';

/** @param role of the new operator: the sandbox refuses a creation without one */
const recipeWith = (role: string) =>
  recipeFrom({
    project: {
      path: 'salesiq.yaml',
      text: 'version: 1\nportals: { production: { sandbox: unused.json } }\nkinds:\n  operators: { create: true }\n',
    },
    files: [
      {
        path: 'people.yaml',
        text: `departments:
  - { name: Night desk, operators: [dora@harbour.test, anna@harbour.test] }
  - { name: Berlin, description: The desk by day, operators: [dora@harbour.test] }
operators:
  - { email: dora@harbour.test, departments: [Night desk, Berlin], city: Oslo${role} }
  - { email: anna@harbour.test, departments: [Night desk], first_name: Anne }
`,
      },
    ],
  });

const seed = {
  apps: [{ name: 'Harbour shop' }],
  departments: [{ name: 'General' }, { name: 'Berlin', description: 'The desk' }],
  operators: [
    { email: 'owner@harbour.test', owner: true, departments: ['General'] },
    { email: 'anna@harbour.test', departments: ['Berlin'], first_name: 'Anna' },
  ],
};

/** Applies, is stopped once so many writes were answered, and plans again. */
const stoppedAfter = async (
  most: number,
  role = ', role: Associate',
): Promise<{ readonly result: ApplyResult; readonly left: Plan; readonly writes: number }> => {
  const clock = openClock();
  const recipe = recipeWith(role);
  let writes = 0;
  const sandbox = await startSandbox({ seed, now: clock.now, random: 1 });
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
    await sandbox.close();
  }
};

describe('a run that is stopped', () => {
  it('calls nothing applied that a new plan still has to do, whichever write was the last', async () => {
    const all = await stoppedAfter(Number.POSITIVE_INFINITY);
    expect(all.result.settled).toBe(true);
    expect(all.writes).toBeGreaterThan(6);
    for (let most = 1; most < all.writes; most += 1) {
      const { result, left } = await stoppedAfter(most);
      const open = new Set(left.changes.map(({ address }) => address));
      const claimed = result.outcomes.filter(({ state }) => state === 'applied').map(({ address }) => address);
      expect(
        claimed.filter((address) => open.has(address)),
        `after ${most} of ${all.writes} writes`,
      ).toEqual([]);
    }
  });

  it('says which list of a department waits for an operator', async () => {
    const { result } = await stoppedAfter(1);
    expect(result.outcomes.filter(({ state }) => state !== 'not_tried')).toEqual([
      {
        address: 'departments/Night desk',
        action: 'create',
        state: 'unknown',
        error: { message: 'written, but its operators are not complete yet', hint: 'Run apply again: it goes on from there.' },
      },
    ]);
  });

  it('says the same where an operator was refused, instead of blaming the service for what was not sent', async () => {
    const { result } = await stoppedAfter(Number.POSITIVE_INFINITY, '');
    expect(result.outcomes.map(({ address, state, error }) => [address, state, error?.message])).toEqual([
      ['departments/Night desk', 'unknown', 'written, but its operators are not complete yet'],
      ['departments/Berlin', 'unknown', 'written, but its operators are not complete yet'],
      ['operators/dora@harbour.test', 'failed', expect.stringContaining('1015')],
      ['operators/anna@harbour.test', 'not_tried', undefined],
    ]);
  });
});
