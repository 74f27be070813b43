/** Rows of short texts, such as ids and times, in columns. */
import { escapeText } from '../report/index.ts';

/** A table with its head; texts may hold anything, and what is wide goes last. No line break at the end. */
export const tableText = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const safe = [head, ...rows.map((row) => row.map(escapeText))];
  const widths = head.map((_, column) => Math.max(...safe.map((row) => row[column]?.length ?? 0)));
  return safe
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
};
