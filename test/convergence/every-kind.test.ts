/** Repositories that hold every kind at once: each is reached in one run from any other, and comes back out of the portal by an export. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyContent } from '../support/any-content.ts';
import { anyKindSwitches, everyKindHolds } from '../support/every-kind.ts';

describe('every kind at once', () => {
  it('is reached in one run from any state, and comes back by an export', async () => {
    await fc.assert(fc.asyncProperty(anyContent, anyContent, anyKindSwitches, everyKindHolds), { numRuns: 12, endOnFailure: true });
  });
});
