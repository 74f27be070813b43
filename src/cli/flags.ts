/** Flags that several commands share: how they are declared, and what they say to a command. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { WriteOptions } from '../commands/carry-out.ts';
import type { PortalsAsked, Shard } from '../commands/choose-portals.ts';
import type { CommonOptions, ServiceOptions } from '../commands/options.ts';
import type { BaseOptions } from '../commands/read-base.ts';
import type { ExitCode, Format, Terminal } from '../commands/terminal.ts';

/** Runs one command; whatever it throws is said in full, in the form that was asked for. */
export type Run = (flags: Flags, work: (terminal: Terminal) => Promise<ExitCode>) => Promise<void>;

export const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It should be a whole number.');
  return Number(text);
};

export const positiveNumber = (text: string): number => {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError('It should be 1 or more.');
  return number;
};

export const seconds = (text: string): number => {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)(s|m)?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('It should be a number of seconds, such as 30 or 30s.');
  return Number(match[1]) * (match[2] === 'm' ? 60 : 1);
};

export const list = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export interface Flags {
  readonly dir: string;
  readonly portal?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly color?: boolean;
  /** Messages for people or for machines; `auto`: for whom standard output is. Absent: for people. */
  readonly log?: 'json' | 'text' | 'auto';
  readonly rate?: number;
  readonly maxCalls?: number;
  readonly target?: readonly string[];
  readonly exclude?: readonly string[];
  readonly showUnmanaged?: boolean;
  readonly allowDeletes?: number;
  readonly allowUpdates?: number;
}

export const formatOf = (flags: Flags): Format => (flags.json === true ? 'json' : flags.markdown === true ? 'markdown' : 'text');

export const commonOf = (flags: Flags): CommonOptions => ({
  dir: flags.dir,
  ...(flags.portal === undefined ? {} : { portal: flags.portal }),
  strict: flags.strict === true ? 'strict' : 'lenient',
  format: formatOf(flags),
});

export const serviceOf = (flags: Flags): ServiceOptions => ({
  ...commonOf(flags),
  ...(flags.rate === undefined ? {} : { rate: flags.rate }),
  ...(flags.maxCalls === undefined ? {} : { maxCalls: flags.maxCalls }),
  targets: flags.target ?? [],
  excludes: flags.exclude ?? [],
  showUnmanaged: flags.showUnmanaged === true ? 'names' : 'count',
  ...(flags.allowDeletes === undefined ? {} : { allowDeletes: flags.allowDeletes }),
  ...(flags.allowUpdates === undefined ? {} : { allowUpdates: flags.allowUpdates }),
});

export const portalOption = () => new Option('-p, --portal <name>', 'the portal of salesiq.yaml');
export const jsonOption = () => new Option('--json', 'print one JSON document and nothing else on standard output').conflicts('markdown');
export const markdownOption = () => new Option('--markdown', 'print Markdown, for a pull request comment').conflicts('json');

export const withCommon = (command: Command): Command =>
  command
    .option('-C, --dir <folder>', 'the project folder', '.')
    .addOption(portalOption())
    .option('--strict', 'treat values of partly known vocabularies as errors')
    .option('--no-color', 'no colours')
    .addOption(jsonOption());

export const withService = (command: Command): Command =>
  withCommon(command)
    .addOption(markdownOption())
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
    .option('--max-calls <n>', 'stop before more calls than this are sent', positiveNumber)
    .option('--target <address>', 'only these addresses: kind, kind/app, kind/app/key, * for any text (repeatable)', list, [])
    .option('--exclude <address>', 'all but these addresses (repeatable)', list, [])
    .option('--allow-deletes <n>', 'agree to exactly this many deletions, whatever the limits', wholeNumber)
    .option('--allow-updates <n>', 'agree to exactly this many updates, whatever the limits', wholeNumber)
    .option('--show-unmanaged', 'name what no file describes, instead of counting it');

/** Flags of what may be about several portals. */
export interface ShardFlags {
  readonly shard?: Shard;
}

/** `I/N`, or `I+1/N` for an `I` that a machine counts from 0. */
export const shardOf = (text: string): Shard => {
  const [, digits, plus, of] = /^(\d{1,6})(\+1)?\/(\d{1,6})$/.exec(text) ?? [];
  const part = Number(digits) + (plus === undefined ? 0 : 1);
  if (digits === undefined || of === undefined || part < 1 || part > Number(of))
    throw new InvalidArgumentError('It should be I/N, with I from 1 to N, such as 2/5; or I+1/N, with I from 0, such as 1+1/5.');
  return { part, of: Number(of) };
};

/** `--portal` may name several here. */
export const withShard = (command: Command): Command =>
  command
    .option('--shard <i/n>', 'only every n-th of the portals, sorted by name, from the i-th on; without --portal, of all', shardOf)
    .addHelpText('after', '\n--portal also takes all, or a pattern such as shop-*: the portals are done side by side, and reported in one.');

export const portalsOf = ({ shard }: ShardFlags): Pick<PortalsAsked, 'shard'> => (shard === undefined ? {} : { shard });

/** Flags of what compares with the files as last applied. */
export interface BaseFlags {
  readonly base?: string | boolean;
  readonly keepDrift?: boolean;
}

/** Flags of what writes. */
export interface WriteFlags {
  readonly autoApprove?: boolean;
  readonly keepGoing?: boolean;
  readonly settleTimeout: number;
  readonly lockTimeout: number;
}

export const withBase = (command: Command): Command =>
  command
    .option('--base <ref>', 'compare with the files at this commit (default: what was last applied)')
    .option('--no-base', 'compare files and portal alone')
    .option('--keep-drift', 'leave as it is what was changed in SalesIQ alone');

export const withWrites = (command: Command): Command =>
  command
    .option('--auto-approve', 'do not ask')
    .option('--keep-going', 'after a failed change go on with what does not depend on it')
    .option('--settle-timeout <seconds>', 'how long the service may take to show a write', seconds, 30)
    .option('--lock-timeout <seconds>', 'how long to wait for another apply to the same portal', seconds, 30);

export const baseOf = (flags: BaseFlags): BaseOptions => ({
  base: flags.base === false ? 'none' : 'git',
  ...(typeof flags.base === 'string' ? { baseRef: flags.base } : {}),
  drift: flags.keepDrift === true ? 'keep' : 'correct',
});

export const writeOf = (flags: WriteFlags): Pick<WriteOptions, 'consent' | 'keepGoing' | 'settleSeconds' | 'lockSeconds'> => ({
  consent: flags.autoApprove === true ? 'given' : 'ask',
  keepGoing: flags.keepGoing === true ? 'after-failures' : 'stop',
  settleSeconds: flags.settleTimeout,
  lockSeconds: flags.lockTimeout,
});

/** Flags of reports for other programs. */
export interface FindingsFlags {
  readonly sarif?: string;
  readonly codeQuality?: string;
}

export const withFindings = (command: Command): Command =>
  command
    .addOption(
      new Option('--sarif [file]', 'write findings as SARIF 2.1.0; without a file, to standard output and nothing else there')
        .preset('-')
        .conflicts(['json', 'markdown']),
    )
    .addOption(new Option('--code-quality [file]', 'write findings as a code-quality report of GitLab; likewise').preset('-').conflicts(['json', 'markdown']));

export const findingsOf = (flags: FindingsFlags): FindingsFlags => ({
  ...(flags.sarif === undefined ? {} : { sarif: flags.sarif }),
  ...(flags.codeQuality === undefined ? {} : { codeQuality: flags.codeQuality }),
});
