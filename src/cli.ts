#!/usr/bin/env node
/** The command: the only file that reads argv and the environment, prints, and sets the exit code. */
import { homedir } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { WriteOptions } from './commands/carry-out.ts';
import type { CommonOptions, ServiceOptions } from './commands/options.ts';
import type { BaseOptions } from './commands/read-base.ts';
import type { ExitCode, Format, Terminal } from './commands/terminal.ts';
import type { Layout } from './desired/index.ts';
import { type Environment, secretsOf } from './settings.ts';
import { veilFor } from './veil.ts';
import { version } from './version.ts';

const environment: Environment = process.env;
const veil = veilFor(secretsOf(environment));

const wantsColour = (stream: { readonly isTTY?: boolean | undefined }, asked: boolean): boolean =>
  asked && (environment['NO_COLOR'] ?? '') === '' && ((environment['FORCE_COLOR'] ?? '0') !== '0' || (stream.isTTY === true && environment['TERM'] !== 'dumb'));

const stopper = new AbortController();

/** First Ctrl-C: finish what is under way and stop. Second: at once. */
const onSignal = (): void => {
  if (stopper.signal.aborted) process.exit(130);
  stopper.abort();
  process.stderr.write('\nStopping after the request in flight. Once more to stop at once.\n');
};

const terminalFor = (colour: boolean): Terminal => {
  const live = process.stderr.isTTY === true;
  let lineOpen = false;
  let counting: NodeJS.Timeout | undefined;
  const wipe = (): void => {
    if (lineOpen) process.stderr.write('\r\u001b[K');
    lineOpen = false;
  };
  const show = (text: string): void => {
    wipe();
    process.stderr.write(veil.hide(text).slice(0, (process.stderr.columns || 80) - 1));
    lineOpen = true;
  };
  const clear = (): void => {
    clearInterval(counting);
    wipe();
  };
  return {
    print: (text) => {
      clear();
      process.stdout.write(veil.hide(text));
    },
    say: (text) => {
      clear();
      process.stderr.write(`${veil.hide(text).trimEnd()}\n`);
    },
    progress: (text, weight = 'passing') => {
      clear();
      if (live) show(text);
      else if (weight === 'step') process.stderr.write(`${veil.hide(text)}\n`);
    },
    pause: (reason, pauseSeconds) => {
      clear();
      const until = performance.now() + pauseSeconds * 1000;
      const left = (): number => Math.ceil((until - performance.now()) / 1000);
      if (!live) process.stderr.write(`${veil.hide(`Waiting ${left()} s: ${reason}`)}\n`);
      const tell = (): void => {
        if (left() <= 0 || stopper.signal.aborted) clear();
        else if (live) show(`Waiting ${left()} s: ${reason}`);
        else process.stderr.write(`Still waiting: ${left()} s to go\n`);
      };
      if (live) tell();
      counting = setInterval(tell, live ? 500 : 15_000);
      counting.unref();
    },
    veil,
    style: wantsColour(process.stdout, colour) ? 'colour' : 'plain',
    sayStyle: wantsColour(process.stderr, colour) ? 'colour' : 'plain',
    ...(process.stdin.isTTY === true
      ? {
          confirm: async (question: string) => {
            clear();
            const lines = createInterface({ input: process.stdin, output: process.stderr });
            // The terminal is in the hands of the question: Ctrl-C and Ctrl-D come to it alone, and both are a no.
            const over = new Promise<string>((done) => lines.once('close', () => done('')));
            lines.on('SIGINT', () => {
              onSignal();
              lines.close();
            });
            try {
              const answer = lines.question(`${veil.hide(question)} Only "yes" or "y" is a yes: `, { signal: stopper.signal }).catch(() => '');
              return /^y(es)?$/i.test((await Promise.race([answer, over])).trim());
            } finally {
              lines.close();
            }
          },
        }
      : {}),
    environment,
    home: homedir(),
    signal: stopper.signal,
    now: () => performance.now(),
    clock: () => Date.now(),
    random: () => Math.random(),
    sleep: async (milliseconds) => {
      await sleep(milliseconds, undefined, { signal: stopper.signal }).catch(() => undefined);
    },
  };
};

const wholeNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It should be a whole number.');
  return Number(text);
};

const positiveNumber = (text: string): number => {
  const number = wholeNumber(text);
  if (number < 1) throw new InvalidArgumentError('It should be 1 or more.');
  return number;
};

const seconds = (text: string): number => {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)(s|m)?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('It should be a number of seconds, such as 30 or 30s.');
  return Number(match[1]) * (match[2] === 'm' ? 60 : 1);
};

