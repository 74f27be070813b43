/** Live state → texts of files: what is new, what changes, what goes. Pure; writing them down is write-files.ts. */
import {
  type Address,
  addressOf,
  compareText,
  type DesiredResource,
  type Diagnostic,
  type Json,
  type JsonObject,
  type Kind,
  type LiveResource,
  type Portal,
  type SourceFile,
} from '../model/index.ts';
import { type Contents, contentText } from './content-files.ts';
import { editValues, type Insertion, insertNew, type Neighbour, type OpenFile, type Owner, openFile, type Paired, removeGone } from './edit-file.ts';
import { type AppOrder, editLists, withBlocks } from './edit-lists.ts';
import { type Located, locate, spotsOf } from './edit-locate.ts';
import { type Environment, type Fill, fillFor } from './placeholders.ts';
import { type ReadableKind, readableKinds } from './run.ts';
import { type Tree, valueOf } from './tree.ts';
import type { FileChange } from './write-files.ts';
import { fileNames, keysFor } from './write-names.ts';
import { isInApp, type Layout, modeline, type NewResource, newFileText, pathFor, type Section, sectionBlocks } from './write-new.ts';
import { type Unsaid, type Writable, writableOf } from './write-resource.ts';
import { tellKept, tellTaken, tellUnsaid, tellUnsaidPair } from './write-tell.ts';

export interface LivePair {
  readonly desired: DesiredResource;
  readonly live: LiveResource;
}

/** What the portal has of one kind, beside what the files have. */
export interface KindState {
  readonly kind: Kind;
  /** All live ones, in the portal's order. */
  readonly live: readonly LiveResource[];
  /** Described ones with the live ones that they are. */
  readonly pairs: readonly LivePair[];
  /** The same where they are out of the export's scope. */
  readonly others: readonly LivePair[];
  /** Described ones that the portal does not have. */
  readonly gone: readonly DesiredResource[];
  /** Those that no file describes and that are to be written. */
  readonly added: readonly LiveResource[];
  /** Fields of a live one that refer to what has no name. */
  readonly unnamed: (live: LiveResource) => readonly Unsaid[];
  /** Whether live would change if these fields were applied to it. */
  readonly differs: (live: JsonObject, desired: JsonObject) => boolean;
  /** Whether two values count as one. */
  readonly isSame: (a: Json | undefined, b: Json | undefined) => boolean;
}

export interface WriteInput {
  readonly kinds: readonly Kind[];
  readonly sources: readonly SourceFile[];
  readonly portal: Portal;
  readonly environment: Environment;
  /** All that the files describe for the portal. */
  readonly described: readonly DesiredResource[];
  readonly states: readonly KindState[];
  readonly layout: Layout;
  /** Where the schema for editors is, from the project folder; absent where there is none. */
  readonly schema?: string;
  /** Texts that stand in files of their own. */
  readonly contents?: Contents;
}

export interface WriteResult {
  readonly changes: readonly FileChange[];
  readonly diagnostics: readonly Diagnostic[];
  /** Addresses that still differ, as the diagnostics tell. */
  readonly open: readonly Address[];
}

interface Fresh {
  readonly readable: ReadableKind;
  readonly state: KindState;
  readonly writable: Writable;
}

const samePath = (a: readonly (string | number)[], b: readonly string[]): boolean => a.length === b.length && a.every((step, index) => step === b[index]);

/** Renamed in SalesIQ to what the files call a resource of another portal: the file cannot follow. */
const isTaken = ({ desired, live }: LivePair, elsewhere: ReadonlySet<string>): boolean =>
  (desired.secretKey ?? desired.key) !== live.key && elsewhere.has(`${live.app ?? ''}\n${live.key}`);

const pairedOf = (readable: ReadableKind, state: KindState, elsewhere: ReadonlySet<string>): readonly (readonly [Owner, Paired])[] =>
  state.pairs.map((pair) => {
    const { desired, live } = pair;
    const { identity } = readable.kind;
    const unsayable = [
      ...state.unnamed(live).map(({ path }) => path),
      ...(identity.by === 'fields' && isTaken(pair, elsewhere) ? identity.fields.map((field) => [field]) : []),
    ];
    return [
      desired,
      { readable, desired, live, differs: state.differs, isSame: state.isSame, isUnsayable: (path) => unsayable.some((one) => samePath(path, one)) },
    ];
  });

