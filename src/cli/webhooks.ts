/** Webhooks as they run, beside their configuration. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { commonOf, type Flags, jsonOption, list, type Run, wholeNumber } from './flags.ts';

interface VerifyFlags {
  readonly key: readonly string[];
  readonly signature: string;
  readonly file: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

interface ListenFlags {
  readonly port: number;
  readonly key?: readonly string[];
  readonly failWith?: number;
  readonly json?: boolean;
  readonly color?: boolean;
}

const here = (flags: Pick<Flags, 'json' | 'color'>): Flags => ({ ...flags, dir: '.' });

const portNumber = (text: string): number => {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('It should be 65535 or less.');
  return port;
};

const status = (text: string): number => {
  const number = wholeNumber(text);
  if (number < 200 || number > 599) throw new InvalidArgumentError('It should be an HTTP status, 200 to 599.');
  return number;
};

const keyFiles = (about: string): Option =>
  new Option('--key <file>', about).argParser((value: string, before: readonly string[] | undefined) => list(value, before ?? []));

/** webhooks, with all its verbs. */
export const registerWebhooks = (program: Command, run: Run): void => {
  const webhooks = program.command('webhooks').description('webhooks as they run: keys, failed executions, signatures, a receiver');

  webhooks
    .command('verify')
    .description('say whether a body was signed with a key: exit 0 if so, 1 if not')
    .addOption(keyFiles('the public key, PEM or bare Base64 (repeatable: one that fits is enough)').makeOptionMandatory())
    .requiredOption('--signature <base64>', 'the value of the header x-siqsignature')
    .option('--file <file>', 'the body, byte for byte as it came; - for standard input', '-')
    .option('--no-color', 'no colours')
    .addOption(jsonOption())
    .action((flags: VerifyFlags) =>
      run(here(flags), async (terminal) =>
        (await import('../commands/webhook-verify.ts')).runVerify(
          { ...commonOf(here(flags)), keys: flags.key, signature: flags.signature, body: flags.file },
          terminal,
        ),
      ),
    );

  webhooks
    .command('listen')
    .description('receive deliveries on this machine: answers the probe, checks signatures, prints what comes')
    .option('--port <n>', 'the port (default: any free one)', portNumber, 0)
    .addOption(keyFiles('check signatures with this public key (repeatable)'))
    .option('--fail-with <status>', 'answer deliveries with this status, to see them tried again', status)
    .option('--no-color', 'no colours')
    .addOption(new Option('--json', 'print a line of JSON for each'))
    .action((flags: ListenFlags) =>
      run(here(flags), async (terminal) =>
        (await import('../commands/webhook-verify.ts')).runListen(
          { ...commonOf(here(flags)), port: flags.port, keys: flags.key ?? [], ...(flags.failWith === undefined ? {} : { failWith: flags.failWith }) },
          terminal,
        ),
      ),
    );
};
