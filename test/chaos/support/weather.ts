/**
 * One world, applied in bad weather: requests are torn, refused, delayed and
 * locked by chance, lists lag behind. Then the portal itself is asked whether
 * what the command said was true, and whether the next apply settles.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { openReaderAndWriter } from '../../../src/api/index.ts';
import { carryOut } from '../../../src/commands/carry-out.ts';
import { planPortal, type Recipe } from '../../../src/commands/plan-portal.ts';
import { exitCodes } from '../../../src/commands/terminal.ts';
import { type Change, type Plan, ServiceError } from '../../../src/model/index.ts';
import { defaultSwitches, type Effect, type Fault, type PortalState, type Sandbox, startSandbox } from '../../../src/sandbox/index.ts';
import { serviceOptions, stage } from '../../commands/stage.ts';
import { type Clock, openClock, planAgainst, recipeFrom, runAgainst } from '../../support/harness.ts';
import { findingsOf } from '../../support/judge.ts';
import { anyWorld, familyNames, type World } from '../../support/world.ts';
import { filesOf } from '../../support/world-files.ts';
import { seedOf } from '../../support/world-seed.ts';
import { drawFrom } from '../../support/yaml.ts';
import { isWrite } from './project.ts';

const hooks = 'https://hooks.harbour.test';

const effects: readonly (() => Effect)[] = [
  () => ({ kind: 'reset', when: 'before' }),
  () => ({ kind: 'reset', when: 'after' }),
  () => ({ kind: 'error', code: 1001 }),
  () => ({ kind: 'status', status: 503 }),
  () => ({ kind: 'lock', requests: 2 }),
  () => ({ kind: 'lock', ms: 900 }),
  () => ({ kind: 'cut-body' }),
  () => ({ kind: 'html' }),
  () => ({ kind: 'delay', ms: 4, then: { kind: 'reset', when: 'after' } }),
  () => ({ kind: 'delay', ms: 4 }),
];

/** Up to three sorts of faults, that together hit one request in five at most; lists may lag besides. */
const weatherOf = (draw: () => number): readonly Fault[] => {
  const count = 1 + Math.floor(draw() * 3);
  const share = (0.05 + draw() * 0.15) / count;
  const where = (): string => (draw() < 0.5 ? 'WRITE' : 'ANY');
  const chosen = Array.from(
    { length: count },
    (): Fault => ({
      match: { method: where() },
      probability: share,
      effect: (effects[Math.floor(draw() * effects.length)] ?? effects[0])?.() ?? { kind: 'html' },
    }),
  );
  return draw() < 0.4
    ? [...chosen, { match: { method: 'WRITE' }, probability: 0.15, effect: { kind: 'list-lag', ms: 300 + Math.floor(draw() * 1200) } }]
    : chosen;
};

interface Said {
  readonly code: number;
  readonly outcomes: readonly { readonly address: string; readonly action: string; readonly state: string; readonly error?: { readonly message: string } }[];
}

/** Applies as the command does, on a clock that only waiting moves. */
const applyIn = async (sandbox: Sandbox, recipe: Recipe, clock: Clock, folder: string, seed: number): Promise<Said> => {
  const { terminal, printed } = stage();
  const connection = {
    server: sandbox.url,
    accountsServer: sandbox.url,
    screenname: sandbox.screenname,
    credentials: { kind: 'token', accessToken: sandbox.accessToken } as const,
    ratePerMinute: 0,
  };
  const timing = { now: clock.now, elapsed: clock.now, sleep: clock.sleep, random: () => 0.5 };
  const { reader, writer, close } = openReaderAndWriter(connection, {}, { timing });
  try {
    const planned = await planPortal(recipe, reader, 0);
    const options = { ...serviceOptions(folder), consent: 'given', keepGoing: seed % 3 === 0 ? 'after-failures' : 'stop', settleSeconds: 10 } as const;
    const code = await carryOut(
      { goal: 'the files', portal: recipe.desired.portal, place: sandbox.url, planned, writer, secrets: [], sources: () => undefined },
      options,
      {
        ...terminal,
        now: clock.now,
        clock: clock.now,
        sleep: clock.sleep,
      },
    );
    const document: { readonly outcomes: Said['outcomes'] } = JSON.parse(printed());
    return { code, outcomes: document.outcomes };
  } catch (error) {
    // What the command says where the portal cannot be read.
    if (error instanceof ServiceError) return { code: exitCodes.failed, outcomes: [] };
    throw error;
  } finally {
    close();
  }
};

const names = (state: PortalState): readonly string[] => [
  ...familyNames.flatMap((name) => state[name].map((rule) => `${name}/${rule.app_id}/${rule.title}`)),
  ...state.webhooks.map(({ type, url }) => `webhooks/${type} ${url}`),
];

const counted = (list: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};

