/** Parsed files → the desired state of one portal, with all that is wrong in all of them. */
import {
  compareText,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  type Kind,
  type Portal,
  type Project,
  type Reading,
  someOf,
  sortDiagnostics,
} from '../model/index.ts';
import { checkReferences } from './check-references.ts';
import type { Contents } from './content-files.ts';
import { tellContradictions } from './contradictions.ts';
import type { Described } from './described.ts';
import { tellDuplicates } from './duplicates.ts';
import type { WrittenOrder } from './order-lists.ts';
import { readOrders } from './orders.ts';
import type { ParsedFile } from './parse-files.ts';
import { type Environment, fillFor } from './placeholders.ts';
import { readResource } from './resource.ts';
import { type ReadableKind, type Run, readableKinds, type Strictness, suggestUpTo, tellError } from './run.ts';
import { type Entry, isNothing } from './tree.ts';

export interface AssembleInput {
  /** The files as parseFiles gave them, or as another source of files did. */
  readonly parsed: readonly ParsedFile[];
  readonly project: Project;
  readonly portal: Portal;
  readonly kinds: readonly Kind[];
  readonly environment: Environment;
  /** `strict` makes errors of words outside a partly known vocabulary. */
  readonly strictness: Strictness;
  /** The files that contentFilesIn names, as far as they are there. */
  readonly contents?: Contents;
}

/** What stands in the files, kind by kind. */
interface Found {
  readonly described: readonly Described[];
  readonly orders: readonly WrittenOrder[];
  readonly managed: ReadonlySet<string>;
}

const projectKeys = ['version', 'portals', 'kinds', 'limits', 'protect'];

const tellUnknownKey = (entry: Entry, file: ParsedFile, kinds: readonly Kind[], run: Run): void => {
  const reference = kinds.find(({ name }) => name === entry.key);
  if (reference !== undefined) {
    tellError(
      run,
      file,
      entry,
      'read-only-kind',
      `${entry.key} are read so that names can be checked; files do not describe them`,
      `Change ${entry.key} in SalesIQ itself.`,
    );
    return;
  }
  const known = kinds.flatMap((kind) => [...(kind.schema === undefined ? [] : [kind.name]), ...(kind.order === undefined ? [] : [kind.order.list])]);
  const near = projectKeys.includes(entry.key) ? undefined : run.suggest(entry.key, known);
  const hint =
    near !== undefined
      ? `Did you mean ${near}?`
      : projectKeys.includes(entry.key)
        ? 'This key belongs into salesiq.yaml.'
        : `The keys of a file are ${someOf(known, 20)}.`;
  tellError(run, file, entry, 'unknown-key', `there is no kind "${entry.key}"`, hint);
};

const readKind = (entry: Entry, file: ParsedFile, readable: ReadableKind, run: Run): readonly Described[] => {
  const { kind } = readable;
  const { value } = entry;
  if (value.type === 'broken') return [];
  if (isNothing(value)) {
    const hint =
      kind.shape === 'list'
        ? `Write \`${kind.name}: []\` if none of yours shall exist; take the key out to leave them as they are.`
        : 'Take the key out to leave it as it is.';
    tellError(run, file, value, 'no-value', `${kind.name} has no value`, hint);
    return [];
  }
  if (kind.shape === 'singleton') {
    if (value.type === 'mapping') return [readResource(value, readable, file, run)];
    tellError(
      run,
      file,
      value,
      'wrong-type',
      `${kind.name} should be one mapping, but it is ${value.type === 'list' ? 'a list' : 'text'}`,
      'There is one of it in a portal: write its keys below it, without "- ".',
    );
    return [];
  }
  if (value.type === 'list') return value.members.map((member) => readResource(member, readable, file, run));
  tellError(
    run,
    file,
    value,
    'wrong-type',
    `${kind.name} should be a list, but it is ${value.type === 'mapping' ? 'a mapping' : 'text'}`,
    'Write "- " before each of them.',
  );
  return [];
};

const readContents = (files: readonly ParsedFile[], kinds: readonly Kind[], readable: ReadonlyMap<string, ReadableKind>, run: Run): Found => {
  const lists = new Map([...readable.values()].flatMap((one) => (one.kind.order === undefined ? [] : [[one.kind.order.list, one] as const])));
  const described: Described[] = [];
  const orders: WrittenOrder[] = [];
  const managed = new Set<string>();
  for (const file of files) {
    for (const entry of file.documents.flatMap(({ entries }) => entries)) {
      const one = readable.get(entry.key);
      const ordered = lists.get(entry.key);
      if (one !== undefined) {
        managed.add(one.kind.name);
        for (const resource of readKind(entry, file, one, run)) described.push(resource);
      } else if (ordered !== undefined) {
        orders.push({ readable: ordered, file, entry });
      } else if (!/^(?:x-|\.)/.test(entry.key)) {
        tellUnknownKey(entry, file, kinds, run);
      }
    }
  }
  return { described, orders, managed };
};

/**
 * The desired state of one portal. Findings of all files come at once; there is
 * a value only where none of them is an error and every file was complete.
 */
export const assemble = (input: AssembleInput): Reading<Desired> => {
  const { project, portal, kinds } = input;
  const diagnostics: Diagnostic[] = [];
  const files = [...input.parsed].sort((a, b) => compareText(a.path, b.path));
  const run: Run = {
    portal: portal.name,
    portals: Object.keys(project.portals),
    fill: fillFor(portal, input.environment),
    strictness: input.strictness,
    complete: files.every((file) => file.complete),
    contents: input.contents ?? new Map(),
    tell: (diagnostic) => diagnostics.push(diagnostic),
    suggest: suggestUpTo(300_000),
  };
  const readable = readableKinds(kinds);
  const { described, orders: written, managed } = readContents(files, kinds, readable, run);
  tellDuplicates(described, readable, run);
  const orders = readOrders(written, described, managed, readable, run);
  const resources = described.flatMap(({ resource }): readonly DesiredResource[] => (resource === undefined ? [] : [resource]));
  const open = checkReferences(resources, described, managed, kinds, project.policies, run);
  tellContradictions(resources, kinds, run);
  const sorted = sortDiagnostics(diagnostics);
  if (!run.complete || sorted.some(({ severity }) => severity === 'error')) return { diagnostics: sorted };
  return {
    value: {
      portal: portal.name,
      kinds: kinds.flatMap(({ name }) => (managed.has(name) ? [name] : [])),
      resources: open,
      orders,
      policies: project.policies,
    },
    diagnostics: sorted,
  };
};
