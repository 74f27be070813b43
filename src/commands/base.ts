/** `base show|set|push|fetch`: the ref that remembers what was last applied to a portal. */
import { commitOf, fetchRef, heldBy, prefixOf, pushRef, refOf, setRef } from '../base/index.ts';
import { UserError } from '../model/index.ts';
import { choosePortal } from '../settings.ts';
import type { CommonOptions } from './options.ts';
import { readFiles } from './read-files.ts';
import { jsonText } from './show-plan.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export type BaseAction =
  | { readonly verb: 'show' }
  | { readonly verb: 'set'; readonly commit: string }
  | { readonly verb: 'push' | 'fetch'; readonly remote: string };

/** Throws UserError where git cannot do it. */
export const runBase = async (action: BaseAction, options: CommonOptions, terminal: Terminal): Promise<ExitCode> => {
  const { project } = await readFiles(options, terminal);
  const portal = choosePortal(project.portals, options.portal).name;
  const { dir } = options;
  if ((await prefixOf(dir)) === undefined)
    throw new UserError('this folder is in no git repository', { hint: 'The base is kept in git: run the command in the repository.' });
  const ref = refOf(portal);
  switch (action.verb) {
    case 'show': {
      const held = await heldBy(dir, ref);
      if (options.format === 'json') terminal.print(jsonText({ portal, ref, ...(held === undefined ? {} : { commit: held }) }));
      else terminal.print(held === undefined ? `${portal} has no base: nothing was applied from this repository yet.\n` : `${ref} is at ${held}.\n`);
      return exitCodes.done;
    }
    case 'set': {
      const commit = await commitOf(dir, action.commit);
      if (commit === undefined) throw new UserError(`there is no commit "${action.commit}" in this clone`, { hint: 'Name a commit, a branch or a tag.' });
      await setRef(dir, portal, commit);
      terminal.say(`${ref} is now at ${commit}.`);
      return exitCodes.done;
    }
    case 'push':
      await pushRef(dir, portal, action.remote);
      terminal.say(`${ref} was sent to ${action.remote}.`);
      return exitCodes.done;
    case 'fetch':
      await fetchRef(dir, portal, action.remote);
      terminal.say(`${ref} was brought from ${action.remote}.`);
      return exitCodes.done;
  }
};