const list = (value: string, before: readonly string[]): readonly string[] => [...before, value];

interface Flags {
  readonly dir: string;
  readonly portal?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly color?: boolean;
  readonly rate?: number;
  readonly maxCalls?: number;
  readonly target?: readonly string[];
  readonly exclude?: readonly string[];
  readonly showUnmanaged?: boolean;
  readonly allowDeletes?: number;
  readonly allowUpdates?: number;
}

interface SandboxFlags {
  readonly state?: string;
  readonly seed?: string;
  readonly screenname?: string;
  readonly port: number;
  readonly latency: number;
  readonly switch: readonly string[];
  readonly fault: readonly string[];
  readonly listSwitches?: boolean;
  readonly log?: boolean;
}

interface InitFlags {
  readonly screenname?: string;
  readonly dataCenter?: string;
}

const dataCenterNames = ['us', 'eu', 'in', 'au', 'cn', 'jp', 'ca', 'sa'];

const formatOf = (flags: Flags): Format => (flags.json === true ? 'json' : flags.markdown === true ? 'markdown' : 'text');

const commonOf = (flags: Flags): CommonOptions => ({
  dir: flags.dir,
  ...(flags.portal === undefined ? {} : { portal: flags.portal }),
  strict: flags.strict === true ? 'strict' : 'lenient',
  format: formatOf(flags),
});

const serviceOf = (flags: Flags): ServiceOptions => ({
  ...commonOf(flags),
  ...(flags.rate === undefined ? {} : { rate: flags.rate }),
  ...(flags.maxCalls === undefined ? {} : { maxCalls: flags.maxCalls }),
  targets: flags.target ?? [],
  excludes: flags.exclude ?? [],
  showUnmanaged: flags.showUnmanaged === true ? 'names' : 'count',
  ...(flags.allowDeletes === undefined ? {} : { allowDeletes: flags.allowDeletes }),
  ...(flags.allowUpdates === undefined ? {} : { allowUpdates: flags.allowUpdates }),
});

// A reader that has gone, such as `head`, ends the printing and nothing else.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
// Nor may one of standard error end a run that is writing.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

let exitCode: ExitCode = 0;

/** Runs one command; whatever it throws is said in full, in the form that was asked for. */
const run = async (flags: Flags, work: (terminal: Terminal) => Promise<ExitCode>): Promise<void> => {
  const terminal = terminalFor(flags.color !== false);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    exitCode = await work(terminal);
  } catch (error) {
    const { tellError } = await import('./commands/tell-error.ts');
    exitCode = tellError(error, formatOf(flags), terminal);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
};

const portalOption = () => new Option('-p, --portal <name>', 'the portal of salesiq.yaml');
const jsonOption = () => new Option('--json', 'print one JSON document and nothing else on standard output').conflicts('markdown');
const markdownOption = () => new Option('--markdown', 'print Markdown, for a pull request comment').conflicts('json');

const withCommon = (command: Command): Command =>
  command
    .option('-C, --dir <folder>', 'the project folder', '.')
    .addOption(portalOption())
    .option('--strict', 'treat values of partly known vocabularies as errors')
    .option('--no-color', 'no colours')
    .addOption(jsonOption());

const withService = (command: Command): Command =>
  withCommon(command)
    .addOption(markdownOption())
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
    .option('--max-calls <n>', 'stop before more calls than this are sent', positiveNumber)
    .option('--target <address>', 'only these addresses: kind, kind/app, kind/app/key, * for any text (repeatable)', list, [])
    .option('--exclude <address>', 'all but these addresses (repeatable)', list, [])
    .option('--allow-deletes <n>', 'agree to exactly this many deletions, whatever the limits', wholeNumber)
    .option('--allow-updates <n>', 'agree to exactly this many updates, whatever the limits', wholeNumber)
    .option('--show-unmanaged', 'name what no file describes, instead of counting it');

/** Flags of what compares with the files as last applied. */
interface BaseFlags {
  readonly base?: string | boolean;
  readonly keepDrift?: boolean;
}

/** Flags of what writes. */
interface WriteFlags {
  readonly autoApprove?: boolean;
  readonly keepGoing?: boolean;
  readonly settleTimeout: number;
  readonly lockTimeout: number;
}

const withBase = (command: Command): Command =>
  command
    .option('--base <ref>', 'compare with the files at this commit (default: what was last applied)')
    .option('--no-base', 'compare files and portal alone')
    .option('--keep-drift', 'leave as it is what was changed in SalesIQ alone');

