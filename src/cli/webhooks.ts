/** Webhooks as they run, beside their configuration. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WebhookType } from '../commands/find-webhook.ts';
import { commonOf, type Flags, jsonOption, list, positiveNumber, type Run, seconds, serviceOf, wholeNumber, withCommon } from './flags.ts';
import { timeOf } from './time.ts';

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

interface OperationFlags extends Flags {
  readonly autoApprove?: boolean;
}

interface FilterFlags extends OperationFlags {
  readonly from?: number;
  readonly to?: number;
  readonly event: readonly string[];
  readonly limit?: number;
  readonly all?: boolean;
  readonly out?: string;
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

const withPortal = (command: Command): Command =>
  withCommon(command)
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
    .option('--max-calls <n>', 'stop before more calls than this are sent', positiveNumber);

const withConsent = (command: Command): Command => withPortal(command).option('--auto-approve', 'do not ask');

const operationOf = (flags: OperationFlags) => ({ ...serviceOf(flags), consent: flags.autoApprove === true ? ('given' as const) : ('ask' as const) });

const withFilters = (command: Command): Command =>
  command
    .option('--from <time>', 'from this time on: a date, a time, milliseconds, or 7d, 12h, 30m ago', (text: string) => timeOf(text, 'from', Date.now()))
    .option('--to <time>', 'up to this time; a date counts to its end', (text: string) => timeOf(text, 'to', Date.now()))
    .option('--event <name>', 'only this event (repeatable)', list, [])
    .option('--limit <n>', 'at most so many', positiveNumber);

const filterOf = (flags: FilterFlags) => ({
  ...(flags.from === undefined ? {} : { from: flags.from }),
  ...(flags.to === undefined ? {} : { to: flags.to }),
  events: flags.event,
  ...(flags.limit === undefined ? {} : { limit: flags.limit }),
});

const named = 'its address or its id';

const registerKeys = (webhooks: Command, run: Run): void => {
  const keys = webhooks.command('keys').description('the public keys of a webhook: one or two, of which the oldest signs');

  withPortal(keys.command('list'))
    .description('list the keys, the one that signs first')
    .argument('<webhook>', named)
    .action((webhook: string, flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/webhook-keys.ts')).runKeysList(webhook, serviceOf(flags), terminal)),
    );

  withConsent(keys.command('rotate'))
    .description('make a new key and show it, give receivers time, then remove the oldest')
    .argument('<webhook>', named)
    .option('--wait <time>', 'how long receivers get to take in the new key, such as 10m; without it, it is asked', seconds)
    .option('--out <file>', 'write the new key into this file, too')
    .action((webhook: string, flags: OperationFlags & { readonly wait?: number; readonly out?: string }) =>
      run(flags, async (terminal) =>
        (await import('../commands/webhook-keys.ts')).runKeysRotate(
          webhook,
          {
            ...operationOf(flags),
            ...(flags.wait === undefined ? {} : { waitSeconds: flags.wait }),
            ...(flags.out === undefined ? {} : { out: flags.out }),
          },
          terminal,
        ),
      ),
    );

  withConsent(keys.command('delete'))
    .description('remove one key; the last one stays')
    .argument('<webhook>', named)
    .argument('<key-id>', 'the id of the key')
    .action((webhook: string, keyId: string, flags: OperationFlags) =>
      run(flags, async (terminal) => (await import('../commands/webhook-keys.ts')).runKeysDelete(webhook, keyId, operationOf(flags), terminal)),
    );
};

const registerFailures = (webhooks: Command, run: Run): void => {
  const failures = webhooks.command('failures').description('deliveries that failed and were given up');

  withFilters(withPortal(failures.command('list')))
    .description('list them')
    .argument('<webhook>', named)
    .action((webhook: string, flags: FilterFlags) =>
      run(flags, async (terminal) =>
        (await import('../commands/webhook-failures.ts')).runFailuresList(webhook, { ...serviceOf(flags), ...filterOf(flags) }, terminal),
      ),
    );

  const choosing = (name: string): Command =>
    withFilters(withConsent(failures.command(name)))
      .argument('<webhook>', named)
      .argument('[ids...]', 'ids of failed executions')
      .option('--all', 'all that the filters let through');

  const chosenOf = (ids: readonly string[], flags: FilterFlags) => ({
    ...operationOf(flags),
    ...filterOf(flags),
    ids,
    choice: flags.all === true ? ('all' as const) : ('ids' as const),
  });

  choosing('retry')
    .description('try them again, at most 99 times each')
    .action((webhook: string, ids: readonly string[], flags: FilterFlags) =>
      run(flags, async (terminal) => (await import('../commands/webhook-failures.ts')).runFailuresRetry(webhook, chosenOf(ids, flags), terminal)),
    );

  choosing('delete')
    .description('delete them for good')
    .action((webhook: string, ids: readonly string[], flags: FilterFlags) =>
      run(flags, async (terminal) => (await import('../commands/webhook-failures.ts')).runFailuresDelete(webhook, chosenOf(ids, flags), terminal)),
    );

  choosing('export')
    .description('print them as JSON, or write them into a file')
    .option('--out <file>', 'a file that ends in .json, or in .xlsx for workbooks of at most 300 each')
    .action((webhook: string, ids: readonly string[], flags: FilterFlags) =>
      run(flags, async (terminal) =>
        (await import('../commands/webhook-failures.ts')).runFailuresExport(
          webhook,
          { ...chosenOf(ids, flags), ...(flags.out === undefined ? {} : { out: flags.out }) },
          terminal,
        ),
      ),
    );
};

/** webhooks, with all its verbs. */
export const registerWebhooks = (program: Command, run: Run): void => {
  const webhooks = program.command('webhooks').description('webhooks as they run: keys, failed executions, signatures, a receiver');

  withPortal(webhooks.command('list'))
    .description('list the webhooks of the portal')
    .addOption(new Option('--type <type>', 'only those of this type').choices(['data', 'administration']))
    .action((flags: Flags & { readonly type?: WebhookType }) =>
      run(flags, async (terminal) =>
        (await import('../commands/webhooks.ts')).runWebhooksList({ ...serviceOf(flags), ...(flags.type === undefined ? {} : { type: flags.type }) }, terminal),
      ),
    );

  withPortal(webhooks.command('show'))
    .description('show one webhook')
    .argument('<webhook>', named)
    .action((webhook: string, flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/webhooks.ts')).runWebhooksShow(webhook, serviceOf(flags), terminal)),
    );

  withPortal(webhooks.command('summary'))
    .description('count the webhooks, or the failed executions of one')
    .argument('[webhook]', named)
    .action((webhook: string | undefined, flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/webhooks.ts')).runWebhooksSummary(webhook, serviceOf(flags), terminal)),
    );

  registerKeys(webhooks, run);
  registerFailures(webhooks, run);

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
