/** The command that does not end. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Listen } from '../commands/watch-pages.ts';
import type { SourceOptions } from '../commands/watch-source.ts';
import { UserError } from '../model/index.ts';
import { type BaseFlags, baseOf, type Flags, list, portalsOf, positiveNumber, type Run, type ShardFlags, serviceOf, withBase, withShard } from './flags.ts';

interface WatchFlags extends Flags, BaseFlags, ShardFlags {
  readonly remote?: string;
  readonly branch?: string;
  readonly checkout?: string;
  readonly path?: string;
  readonly gitTimeout: number;
  readonly pushBase?: boolean;
  readonly apply?: boolean;
  readonly once?: boolean;
  readonly interval: number;
  readonly maxBackoff: number;
  readonly listen?: Listen | 'off';
  readonly keepGoing?: boolean;
  readonly settleTimeout: number;
  readonly lockTimeout: number;
  readonly keepRuns: number;
}

const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
const longest = 7 * 86_400;

/** `0.2`, `500ms`, `30s`, `5m`, `1h` → seconds. */
export const duration = (text: string): number => {
  const [, number = '', unit = 's'] = /^(\d{1,7}(?:\.\d{1,6})?)(ms|s|m|h|d)?$/.exec(text) ?? [];
  const result = Number(number) * (units[unit] ?? 1);
  if (number === '' || result > longest)
    throw new InvalidArgumentError('It should be a time of at most a week, such as 0.5, 30s, 5m or 1h; without a unit it is seconds.');
  return result;
};

const positiveDuration = (text: string): number => {
  const result = duration(text);
  if (result < 0.01) throw new InvalidArgumentError('It should be 10ms or more.');
  return result;
};

/** `HOST:PORT`, `[::1]:PORT`, `:PORT` for all addresses, `PORT` for this machine alone, or `off`. */
export const listenAddress = (text: string): Listen | 'off' => {
  if (text === 'off') return 'off';
  const [, colon, bracketed, plain, digits = ''] = /^((?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]*)):)?(\d{1,5})$/.exec(text) ?? [];
  const port = digits === '' ? Number.NaN : Number(digits);
  if (!(port <= 65_535)) throw new InvalidArgumentError('It should be HOST:PORT, :PORT for all addresses of this machine, or off.');
  const host = bracketed ?? plain ?? '';
  if (host !== '') return { host, port };
  return { host: colon === undefined ? '127.0.0.1' : '0.0.0.0', port };
};

const usualListen: Listen = { host: '127.0.0.1', port: 9464 };

/** Absent where nobody shall ask; a single round listens only when it is told to. */
const listenOf = ({ listen, once }: WatchFlags): { readonly listen?: Listen } => {
  if (listen === undefined) return once === true ? {} : { listen: usualListen };
  return listen === 'off' ? {} : { listen };
};

/** Throws UserError where a flag needs `--remote`. */
const sourceOf = ({ remote, branch = 'main', checkout = '.salesiq/checkout', path = '.', gitTimeout, ...flags }: WatchFlags): SourceOptions => {
  if (remote !== undefined)
    return { type: 'remote', remote, branch, checkout, path, timeoutSeconds: gitTimeout, bases: flags.pushBase === true ? 'pushed' : 'kept' };
  const given = [
    ['--branch', branch !== 'main'],
    ['--checkout', checkout !== '.salesiq/checkout'],
    ['--path', path !== '.'],
    ['--push-base', flags.pushBase === true],
  ].find(([, isGiven]) => isGiven === true);
  if (given !== undefined)
    throw new UserError(`${given[0]} is about a remote, and there is no --remote`, { hint: `The project folder ${flags.dir} is read as it stands.` });
  return { type: 'folder' };
};

