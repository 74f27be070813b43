/** Commands about configuration: from files to plan, portal and back. */
import { type Command, Option } from 'commander';
import type { Layout } from '../desired/index.ts';
import {
  type BaseFlags,
  baseOf,
  commonOf,
  type FindingsFlags,
  type Flags,
  findingsOf,
  list,
  portalsOf,
  positiveNumber,
  type Run,
  type ShardFlags,
  serviceOf,
  type WriteFlags,
  withBase,
  withCommon,
  withFindings,
  withService,
  withShard,
  withWrites,
  writeOf,
} from './flags.ts';
import { type PageFlags, pageOf, withPageFlags } from './page-flags.ts';

interface InitFlags {
  readonly screenname?: string;
  readonly dataCenter?: string;
  readonly github?: boolean;
}

const dataCenterNames = ['us', 'eu', 'in', 'au', 'cn', 'jp', 'ca', 'sa'];

/** init, validate, plan, apply, export and drift. */
export const registerConfiguration = (program: Command, run: Run): void => {
  program
    .command('init')
    .description('write the first files of a repository: project file, examples, editor settings; overwrites nothing')
    .argument('[folder]', 'the folder to fill; made if it is not there', '.')
    .option('--screenname <name>', 'the screenname of the real portal, for salesiq.yaml')
    .addOption(new Option('--data-center <name>', 'the data centre that it is in').choices(dataCenterNames))
    .option('--github', 'with an action and workflows for GitHub: plan on pull requests, apply on merge, drift once a day')
    .action((folder: string, { screenname, dataCenter, github }: InitFlags) =>
      run({ dir: folder }, async (terminal) =>
        (await import('../commands/init.ts')).runInit(
          {
            folder,
            ...(screenname === undefined ? {} : { screenname }),
            ...(dataCenter === undefined ? {} : { dataCenter }),
            ...(github === true ? { forge: 'github' as const } : {}),
          },
          terminal,
        ),
      ),
    );

  withFindings(withCommon(program.command('validate')))
    .description('check the files offline: schema, references, order, vocabulary')
    .action((flags: Flags & FindingsFlags) =>
      run(flags, async (terminal) => (await import('../commands/validate.ts')).runValidate({ ...commonOf(flags), ...findingsOf(flags) }, terminal)),
    );

  withShard(withPageFlags(withFindings(withBase(withService(program.command('plan').alias('diff'))))))
    .description('show what apply would change; nothing is written')
    .option('--detailed-exitcode', 'exit 2 when there are changes')
    .option('--out <file>', 'keep the plan in a file, for `apply FILE`')
    .action((flags: Flags & BaseFlags & FindingsFlags & PageFlags & ShardFlags & { readonly detailedExitcode?: boolean; readonly out?: string }) =>
      run(flags, async (terminal) =>
        (await import('../commands/many-plans.ts')).runPlans(
          {
            ...serviceOf(flags),
            ...baseOf(flags),
            ...portalsOf(flags),
            ...findingsOf(flags),
            ...pageOf(flags),
            exitCode: flags.detailedExitcode === true ? 'detailed' : 'plain',
            ...(flags.out === undefined ? {} : { out: flags.out }),
          },
          terminal,
        ),
      ),
    );

  withShard(withWrites(withBase(withService(program.command('apply')))))
    .argument('[plan]', 'a plan that was kept with plan --out: exactly its changes are applied')
    .description('plan, ask, write, and read back until the portal matches the files')
    .option('--expect <fingerprint>', 'apply only if the plan still has this fingerprint')
    .action((planFile: string | undefined, flags: Flags & BaseFlags & WriteFlags & ShardFlags & { readonly expect?: string }) =>
      run(flags, async (terminal) =>
        (await import('../commands/many-applies.ts')).runApplies(
          {
            ...serviceOf(flags),
            ...baseOf(flags),
            ...portalsOf(flags),
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
        (await import('../commands/export.ts')).runExport(
          { ...serviceOf(flags), base: 'git', kinds: flags.kinds, layout: flags.layout, files: flags.check === true ? 'check' : 'write' },
          terminal,
        ),
      ),
    );

  withShard(withPageFlags(withBase(withService(program.command('drift')))))
    .description('show what was changed in SalesIQ; exit 2 on any difference')
    .action((flags: Flags & BaseFlags & PageFlags & ShardFlags) =>
      run(flags, async (terminal) =>
        (await import('../commands/many-plans.ts')).runDrifts({ ...serviceOf(flags), ...baseOf(flags), ...portalsOf(flags), ...pageOf(flags) }, terminal),
      ),
    );
};
