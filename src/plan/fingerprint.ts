/** A short name for exactly these changes. What does not touch them does not alter it: places are told by the neighbour, not by number. */
import { createHash } from 'node:crypto';
import { type Change, canonicalJson, type Json, type ListPlan } from '../model/index.ts';

const behind = (change: Change, lists: readonly ListPlan[]): Json => {
  const after = lists.find((list) => list.kind === change.kind && list.app === change.app)?.after ?? [];
  const index = after.findIndex((place) => place.address === change.address);
  return index < 1 ? null : (after[index - 1]?.address ?? null);
};

/** @param changes as they are shown: hidden values are covered by their digests */
export const fingerprintOf = (portal: string, changes: readonly Change[], lists: readonly ListPlan[]): string => {
  const facts = changes.map(
    (change): Json => ({
      action: change.action,
      address: change.address,
      id: 'id' in change ? change.id : null,
      fields: change.fields.map(({ path, from, to, digest }) => [path, from ?? null, to ?? null, digest ?? null]),
      ...(change.action === 'delete' && change.heir !== undefined ? { heir: change.heir } : {}),
      behind: change.action === 'move' || change.action === 'create' ? behind(change, lists) : null,
    }),
  );
  return createHash('sha256')
    .update(canonicalJson([1, portal, facts]))
    .digest('hex')
    .slice(0, 32);
};
