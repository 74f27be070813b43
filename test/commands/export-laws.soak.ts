/** The laws of export, for as long as SALESIQ_SOAK_SECONDS says. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyPortal } from '../support/any-portal.ts';
import { freshExportHolds, worldExportHolds } from '../support/export-laws.ts';
import { anyWorld } from '../support/world.ts';

const seconds = Number(process.env['SALESIQ_SOAK_SECONDS'] ?? '60');
const seed = process.env['SALESIQ_SOAK_SEED'];

const limits = {
  numRuns: 1_000_000,
  interruptAfterTimeLimit: seconds * 500,
  markInterruptAsFailure: false,
  ...(seed === undefined ? {} : { seed: Number(seed) }),
};

describe('export, at length', () => {
  it('into an empty project: an empty plan, and no byte changed by a second one', () => {
    let runs = 0;
    const holds = fc.property(anyPortal(6), fc.constantFrom('by-app' as const, 'single' as const), (portal, layout) => {
      runs += 1;
      freshExportHolds(portal, layout);
    });
    fc.assert(holds, limits);
    expect(runs).toBeGreaterThan(10);
  });

  it('into files that are there: the same', () => {
    let runs = 0;
    const holds = fc.property(anyWorld(8), (world) => {
      runs += 1;
      worldExportHolds(world);
    });
    fc.assert(holds, limits);
    expect(runs).toBeGreaterThan(10);
  });
});
