/** Repositories that hold every kind at once, for as long as SALESIQ_SOAK_SECONDS says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyContent } from '../support/any-content.ts';
import { anyKindSwitches, everyKindHolds } from '../support/every-kind.ts';

const seconds = Number(process.env['SALESIQ_SOAK_SECONDS'] ?? '60');
const seed = process.env['SALESIQ_SOAK_SEED'];

describe('every kind at once, at length', () => {
  it('is reached in one run from any state, and comes back by an export', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(anyContent, anyContent, anyKindSwitches, async (first, second, switches) => {
        runs += 1;
        await everyKindHolds(first, second, switches);
      }),
      {
        numRuns: 1_000_000,
        interruptAfterTimeLimit: seconds * 1000,
        markInterruptAsFailure: false,
        ...(seed === undefined ? {} : { seed: Number(seed) }),
      },
    );
    expect(runs).toBeGreaterThan(1);
  });
});