/** Names that the files use for resources of other portals: app and key on two lines. */
const namesElsewhere = ({ kind }: ReadableKind, files: readonly OpenFile[], fill: Fill): ReadonlySet<string> => {
  const textAt = (tree: Tree, field: string): string => {
    const value = valueOf(tree, field);
    return value?.type === 'text' ? fill(value.text).text : '';
  };
  const fields = kind.identity.by === 'content' ? ['key'] : kind.identity.fields;
  const inApp = kind.identity.by === 'fields' && kind.identity.inApp !== false;
  const names = files.flatMap((file) => {
    const owners = file.owners.get(kind.name) ?? [];
    if (owners.every((owner) => owner !== undefined)) return [];
    return spotsOf(locate(file.text), kind.name)
      .filter((_spot, ordinal) => owners[ordinal] === undefined)
      .map(
        ({ tree }) =>
          `${inApp ? textAt(tree, 'app') : ''}\n${fields
            .filter((field) => valueOf(tree, field) !== undefined)
            .map((field) => textAt(tree, field))
            .join(' ')}`,
      );
  });
  return new Set(names);
};

/** New resources with what can be written of them. One that shares its name with another portal's is limited to this one. */
const freshOf = (readable: ReadableKind, state: KindState, input: WriteInput, elsewhere: ReadonlySet<string>): readonly Fresh[] => {
  const { identity, name } = readable.kind;
  if (state.added.length === 0) return [];
  const taken = new Set([...input.described.filter(({ kind }) => kind === name).map(({ key }) => key), ...[...elsewhere].map((one) => one.slice(1))]);
  const keyed = identity.by === 'content' ? keysFor(identity.criteria, state.added, taken) : state.added.map((live) => ({ live, key: live.key }));
  return keyed.map(({ live, key }) => {
    const writable = writableOf(readable, live, key, state.unnamed(live));
    const { fields } = writable;
    const shared = elsewhere.has(`${live.app ?? ''}\n${key}`);
    return { readable, state, writable: fields !== undefined && shared ? { ...writable, fields: { ...fields, only: [input.portal.name] } } : writable };
  });
};

/** A file with what stands where in it. */
interface PlacedFile {
  readonly path: string;
  readonly located: Located;
}

const lastFirst = (a: DesiredResource, b: DesiredResource): number =>
  compareText(b.origin.file, a.origin.file) || b.origin.line - a.origin.line || b.origin.column - a.origin.column;

/** Where a new resource goes: beside its neighbour in the portal's order, behind the last of its kind (and app), or into a list that is empty. */
const neighbourOf = (
  { readable, state, writable: { live } }: Fresh,
  files: readonly PlacedFile[],
  fill: Fill,
): { readonly beside: Neighbour; readonly side: 'behind' | 'before'; readonly path: string } | undefined => {
  const { kind } = readable;
  const pairs = [...state.pairs, ...state.others].filter((one) => !isInApp(readable) || one.live.app === live.app);
  if (kind.order !== undefined) {
    const byId = new Map(pairs.map((one) => [one.live.id, one.desired]));
    const list = state.live.filter(({ app }) => app === live.app);
    const at = list.findIndex(({ id }) => id === live.id);
    const before = list.slice(0, at).findLast(({ id }) => byId.has(id));
    const behind = list.slice(at + 1).find(({ id }) => byId.has(id));
    const beside = byId.get((before ?? behind)?.id ?? '');
    if (beside !== undefined) return { beside, side: before === undefined ? 'before' : 'behind', path: beside.origin.file };
  }
  const [last] = pairs.map(({ desired }) => desired).sort(lastFirst);
  if (last !== undefined) return { beside: last, side: 'behind', path: last.origin.file };
  // Those of other portals stand together with it, so that the order of the file stays one.
  for (const file of [...files].reverse()) {
    const ordinal = spotsOf(file.located, kind.name).findLastIndex(({ tree, list }) => {
      const app = valueOf(tree, 'app');
      return list !== undefined && (!isInApp(readable) || (app?.type === 'text' && fill(app.text).text === live.app));
    });
    if (ordinal !== -1) return { beside: { ordinal }, side: 'behind', path: file.path };
  }
  const empty = files.find((file) => file.located.entries.some(({ key, tree }) => key === kind.name && tree.type === 'list' && tree.members.length === 0));
  return empty === undefined ? undefined : { beside: 'list', side: 'behind', path: empty.path };
};

