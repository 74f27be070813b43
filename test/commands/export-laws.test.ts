/** What holds of every export: a plan of its files is empty, a second one changes no byte, and the order in which the service lists things does not matter. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import { anyPortal } from '../support/any-portal.ts';
import { freshExportHolds, worldExportHolds } from '../support/export-laws.ts';
import { anyWorld } from '../support/world.ts';

describe('an export', () => {
  it('into an empty project is followed by an empty plan, and by an export that changes no byte', () => {
    fc.assert(fc.property(anyPortal(3), fc.constantFrom('by-app' as const, 'single' as const), freshExportHolds), { numRuns: 25 });
  });

  it('into files that are there is followed by an empty plan, and by an export that changes no byte', () => {
    fc.assert(fc.property(anyWorld(6), worldExportHolds), { numRuns: 15 });
  });
});
