/** What an export did, or would do, to the files. */
import type { FileChange } from '../desired/index.ts';

export interface FileAction {
  readonly path: string;
  readonly action: 'created' | 'changed' | 'removed' | 'unchanged';
  readonly change?: FileChange;
}

const actionOf = ({ before, after }: FileChange): FileAction['action'] => (before === undefined ? 'created' : after === undefined ? 'removed' : 'changed');

/** Every resource file with what becomes of it, by path. */
export const fileActions = (paths: readonly string[], changes: readonly FileChange[]): readonly FileAction[] => {
  const changed = new Map(changes.map((change) => [change.path, change]));
  const all = [...new Set([...paths, ...changed.keys()])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return all.map((path) => {
    const change = changed.get(path);
    return change === undefined ? { path, action: 'unchanged' } : { path, action: actionOf(change), change };
  });
};

const linesOf = (text: string | undefined): readonly string[] => (text === undefined || text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/** Lines that differ, between what both begin and end with: enough to see what it is about. */
export const shortDiff = ({ before, after }: FileChange): readonly string[] => {
  const [a, b] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const gone = a.slice(start, a.length - end).map((line) => `-${line}`);
  const come = b.slice(start, b.length - end).map((line) => `+${line}`);
  const shown = [...gone, ...come];
  const most = 40;
  return [`@@ line ${start + 1} @@`, ...shown.slice(0, most), ...(shown.length > most ? [`… ${shown.length - most} more lines`] : [])].map((line) =>
    line.replace(/\r$/, ''),
  );
};

const words = { created: 'created', changed: 'changed', removed: 'removed' } as const;
const wouldBe = { created: 'would be created', changed: 'would be changed', removed: 'would be removed' } as const;

/** The list of files for a person; a check shows the lines too. */
export const shownChanges = (actions: readonly FileAction[], mode: 'write' | 'check'): string => {
  const lines = actions.flatMap(({ path, action, change }) => {
    if (action === 'unchanged' || change === undefined) return [];
    return [
      `${path}: ${(mode === 'check' ? wouldBe : words)[action]}`,
      ...(mode === 'check' && action === 'changed' ? shortDiff(change).map((line) => `  ${line}`) : []),
    ];
  });
  return lines.length === 0 ? 'No changes. The files say what the portal has.\n' : `${lines.join('\n')}\n`;
};