const appOrdersOf = (readable: ReadableKind, state: KindState, fresh: readonly Fresh[], keptTitles: ReadonlySet<DesiredResource>): readonly AppOrder[] => {
  const written = fresh.flatMap(({ writable }) => (writable.fields === undefined ? [] : [writable.live]));
  const inApp = (app: string): AppOrder => {
    const rankOf = new Map(state.live.filter((one) => one.app === app).map(({ id }, index) => [id, index]));
    const pairs = [...state.pairs.map((one) => ({ ...one, fixed: false })), ...state.others.map((one) => ({ ...one, fixed: true }))].filter(
      ({ live }) => live.app === app,
    );
    const own = written.filter((one) => one.app === app);
    const ranks = new Map<Owner, number>();
    const names = new Map<string, { readonly rank: number; readonly name: string; readonly fixed: boolean }>();
    for (const live of own) {
      const rank = rankOf.get(live.id) ?? 0;
      ranks.set(live, rank);
      names.set(live.key, { rank, name: live.key, fixed: false });
    }
    for (const { desired, live, fixed } of pairs) {
      const rank = rankOf.get(live.id) ?? 0;
      const name = desired.secretKey ?? desired.key;
      ranks.set(desired, rank);
      names.set(name, { rank, name: fixed || keptTitles.has(desired) ? name : live.key, fixed });
    }
    const described = new Set([...own, ...pairs.map(({ live }) => live)].map(({ id }) => id));
    return {
      readable,
      app,
      ranks,
      names,
      gone: new Set(state.gone.filter((one) => one.app === app).map((one) => one.secretKey ?? one.key)),
      strangers: state.live.flatMap(({ id, app: of }) => (of === app && !described.has(id) ? [rankOf.get(id) ?? 0] : [])),
    };
  };
  const apps = new Set([...state.pairs, ...state.others].map(({ live }) => live.app ?? ''));
  for (const { app } of [...written, ...state.gone]) apps.add(app ?? '');
  return [...apps].map(inApp);
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

/** Whether a file can take these kinds at its end. */
const takes = (located: Located, text: string, kinds: readonly ReadableKind[]): boolean =>
  !/^\.\.\./m.test(text) &&
  located.documents.every(({ root }) => root.flow !== true) &&
  !located.entries.some(({ key }) => kinds.some(({ kind }) => key === kind.name || key === kind.order?.list));

/** The path itself, or the next one with a number that is free or can take these kinds. */
const freePath = (path: string, kinds: readonly ReadableKind[], files: ReadonlyMap<string, string>): string => {
  for (let count = 1; ; count += 1) {
    const one = count === 1 ? path : path.replace(/\.yaml$/, `-${count}.yaml`);
    const text = files.get(one);
    if (text !== undefined ? takes(locate(text), text, kinds) : ![...files.keys()].some((other) => other.toLowerCase() === one.toLowerCase())) return one;
  }
};

const editFiles = (
  input: WriteInput,
  readable: ReadonlyMap<string, ReadableKind>,
  opened: readonly OpenFile[],
  elsewhere: ReadonlyMap<ReadableKind, ReadonlySet<string>>,
  fresh: readonly Fresh[],
  fill: Fill,
): {
  readonly texts: ReadonlyMap<string, string | undefined>;
  readonly placed: ReadonlySet<Fresh>;
  readonly diagnostics: readonly Diagnostic[];
  readonly open: readonly Address[];
} => {
  const pairs = new Map(
    input.states.flatMap((state) => {
      const one = readable.get(state.kind.name);
      return one === undefined ? [] : pairedOf(one, state, elsewhere.get(one) ?? new Set());
    }),
  );
  const converter = { fill, report: () => undefined, settled: new Set<never>(), secrets: new Set<never>(), mode: 'filled' as const };
  const edited = opened.map((file) => editValues(file, pairs, { ...converter, settled: new Set(), secrets: new Set() }));
  const kept = edited.flatMap((one) => one.kept.map((each) => ({ path: one.file.path, each })));
  const diagnostics: Diagnostic[] = kept.map(({ path, each }) => tellKept(path, each, fill));
  const open = kept.map(({ each }) => addressOf(each.paired.desired));
  for (const state of input.states) {
    for (const { desired, live } of state.pairs) {
      const paired = pairs.get(desired);
      for (const unsaid of state.unnamed(live)) {
        const [head = '', ...rest] = unsaid.path;
        const inner = rest.reduce<Json | undefined>(
          (value, step) =>
            typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value).find(([key]) => key === step)?.[1] : undefined,
          desired.spec[head],
        );
        if (inner === undefined || paired === undefined) continue;
        diagnostics.push(tellUnsaidPair(paired, unsaid));
        open.push(addressOf(desired));
      }
    }
  }

  const taken = input.states.flatMap((state) => {
    const one = readable.get(state.kind.name);
    return one === undefined || one.kind.identity.by === 'content' ? [] : state.pairs.filter((pair) => isTaken(pair, elsewhere.get(one) ?? new Set()));
  });
  diagnostics.push(...taken.map(tellTaken));
  open.push(...taken.map(({ desired }) => addressOf(desired)));

  const gone = new Set<Owner>(input.states.flatMap((state) => state.gone));
  const left = (file: OpenFile, kind: string): number => (file.owners.get(kind) ?? []).filter((owner) => owner === undefined || !gone.has(owner)).length;
  const files = edited.map(({ file }) => removeGone(file, gone, (kind) => edited.some((other) => other.file !== file && left(other.file, kind) > 0)));
  const there = files.filter((file) => file !== 'empty');
  const places = fresh.length === 0 ? [] : there.map(({ path, text }): PlacedFile => ({ path, located: locate(text) }));
  const placed = new Set<Fresh>();
  const insertions = new Map<string, Insertion[]>();
  for (const one of fresh) {
    const { fields, live } = one.writable;
    const found = fields === undefined ? undefined : neighbourOf(one, places, fill);
    if (fields === undefined || found === undefined || one.readable.kind.shape === 'singleton') continue;
    placed.add(one);
    insertions.set(found.path, [...(insertions.get(found.path) ?? []), { readable: one.readable, live, fields, beside: found.beside, side: found.side }]);
  }
  const inserted = there.map((file) => insertNew(file, insertions.get(file.path) ?? []));
  const homeless = new Set(inserted.flatMap((one) => one.homeless.map(({ live }) => live)));
  for (const one of fresh) if (homeless.has(one.writable.live)) placed.delete(one);
  const filled = inserted.map(({ file }) => file);
  const keptTitles = new Set([
    ...kept.filter(({ each }) => each.path.length === 1).map(({ each }) => each.paired.desired),
    ...taken.map(({ desired }) => desired),
  ]);
  const orders = input.states.flatMap((state) => {
    const one = readable.get(state.kind.name);
    if (one?.kind.order === undefined) return [];
    const fromFiles = fresh.filter((each) => each.state === state && placed.has(each));
    return appOrdersOf(one, state, fromFiles, keptTitles);
  });
  const listed = editLists(filled, orders, fill);
  const texts = new Map<string, string | undefined>(input.sources.map(({ path }) => [path, undefined]));
  for (const file of listed.files) if (file.state === 'kept') texts.set(file.path, file.text);
  return { texts, placed, diagnostics: [...diagnostics, ...listed.diagnostics], open };
};

