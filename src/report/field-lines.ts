/** One field of a change: on one line where it fits, else its parts below it, the unchanged ones only counted. */
import { type FieldChange, isList, isObject, type Json } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { diffParts, type PartChange } from './part-diff.ts';
import { paint, type Style } from './style.ts';
import { partsOf, sideText } from './value-text.ts';
import { displayWidth, padded, widest } from './width.ts';
import { cut, cutBoth } from './window.ts';

/** How much of one field is shown; the rest is counted. */
const mostParts = 12;
const widestPath = 32;
/** A long value always gets this much, however narrow the terminal. */
const leastRoom = 24;

/** Whose a change is, in words. */
export const sides = {
  yours: 'yours: changed in the files',
  drift: 'drift: changed in SalesIQ since the last apply',
  both: 'both: changed in the files and in SalesIQ',
} as const;

/** @param mode `new`: the values of a new resource, which have no old side. @param wide columns that a line may take */
export const fieldLines = (fields: readonly FieldChange[], mode: 'new' | 'changed', wide: number, style: Style): readonly string[] => {
  const pathWidth = widest(
    fields.map(({ path }) => escapeText(path)),
    widestPath,
  );
  const rooms: Rooms = { beside: Math.max(leastRoom, wide - pathWidth - 2), below: Math.max(leastRoom, wide - 4) };
  return fields.flatMap((field) => oneField(field, mode, pathWidth, rooms, style));
};

/** Columns beside the path, and on a line of its own below it. */
interface Rooms {
  readonly beside: number;
  readonly below: number;
}

/** A text is cut to a line; a criterion or another entry may take some, because what it says is the point of the plan. */
const roomFor = (value: Json | undefined, below: number): number => (isList(value) || isObject(value) ? 3 * below : below);

const oneField = (field: FieldChange, mode: 'new' | 'changed', pathWidth: number, rooms: Rooms, style: Style): readonly string[] => {
  const path = escapeText(field.path);
  const side = field.side === undefined ? '' : paint('quiet', sides[field.side], style);
  const line = (value: string): string => [padded(path, pathWidth), value, ...(side === '' ? [] : [` ${side}`])].join('  ');
  if (field.sensitive === true) return [line('(sensitive)')];

  const { from, to } = field;
  const isNew = mode === 'new' && from === undefined;
  const old = sideText(from);
  const next = sideText(to);
  if (!hasLines(from) && !hasLines(to) && displayWidth(isNew ? next : `${old} -> ${next}`) <= rooms.beside) {
    return [line(isNew ? next : `${paint('remove', old, style)} -> ${paint('add', next, style)}`)];
  }
  const head = side === '' ? path : line('');
  const room = roomFor(to ?? from, rooms.below);
  const below = isNew ? newParts(partsOf(to), room) : changedParts(from, to, room, style);
  return [head, ...below.map((text) => `  ${text}`)];
};

const hasLines = (value: Json | undefined): boolean => typeof value === 'string' && value.includes('\n');

const more = (count: number): readonly string[] => (count > 0 ? [`… and ${count} more`] : []);

const newParts = (parts: readonly string[], room: number): readonly string[] => [
  ...parts.slice(0, mostParts).map((part) => cut(part, room)),
  ...more(parts.length - mostParts),
];

const sameSort = (a: Json | undefined, b: Json | undefined): boolean =>
  (isList(a) && isList(b)) || (isObject(a) && isObject(b)) || (typeof a === 'string' && typeof b === 'string');

const changedParts = (from: Json | undefined, to: Json | undefined, room: number, style: Style): readonly string[] => {
  const parts = sameSort(from, to) ? diffParts(partsOf(from), partsOf(to)) : [];
  if (!parts.some(({ sign }) => sign !== '=')) return replaced(sideText(from), sideText(to), room, style);
  return runsOf(parts, room, style);
};

const replaced = (old: string, next: string, room: number, style: Style): readonly string[] => {
  const [from, to] = cutBoth(old, next, room);
  return [paint('remove', `- ${from}`, style), paint('add', `+ ${to}`, style)];
};

const runsOf = (parts: readonly PartChange[], room: number, style: Style): readonly string[] => {
  const lines: string[] = [];
  const changed = parts.filter(({ sign }) => sign !== '=').length;
  let shown = 0;
  for (let at = 0; at < parts.length && shown < mostParts; ) {
    let end = at;
    while (end < parts.length && parts[end]?.sign === parts[at]?.sign) end += 1;
    const run = parts.slice(at, end);
    const [first] = run;
    const follower = parts[end];
    if (first?.sign === '=') {
      lines.push(paint('quiet', `= ${run.length} unchanged`, style));
    } else if (first?.sign === '-' && run.length === 1 && follower?.sign === '+' && parts[end + 1]?.sign !== '+') {
      // One for one: both are cut where they differ.
      lines.push(...replaced(first.text, follower.text, room, style));
      shown += 2;
      end += 1;
    } else {
      const few = run.slice(0, mostParts - shown);
      lines.push(...few.map(({ sign, text }) => paint(sign === '-' ? 'remove' : 'add', `${sign} ${cut(text, room)}`, style)));
      shown += few.length;
    }
    at = end;
  }
  return [...lines, ...more(changed - shown)];
};
