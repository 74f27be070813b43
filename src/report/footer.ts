/** The last lines of a plan: what it does, what it costs, how near it comes to the limits. */
import type { LimitUse, Plan, Side } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { about, counted, percent } from './words.ts';

export const errorsOf = (plan: Plan): number => plan.diagnostics.filter(({ severity }) => severity === 'error').length;

/** The one sentence that says what would happen. */
export const summaryLine = (plan: Plan): string => {
  const errors = errorsOf(plan);
  if (errors > 0) return `No plan: ${counted(errors, 'error')} to mend first.`;
  const { create, update, move, delete: gone } = plan.summary;
  if (plan.changes.length > 0) return `Plan: ${create} to add, ${update} to change, ${move} to move, ${gone} to delete.`;
  const seen = plan.observed.length;
  if (seen === 0) return 'No changes. The portal matches the files.';
  return `No changes to apply. ${counted(seen, 'difference')} in observed kinds, which are shown and never written.`;
};

export const costLine = ({ cost }: Plan): string => `Cost: ${counted(cost.reads, 'read')}, ${counted(cost.writes, 'write')}, ${about(cost.seconds)}.`;

const names = { deletes: 'Deletes', updates: 'Updates' } as const;

/** One sentence for each limit that the plan makes use of. The kind is named where there are several. */
export const limitLines = (uses: readonly LimitUse[]): readonly string[] => {
  const used = uses.filter(({ count }) => count > 0);
  return used.map(({ what, kind, count, of, limit }) => {
    const name = used.length > 1 ? `${names[what]} of ${escapeText(kind)}` : names[what];
    return `${name}: ${count} of ${of}${of > 0 ? ` (${percent(count / of)})` : ''}, limit ${percent(limit)}.`;
  });
};

/** What the files were compared with besides the portal, and whose the changes are; nothing where no base was asked for. */
export const baseLines = (plan: Plan): readonly string[] => {
  const { base, changes } = plan;
  if (base === undefined) return [];
  if (base.state === 'none') return [`Base: none (${escapeText(base.reason)}). What is not in the files is left alone, and nobody can say whose a change is.`];
  const count = (side: Side): number => changes.filter((change) => change.side === side).length;
  const whose = changes.length === 0 ? '' : ` Yours: ${count('yours')}, drift: ${count('drift')}, both: ${count('both')}.`;
  return [`Base: ${escapeText(base.ref)} at ${escapeText(base.commit.slice(0, 7))}.${whose}`];
};
