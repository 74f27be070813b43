/** Plan and apply as the commands put them together, in this process, against a sandbox in memory whose clock only waiting moves. */
import { createServer } from 'node:http';
import { openReader, openReaderAndWriter } from '../../src/api/index.ts';
import { type ApplyResult, applyPlan, createPatience } from '../../src/apply/index.ts';
import { type Planned, planPortal, type Recipe } from '../../src/commands/plan-portal.ts';
import { assemble, parseFiles, readProject } from '../../src/desired/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Plan, SourceFile } from '../../src/model/index.ts';
import { type LoggedRequest, type PortalState, type Sandbox, type Switches, startSandbox } from '../../src/sandbox/index.ts';
import type { World } from './world.ts';
import { filesOf } from './world-files.ts';
import { seedOf } from './world-seed.ts';

/** A clock that stands still until somebody waits. */
export interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export const openClock = (): Clock => {
  let time = 1_790_000_000_000;
  return {
    now: () => time,
    sleep: (milliseconds) => {
      time += Math.max(1, milliseconds);
      return Promise.resolve();
    },
  };
};

/** A receiver of webhooks that says yes to everybody. */
export const openReceiver = async (): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = createServer((_request, response) => {
    response.statusCode = 200;
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/hooks`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
};

/** The recipe of a plan from files; throws where they have an error, with all findings. */
export const recipeFrom = (
  { project: projectSource, files }: { readonly project: SourceFile; readonly files: readonly SourceFile[] },
  portalName = 'production',
): Recipe => {
  const project = readProject(projectSource, {});
  const parsed = parseFiles(files);
  const portal = project.value?.portals[portalName];
  const findings = [...project.diagnostics, ...parsed.diagnostics];
  const assembled =
    project.value === undefined || parsed.value === undefined || portal === undefined
      ? undefined
      : assemble({ parsed: parsed.value, project: project.value, portal, kinds, environment: {}, strictness: 'lenient' });
  const all = [...findings, ...(assembled?.diagnostics ?? [])];
  const wrong = all.filter(({ severity }) => severity === 'error');
  if (project.value === undefined || assembled?.value === undefined || wrong.length > 0) {
    throw new Error(`the files are not valid:\n${wrong.map(({ message, origin }) => `${origin?.file}:${origin?.line}: ${message}`).join('\n')}`);
  }
  return { desired: assembled.value, scope: { targets: [], excludes: [] }, protect: [], warnings: all };
};

export interface Run {
  readonly before: PortalState;
  readonly after: PortalState;
  /** What plan alone asked, what apply asked, what the plan after it asked. */
  readonly asked: { readonly plan: readonly LoggedRequest[]; readonly apply: readonly LoggedRequest[]; readonly again: readonly LoggedRequest[] };
  readonly plan: Plan;
  /** Absent where there was nothing to apply. */
  readonly result: ApplyResult | undefined;
  readonly second: Plan;
  /** The portal as it was after the last create and delete: what placing began with. */
  readonly unplaced: PortalState;
}

/** Where to find a portal, and how to get in. */
type Door = Pick<Sandbox, 'url' | 'screenname' | 'accessToken'>;

const connectionTo = (sandbox: Door) =>
  ({
    server: sandbox.url,
    accountsServer: sandbox.url,
    screenname: sandbox.screenname,
    credentials: { kind: 'token', accessToken: sandbox.accessToken },
    ratePerMinute: 0,
  }) as const;

const insideOf = (clock: Clock) => ({ timing: { now: clock.now, elapsed: clock.now, sleep: clock.sleep, random: () => 0.5 } });

/** Plans with a reader alone. */
export const planAgainst = async (sandbox: Door, recipe: Recipe, clock: Clock): Promise<Plan> => {
  const reader = openReader(connectionTo(sandbox), {}, insideOf(clock));
  try {
    return (await planPortal(recipe, reader, 0)).plan;
  } finally {
    reader.close();
  }
};

const applied = (planned: Planned, writer: Parameters<typeof applyPlan>[0]['writer'], clock: Clock, settleSeconds: number): Promise<ApplyResult> =>
  applyPlan({
    kinds,
    plan: planned.plan,
    live: planned.look.live,
    writer,
    look: async (names) => {
      const live = await planned.look.again(names);
      return { live, plan: planned.planFrom(live) };
    },
    journal: { record: () => Promise.resolve() },
    patience: createPatience({ settleMilliseconds: settleSeconds * 1000, sleep: clock.sleep, now: clock.now, stopped: () => false }),
    keepGoing: 'stop',
    onProgress: () => undefined,
  });

/** Plans and applies with a reader and a writer, as `apply --auto-approve` does. Throws ServiceError where the portal cannot be read. */
export const applyAgainst = async (sandbox: Door, recipe: Recipe, clock: Clock, settleSeconds = 1): Promise<ApplyResult | undefined> => {
  const { reader, writer, close } = openReaderAndWriter(connectionTo(sandbox), {}, insideOf(clock));
  try {
    const planned = await planPortal(recipe, reader, 0);
    const blocked = planned.plan.diagnostics.some(({ severity }) => severity === 'error') || planned.plan.refusals.length > 0;
    return blocked || planned.plan.changes.length === 0 ? undefined : await applied(planned, writer, clock, settleSeconds);
  } finally {
    close();
  }
};

/** plan, apply, plan again: each with a reader (and writer) of its own. */
export const runAgainst = async (
  sandbox: Sandbox,
  recipe: Recipe,
  clock: Clock,
  remembered: () => PortalState | undefined = () => undefined,
  settleSeconds = 1,
): Promise<Run> => {
  const before = sandbox.state();
  const first = sandbox.requests().length;
  const plan = await planAgainst(sandbox, recipe, clock);
  const second = sandbox.requests().length;
  const result = await applyAgainst(sandbox, recipe, clock, settleSeconds);
  const third = sandbox.requests().length;
  const left = await planAgainst(sandbox, recipe, clock);
  const all = sandbox.requests();
  return {
    before,
    after: sandbox.state(),
    asked: { plan: all.slice(first, second), apply: all.slice(second, third), again: all.slice(third) },
    plan,
    result,
    second: left,
    unplaced: remembered() ?? before,
  };
};

/** A world, played through once under these switches. @param hooks address of a receiver that answers */
export const playWorld = async (world: World, switches: Partial<Switches>, hooks: string): Promise<Run> => {
  const clock = openClock();
  const recipe = recipeFrom(filesOf(world, hooks));
  let unplaced: PortalState | undefined;
  const sandbox = await startSandbox({
    seed: seedOf(world, hooks),
    switches,
    now: clock.now,
    random: world.style,
    onRequest: ({ method, code }) => {
      if ((method === 'POST' || method === 'DELETE') && code === undefined) unplaced = sandbox.state();
    },
  });
  try {
    return await runAgainst(sandbox, recipe, clock, () => unplaced);
  } finally {
    await sandbox.close();
  }
};
