/** New files: sections of kinds, each with its resources, and the order lists of their apps. */
import type { JsonObject } from '../model/index.ts';
import type { ReadableKind } from './run.ts';
import { canBeKey, nameText } from './write-orders.ts';
import { blockMember, entryLines, keyText, type Step, usualStep } from './write-value.ts';

/** `by-app`: a file for each kind, and for each app where a kind's resources belong to one; `single`: one file for all. */
export type Layout = 'by-app' | 'single';

/** A resource to be written: its fields as in a file. */
export interface NewResource {
  readonly app?: string;
  readonly fields: JsonObject;
}

/** The order of an app's rules. */
export interface NewOrder {
  readonly app: string;
  readonly keys: readonly string[];
}

/** What a file says of one kind. */
export interface Section {
  readonly readable: ReadableKind;
  readonly resources: readonly NewResource[];
  readonly orders: readonly NewOrder[];
}

const indent = '  ';

export const folderOf = ({ kind }: ReadableKind): string => kind.name.replaceAll('_', '-');

export const isInApp = ({ kind }: ReadableKind): boolean => kind.identity.by === 'fields' && kind.identity.inApp !== false;

/** Where a new resource goes when nothing of its kind and app is described yet. */
export const pathFor = (readable: ReadableKind, app: string | undefined, layout: Layout, names: ReadonlyMap<string, string>): string => {
  if (layout === 'single') return 'resources.yaml';
  return isInApp(readable) ? `${folderOf(readable)}/${names.get(app ?? '') ?? 'app'}.yaml` : `${folderOf(readable)}.yaml`;
};

/** The line by which editors find the schema. */
export const modeline = (path: string, schema: string): string => `# yaml-language-server: $schema=${'../'.repeat(path.split('/').length - 1)}${schema}`;

/** The resources of a list, a blank line between them. */
export const resourceLines = (resources: readonly NewResource[], readable: ReadableKind, indent: string, step: Step): readonly string[] =>
  resources.flatMap(({ fields }, index) => [...(index === 0 ? [] : ['']), ...blockMember(fields, readable.guide, indent, step)]);

export const orderLines = (order: NewOrder, readable: ReadableKind, indent: string, step: Step): readonly string[] => [
  `${indent}${keyText(order.app)}:`,
  ...order.keys.map((key) => `${indent}${step.members}- ${nameText(readable, key, 'block')}`),
];

/** Each top-level key with its lines. */
export const sectionBlocks = ({ readable, resources, orders }: Section): readonly (readonly string[])[] => {
  const { kind, guide } = readable;
  const [only] = resources;
  const listed = orders.filter(({ app, keys }) => canBeKey(app) && keys.length > 0);
  const own =
    only === undefined
      ? []
      : [
          kind.shape === 'singleton'
            ? entryLines(kind.name, only.fields, guide, '', usualStep)
            : [`${kind.name}:`, ...resourceLines(resources, readable, indent, usualStep)],
        ];
  const list =
    kind.order === undefined || listed.length === 0
      ? []
      : [[`${kind.order.list}:`, ...listed.flatMap((order, index) => [...(index === 0 ? [] : ['']), ...orderLines(order, readable, indent, usualStep)])]];
  return [...own, ...list];
};

/** The text of a new file. @param head the line before everything */
export const newFileText = (sections: readonly Section[], head: string | undefined): string => {
  const blocks = sections.flatMap(sectionBlocks);
  return `${head === undefined ? '' : `${head}\n`}${blocks.map((lines) => `${lines.join('\n')}\n`).join('\n')}`;
};
