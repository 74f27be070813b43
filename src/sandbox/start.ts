/** Puts the parts together and listens, on the loopback address only. */
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { type Credentials, openAccounts } from './accounts.ts';
import { openApi } from './api.ts';
import { type Controls, controlsOf } from './controls.ts';
import { type Draw, drawFrom, type Fault } from './fault.ts';
import { openLock } from './lock.ts';
import { openPost } from './post.ts';
import { randomFrom } from './random.ts';
import { type LoggedRequest, openLog } from './request-log.ts';
import { renumberAll } from './resources/ordered-rules.ts';
import { withEveryKey } from './resources/webhook-keys.ts';
import { serverOf } from './server.ts';
import type { PortalState } from './state.ts';
import { firstState, openStore, settled } from './store.ts';
import { defaultSwitches, isSwitches, type Switches } from './switches.ts';

export interface SandboxOptions {
  /** State is kept in this file (mode 0600), and read from it at the start; absent: in memory only. */
  readonly file?: string;
  /** Path of a seed, or the seed; used when `file` does not exist yet. */
  readonly seed?: string | object;
  /** Wins over the one in the state or the seed; without any it is `sandbox`. */
  readonly screenname?: string;
  /** 0, the default, is any free one. */
  readonly port?: number;
  /** Milliseconds before each answer. */
  readonly latency?: number;
  readonly switches?: Partial<Switches>;
  readonly faults?: readonly Fault[];
  readonly onRequest?: (entry: LoggedRequest) => void;
  /** Epoch milliseconds; the clock of tokens, times, locks and lags. Pauses run on the real one. */
  readonly now?: () => number;
  /** Seed of everything drawn by chance. */
  readonly random?: number;
}

export interface Sandbox extends Controls {
  /** `http://127.0.0.1:PORT`, API and accounts server in one. */
  readonly url: string;
  readonly screenname: string;
  /** Always accepted, the same at every start. */
  readonly credentials: Credentials;
  /** Always accepted, for every scope, for good. */
  readonly accessToken: string;
  readonly requests: () => readonly LoggedRequest[];
  /** A copy of the portal. */
  readonly state: () => PortalState;
  /** A change by another hand: `edit` alters the copy that it is given. Rules put elsewhere in their list are numbered anew. */
  readonly change: (edit: (state: PortalState) => void) => void;
  /** From now on these faults and no others, their counters at zero. */
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Sets some switches; where they change what positions mean, all lists are numbered anew. */
  readonly setSwitches: (switches: Partial<Switches>) => void;
  /** Breaks off deliveries, waits for the file to be written, and ends all connections. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a local SalesIQ service.
 *
 * @throws SeedError when seed or state file cannot be read; Error for unknown switches or a port that is taken
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const clock = options.now ?? Date.now;
  let switches = withSwitches(defaultSwitches, options.switches ?? {});
  const random = randomFrom(options.random ?? 1);
  let draw: Draw = drawFrom(options.faults ?? [], random);
  const first = await firstState(options.file, options.seed, clock(), switches);
  const store = openStore({ ...first, screenname: options.screenname ?? first.screenname }, options.file);
  await store.commit(withKeys(store.state(), switches));
  const accounts = openAccounts();
  const post = openPost(store, random, () => switches, clock);
  const controls = controlsOf(store, post, clock);
  const api = openApi(store, accounts, random, () => switches, post);
  const log = openLog(options.onRequest);
  const app = serverOf({
    api,
    accounts,
    controls,
    log,
    lock: openLock(),
    draw: (method, path) => draw(method, path),
    switches: () => switches,
    now: clock,
    latency: options.latency ?? 0,
  });
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' });
  const port = await listen(server, options.port ?? 0);
  return {
    ...controls,
    url: `http://127.0.0.1:${port}`,
    screenname: store.state().screenname,
    credentials: accounts.credentials,
    accessToken: accounts.accessToken,
    requests: log.entries,
    state: () => structuredClone(store.state()),
    change: (edit) => {
      const copy = structuredClone(store.state());
      edit(copy);
      store.put(withKeys(settled(store.state(), copy, switches), switches));
    },
    setFaults: (faults) => {
      draw = drawFrom(faults, random);
    },
    setSwitches: (some) => {
      switches = withSwitches(switches, some);
      api.forget();
      const renumbered = withKeys(renumberAll(store.state(), switches), switches);
      if (renumbered !== store.state()) store.put(renumbered);
    },
    close: async () => {
      await post.close();
      await closed(server);
      await store.close();
    },
  };
};

/** Where every answer shows the texts of keys, all must have one. */
const withKeys = (state: PortalState, switches: Switches): PortalState => (switches['key-text'] === 'always' ? withEveryKey(state) : state);

const withSwitches = (present: Switches, some: Partial<Switches>): Switches => {
  if (!isSwitches(some)) throw new Error(`unknown switch or value in ${JSON.stringify(some)}`);
  return { ...present, ...some };
};

const listen = (server: ServerType, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

const closed = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
