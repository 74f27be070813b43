/** The crown test, for as long as SALESIQ_SOAK_SECONDS says: any world under any switches is settled by one apply. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anySwitches } from '../support/any-switches.ts';
import { openReceiver, playWorld } from '../support/harness.ts';
import { findingsOf } from '../support/judge.ts';
import { anyWorld } from '../support/world.ts';

const seconds = Number(process.env['SALESIQ_SOAK_SECONDS'] ?? '60');
const seed = process.env['SALESIQ_SOAK_SEED'];

describe('convergence, at length', () => {
  let receiver: { readonly url: string; readonly close: () => Promise<void> } | undefined;
  beforeAll(async () => {
    receiver = await openReceiver();
  });
  afterAll(() => receiver?.close());

  it('settles any world under any combination of switches in one run', async () => {
    const hooks = receiver?.url ?? '';
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(anyWorld(10), anySwitches, async (world, switches) => {
        runs += 1;
        const run = await playWorld(world, switches, hooks);
        expect(findingsOf(world, run, switches, hooks)).toEqual([]);
      }),
      {
        numRuns: 1_000_000,
        interruptAfterTimeLimit: seconds * 1000,
        markInterruptAsFailure: false,
        ...(seed === undefined ? {} : { seed: Number(seed) }),
      },
    );
    expect(runs).toBeGreaterThan(20);
  });
});
