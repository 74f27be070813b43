/** The lines between the two columns of an ordered list: thin ones for what keeps its order, strong ones for what moved. */
import { html, type Markup } from './markup.ts';
import type { Fate, Line, OrderRows, Row } from './order-rows.ts';

const middle = (row: number): number => row + 0.5;

const curve = ({ left, right }: Line): string =>
  left === right ? `M0 ${middle(left)}H100` : `M0 ${middle(left)}C50 ${middle(left)} 50 ${middle(right)} 100 ${middle(right)}`;

/** Lies in a picture one unit high for each row, stretched to the height of the rows. The rows tell the same in words. */
export const orderLines = ({ before, after, lines }: OrderRows): Markup => {
  const height = Math.max(before.length, after.length, 1);
  const isMoved = ({ fate }: Line): boolean => fate === 'up' || fate === 'down';
  const quiet = lines.filter((line) => !isMoved(line)).map(curve);
  const moved = lines.filter(isMoved).map((line) => html`<path class="${line.fate}" d="${curve(line)}"/>`);
  const ends = (rows: readonly Row[], fate: Fate, from: string): readonly Markup[] =>
    rows.flatMap((row, at) => (row.type === 'rule' && row.fate === fate ? [html`<path class="${fate}" d="${from.replace('?', String(middle(at)))}"/>`] : []));
  return html`<svg class="lines" viewBox="0 0 100 ${height}" preserveAspectRatio="none" aria-hidden="true" focusable="false">${
    quiet.length === 0 ? undefined : html`<path d="${quiet.join('')}"/>`
  }${ends(before, 'delete', 'M0 ?h22')}${ends(after, 'create', 'M100 ?h-22')}${moved}</svg>`;
};
