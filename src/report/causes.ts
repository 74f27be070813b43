/**
 * Which line of the files causes a change. A deletion is caused by a line that
 * is not there any more: what is pointed at is the place where it stood, by the
 * neighbour it had; or the line that asks for deletions.
 */
import { addressOf, type Base, type Change, type Desired, type DesiredResource, type Origin } from '../model/index.ts';
import type { Sources } from './diagnostics-text.ts';

export interface Causes {
  readonly desired: Pick<Desired, 'resources' | 'orders'>;
  /** The files as last applied, where they are known. */
  readonly base?: Pick<Base, 'resources'>;
  readonly sources: Sources;
}

type Delete = Extract<Change, { readonly action: 'delete' }>;
type Move = Extract<Change, { readonly action: 'move' }>;

const projectFile = 'salesiq.yaml';

/** For what belongs to no line. */
export const projectOrigin: Origin = { file: projectFile, line: 1, column: 1 };

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The first line from `from` on that matches; undefined where the file is not at hand or has none. */
const lineIn = (sources: Sources, file: string, pattern: RegExp, from = 1): Origin | undefined => {
  const lines = (sources(file) ?? '').split(/\r?\n/);
  const index = lines.findIndex((line, at) => at >= from - 1 && pattern.test(line));
  const line = lines[index];
  return line === undefined ? undefined : { file, line: index + 1, column: line.length - line.trimStart().length + 1 };
};

const keyLine = (sources: Sources, file: string, key: string): Origin | undefined => lineIn(sources, file, new RegExp(`^\\s*(["']?)${escaped(key)}\\1\\s*:`));

/** Where limits are set; the top of salesiq.yaml where they are the default. */
export const limitOrigin = ({ sources }: Causes): Origin => keyLine(sources, projectFile, 'limits') ?? projectOrigin;

/** What stood next to it in its file and is still there: the nearest before it, else the nearest after it. */
const neighbourOf = (gone: DesiredResource, { desired, base }: Causes): Origin | undefined => {
  const { file, line } = gone.origin;
  const now = new Map(desired.resources.filter(({ origin }) => origin.file === file).map((one) => [addressOf(one), one.origin]));
  const staying = (base?.resources ?? []).filter((one) => one.kind === gone.kind && one.origin.file === file && now.has(addressOf(one)));
  const before = staying.filter(({ origin }) => origin.line < line).sort((a, b) => b.origin.line - a.origin.line);
  const after = staying.filter(({ origin }) => origin.line > line).sort((a, b) => a.origin.line - b.origin.line);
  const nearest = before[0] ?? after[0];
  return nearest === undefined ? undefined : now.get(addressOf(nearest));
};

/** A file that is gone keeps its name and the line that it had. */
export const deleteOrigin = (change: Delete, causes: Causes): Origin => {
  const gone = causes.base?.resources.find((one) => one.kind === change.kind && addressOf(one) === change.address);
  if (gone === undefined) return keyLine(causes.sources, projectFile, change.kind) ?? projectOrigin;
  if (causes.sources(gone.origin.file) === undefined) return gone.origin;
  return neighbourOf(gone, causes) ?? keyLine(causes.sources, gone.origin.file, change.kind) ?? { ...gone.origin, line: 1, column: 1 };
};

/** The entry of the order list, else the rule itself: without a list, rules stand in the order of their file. */
export const moveOrigin = (change: Move, { desired, sources }: Causes): Origin => {
  const own = change.origin ?? projectOrigin;
  const order = desired.orders.find(({ kind, app }) => kind === change.kind && app === change.app);
  if (order === undefined) return own;
  const name = escaped(change.key);
  return lineIn(sources, order.origin.file, new RegExp(`^\\s*-\\s+(?:"${name}"|'${name}'|${name})\\s*(?:#.*)?$`), order.origin.line) ?? own;
};
