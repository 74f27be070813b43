/** Any combination of the sandbox's switches. */
import fc from 'fast-check';
import { defaultSwitches, isSwitches, type Switches, switchDescriptions } from '../../src/sandbox/index.ts';

const drawn: Record<string, fc.Arbitrary<string | number>> = Object.fromEntries(
  switchDescriptions.map(({ name, values }) => [name, name === 'rate-limit' ? fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 240) : fc.constantFrom(...values)]),
);

export const anySwitches: fc.Arbitrary<Switches> = fc.record(drawn, { noNullPrototype: true }).map((some) => {
  if (!isSwitches(some)) throw new Error('switches of another form');
  return { ...defaultSwitches, ...some };
});