const examples = `
Each round reads the files, plans every portal, and with --apply brings it to the files. It is planned even if
no file has changed: what was changed in SalesIQ is drift. Limits and protection stay in force; what they block
is told, and not written. Rounds never overlap, and only one portal is written to at a time.

  salesiq-sync watch -C config --interval 1m
  salesiq-sync watch --remote https://git.example/acme/salesiq.git --branch main --checkout /var/lib/salesiq --apply

/healthz tells whether the loop lives, /readyz which portals are well and why the others are not, /metrics is for
Prometheus. SIGTERM ends it once the write in flight is answered: exit 0, or 130 where an apply was left half done.`;

/** watch. */
export const registerWatch = (program: Command, run: Run): void => {
  const command = program
    .command('watch')
    .description('run as a service: plan every portal round after round, or apply; with health, metrics and a log')
    .option('-C, --dir <folder>', 'the project folder, read as it stands in each round', '.')
    .addOption(new Option('--remote <url>', 'follow a branch of this git repository instead, in a checkout of its own').conflicts('dir'))
    .option('--branch <name>', 'the branch of the remote (default: main)')
    .option('--checkout <folder>', 'where the checkout of the remote is kept (default: .salesiq/checkout)')
    .option('--path <folder>', 'the project folder in the checkout (default: its top)')
    .option('--push-base', 'tell the remote what was last applied to each portal, as refs/salesiq-sync/PORTAL')
    .option('--git-timeout <time>', 'how long one command of git may take', positiveDuration, 60)
    .option('-p, --portal <name>', 'the portal of salesiq.yaml, a pattern, or all (default: all)')
    .option('--apply', 'write; without it rounds only plan')
    .option('--interval <time>', 'from the beginning of a round to the next one', positiveDuration, 60)
    .option('--max-backoff <time>', 'the longest pause of what fails again and again', positiveDuration, 900)
    .option('--once', 'one round, then end with its exit code; 2 for changes that were only planned')
    .addOption(
      new Option('--listen <host:port>', 'where /healthz, /readyz and /metrics are; off for nowhere (default: 127.0.0.1:9464)').argParser(listenAddress),
    )
    .addOption(new Option('--log <form>', 'the form of the log on standard output (default: json, text on a terminal)').choices(['json', 'text']))
    .option('--strict', 'treat values of partly known vocabularies as errors')
    .option('--rate <n>', 'requests a minute to each server (default 100)', positiveNumber)
    .option('--max-calls <n>', 'send no more calls than this for a portal in one round', positiveNumber)
    .option('--target <address>', 'only these addresses: kind, kind/app, kind/app/key, * for any text (repeatable)', list, [])
    .option('--exclude <address>', 'all but these addresses (repeatable)', list, [])
    .option('--keep-going', 'after a failed change go on with what does not depend on it')
    .option('--settle-timeout <time>', 'how long the service may take to show a write', duration, 30)
    .option('--lock-timeout <time>', 'how long to wait for another apply to the same portal before the round is skipped', duration, 5)
    .option('--keep-runs <n>', 'how many runs of each portal are kept in .salesiq/runs', positiveNumber, 100);
  withShard(withBase(command))
    .addHelpText('after', examples)
    .action((flags: WatchFlags) =>
      run({ ...flags, log: flags.log ?? 'auto' }, async (terminal) => {
        const source = sourceOf(flags);
        return (await import('../commands/watch.ts')).runWatch(
          {
            ...serviceOf(flags),
            ...baseOf(flags),
            ...portalsOf(flags),
            ...listenOf(flags),
            format: 'text',
            source,
            mode: flags.apply === true ? 'apply' : 'plan',
            rounds: flags.once === true ? 'one' : 'endless',
            consent: 'given',
            intervalSeconds: flags.interval,
            mostBackOffSeconds: flags.maxBackoff,
            keepGoing: flags.keepGoing === true ? 'after-failures' : 'stop',
            settleSeconds: flags.settleTimeout,
            lockSeconds: flags.lockTimeout,
            keepRuns: flags.keepRuns,
          },
          terminal,
        );
      }),
    );
};
