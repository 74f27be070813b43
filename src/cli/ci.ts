/** Commands for runs of GitHub Actions. */
import { type Command, Option } from 'commander';
import {
  type BaseFlags,
  baseOf,
  type Flags,
  positiveNumber,
  type Run,
  serviceOf,
  type WriteFlags,
  wholeNumber,
  withBase,
  withWrites,
  writeOf,
} from './flags.ts';

interface CiFlags extends Flags, BaseFlags {
  readonly portal: string;
  readonly report?: string;
}

const withCi = (command: Command): Command =>
  withBase(
    command
      .option('-C, --dir <folder>', 'the project folder', '.')
      .addOption(new Option('-p, --portal <name>', 'the portal of salesiq.yaml').makeOptionMandatory())
      .option('--strict', 'treat values of partly known vocabularies as errors')
      .option('--report <folder>', 'where the full report goes (default: a folder of the runner)')
      .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
      .option('--max-calls <n>', 'stop before more calls than this are sent', positiveNumber)
      .option('--allow-deletes <n>', 'agree to exactly this many deletions, whatever the limits', wholeNumber)
      .option('--allow-updates <n>', 'agree to exactly this many updates, whatever the limits', wholeNumber),
  );

/** `GITHUB_TOKEN` in the environment is the token of all of them. */
const ciOf = (flags: CiFlags) => ({
  ...serviceOf(flags),
  ...baseOf(flags),
  format: 'text' as const,
  portal: flags.portal,
  ...(flags.report === undefined ? {} : { report: flags.report }),
});

/** ci plan, ci apply and ci drift. */
export const registerCi = (program: Command, run: Run): void => {
  const ci = program.command('ci').description('plan, apply and drift as steps of GitHub Actions: comments, checks, issues, outputs');

  withCi(ci.command('plan'))
    .description('plan a pull request: one comment, edited in place, a check with annotations, outputs, a report')
    .action((flags: CiFlags) => run(flags, async (terminal) => (await import('../commands/ci-plan.ts')).runCiPlan(ciOf(flags), terminal)));

  withWrites(withCi(ci.command('apply')))
    .description('apply exactly the plan that a merge approved; an issue is open while it is not settled')
    .option('--expect <fingerprint>', 'the approved fingerprint, where no merge says it')
    .option('--without-approval', 'apply whatever the plan is')
    .action((flags: CiFlags & WriteFlags & { readonly expect?: string; readonly withoutApproval?: boolean }) =>
      run(flags, async (terminal) =>
        (await import('../commands/ci-apply.ts')).runCiApply(
          {
            ...ciOf(flags),
            ...writeOf(flags),
            consent: 'given',
            approval: flags.withoutApproval === true ? 'waived' : 'needed',
            ...(flags.expect === undefined ? {} : { expect: flags.expect }),
          },
          terminal,
        ),
      ),
    );

  withCi(ci.command('drift'))
    .description('look for changes made in SalesIQ; one issue is open while there are some')
    .action((flags: CiFlags) => run(flags, async (terminal) => (await import('../commands/ci-drift.ts')).runCiDrift(ciOf(flags), terminal)));
};
