/** What the operations share: the portal they are about, consent, and what they print. */
import type { Portal } from '../model/index.ts';
import { choosePortal } from '../settings.ts';
import type { CommonOptions, ServiceOptions } from './options.ts';
import { readFiles } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import type { Terminal } from './terminal.ts';

/** Flags of an operation that writes. */
export interface OperationOptions extends ServiceOptions {
  readonly consent: 'ask' | 'given';
}

/** The portal of salesiq.yaml. What is wrong in other files is no concern of an operation. */
export const readPortal = async (options: CommonOptions, terminal: Terminal): Promise<Portal> => {
  const { project } = await readFiles(options, terminal);
  return choosePortal(project.portals, options.portal);
};

/** Whether somebody agrees; says so where nobody does. */
export const agreedTo = async (question: string, { consent }: Pick<OperationOptions, 'consent'>, terminal: Terminal): Promise<boolean> => {
  if (consent === 'given') return true;
  const yes = terminal.confirm !== undefined && (await terminal.confirm(question));
  if (!yes)
    terminal.say(terminal.confirm === undefined ? 'Nothing was written: nobody is there to say yes. Run it with --auto-approve.' : 'Nothing was written.');
  return yes;
};

/** Prints the result in the form that was asked for. */
export const show = (options: CommonOptions, terminal: Terminal, result: { readonly json: Readonly<Record<string, unknown>>; readonly text: string }): void => {
  if (options.format === 'json') terminal.print(jsonText({ format_version: 1, ...result.json }));
  else terminal.print(result.text.endsWith('\n') ? result.text : `${result.text}\n`);
};

/** `1 key`, `2 keys`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