/** What the run did that nothing allows, whatever it said. */
const harm = (before: PortalState, after: PortalState, changes: Plan['changes']): readonly string[] => {
  const wrong: string[] = [];
  const deleted = changes.filter(({ action }) => action === 'delete').length;
  const earlier = counted(names(before));
  for (const [name, times] of counted(names(after))) {
    if (times > Math.max(earlier.get(name) ?? 0, 1)) wrong.push(`${name} is there ${times} times`);
  }
  // These have no name: only their number tells that one was made twice.
  const leads = before.lead_scoring_rules.length + changes.filter(({ action, kind }) => action === 'create' && kind === 'lead_scoring_rules').length;
  if (after.lead_scoring_rules.length > leads) wrong.push(`there are ${after.lead_scoring_rules.length} lead scoring rules, and ${leads} at most should be`);
  const ids = (state: PortalState): readonly string[] =>
    [...familyNames.flatMap((name): readonly { readonly id: string }[] => state[name]), ...state.lead_scoring_rules, ...state.webhooks].map(({ id }) => id);
  const left = new Set(ids(after));
  const gone = ids(before).filter((id) => !left.has(id));
  if (gone.length > deleted) wrong.push(`${gone.length} were deleted, and the plan deletes ${deleted}`);
  return wrong;
};

export interface WeatherResult {
  readonly code: number;
  readonly wrong: readonly string[];
  readonly faults: number;
}

const worldOf = (seed: number): World => {
  const [world] = fc.sample(anyWorld(6), { seed, numRuns: 1 });
  if (world === undefined) throw new Error('no world');
  return world;
};

/** Plays one seed; undefined where its world has nothing to apply. */
export const playWeather = async (seed: number): Promise<WeatherResult | undefined> => {
  const world = worldOf(seed);
  const clock = openClock();
  const recipe = recipeFrom(filesOf(world, hooks));
  const sandbox = await startSandbox({ seed: seedOf(world, hooks), now: clock.now, random: seed });
  const folder = await mkdtemp(join(tmpdir(), 'salesiq-weather-'));
  try {
    const before = sandbox.state();
    const plan = await planAgainst(sandbox, recipe, clock);
    if (plan.changes.length === 0) return undefined;
    const planEnd = sandbox.requests().length;

    const weather = weatherOf(drawFrom(seed));
    sandbox.setFaults(weather);
    const { code, outcomes } = await applyIn(sandbox, recipe, clock, folder, seed);
    const applyLog = sandbox.requests().slice(planEnd);
    sandbox.setFaults([]);
    // What lists still hide shows by now.
    await clock.sleep(5_000);
    const after = sandbox.state();
    const done = applyLog.filter((entry) => isWrite(entry) && entry.status === 200 && entry.code === undefined);
    const wrong: string[] = [];
    const say = (text: string, ok: boolean): void => {
      if (!ok) wrong.push(text);
    };
    wrong.push(...harm(before, after, plan.changes));

    const now = await planAgainst(sandbox, recipe, clock);
    const open = new Set(now.changes.map(({ action, address }) => `${action === 'move' ? 'move' : 'write'} ${address}`));
    const isOpen = ({ action, address }: Said['outcomes'][number]): boolean => open.has(`${action === 'move' ? 'move' : 'write'} ${address}`);
    if (code === exitCodes.failed) {
      say(`it says that nothing was written, and ${done.length} writes were done`, done.length === 0 && JSON.stringify(before) === JSON.stringify(after));
    } else if (code === exitCodes.done) {
      say(
        `it says that all is done, and an outcome is not: ${JSON.stringify(outcomes)}`,
        outcomes.every(({ state }) => state === 'applied'),
      );
      say(`it says that all is done, and there is left: ${[...open].join('; ')}`, open.size === 0);
    } else {
      say(`exit ${code}`, code === exitCodes.partial);
      for (const one of outcomes) {
        say(`${one.action} ${one.address} is said to be applied, and is not`, one.state !== 'applied' || !isOpen(one));
        say(`${one.action} ${one.address} is said not to be tried, and is done`, one.state !== 'not_tried' || isOpen(one) || one.action === 'move');
      }
      say(
        `exit 4, and every outcome is applied and nothing is left: ${JSON.stringify(outcomes)}`,
        outcomes.some(({ state }) => state !== 'applied') || open.size > 0,
      );
    }

    // In fair weather the next apply ends where the files want to be, by the portal's own word.
    const again = await runAgainst(sandbox, recipe, clock, () => undefined, 10);
    const leads = (action: Change['action']): number =>
      plan.changes.filter((change) => change.action === action && change.kind === 'lead_scoring_rules').length;
    const expected = before.lead_scoring_rules.length + leads('create') - leads('delete');
    say(
      `there are ${again.after.lead_scoring_rules.length} lead scoring rules in the end, and not ${expected}`,
      again.after.lead_scoring_rules.length === expected,
    );
    const run = {
      ...again,
      before,
      plan,
      asked: { plan: [], apply: [...applyLog, ...again.asked.apply], again: [] },
      unplaced: before,
      result: { outcomes: [], settled: true, stopped: false, landed: 1, ...again.result },
    };
    wrong.push(
      ...findingsOf(world, run, { ...defaultSwitches, 'rate-limit': 1 }, hooks)
        // Calls that were torn are made again.
        .filter((finding) => !finding.includes('calls placed rules')),
    );
    return {
      code,
      faults: applyLog.filter(({ status, code: error }) => status !== 200 || error !== undefined).length,
      wrong: wrong.map((text) => `seed ${seed}, ${JSON.stringify(weather)}: ${text}`),
    };
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
};
