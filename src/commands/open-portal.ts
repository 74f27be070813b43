/** From a portal of salesiq.yaml to a connection: a data centre, given addresses, or the sandbox, which is started here. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CallRecord, type Connection, dataCenters, type Hooks, openReader, openReaderAndWriter, type Pause } from '../api/index.ts';
import { type Portal, type Reader, UserError, type Writer } from '../model/index.ts';
import { credentialsOf, defaultRate, portalVariable, tokenFolder } from '../settings.ts';
import type { ServiceOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

/** An open portal. `close` ends connections, and the sandbox where one was started. */
export interface OpenPortal {
  readonly connection: Connection;
  readonly hooks: Hooks;
  readonly rate: number;
  readonly close: () => Promise<void>;
}

const isDataCenter = (name: string): name is keyof typeof dataCenters => Object.hasOwn(dataCenters, name);

const addressesOf = (portal: Portal, terminal: Terminal): { readonly server: string; readonly accountsServer: string } => {
  const { place } = portal;
  const server = portalVariable(terminal.environment, portal.name, 'SERVER');
  const accountsServer = portalVariable(terminal.environment, portal.name, 'ACCOUNTS_SERVER');
  const known =
    place.type === 'server'
      ? { server: place.server, accountsServer: place.accountsServer }
      : place.type === 'data-center' && isDataCenter(place.dataCenter)
        ? dataCenters[place.dataCenter]
        : { server: '', accountsServer: '' };
  return { server: server ?? known.server, accountsServer: accountsServer ?? known.accountsServer };
};

/** One line for a terminal that cannot count down. */
const pauseText = ({ reason, seconds }: Pause): string => `Waiting ${Math.ceil(seconds)} s: ${reason}`;

const hooksFor = ({ onCall }: ServiceOptions, terminal: Terminal): Hooks => ({
  onCall: (call: CallRecord) => {
    onCall?.(call);
    terminal.progress(`${call.method} ${call.path}`);
  },
  onPause: (pause: Pause) => (terminal.pause === undefined ? terminal.say(pauseText(pause)) : terminal.pause(pause.reason, pause.seconds)),
  hide: terminal.veil.hideEcho,
  signal: terminal.signal,
});

const startIn = async (
  portal: Portal,
  dir: string,
): Promise<{ readonly connection: Pick<Connection, 'server' | 'accountsServer' | 'screenname' | 'credentials'>; readonly close: () => Promise<void> }> => {
  if (portal.place.type !== 'sandbox') throw new UserError(`the portal "${portal.name}" is no sandbox`);
  const { startSandbox } = await import('../sandbox/index.ts');
  const file = resolve(dir, portal.place.file);
  await mkdir(dirname(file), { recursive: true });
  const { seed, screenname } = portal.place;
  const sandbox = await startSandbox({
    file,
    ...(seed === undefined ? {} : { seed: resolve(dir, seed) }),
    ...(screenname === undefined ? {} : { screenname }),
  }).catch((error: unknown) => {
    throw new UserError(`the sandbox of portal "${portal.name}" cannot start: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'docs/sandbox.md tells the form of seeds and state files. To begin again from the seed, delete the state file.',
      cause: error,
    });
  });
  return {
    connection: {
      server: sandbox.url,
      accountsServer: sandbox.url,
      screenname: sandbox.screenname,
      credentials: { kind: 'token', accessToken: sandbox.accessToken },
    },
    close: sandbox.close,
  };
};

/** Throws UserError where credentials or addresses are missing, or the sandbox cannot start. */
export const openPortal = async (portal: Portal, options: ServiceOptions, terminal: Terminal): Promise<OpenPortal> => {
  const hooks = hooksFor(options, terminal);
  const budget = options.maxCalls === undefined ? {} : { maxCalls: options.maxCalls };
  const { place } = portal;
  if (place.type === 'sandbox') {
    const { connection, close } = await startIn(portal, options.dir);
    const rate = options.rate ?? 0;
    return { connection: { ...connection, ...budget, ratePerMinute: rate }, hooks, rate, close };
  }
  const rate = options.rate ?? defaultRate;
  const folder = tokenFolder(terminal.environment, terminal.home);
  return {
    connection: {
      ...addressesOf(portal, terminal),
      ...budget,
      screenname: place.screenname,
      credentials: credentialsOf(terminal.environment, portal.name),
      ratePerMinute: rate,
      ...(folder === undefined ? {} : { tokenCacheFolder: folder }),
      ...(options.pool === undefined ? {} : { pool: options.pool }),
    },
    hooks,
    rate,
    close: () => Promise.resolve(),
  };
};

const insideOf = ({ timing }: ServiceOptions) => (timing === undefined ? {} : { timing });

/** Opens a portal for reading, does the work, and closes it whatever happens. What `work` gets has no way to write. */
export const withReader = async <T>(
  portal: Portal,
  options: ServiceOptions,
  terminal: Terminal,
  work: (reader: Reader, rate: number) => Promise<T>,
): Promise<T> => {
  const open = await openPortal(portal, options, terminal);
  try {
    const reader = openReader(open.connection, open.hooks, insideOf(options));
    try {
      return await work(reader, open.rate);
    } finally {
      reader.close();
    }
  } finally {
    await open.close();
  }
};

/** The same with a writer beside the reader: two objects, one pace, one token. */
export const withWriter = async <T>(
  portal: Portal,
  options: ServiceOptions,
  terminal: Terminal,
  work: (reader: Reader, writer: Writer, rate: number) => Promise<T>,
): Promise<T> => {
  const open = await openPortal(portal, options, terminal);
  try {
    const { reader, writer, close } = openReaderAndWriter(open.connection, open.hooks, insideOf(options));
    try {
      return await work(reader, writer, open.rate);
    } finally {
      close();
    }
  } finally {
    await open.close();
  }
};
