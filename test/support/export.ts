/** Export as a function: texts and live state in, texts out; and what a plan says of them. */
import { exportTexts } from '../../src/commands/export-files.ts';
import type { DesiredFiles } from '../../src/commands/read-files.ts';
import { assemble, type Environment, type Layout, parseFiles, readProject } from '../../src/desired/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import type { Base, Diagnostic, Live } from '../../src/model/index.ts';
import { makePlan } from '../../src/plan/index.ts';

export type Texts = Readonly<Record<string, string>>;

const plainProject = 'version: 1\nportals:\n  harbour: { screenname: lighthouse, data_center: eu }\n';

export interface Setting {
  readonly project?: string;
  readonly portal?: string;
  readonly environment?: Environment;
  readonly layout?: Layout;
  readonly targets?: readonly string[];
  readonly names?: readonly string[];
  readonly base?: Base;
  readonly schema?: string;
}

const describable = kinds.filter(({ schema }) => schema !== undefined).map(({ name }) => name);

/** The files, understood for one portal. */
export const understood = (texts: Texts, { project: text = plainProject, portal: name = 'harbour', environment = {} }: Setting = {}): DesiredFiles => {
  const project = readProject({ path: 'salesiq.yaml', text }, environment);
  const portal = project.value?.portals[name];
  if (project.value === undefined || portal === undefined) throw new Error(project.diagnostics.map(({ message }) => message).join('\n'));
  const parsed = parseFiles(Object.entries(texts).map(([path, one]) => ({ path, text: one })));
  const assembled = assemble({ parsed: parsed.value ?? [], project: project.value, portal, kinds, environment, strictness: 'lenient' });
  const wrong = [...parsed.diagnostics, ...assembled.diagnostics].filter(({ severity }) => severity === 'error');
  if (assembled.value === undefined || wrong.length > 0)
    throw new Error(wrong.map(({ message, origin }) => `${origin?.file}:${origin?.line} ${message}`).join('\n'));
  return {
    project: project.value,
    parsed: parsed.value ?? [],
    warnings: [],
    secrets: [],
    contents: new Map(),
    paths: Object.keys(texts).sort(),
    sources: (file) => (file === 'salesiq.yaml' ? text : texts[file]),
    portal,
    desired: assembled.value,
  };
};

export interface Exported {
  readonly texts: Texts;
  readonly diagnostics: readonly Diagnostic[];
  readonly changed: readonly string[];
}

export const exported = (texts: Texts, live: Live, setting: Setting = {}): Exported => {
  const result = exportTexts({
    files: understood(texts, setting),
    live,
    base: setting.base,
    scope: { targets: setting.targets ?? [], excludes: [] },
    names: setting.names ?? describable,
    layout: setting.layout ?? 'by-app',
    environment: setting.environment ?? {},
    ...(setting.schema === undefined ? {} : { schema: setting.schema }),
  });
  const after = new Map(Object.entries(texts));
  for (const change of result.changes) {
    if (change.after === undefined) after.delete(change.path);
    else after.set(change.path, change.after);
  }
  return {
    texts: Object.fromEntries([...after].sort(([a], [b]) => (a < b ? -1 : 1))),
    diagnostics: result.diagnostics,
    changed: result.changes.map(({ path }) => path),
  };
};

/** What a plan of the files would do, one line a change. */
export const planned = (texts: Texts, live: Live, setting: Setting = {}): readonly string[] => {
  const { desired } = understood(texts, setting);
  const plan = makePlan({ kinds, desired, live, scope: { targets: [], excludes: [] }, protect: [], warnings: [], estimateSeconds: () => 0 });
  return [
    ...plan.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ...plan.changes.map(({ action, address }) => `${action} ${address}`),
  ];
};

/** The lines that differ, as `-old` and `+new`, in order. */
export const diffOf = (before: string, after: string): readonly string[] => {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const row = table[i];
      if (row !== undefined) row[j] = a[i] === b[j] ? (table[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(table[i + 1]?.[j] ?? 0, table[i]?.[j + 1] ?? 0);
    }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
};
