/** The resources of one file: changed where they differ, taken out where they are gone, and new ones put beside their neighbours. */
import type { DesiredResource, Json, JsonObject, LiveResource, Path } from '../model/index.ts';
import type { Converter } from './convert.ts';
import { rescueAnchors } from './edit-anchors.ts';
import { editResource, type FieldWork } from './edit-fields.ts';
import { type Located, locate, type Spot, spotsOf, stepOf } from './edit-locate.ts';
import { dashColumn, isMap, isSeq, type NewMember, valueEdit, withMembers, withoutMembers, withoutPair } from './edit-nodes.ts';
import { applyEdits, type Edit } from './edit-text.ts';
import { linedText, originOf } from './lines.ts';
import type { ReadableKind } from './run.ts';
import type { Tree } from './tree.ts';
import { blockMember, flowText, type Step } from './write-value.ts';

/** What is known of each resource that a file describes for this portal. */
export interface Paired {
  readonly readable: ReadableKind;
  readonly desired: DesiredResource;
  readonly live: LiveResource;
  readonly differs: FieldWork['differs'];
  readonly isSame: (a: Json | undefined, b: Json | undefined) => boolean;
  readonly isUnsayable: (path: Path) => boolean;
}

/** Whose place a spot is: a described resource's, or a live one's that was put there. */
export type Owner = DesiredResource | LiveResource;

/** A file while it is worked on. `owners`: by kind, which described resource each of its spots is; undefined for those of other portals. */
export interface OpenFile {
  readonly path: string;
  readonly text: string;
  readonly owners: ReadonlyMap<string, readonly (Owner | undefined)[]>;
}

/** Something that stays as it is although it differs. */
export interface Kept {
  readonly paired: Paired;
  readonly tree: Tree;
  readonly path: Path;
  /** The text in which the place is meant. */
  readonly text: string;
}

const placeKey = (file: string, line: number, column: number): string => `${file}\n${line}\n${column}`;

/** Finds out which described resource stands where. */
export const openFile = (path: string, text: string, kinds: readonly string[], described: readonly DesiredResource[]): OpenFile => {
  const byPlace = new Map(described.map((one) => [placeKey(one.origin.file, one.origin.line, one.origin.column), one]));
  const located = locate(text);
  const lined = linedText(path, text);
  const owners = kinds.map((kind) => {
    const spots = spotsOf(located, kind);
    return [
      kind,
      spots.map(({ tree }) => {
        const { file, line, column } = originOf(lined, tree);
        return byPlace.get(placeKey(file, line, column));
      }),
    ] as const;
  });
  return { path, text, owners: new Map(owners) };
};

const mostPasses = 40;

/** Makes the file say what is live of what it describes. */
export const editValues = (
  file: OpenFile,
  pairs: ReadonlyMap<Owner, Paired>,
  converter: Converter,
): { readonly file: OpenFile; readonly kept: readonly Kept[] } => {
  let { text } = file;
  const step = stepOf(text);
  const kept = new Map<string, Kept>();
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const located = locate(text);
    const edits: Edit[] = [];
    let waits = false;
    for (const [kind, owners] of file.owners) {
      for (const [ordinal, spot] of spotsOf(located, kind).entries()) {
        const owner = owners[ordinal];
        const paired = owner === undefined ? undefined : pairs.get(owner);
        if (paired === undefined || spot.tree.type !== 'mapping') continue;
        const here = text;
        const keep = (tree: Tree, path: Path): void => {
          const name = `${kind}\n${ordinal}\n${JSON.stringify(path)}`;
          if (!kept.has(name)) kept.set(name, { paired, tree, path, text: here });
        };
        const work: FieldWork = {
          text,
          readable: paired.readable,
          converter,
          step,
          pass: pass === 0 ? 'first' : 'later',
          live: paired.live.spec,
          differs: paired.differs,
          isSame: paired.isSame,
          isUnsayable: paired.isUnsayable,
          keep,
          wait: () => {
            waits = true;
          },
          add: (edit) => {
            if (edit !== undefined) edits.push(edit);
          },
        };
        if (isMap(spot.node)) editResource(spot.node, spot.tree, work);
      }
    }
    if (edits.length === 0 && !waits) break;
    const next = applyEdits(text, [...edits, ...rescueAnchors(located, edits)]);
    if (next === text && pass > 0) break;
    text = next;
  }
  return { file: { ...file, text }, kept: [...kept.values()] };
};

/** Spots that follow each other in one list, as runs of indexes. */
const runsOf = (spots: readonly Spot[]): readonly (readonly Spot[])[] => {
  const runs: Spot[][] = [];
  for (const spot of spots) {
    const last = runs.at(-1)?.at(-1);
    if (last?.list !== undefined && spot.list !== undefined && last.list.node === spot.list.node && spot.list.index === last.list.index + 1)
      runs.at(-1)?.push(spot);
    else runs.push([spot]);
  }
  return runs;
};

const isWhole = (run: readonly Spot[]): boolean => run[0]?.list !== undefined && run.length === run[0].list.node.items.length;

/** Takes a key out with all that stands below it; undefined where nothing else is in its document. */
const withoutEntry = (located: Located, { root, index }: { readonly root: Spot['node'] & object; readonly index: number }): Edit | undefined =>
  isMap(root) ? withoutPair(located.text, root, index) : undefined;

/**
 * Takes out what the portal does not have any more.
 * @param isElsewhere whether a kind is described in another file too, so that its last list here may go
 */
