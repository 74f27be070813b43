/** Any combination of the sandbox's switches. */
import fc from 'fast-check';
import { defaultSwitches, isSwitches, type Switches, switchDescriptions } from '../../src/sandbox/index.ts';

/** Drawn unevenly: what slows a run down, what makes key pairs; and no test calls the world outside. */
const seldom: Readonly<Record<string, () => fc.Arbitrary<string | number>>> = {
  'rate-limit': () => fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 240),
  'key-text': () => fc.constantFrom(...Array.from({ length: 15 }, () => 'once'), 'always'),
  'webhook-reach': () => fc.constantFrom('loopback', 'nowhere'),
};

const drawn: Record<string, fc.Arbitrary<string | number>> = Object.fromEntries(
  switchDescriptions
    .filter(({ name }) => name !== 'retry-pause' && name !== 'delivery-timeout')
    .map(({ name, values }) => [name, (seldom[name] ?? (() => fc.constantFrom(...values)))()]),
);

export const anySwitches: fc.Arbitrary<Switches> = fc.record(drawn, { noNullPrototype: true }).map((some) => {
  if (!isSwitches(some)) throw new Error('switches of another form');
  return { ...defaultSwitches, ...some };
});
