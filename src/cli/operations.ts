/** Operations of the API that are no configuration: answers to pending actions, and encrypted values. */
import type { Command } from 'commander';
import { type Flags, positiveNumber, type Run, serviceOf, withCommon } from './flags.ts';

interface CallbackFlags extends Flags {
  readonly file: string;
  readonly check?: boolean;
}

const callback = (parent: Command, name: string): Command =>
  withCommon(parent.command(name))
    .argument('<request-id>', 'the request.id that the handler was given')
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber);

const callbackOf = (requestId: string, flags: Flags & { readonly check?: boolean }) => ({
  ...serviceOf(flags),
  requestId,
  sending: flags.check === true ? ('check' as const) : ('send' as const),
});

/** callbacks and encrypt. */
export const registerOperations = (program: Command, run: Run): void => {
  const callbacks = program.command('callbacks').description('answer pending actions of widgets and bots');

  callback(callbacks, 'widget-response')
    .description('end a pending action of a widget or a form controller: banner, sections_edit, widget_modification or form')
    .requiredOption('--file <file>', 'the body as YAML or JSON; - for standard input')
    .option('--check', 'check the body and send nothing')
    .action((requestId: string, flags: CallbackFlags) =>
      run(flags, async (terminal) =>
        (await import('../commands/callbacks.ts')).runCallback('widget-response', flags.file, callbackOf(requestId, flags), terminal),
      ),
    );

  callback(callbacks, 'response')
    .description('end a pending action of a bot with what its handler would have returned')
    .requiredOption('--file <file>', 'the body as YAML or JSON; - for standard input')
    .option('--check', 'check the body and send nothing')
    .action((requestId: string, flags: CallbackFlags) =>
      run(flags, async (terminal) =>
        (await import('../commands/callbacks.ts')).runCallback('bot-response', flags.file, callbackOf(requestId, flags), terminal),
      ),
    );

  callback(callbacks, 'progress')
    .description('tell a visitor how a pending action of a bot goes on')
    .argument('<text>', 'what the visitor reads')
    .action((requestId: string, text: string, flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/callbacks.ts')).runProgress(text, callbackOf(requestId, flags), terminal)),
    );

  withCommon(program.command('encrypt'))
    .description("encrypt values, such as a visitor's name and email, for links to the site; one a line is printed")
    .argument('[values...]', 'the values; without any, the lines of standard input')
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
    .action((values: readonly string[], flags: Flags) =>
      run(flags, async (terminal) => (await import('../commands/encrypt.ts')).runEncrypt(values, serviceOf(flags), terminal)),
    );
};
