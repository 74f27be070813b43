/** A group as lines in columns: sign, place, name, origin, note; the fields below the name. */
import { fieldLines } from './field-lines.ts';
import type { Entry, Group } from './groups.ts';
import { paint, type Style } from './style.ts';
import { padded, widest } from './width.ts';

/** A longer name pushes its own line only. */
const widestLabel = 40;
const widestOrigin = 40;

export interface GroupLines {
  readonly header: string;
  /** One block per entry, in order. */
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly lines: readonly string[];
  readonly counts: 0 | 1;
}

/** What the counts of a group are called: `managed` where the tool writes, `described` where it only looks. */
export type CountWord = 'managed' | 'described';

/** `14 live, 13 managed, 1 not managed`; empty where the group is not counted. */
export const countText = ({ count }: Group, word: CountWord): string => {
  if (count === undefined) return '';
  const rest = count.live - count.managed;
  return [`${count.live} live`, `${count.managed} ${word}`, ...(rest > 0 ? [`${rest} not ${word}`] : [])].join(', ');
};

const headerOf = (group: Group, word: CountWord, style: Style): string => {
  const counts = countText(group, word);
  return `${paint('strong', group.title, style)}${counts === '' ? '' : `   ${paint('quiet', `(${counts})`, style)}`}`;
};

const originCell = ({ origin, note }: Entry, width: number, style: Style): string =>
  paint('quiet', origin, style) + (note === '' ? '' : padded(origin, width).slice(origin.length));

export const groupLines = (group: Group, word: CountWord, wide: number, style: Style): GroupLines => {
  const places = widest(
    group.entries.map(({ place }) => place),
    12,
  );
  const labels = widest(
    group.entries.map(({ label }) => label),
    widestLabel,
  );
  const origins = widest(
    group.entries.filter(({ note }) => note !== '').map(({ origin }) => origin),
    widestOrigin,
  );
  const indent = ' '.repeat(places === 0 ? 4 : places + 7);

  const blockOf = (entry: Entry): Block => {
    const cells = [
      ...(places === 0 ? [] : [padded(entry.place, places)]),
      padded(entry.label, labels),
      ...(origins > 0 || entry.origin !== '' ? [originCell(entry, origins, style)] : []),
      entry.note,
    ];
    const first = `  ${paint(entry.tone, entry.sign, style)} ${cells.join('   ')}`.trimEnd();
    const fields = fieldLines(entry.fields, entry.mode, wide - indent.length - 2, style);
    return { lines: [first, ...fields.map((line) => `${indent}  ${line}`)], counts: entry.counts };
  };
  return { header: headerOf(group, word, style), blocks: group.entries.map(blockOf) };
};