const withWrites = (command: Command): Command =>
  command
    .option('--auto-approve', 'do not ask')
    .option('--keep-going', 'after a failed change go on with what does not depend on it')
    .option('--settle-timeout <seconds>', 'how long the service may take to show a write', seconds, 30)
    .option('--lock-timeout <seconds>', 'how long to wait for another apply to the same portal', seconds, 30);

const baseOf = (flags: BaseFlags): BaseOptions => ({
  base: flags.base === false ? 'none' : 'git',
  ...(typeof flags.base === 'string' ? { baseRef: flags.base } : {}),
  drift: flags.keepDrift === true ? 'keep' : 'correct',
});

const writeOf = (flags: WriteFlags): Pick<WriteOptions, 'consent' | 'keepGoing' | 'settleSeconds' | 'lockSeconds'> => ({
  consent: flags.autoApprove === true ? 'given' : 'ask',
  keepGoing: flags.keepGoing === true ? 'after-failures' : 'stop',
  settleSeconds: flags.settleTimeout,
  lockSeconds: flags.lockTimeout,
});

const program = new Command('salesiq-sync')
  .description('The configuration of a Zoho SalesIQ portal as YAML in git: plan it, apply it, prove it.')
  .version(version, '-V, --version', 'print the version')
  .showHelpAfterError('Run it with --help to see its flags.')
  .exitOverride();

program
  .command('init')
  .description('write the first files of a repository: project file, an example of each kind, workflows, editor settings; overwrites nothing')
  .argument('[folder]', 'the folder to fill; made if it is not there', '.')
  .option('--screenname <name>', 'the screenname of the real portal, for salesiq.yaml')
  .addOption(new Option('--data-center <name>', 'the data centre that it is in').choices(dataCenterNames))
  .action((folder: string, { screenname, dataCenter }: InitFlags) =>
    run({ dir: folder }, async (terminal) =>
      (await import('./commands/init.ts')).runInit(
        { folder, ...(screenname === undefined ? {} : { screenname }), ...(dataCenter === undefined ? {} : { dataCenter }) },
        terminal,
      ),
    ),
  );

withCommon(program.command('validate'))
  .description('check the files offline: schema, references, order, vocabulary')
  .action((flags: Flags) => run(flags, async (terminal) => (await import('./commands/validate.ts')).runValidate(commonOf(flags), terminal)));

withBase(withService(program.command('plan').alias('diff')))
  .description('show what apply would change; nothing is written')
  .option('--detailed-exitcode', 'exit 2 when there are changes')
  .option('--out <file>', 'keep the plan in a file, for `apply FILE`')
  .action((flags: Flags & BaseFlags & { readonly detailedExitcode?: boolean; readonly out?: string }) =>
    run(flags, async (terminal) =>
      (await import('./commands/plan.ts')).runPlan(
        {
          ...serviceOf(flags),
          ...baseOf(flags),
          exitCode: flags.detailedExitcode === true ? 'detailed' : 'plain',
          ...(flags.out === undefined ? {} : { out: flags.out }),
        },
        terminal,
      ),
    ),
  );

withWrites(withBase(withService(program.command('apply'))))
  .argument('[plan]', 'a plan that was kept with plan --out: exactly its changes are applied')
  .description('plan, ask, write, and read back until the portal matches the files')
  .option('--expect <fingerprint>', 'apply only if the plan still has this fingerprint')
  .action((planFile: string | undefined, flags: Flags & BaseFlags & WriteFlags & { readonly expect?: string }) =>
    run(flags, async (terminal) =>
      (await import('./commands/apply.ts')).runApply(
        {
          ...serviceOf(flags),
          ...baseOf(flags),
          ...writeOf(flags),
          ...(planFile === undefined ? {} : { planFile }),
          ...(flags.expect === undefined ? {} : { expect: flags.expect }),
        },
        terminal,
      ),
    ),
  );

withCommon(program.command('export').alias('pull'))
  .description('write the live portal into the files: new ones, or changes in those that are there')
  .option('--kinds <names>', 'only these kinds, parted by commas (repeatable)', list, [])
  .option('--target <address>', 'only these addresses: kind, kind/app, kind/app/key, * for any text (repeatable)', list, [])
  .option('--exclude <address>', 'all but these addresses (repeatable)', list, [])
  .addOption(new Option('--layout <how>', 'where new resources go').choices(['by-app', 'single']).default('by-app'))
  .option('--check', 'write nothing; exit 2 when files would change')
  .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
  .option('--max-calls <n>', 'stop before more calls than this are sent', positiveNumber)
  .action((flags: Flags & { readonly kinds: readonly string[]; readonly layout: Layout; readonly check?: boolean }) =>
    run(flags, async (terminal) =>
      (await import('./commands/export.ts')).runExport(
        { ...serviceOf(flags), base: 'git', kinds: flags.kinds, layout: flags.layout, files: flags.check === true ? 'check' : 'write' },
        terminal,
      ),
    ),
  );

