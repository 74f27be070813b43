/** Live state → texts of files: what is new, what changes, what goes. Pure; writing them down is write-files.ts. */
import {
  type Address,
  addressOf,
  compareText,
  type DesiredResource,
  type Diagnostic,
  type Kind,
  type LiveResource,
  pathText,
  type SourceFile,
} from '../model/index.ts';
import { type ReadableKind, readableKinds } from './run.ts';
import type { FileChange } from './write-files.ts';
import { fileNames, keysFor } from './write-names.ts';
import { type Layout, modeline, type NewResource, newFileText, pathFor, type Section } from './write-new.ts';
import { type Unsaid, type Writable, writableOf } from './write-resource.ts';

/** What the portal has of one kind, beside what the files have. */
export interface KindState {
  readonly kind: Kind;
  /** All live ones, in the portal's order. */
  readonly live: readonly LiveResource[];
  /** Described ones with the live ones that they are. */
  readonly pairs: readonly { readonly desired: DesiredResource; readonly live: LiveResource }[];
  /** Described ones that the portal does not have. */
  readonly gone: readonly DesiredResource[];
  /** Those that no file describes and that are to be written. */
  readonly added: readonly LiveResource[];
  /** Fields of a live one that refer to what has no name. */
  readonly unnamed: (live: LiveResource) => readonly Unsaid[];
}

export interface WriteInput {
  readonly kinds: readonly Kind[];
  readonly sources: readonly SourceFile[];
  readonly states: readonly KindState[];
  readonly layout: Layout;
  /** Where the schema for editors is, from the project folder; absent where there is none. */
  readonly schema?: string;
}

export interface WriteResult {
  readonly changes: readonly FileChange[];
  readonly diagnostics: readonly Diagnostic[];
  /** Addresses that still differ, as the diagnostics tell. */
  readonly open: readonly Address[];
}

/** A live resource with what can be written of it. */
interface Fresh {
  readonly readable: ReadableKind;
  readonly writable: Writable;
}

const unsaidText = ({ path, reason }: Unsaid): string => (path.length === 0 ? reason : `${pathText([...path])}: ${reason}`);

/** What is left out of the files, and why. */
export const tellUnsaid = ({ live, fields, unsaid }: Writable): readonly Diagnostic[] => {
  const address = addressOf(live);
  if (fields === undefined)
    return [
      {
        severity: 'warning',
        code: 'not-exported',
        message: `${address} (id ${live.id}) is left out: ${unsaid.map(unsaidText).join('; ')}`,
        address,
        hint: 'It stays as it is in the portal, and no file describes it.',
      },
    ];
  return unsaid.map((one) => ({
    severity: 'warning',
    code: 'field-not-exported',
    message: `${address}: ${pathText([...one.path])} is left out: ${one.reason}`,
    address,
    hint: 'A field that the files leave out stays as it is in the portal.',
  }));
};

const freshOf = (readable: ReadableKind, state: KindState, takenKeys: ReadonlySet<string>): readonly Fresh[] => {
  const { identity } = readable.kind;
  const keyed = identity.by === 'content' ? keysFor(identity.criteria, state.added, takenKeys) : state.added.map((live) => ({ live, key: live.key }));
  return keyed.map(({ live, key }) => ({ readable, writable: writableOf(readable, live, key, state.unnamed(live)) }));
};

/** Resources of one kind for one new file, with the order of each app. */
const sectionOf = (readable: ReadableKind, list: readonly Writable[]): Section => {
  const written = list.flatMap(({ live, fields }) => (fields === undefined ? [] : [{ live, fields }]));
  const apps = readable.kind.order === undefined ? [] : [...new Set(written.map(({ live }) => live.app ?? ''))];
  return {
    readable,
    resources: written.map(({ live, fields }): NewResource => ({ ...(live.app === undefined ? {} : { app: live.app }), fields })),
    orders: apps.map((app) => ({ app, keys: written.filter(({ live }) => live.app === app).map(({ live }) => live.key) })),
  };
};

/** New texts for the portal's files. @param takenKeys keys that the files use already, by kind */
export const writeTexts = (input: WriteInput): WriteResult => {
  const readable = readableKinds(input.kinds);
  const fresh = input.states.flatMap((state) => {
    const one = readable.get(state.kind.name);
    return one === undefined ? [] : freshOf(one, state, new Set());
  });
  const apps = [...new Set(input.states.flatMap(({ live }) => live.flatMap(({ app }) => app ?? [])))].sort(compareText);
  const names = fileNames(apps);
  const files = new Map<string, Map<ReadableKind, Writable[]>>();
  for (const { readable: one, writable } of fresh) {
    if (writable.fields === undefined) continue;
    const path = pathFor(one, writable.live.app, input.layout, names);
    const sections = files.get(path) ?? new Map<ReadableKind, Writable[]>();
    files.set(path, sections.set(one, [...(sections.get(one) ?? []), writable]));
  }
  const changes = [...files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, sections]): FileChange => {
      const head = input.schema === undefined ? undefined : modeline(path, input.schema);
      return {
        path,
        before: undefined,
        after: newFileText(
          [...sections].map(([one, list]) => sectionOf(one, list)),
          head,
        ),
      };
    });
  return { changes, diagnostics: fresh.flatMap(({ writable }) => tellUnsaid(writable)), open: [] };
};