/** Files of contents whose text is another one in the portal. */
const contentTexts = ({ states, contents }: WriteInput): readonly (readonly [string, string])[] =>
  states.flatMap(({ pairs }) =>
    pairs.flatMap(({ desired, live }) =>
      (desired.contentFiles ?? []).flatMap(({ field, path }): readonly (readonly [string, string])[] => {
        const value = live.spec[field];
        return typeof value !== 'string' || value === desired.spec[field] ? [] : [[path, contentText(value, contents?.get(path)?.text)]];
      }),
    ),
  );

/** Texts for the files of a portal: those that are there, changed where they differ, and new ones. */
export const writeTexts = (input: WriteInput): WriteResult => {
  const readable = readableKinds(input.kinds);
  const fill = fillFor(input.portal, input.environment);
  const opened = input.sources.map(({ path, text }) => openFile(path, text, [...readable.keys()], input.described));
  const elsewhere = new Map([...readable.values()].map((one) => [one, namesElsewhere(one, opened, fill)]));
  const fresh = input.states.flatMap((state) => {
    const one = readable.get(state.kind.name);
    return one === undefined ? [] : freshOf(one, state, input, elsewhere.get(one) ?? new Set());
  });
  const edited = editFiles(input, readable, opened, elsewhere, fresh, fill);
  const apps = [...new Set(input.states.flatMap(({ live }) => live.flatMap(({ app }) => app ?? [])))].sort(compareText);
  const names = fileNames(apps);
  const added = new Map<string, Map<ReadableKind, Writable[]>>();
  for (const one of fresh) {
    const { writable } = one;
    if (writable.fields === undefined || edited.placed.has(one)) continue;
    const path = pathFor(one.readable, writable.live.app, input.layout, names);
    const sections = added.get(path) ?? new Map<ReadableKind, Writable[]>();
    added.set(path, sections.set(one.readable, [...(sections.get(one.readable) ?? []), writable]));
  }
  const texts = new Map(edited.texts);
  const existing = new Map([...texts].flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
  for (const [wanted, sections] of [...added].sort(([a], [b]) => compareText(a, b))) {
    const path = freePath(wanted, [...sections.keys()], existing);
    const parts = [...sections].map(([one, list]) => sectionOf(one, list));
    const before = existing.get(path);
    const head = input.schema === undefined ? undefined : modeline(path, input.schema);
    const after =
      before === undefined
        ? newFileText(parts, head)
        : withBlocks(
            before,
            parts.flatMap(sectionBlocks).map((lines) => lines.join('\n')),
          );
    texts.set(path, after);
    existing.set(path, after);
  }
  for (const [path, after] of contentTexts(input)) texts.set(path, after);
  const sources = new Map([...input.sources, ...(input.contents ?? new Map<string, SourceFile>()).values()].map(({ path, text }) => [path, text]));
  const changes = [...texts]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([path, after]): readonly FileChange[] => (sources.get(path) === after ? [] : [{ path, before: sources.get(path), after }]));
  return { changes, diagnostics: [...edited.diagnostics, ...fresh.flatMap(({ writable }) => tellUnsaid(writable))], open: edited.open };
};