withBase(withService(program.command('drift')))
  .description('show what was changed in SalesIQ; exit 2 on any difference')
  .action((flags: Flags & BaseFlags) =>
    run(flags, async (terminal) => (await import('./commands/drift.ts')).runDrift({ ...serviceOf(flags), ...baseOf(flags) }, terminal)),
  );

withWrites(withService(program.command('rollback')))
  .description('plan back to the state before a run, and apply that')
  .argument('<run>', 'the name of the run; `runs` lists them')
  .action((name: string, flags: Flags & WriteFlags) =>
    run(flags, async (terminal) => (await import('./commands/rollback.ts')).runRollback(name, { ...serviceOf(flags), ...writeOf(flags) }, terminal)),
  );

const runs = withCommon(program.command('runs').enablePositionalOptions())
  .description('list the runs of apply in this project')
  .action((flags: Flags) => run(flags, async (terminal) => (await import('./commands/runs.ts')).runRuns(commonOf(flags), terminal)));

withCommon(runs.command('show'))
  .description('show one run with every request and answer')
  .argument('<run>', 'the name of the run')
  .action((name: string, flags: Flags) => run(flags, async (terminal) => (await import('./commands/runs.ts')).runShow(name, commonOf(flags), terminal)));

const base = program.command('base').description('the git ref that remembers what was last applied to a portal');

withCommon(base.command('show'))
  .description('say which commit it is')
  .action((flags: Flags) => run(flags, async (terminal) => (await import('./commands/base.ts')).runBase({ verb: 'show' }, commonOf(flags), terminal)));

withCommon(base.command('set'))
  .description('set it by hand')
  .argument('<commit>', 'a commit, branch or tag')
  .action((commit: string, flags: Flags) =>
    run(flags, async (terminal) => (await import('./commands/base.ts')).runBase({ verb: 'set', commit }, commonOf(flags), terminal)),
  );

for (const verb of ['push', 'fetch'] as const) {
  withCommon(base.command(verb))
    .description(verb === 'push' ? 'send it to a remote' : 'bring it from a remote')
    .argument('[remote]', 'the remote', 'origin')
    .action((remote: string, flags: Flags) =>
      run(flags, async (terminal) => (await import('./commands/base.ts')).runBase({ verb, remote }, commonOf(flags), terminal)),
    );
}

withCommon(program.command('doctor'))
  .description('say what works and what does not: files, portal, credentials, scopes, addresses, git')
  .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
  .action((flags: Flags) =>
    run(flags, async (terminal) => (await import('./commands/doctor.ts')).runDoctor({ ...serviceOf(flags), node: process.versions.node }, terminal)),
  );

program
  .command('sandbox')
  .description('run a local SalesIQ service: accounts server and API on one port')
  .option('--state <file>', 'keep the portal in this file; without it, in memory')
  .option('--seed <file>', 'begin with the portal that this file describes')
  .option('--screenname <name>', 'the name of the portal in addresses')
  .option('--port <n>', 'the port (default: any free one)', wholeNumber, 0)
  .option('--latency <milliseconds>', 'wait this long before each answer', wholeNumber, 0)
  .option('--switch <name=value>', 'behave in another of the undocumented ways (repeatable; --list-switches names them)', list, [])
  .option('--fault <text>', 'misbehave: see docs/sandbox.md (repeatable)', list, [])
  .option('--list-switches', 'name the switches and end')
  .option('--log', 'a line for each request on standard error')
  .action((flags: SandboxFlags) =>
    run({ dir: '.' }, async (terminal) => {
      const { listSwitches, runSandbox } = await import('./commands/sandbox.ts');
      if (flags.listSwitches === true) return listSwitches(terminal);
      return runSandbox(
        {
          ...(flags.state === undefined ? {} : { file: flags.state }),
          ...(flags.seed === undefined ? {} : { seed: flags.seed }),
          ...(flags.screenname === undefined ? {} : { screenname: flags.screenname }),
          port: flags.port,
          latency: flags.latency,
          switches: flags.switch,
          faults: flags.fault,
          log: flags.log === true ? 'each' : 'none',
        },
        terminal,
      );
    }),
  );

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Help and version are no failures; unknown flags and commands are.
  exitCode = error.exitCode === 0 ? 0 : 1;
}
process.exitCode = exitCode;