export const removeGone = (file: OpenFile, gone: ReadonlySet<Owner>, isElsewhere: (kind: string) => boolean): OpenFile | 'empty' => {
  if (![...file.owners.values()].some((own) => own.some((owner) => owner !== undefined && gone.has(owner)))) return file;
  const located = locate(file.text);
  const edits: Edit[] = [];
  const owners = new Map<string, readonly (Owner | undefined)[]>();
  for (const [kind, own] of file.owners) {
    const spots = spotsOf(located, kind);
    const doomed = spots.filter((_spot, ordinal) => {
      const owner = own[ordinal];
      return owner !== undefined && gone.has(owner);
    });
    owners.set(
      kind,
      own.filter((owner) => owner === undefined || !gone.has(owner)),
    );
    const others = located.entries.filter(({ key }) => key === kind).length > 1 || isElsewhere(kind);
    for (const run of runsOf(doomed)) {
      const [first] = run;
      const list = first?.list;
      const last = run.at(-1)?.list;
      if (list === undefined || last === undefined) continue;
      if (!isWhole(run)) {
        const edit = withoutMembers(file.text, list.node, list.index, last.index);
        if (edit !== undefined) edits.push(edit);
        continue;
      }
      const { entry } = list;
      const whole = others ? withoutEntry(located, entry) : undefined;
      const pair = entry.root.items[entry.index];
      if (whole !== undefined) edits.push(whole);
      else if (others && located.entries.length === 1) return 'empty';
      else if (pair !== undefined) edits.push(valueEdit(file.text, pair.key, entry.node, { inline: true, lines: ['[]'] }));
    }
  }
  return edits.length === 0 ? file : { ...file, owners, text: applyEdits(file.text, [...edits, ...rescueAnchors(located, edits)]) };
};

/** The described resource that a new one stands beside; one of another portal, by its number in the file; or the list that is empty so far. */
export type Neighbour = DesiredResource | { readonly ordinal: number } | 'list';

/** A new resource and the described one that it follows or precedes. */
export interface Insertion {
  readonly readable: ReadableKind;
  readonly live: LiveResource;
  readonly fields: JsonObject;
  readonly beside: Neighbour;
  readonly side: 'behind' | 'before';
}

const newMember = ({ readable, fields }: Insertion, column: number, step: Step): NewMember => ({
  lines: blockMember(fields, readable.guide, ' '.repeat(column), step),
  flow: flowText(fields, readable.guide),
});

const ordinalOf = (file: OpenFile, { beside, readable }: Insertion): number =>
  beside === 'list' ? -1 : 'ordinal' in beside ? beside.ordinal : (file.owners.get(readable.kind.name) ?? []).indexOf(beside);

interface Group {
  readonly kind: string;
  readonly ordinal: number;
  readonly side: Insertion['side'];
  readonly members: readonly Insertion[];
}

const grouped = (file: OpenFile, insertions: readonly Insertion[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const one of insertions) {
    const kind = one.readable.kind.name;
    const ordinal = ordinalOf(file, one);
    const name = `${kind}\n${ordinal}\n${one.side}`;
    groups.set(name, { kind, ordinal, side: one.side, members: [...(groups.get(name)?.members ?? []), one] });
  }
  return [...groups.values()];
};

/** Fills a list that is empty so far. */
const intoEmpty = (located: Located, { kind, members }: Group, step: Step): Edit | undefined => {
  const entry = located.entries.find(({ key, tree }) => key === kind && tree.type === 'list');
  const pair = entry?.root.items[entry.index];
  if (entry === undefined || pair === undefined || !isSeq(entry.node)) return undefined;
  if (entry.root.flow === true)
    return valueEdit(located.text, pair.key, entry.node, { inline: true, lines: [`[${members.map((one) => newMember(one, 0, step).flow).join(', ')}]`] });
  const lines = members.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...newMember(one, step.members.length, step).lines]);
  return valueEdit(located.text, pair.key, entry.node, { inline: false, lines });
};

const besideSpot = (located: Located, { kind, ordinal, side, members }: Group, step: Step): Edit | undefined => {
  const list = spotsOf(located, kind)[ordinal]?.list;
  if (list === undefined) return undefined;
  const added = members.map((one) => newMember(one, dashColumn(located.text, list.node), step));
  return withMembers(located.text, list.node, side === 'behind' ? list.index : list.index - 1, added, 'spaced');
};

/** The owners with the new ones at their places. */
const ownersWith = (own: readonly (Owner | undefined)[], groups: readonly Group[]): readonly (Owner | undefined)[] => {
  const at = (ordinal: number, side: Insertion['side']): readonly Owner[] =>
    groups.filter((one) => one.ordinal === ordinal && one.side === side).flatMap(({ members }) => members.map(({ live }) => live));
  return [...at(-1, 'behind'), ...own.flatMap((owner, ordinal) => [...at(ordinal, 'before'), owner, ...at(ordinal, 'behind')])];
};

/** Puts new resources beside their neighbours, or into the list that is empty so far; those for which there is no room come back. */
export const insertNew = (file: OpenFile, insertions: readonly Insertion[]): { readonly file: OpenFile; readonly homeless: readonly Insertion[] } => {
  if (insertions.length === 0) return { file, homeless: [] };
  const located = locate(file.text);
  const step = stepOf(file.text);
  const tried = grouped(file, insertions).map((group) => ({
    group,
    edit: group.ordinal === -1 ? intoEmpty(located, group, step) : besideSpot(located, group, step),
  }));
  const done = tried.filter(({ edit }) => edit !== undefined).map(({ group }) => group);
  const owners = [...file.owners].map(
    ([kind, own]) =>
      [
        kind,
        ownersWith(
          own,
          done.filter((group) => group.kind === kind),
        ),
      ] as const,
  );
  const text = applyEdits(
    file.text,
    tried.flatMap(({ edit }) => edit ?? []),
  );
  return { file: { ...file, owners: new Map(owners), text }, homeless: tried.filter(({ edit }) => edit === undefined).flatMap(({ group }) => group.members) };
};
