/**
 * A day of a watch that applies, in this process: a clock that only waiting
 * moves, a portal that fails in every way it knows, files that break and come
 * back, people who change the portal, and a portal that is never there.
 */
import { readdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { takeLock } from '../../../src/apply/index.ts';
import type { Terminal } from '../../../src/commands/terminal.ts';
import { runWatch, type WatchOptions } from '../../../src/commands/watch.ts';
import { type Fault, type PortalState, startSandbox } from '../../../src/sandbox/index.ts';
import { lockFolder } from '../../../src/settings.ts';
import { veilFor } from '../../../src/veil.ts';
import { isWrite } from '../../chaos/support/project.ts';
import { seed } from '../../cli/support.ts';
import { inFolder, serviceOptions } from '../../commands/stage.ts';
import { openTime } from './time.ts';

export type Line = Readonly<Record<string, unknown>>;

export interface Day {
  readonly code: number;
  readonly lines: readonly Line[];
  /** Heap in use after a collection, in bytes, after 2, 8, 16 and 24 hours. */
  readonly heap: readonly number[];
  /** How many lines of metrics there were at each full hour. */
  readonly series: readonly number[];
  /** What /metrics said last. */
  readonly metrics: string;
  /** From the first to the last line of each run, in the order in which they were written. */
  readonly runs: readonly { readonly portal: unknown; readonly finished: boolean }[];
  readonly state: PortalState;
  /** Writes that came while nobody held the portal's lock, or while somebody else did. */
  readonly unlocked: number;
  readonly writes: number;
  /** Calls with a 200 of the health page, and without. */
  readonly alive: { readonly yes: number; readonly no: number };
}

const hour = 3_600_000;
const minute = 60_000;

const projectOf = (url: string, ghost: 'there' | 'gone'): string =>
  `version: 1\nportals:\n  production: { screenname: harbour, server: "${url}", accounts_server: "${url}" }\n${ghost === 'there' ? '  ghost: { screenname: ghost, server: "http://127.0.0.1:9", accounts_server: "http://127.0.0.1:9" }\n' : ''}`;

export const rulesOf = (title: string): string => `visitor_routing_rules:
  - { title: Norway, app: Harbour shop }
  - { title: Night desk, app: Harbour shop, enabled: false }
  - title: ${title}
    previously: [Spring sale, Summer sale]
    app: Harbour shop
    when: [{ field: country, comparator: is_equal_to, values: [Iceland] }]
    route: { type: route_to_selected_users, operators: [ben@harbour.test] }
`;

const collectedAfter: readonly number[] = [2, 8, 16, 24];

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

const heapNow = async (): Promise<number> => {
  for (let turn = 0; turn < 2; turn += 1) {
    await new Promise((done) => setTimeout(done, 5));
    if (typeof collect === 'function') collect();
  }
  return process.memoryUsage().heapUsed;
};

const faultsFor = (effect: Fault['effect'], match: NonNullable<Fault['match']> = {}, probability = 1): readonly Fault[] => [{ match, probability, effect }];

/** What befalls the service in a day: from, for how long, what. */
const weather: readonly (readonly [number, number, readonly Fault[]])[] = [
  [1.5, 0.7, faultsFor({ kind: 'status', status: 503 })],
  [3.1, 0.5, faultsFor({ kind: 'error', code: 1023 }, { method: 'GET' }, 0.3)],
  [4.1, 0.4, faultsFor({ kind: 'error', code: 1008 }, { path: '/visitorroutingrules' })],
  [6.1, 0.4, faultsFor({ kind: 'reset', when: 'before' })],
  [8.1, 0.3, faultsFor({ kind: 'html' })],
  [10.1, 0.3, faultsFor({ kind: 'reset', when: 'after' }, { method: 'WRITE' }, 0.5)],
  [12.1, 0.2, faultsFor({ kind: 'delay', ms: 20 })],
  [14.1, 1.5, faultsFor({ kind: 'lock', ms: 90 * minute }, { nth: 1 })],
  [17.1, 0.3, faultsFor({ kind: 'cut-body' })],
  [18.1, 0.3, faultsFor({ kind: 'status', status: 500 }, { path: '/oauth/v2/token' })],
  [20.1, 0.5, faultsFor({ kind: 'error', code: 1001 }, {}, 0.5)],
];

export const playDay = (intervalMinutes: number, gitIs: 'git' | 'none', hours = 24): Promise<Day> =>
  inFolder(async (dir) => {
    const rules = join(dir, 'rules.yaml');
    const lines: Line[] = [];
    const heap: number[] = [];
    const series: number[] = [];
    const alive = { yes: 0, no: 0 };
    let writes = 0;
    let unlocked = 0;
    let heldByOther = false;
    let metrics = '';
    let url: string | undefined;
    const stopper = new AbortController();

    const askEach = async (): Promise<void> => {
      if (url === undefined) return;
      const [page, health] = await Promise.all([fetch(`${url}/metrics`), fetch(`${url}/healthz`)]);
      metrics = await page.text();
      await health.arrayBuffer();
      alive[health.status === 200 ? 'yes' : 'no'] += 1;
      series.push(metrics.split('\n').filter((line) => line.startsWith('salesiq_sync_')).length);
      if (collectedAfter.includes(series.length)) heap.push(await heapNow());
    };
    const held = async (): Promise<void> => {
      const lock = await takeLock({
        folder: lockFolder({ XDG_CACHE_HOME: join(dir, '.cache') }, dir),
        portal: `${sandbox.url} harbour`,
        waitMilliseconds: 0,
        clock: time.now,
        now: time.now,
        sleep: time.sleep,
        stopped: () => false,
        onWait: () => undefined,
      });
      heldByOther = true;
      release = async () => {
        heldByOther = false;
        await lock.release();
      };
    };
    let release: () => Promise<void> = () => Promise.resolve();

    const time = openTime([
      ...weather.flatMap(([from, length, faults]) => [
        { at: from * hour, happens: () => sandbox.setFaults(faults) },
        { at: (from + length) * hour, happens: () => sandbox.setFaults([]) },
      ]),
      ...[2, 5, 9, 13, 16, 19, 22].map((at, index) => ({
        at: at * hour,
        happens: () => writeFile(rules, rulesOf(index % 2 === 0 ? 'Summer sale' : 'Spring sale')),
      })),
      // People in the console.
      ...[5.3, 11.3, 21.3].map((at) => ({
        at: at * hour,
        happens: () =>
          sandbox.change((state) => {
            for (const rule of state.visitor_routing_rules) if (rule.title === 'Night desk') rule.enabled = true;
          }),
      })),
      { at: 7.1 * hour, happens: () => writeFile(rules, 'visitor_routing_rules:\n  - { title: [Norway\n') },
      { at: 7.6 * hour, happens: () => writeFile(rules, rulesOf('Summer sale')) },
      { at: 11.6 * hour, happens: () => rename(join(dir, 'salesiq.yaml'), join(dir, 'gone')) },
      { at: 12 * hour, happens: () => rename(join(dir, 'gone'), join(dir, 'salesiq.yaml')) },
      { at: 15.8 * hour, happens: held },
      { at: 16.2 * hour, happens: () => release() },
      { at: 18.5 * hour, happens: () => writeFile(join(dir, 'salesiq.yaml'), projectOf(sandbox.url, 'gone')) },
      ...Array.from({ length: hours }, (_none, index) => ({ at: (index + 1) * hour - minute, happens: askEach })),
      { at: hours * hour, happens: () => stopper.abort() },
    ]);
    const locks = lockFolder({ XDG_CACHE_HOME: join(dir, '.cache') }, dir);
    const sandbox = await startSandbox({
      seed,
      now: time.now,
      onRequest: (entry) => {
        if (!isWrite(entry)) return;
        writes += 1;
        if (heldByOther || !readdirSync(locks).some((name) => name.endsWith('.lock'))) unlocked += 1;
      },
    });

    const options: WatchOptions = {
      ...serviceOptions(dir),
      format: 'text',
      source: { type: 'folder' },
      mode: 'apply',
      rounds: 'endless',
      consent: 'given',
      keepGoing: 'stop',
      settleSeconds: 10,
      lockSeconds: 5,
      intervalSeconds: intervalMinutes * 60,
      mostBackOffSeconds: 30 * 60,
      listen: { host: '127.0.0.1', port: 0 },
      keepRuns: 5,
      // Git is asked many times in each round; a day of it is for days with more time.
      base: gitIs,
      timing: { now: time.now, elapsed: time.now, sleep: time.sleep, random: () => 0.5 },
    };
    const { clientId, clientSecret, refreshToken } = sandbox.credentials;
    const terminal: Terminal = {
      print: (text) => {
        const line: Line = JSON.parse(text);
        if (typeof line['url'] === 'string') ({ url } = { url: line['url'] });
        // Only what is judged: the test itself must not grow much.
        const { time: at, level, event, portal, result } = line;
        if (event !== 'pause') lines.push({ time: at, level, event, portal, result });
      },
      say: () => undefined,
      progress: () => undefined,
      style: 'plain',
      sayStyle: 'plain',
      messages: 'json',
      veil: veilFor([clientSecret, refreshToken]),
      environment: {
        SALESIQ_TOKEN_CACHE: 'off',
        XDG_CACHE_HOME: join(dir, '.cache'),
        SALESIQ_CLIENT_ID: clientId,
        SALESIQ_CLIENT_SECRET: clientSecret,
        SALESIQ_REFRESH_TOKEN: refreshToken,
      },
      home: dir,
      signal: stopper.signal,
      now: time.now,
      clock: time.now,
      random: () => 0.5,
      sleep: time.sleep,
    };
    try {
      await writeFile(join(dir, 'salesiq.yaml'), projectOf(sandbox.url, 'there'));
      await writeFile(rules, rulesOf('Spring sale'));
      const code = await runWatch(options, terminal);
      const folder = join(dir, '.salesiq', 'runs');
      const runs = await Promise.all(
        (await readdir(folder)).sort().map(async (name) => {
          const journal = (await readFile(join(folder, name, 'journal.jsonl'), 'utf8')).trim().split('\n');
          const entries: readonly Line[] = journal.map((line) => JSON.parse(line));
          return { portal: entries[0]?.['portal'], finished: entries.some(({ event }) => event === 'finished') };
        }),
      );
      const state = sandbox.state();
      return { code, lines, heap, series, metrics, runs, state, writes, unlocked, alive };
    } finally {
      await sandbox.close();
      await rm(dir, { recursive: true, force: true });
    }
  });
