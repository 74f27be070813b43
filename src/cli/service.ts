/** Commands about the service itself, real or local. */
import type { Command } from 'commander';
import { type Flags, list, positiveNumber, type Run, serviceOf, wholeNumber, withCommon } from './flags.ts';

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

/** doctor and sandbox. */
export const registerService = (program: Command, run: Run): void => {
  withCommon(program.command('doctor'))
    .description('say what works and what does not: files, portal, credentials, scopes, addresses, git')
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
    .action((flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/doctor.ts')).runDoctor({ ...serviceOf(flags), node: process.versions.node }, terminal)),
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
        const { listSwitches, runSandbox } = await import('../commands/sandbox.ts');
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
};
