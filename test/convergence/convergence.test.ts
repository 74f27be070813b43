/** The crown test: apply, read again, plan again, nothing left. The sandbox's state is the judge. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planText } from '../../src/report/index.ts';
import { defaultSwitches, type Switches, startSandbox } from '../../src/sandbox/index.ts';
import { anySwitches } from '../support/any-switches.ts';
import { openClock, openReceiver, planAgainst, playWorld, type Run, recipeFrom } from '../support/harness.ts';
import { findingsOf } from '../support/judge.ts';
import { aContent, anyWorld, settledWorld, type World, wantOrder, withFamily } from '../support/world.ts';
import { filesOf } from '../support/world-files.ts';
import { seedOf } from '../support/world-seed.ts';

const shop = 'Harbour shop';
const family = 'visitor_routing_rules';
const names = (count: number): readonly string[] => Array.from({ length: count }, (_none, index) => `Rule ${String(index).padStart(3, '0')}`);
const placings = (run: Run): readonly unknown[] =>
  run.asked.apply.filter(({ method, body }) => method === 'PUT' && typeof body === 'object' && body !== null && 'position' in body).map(({ body }) => body);
const writes = (run: Run): readonly string[] => run.asked.apply.filter(({ method }) => method !== 'GET').map(({ method }) => method);

describe('convergence', () => {
  let receiver = { url: '', close: () => Promise.resolve() };
  beforeAll(async () => {
    receiver = await openReceiver();
  });
  afterAll(() => receiver.close());

  const play = async (world: World, switches: Partial<Switches> = {}): Promise<Run> => {
    const full = { ...defaultSwitches, ...switches };
    const run = await playWorld(world, full, receiver.url);
    expect(findingsOf(world, run, full, receiver.url)).toEqual([]);
    return run;
  };

  it('settles any world under any combination of switches in one run', { timeout: 60_000 }, async () => {
    let runs = 0;
    let settled = 0;
    await fc.assert(
      fc.asyncProperty(anyWorld(7), anySwitches, async (world, switches) => {
        runs += 1;
        const run = await playWorld(world, switches, receiver.url);
        if (run.result?.settled === true) settled += 1;
        expect(findingsOf(world, run, switches, receiver.url)).toEqual([]);
      }),
      { numRuns: 60, interruptAfterTimeLimit: 10_000, endOnFailure: true },
    );
    expect(settled).toBeGreaterThan(runs / 3);
  });

  it('writes nothing where live equals the files', async () => {
    const run = await play(settledWorld(names(6)));
    expect(run.plan.changes).toEqual([]);
    expect(writes(run)).toEqual([]);
    expect(run.result).toBeUndefined();
  });

  it('inserts one rule at the top of 200 with one create and one move, and the plan reads so', async () => {
    const world = withFamily(settledWorld(names(200)), family, (one) => wantOrder(one, shop, ['Spring sale', ...names(200)]));
    const run = await play(world);
    expect(run.plan.summary).toEqual({ create: 1, update: 0, delete: 0, move: 0 });
    expect(writes(run)).toEqual(['POST', 'PUT']);
    expect(placings(run)).toEqual([{ position: 1 }]);
    const text = planText(run.plan, { style: 'plain', showUnmanaged: 'count' });
    expect(text).toContain('Plan: 1 to add, 0 to change, 0 to move, 0 to delete.');
    expect(text.split('\n').filter((line) => /^ {2}\S/.test(line))).toEqual([
      expect.stringMatching(/^ {2}\+ 1 +Spring sale /),
      expect.stringMatching(/^ {2}= 201 +Rule 199 +stays last$/),
    ]);
  });

  it('inserts one rule at the top of 200 with one create alone where new rules come on top', async () => {
    const world = withFamily(settledWorld(names(200)), family, (one) => wantOrder(one, shop, ['Spring sale', ...names(200)]));
    expect(writes(await play(world, { 'new-place': 'top' }))).toEqual(['POST']);
  });

  it('appends a rule with one create and no move', async () => {
    const world = withFamily(settledWorld(names(40)), family, (one) => wantOrder(one, shop, [...names(40), 'Late shift']));
    expect(writes(await play(world))).toEqual(['POST']);
  });

  it('brings the last of 30 rules to the top with one move', async () => {
    const order = names(30);
    const run = await play(withFamily(settledWorld(order), family, (one) => wantOrder(one, shop, [...order.slice(-1), ...order.slice(0, -1)])));
    expect(run.plan.changes.map(({ action, key }) => [action, key])).toEqual([['move', 'Rule 029']]);
    expect(placings(run)).toHaveLength(1);
  });

  it.each([
    ['shift', 'portal'],
    ['shift', 'app'],
    ['assign', 'portal'],
    ['assign', 'app'],
    ['swap', 'portal'],
    ['swap', 'app'],
  ] as const)('turns a list of twelve around where places %s, numbered by %s', async (move, scope) => {
    const order = names(12);
    const world = withFamily(settledWorld(order), family, (one) => wantOrder(one, shop, [...order].reverse()));
    const run = await play(world, { 'position-move': move, 'position-scope': scope });
    if (move === 'shift') expect(placings(run)).toHaveLength(11);
    expect(run.after.visitor_routing_rules.map(({ title }) => title)).toEqual([...order].reverse());
  });

  it('leaves a rule that no file describes where it is, and moves ours around it', async () => {
    const live = ['A stranger', ...names(5)];
    const world = withFamily(settledWorld(live), family, (one) => wantOrder(one, shop, [...names(5)].reverse()));
    const run = await play(world);
    expect(run.asked.apply.filter(({ method, path }) => method !== 'GET' && path.endsWith(run.before.visitor_routing_rules[0]?.id ?? '?'))).toEqual([]);
    expect(run.plan.unmanaged.map(({ key }) => key)).toEqual(['A stranger']);
    expect(run.after.visitor_routing_rules[0]?.title).toBe('A stranger');
  });

  it('says truthfully that there is no room where a new rule must stand before one that is not ours and numbers do not shift', async () => {
    const world = withFamily(settledWorld(['A stranger', 'Rule 000']), family, (one) => wantOrder(one, shop, ['Rule 000', 'Spring sale'], 2));
    const run = await play(world, { 'position-move': 'assign', 'position-range': 'error' });
    expect(run.result?.settled).toBe(false);
    expect(run.result?.outcomes.some(({ state, error }) => state === 'failed' && error?.message.includes('no room') === true)).toBe(true);
    expect(run.second.changes.length).toBeGreaterThan(0);
  });

  it('switches every lead scoring rule on, whichever of the two keys the service hears', async () => {
    const when = (country: string) => [[{ field: 'country', comparator: 'is_equal_to', values: [country] }]];
    const countries = ['Japan', 'Norway', 'Chile', 'Peru'];
    const world: World = {
      ...settledWorld([]),
      leads: {
        managed: true,
        policy: 'keep',
        live: countries.map((country) => ({ points: 7, enabled: false, when: when(country) })),
        written: countries.map((country, index) => ({ key: country, when: when(country), ...(index === 0 ? { points: 12 } : {}) })),
      },
    };
    for (const heard of ['both', 'status', 'enable'] as const) {
      for (const details of ['partial', 'replacing'] as const) {
        const run = await play(world, { 'lead-switch': heard, 'put-details': details, 'new-rules': 'disabled' });
        expect(run.after.lead_scoring_rules.map(({ enabled }) => enabled)).toEqual([true, true, true, true]);
      }
    }
  });

  it('sends nothing but GET while it plans', async () => {
    const world = withFamily(settledWorld(names(3)), family, (one) => wantOrder(one, shop, ['Spring sale', ...names(3)]));
    const sandbox = await startSandbox({ seed: seedOf(world, receiver.url) });
    const plan = await planAgainst(sandbox, recipeFrom(filesOf(world, receiver.url)), openClock());
    expect(plan.changes).toHaveLength(1);
    expect(new Set(sandbox.requests().map(({ method }) => method))).toEqual(new Set(['GET']));
    await sandbox.close();
  });

  it('keeps what the files leave out, under an update that replaces', async () => {
    const content = { ...aContent, enabled: false };
    const base = settledWorld(['Night desk']);
    const world = withFamily(base, family, (one) => ({
      ...one,
      live: [{ ...content, title: 'Night desk', app: shop }],
      lists: [
        {
          app: shop,
          order: 'list',
          elsewhere: [],
          rules: [
            {
              title: 'Night desk',
              app: shop,
              content: { ...content, when: [[{ field: 'country', comparator: 'is_equal_to', values: ['Chile'] }]] },
              parts: { enabled: true, when: true, route: 'none', event: false, action: 'none' },
            },
          ],
        },
      ],
    }));
    const run = await play(world, { 'put-details': 'replacing', 'new-rules': 'enabled' });
    expect(run.plan.changes.map(({ fields }) => fields.map(({ path }) => path))).toEqual([['when[0].values']]);
    expect(run.after.visitor_routing_rules[0]).toMatchObject({ enabled: false, userset: run.before.visitor_routing_rules[0]?.userset });
  });
});
