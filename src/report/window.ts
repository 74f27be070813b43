/** Long lines, cut so that what matters stays in sight. All texts are safe to print. */
import { cellsOf, displayWidth } from './width.ts';

const gap = '…';

/** The part of a text that starts at a character and fills the width; `…` stands where something is left out. */
export const cutAt = (text: string, start: number, width: number): string => {
  const cells = cellsOf(text);
  const head = start > 0 ? gap : '';
  let used = head.length;
  let end = start;
  const rest = cells.slice(start).reduce((sum, cell) => sum + cell.width, 0);
  const room = used + rest <= width ? width : width - gap.length;
  while (end < cells.length && used + (cells[end]?.width ?? 0) <= room) {
    used += cells[end]?.width ?? 0;
    end += 1;
  }
  const shown = cells
    .slice(start, end)
    .map((cell) => cell.text)
    .join('');
  return head + shown + (end < cells.length ? gap : '');
};

/** The beginning of a text. */
export const cut = (text: string, width: number): string => (displayWidth(text) <= width ? text : cutAt(text, 0, width));

/** Two texts that differ, both cut to the width around the first difference. */
export const cutBoth = (a: string, b: string, width: number): readonly [string, string] => {
  if (displayWidth(a) <= width && displayWidth(b) <= width) return [a, b];
  const charactersA = Array.from(a);
  const charactersB = Array.from(b);
  let same = 0;
  while (same < charactersA.length && charactersA[same] === charactersB[same]) same += 1;
  // Some of what is the same stays before the difference, and no more is left out than needed.
  const lead = Math.floor(width / 4);
  const spare = Math.max(0, Math.max(charactersA.length, charactersB.length) - width + 1);
  const start = same <= lead ? 0 : Math.min(same - lead, spare);
  return [cutAt(a, start, width), cutAt(b, start, width)];
};
