/** `sandbox`: the local service by itself, for curl, for tests, for a first look; runs until it is stopped. */
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UserError } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { type Fault, type LoggedRequest, parseFault, parseSwitch, type Switches, startSandbox, switchDescriptions } from '../sandbox/index.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface SandboxCommandOptions {
  readonly file?: string;
  readonly seed?: string;
  readonly screenname?: string;
  readonly port: number;
  readonly latency: number;
  readonly switches: readonly string[];
  readonly faults: readonly string[];
  readonly log: 'each' | 'none';
}

const logText = (entry: LoggedRequest): string =>
  escapeText(`${entry.method} ${entry.path} ${entry.status}${entry.code === undefined ? '' : ` error ${entry.code}`}`);

/** Prints where the service is and how to speak to it, then waits for Ctrl-C. Throws UserError for switches and faults that do not exist. */
export const runSandbox = async (options: SandboxCommandOptions, terminal: Terminal): Promise<ExitCode> => {
  const switches: Partial<Switches> = Object.assign({}, ...options.switches.map((text) => read('switch', text, parseSwitch(text))));
  const faults: readonly Fault[] = options.faults.map((text) => read('fault', text, parseFault(text)));
  if (options.file !== undefined) await mkdir(dirname(resolve(options.file)), { recursive: true });
  const sandbox = await start({ ...options, switches, faults }, terminal);
  terminal.print(
    [
      `A local SalesIQ service is at ${sandbox.url} (portal ${sandbox.screenname}).`,
      '',
      'To use it from another terminal:',
      `  export SALESIQ_SERVER=${sandbox.url}`,
      `  export SALESIQ_ACCOUNTS_SERVER=${sandbox.url}`,
      `  export SALESIQ_CLIENT_ID=${sandbox.credentials.clientId}`,
      `  export SALESIQ_CLIENT_SECRET=${sandbox.credentials.clientSecret}`,
      `  export SALESIQ_REFRESH_TOKEN=${sandbox.credentials.refreshToken}`,
      `  curl -H 'Authorization: Zoho-oauthtoken ${sandbox.accessToken}' ${sandbox.url}/api/v2/${sandbox.screenname}/visitorroutingrules`,
      '',
      'Ctrl-C stops it.',
      '',
    ].join('\n'),
  );
  await new Promise<void>((stop) => {
    if (terminal.signal.aborted) stop();
    terminal.signal.addEventListener('abort', () => stop(), { once: true });
  });
  await sandbox.close();
  return exitCodes.done;
};

const read = <T>(what: string, text: string, parsed: { readonly value: T } | { readonly error: string }): T => {
  if ('error' in parsed) throw new UserError(`the ${what} "${text}" is not understood: ${parsed.error}`, { hint: 'salesiq-sync sandbox --help lists them.' });
  return parsed.value;
};

const start = async (
  options: Omit<SandboxCommandOptions, 'switches' | 'faults'> & { readonly switches: Partial<Switches>; readonly faults: readonly Fault[] },
  terminal: Terminal,
) => {
  try {
    return await startSandbox({
      ...(options.file === undefined ? {} : { file: resolve(options.file) }),
      ...(options.seed === undefined ? {} : { seed: resolve(options.seed) }),
      ...(options.screenname === undefined ? {} : { screenname: options.screenname }),
      port: options.port,
      latency: options.latency,
      switches: options.switches,
      faults: options.faults,
      ...(options.log === 'each' ? { onRequest: (entry: LoggedRequest) => terminal.say(logText(entry)) } : {}),
    });
  } catch (error) {
    throw new UserError(`the sandbox could not start: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'See docs/sandbox.md for the form of a seed.',
      cause: error,
    });
  }
};

/** Names the switches, each with its values (the first is the default) and what it stands for. */
export const listSwitches = (terminal: Terminal): ExitCode => {
  terminal.print(switchDescriptions.map(({ name, values, about }) => `${name}=${values.join('|')}\n    ${about}\n`).join(''));
  return exitCodes.done;
};
