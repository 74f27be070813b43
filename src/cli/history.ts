/** Commands about what was done before. */
import type { Command } from 'commander';
import { commonOf, type Flags, type Run, serviceOf, type WriteFlags, withCommon, withService, withWrites, writeOf } from './flags.ts';

/** rollback, runs and base. */
export const registerHistory = (program: Command, run: Run): void => {
  withWrites(withService(program.command('rollback')))
    .description('plan back to the state before a run, and apply that')
    .argument('<run>', 'the name of the run; `runs` lists them')
    .action((name: string, flags: Flags & WriteFlags) =>
      run(flags, async (terminal) => (await import('../commands/rollback.ts')).runRollback(name, { ...serviceOf(flags), ...writeOf(flags) }, terminal)),
    );

  const runs = withCommon(program.command('runs').enablePositionalOptions())
    .description('list the runs of apply in this project')
    .action((flags: Flags) => run(flags, async (terminal) => (await import('../commands/runs.ts')).runRuns(commonOf(flags), terminal)));

  withCommon(runs.command('show'))
    .description('show one run with every request and answer')
    .argument('<run>', 'the name of the run')
    .option('--html <file>', 'write a page for browsers, too: one file that loads nothing')
    .action((name: string, flags: Flags & { readonly html?: string }) =>
      run(flags, async (terminal) =>
        (await import('../commands/runs.ts')).runShow(name, { ...commonOf(flags), ...(flags.html === undefined ? {} : { html: flags.html }) }, terminal),
      ),
    );

  const base = program.command('base').description('the git ref that remembers what was last applied to a portal');

  withCommon(base.command('show'))
    .description('say which commit it is')
    .action((flags: Flags) => run(flags, async (terminal) => (await import('../commands/base.ts')).runBase({ verb: 'show' }, commonOf(flags), terminal)));

  withCommon(base.command('set'))
    .description('set it by hand')
    .argument('<commit>', 'a commit, branch or tag')
    .action((commit: string, flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/base.ts')).runBase({ verb: 'set', commit }, commonOf(flags), terminal)),
    );

  for (const verb of ['push', 'fetch'] as const) {
    withCommon(base.command(verb))
      .description(verb === 'push' ? 'send it to a remote' : 'bring it from a remote')
      .argument('[remote]', 'the remote', 'origin')
      .action((remote: string, flags: Flags) =>
        run(flags, async (terminal) => (await import('../commands/base.ts')).runBase({ verb, remote }, commonOf(flags), terminal)),
      );
  }
};
