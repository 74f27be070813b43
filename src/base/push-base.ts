/** The base of a portal, sent to the remote of a checkout, unless somebody moved it there meanwhile. */
import { UserError } from '../model/index.ts';
import type { CheckoutOptions } from './checkout.ts';
import { heldBy, refOf } from './git.ts';
import { guardedGit, remoteName } from './guarded-git.ts';
import { readAddress } from './remote-address.ts';

/** What the remote had when the checkout last looked. */
const seenRef = (portal: string): string => refOf(portal).replace(/^refs\/salesiq-sync\//, 'refs/salesiq-sync-seen/');

/**
 * Sends it where it differs from what the remote had at the last update.
 * Gives the commit that was sent. Throws UserError where the remote does not take it.
 */
export const pushBase = async (portal: string, { remote, folder, ...options }: Omit<CheckoutOptions, 'branch'>): Promise<string | undefined> => {
  const ref = refOf(portal);
  const [ours, seen] = [await heldBy(folder, ref), await heldBy(folder, seenRef(portal))];
  if (ours === undefined || ours === seen) return undefined;
  const address = readAddress(remote);
  const git = guardedGit({ ...options, folder, remote: address });
  const { ok, why } = await git.run(['push', '--quiet', `--force-with-lease=${ref}:${seen ?? ''}`, '--end-of-options', remoteName, `${ours}:${ref}`]);
  if (!ok)
    throw new UserError(`the base of ${portal} cannot be pushed to ${address.shown}: ${why}`, {
      hint: 'The login needs the right to write to the repository. Until it is pushed, only this checkout knows what was applied.',
    });
  await git.run(['update-ref', seenRef(portal), ours]);
  return ours;
};
