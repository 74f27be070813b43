/** Any call of the API. */
import { type Command, Option } from 'commander';
import { type Flags, formatOf, list, positiveNumber, type Run, serviceOf, withCommon } from './flags.ts';

interface ApiFlags extends Flags {
  readonly field: readonly string[];
  readonly jsonField: readonly string[];
  readonly query: readonly string[];
  readonly data?: string;
  readonly paginate?: boolean;
  readonly select?: string;
  readonly include?: boolean;
  readonly output?: string;
  readonly autoApprove?: boolean;
  readonly yes?: boolean;
  readonly list?: boolean;
}

/** api. */
export const registerApi = (program: Command, run: Run): void => {
  withCommon(program.command('api'))
    .description('make any call of the API and print its answer as JSON; --list names the calls')
    .argument('[method]', 'GET, POST, PUT or DELETE; with --list a text to look for')
    .argument('[path]', 'a name of the table, or a path with or without /api/v2/{screenname}')
    .argument('[parameters...]', 'for a name: what its path takes, such as an id')
    .option('-f, --field <name=text>', 'a field of the body, as text (repeatable)', list, [])
    .option('--json-field <name=json>', 'a field of the body, as JSON (repeatable)', list, [])
    .option('--data <file>', 'the body, a JSON file; - for standard input')
    .option('--query <name=value>', 'a parameter of the query (repeatable)', list, [])
    .option('--paginate', 'read a list to its end')
    .option('--select <expression>', 'print what this JSONata expression takes from the answer')
    .option('--include', 'print the whole envelope, not its data alone')
    .option('--output <file>', 'where a file goes that comes as the answer')
    .option('--auto-approve', 'do not ask before a call that writes')
    .addOption(new Option('--yes', 'the same').hideHelp())
    .option('--list', 'name the calls, with method, path and scope')
    .option('--rate <n>', 'requests a minute (default 100)', positiveNumber)
    .option('--max-calls <n>', 'stop before more calls than this are sent', positiveNumber)
    .action((method: string | undefined, path: string | undefined, parameters: readonly string[], flags: ApiFlags, command: Command) => {
      if (flags.list !== true && (method === undefined || path === undefined)) command.error('error: a method and a path are needed, or --list');
      return run(flags, async (terminal) => {
        const { runApi, runApiList } = await import('../commands/api.ts');
        if (flags.list === true) return runApiList(method ?? '', formatOf(flags), terminal);
        return runApi(
          {
            ...serviceOf(flags),
            method: method ?? '',
            path: path ?? '',
            parameters,
            fields: flags.field,
            jsonFields: flags.jsonField,
            query: flags.query,
            ...(flags.data === undefined ? {} : { data: flags.data }),
            pages: flags.paginate === true ? 'all' : 'first',
            ...(flags.select === undefined ? {} : { select: flags.select }),
            show: flags.include === true ? 'envelope' : 'data',
            ...(flags.output === undefined ? {} : { output: flags.output }),
            consent: flags.autoApprove === true || flags.yes === true ? 'given' : 'ask',
          },
          terminal,
        );
      });
    });
};
