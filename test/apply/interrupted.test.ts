/** A run that is stopped after each of its writes in turn: what it calls applied is done, and what is not done is told with what is missing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../src/commands/plan-portal.ts';
import { kinds } from '../../src/kinds/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { anyContent, type Content, fileText } from '../support/any-content.ts';
import { anyKindSwitches } from '../support/every-kind.ts';
import { applyAgainst, openClock, recipeFrom } from '../support/harness.ts';
import { claimedTooMuch, type Stopped, stoppedAfter } from './support/stopped.ts';

const projectText = 'version: 1\nportals: { production: { sandbox: unused.json } }\nkinds:\n  operators: { create: true }\n';

/** @param role of the new operator: the sandbox refuses a creation without one */
const recipeWith = (role: string) =>
  recipeFrom({
    project: { path: 'salesiq.yaml', text: projectText },
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

/** Everything is ours, and whoever is deleted leaves what is in it to General. */
const everyRecipe = (content: Content): Recipe => {
  const heirs = ['departments', 'canned_response_categories', 'article_categories'];
  const deletable = kinds.filter(({ schema, manages }) => schema !== undefined && manages.includes('delete'));
  const policies = deletable.map(
    ({ name }) => `  ${name}: { unmanaged: delete, create: true, delete: true${heirs.includes(name) ? ', move_to: General' : ''} }`,
  );
  return recipeFrom({
    project: { path: 'salesiq.yaml', text: `version: 1\nportals: { production: { sandbox: unused.json } }\nkinds:\n${policies.join('\n')}\n` },
    files: [{ path: 'all.yaml', text: fileText(content) }],
  });
};

const everySeed = { departments: [{ name: 'General' }], apps: [{ name: 'Harbour shop' }], operators: [{ email: 'owner@harbour.test', owner: true }] };

const stoppedPeople = async (most: number, role = ', role: Associate'): Promise<Stopped> => {
  const clock = openClock();
  const sandbox = await startSandbox({ seed, now: clock.now, random: 1 });
  try {
    return await stoppedAfter(sandbox, recipeWith(role), clock, most);
  } finally {
    await sandbox.close();
  }
};

describe('a run that is stopped', () => {
  it('calls nothing applied that a new plan still has to do, whichever write was the last', async () => {
    const all = await stoppedPeople(Number.POSITIVE_INFINITY);
    expect(all.result.settled).toBe(true);
    expect(all.writes).toBeGreaterThan(6);
    for (let most = 1; most < all.writes; most += 1) {
      expect(claimedTooMuch(await stoppedPeople(most)), `after ${most} of ${all.writes} writes`).toEqual([]);
    }
  });

  it('says which list of a department waits for an operator', async () => {
    const { result } = await stoppedPeople(1);
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
    const { result } = await stoppedPeople(Number.POSITIVE_INFINITY, '');
    expect(result.outcomes.map(({ address, state, error }) => [address, state, error?.message])).toEqual([
      ['departments/Night desk', 'unknown', 'written, but its operators are not complete yet'],
      ['departments/Berlin', 'unknown', 'written, but its operators are not complete yet'],
      ['operators/dora@harbour.test', 'failed', expect.stringContaining('1015')],
      ['operators/anna@harbour.test', 'not_tried', undefined],
    ]);
  });

  it('vouches for no switch of which there are two documented forms', async () => {
    const clock = openClock();
    const sandbox = await startSandbox({ switches: { 'monitor-switch': 'status' }, now: clock.now, random: 1 });
    const recipe = recipeFrom({
      project: { path: 'salesiq.yaml', text: projectText },
      files: [{ path: 'all.yaml', text: 'chat_monitors: [{ type: visitor_ip, visitor_ip: 10.4.0.1, enabled: false }]\n' }],
    });
    try {
      const { result } = await stoppedAfter(sandbox, recipe, clock, 2);
      expect(result.outcomes.map(({ state, error }) => [state, error?.message])).toEqual([['unknown', 'switched; interrupted before it was read back']]);
    } finally {
      await sandbox.close();
    }
  });

  it('calls nothing applied that is not, whatever it was about to do', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyContent, anyContent, anyKindSwitches, fc.nat(60), async (first, second, switches, most) => {
        const clock = openClock();
        // Whether an update of the details also turns something on again is seen by reading alone.
        const sandbox = await startSandbox({ seed: everySeed, switches: { ...switches, 'put-details': 'partial' }, now: clock.now, random: 3 });
        try {
          await applyAgainst(sandbox, everyRecipe(first), clock);
          expect(claimedTooMuch(await stoppedAfter(sandbox, everyRecipe(second), clock, most + 1))).toEqual([]);
        } finally {
          await sandbox.close();
        }
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});
