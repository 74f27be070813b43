/** An ordered list before and after, side by side, with lines that show what moved. */
import type { Address, ListPlan } from '../../model/index.ts';
import type { Entry } from '../groups.ts';
import { counted } from '../words.ts';
import { foreign, html, type Markup, spoken } from './markup.ts';
import { type Fate, isReordered, type Line, type OrderRows, orderRows, type Row } from './order-rows.ts';

/** A longer picture opens on demand. */
const mostRows = 120;

const fatesOf = (entries: readonly Entry[]): ReadonlyMap<Address, Fate> => {
  const fates = new Map<Address, Fate>();
  for (const { change, sign } of entries) {
    if (change === undefined) continue;
    // A rule that is changed and moved has moved.
    if (change.action === 'move') fates.set(change.address, sign === '↑' ? 'up' : 'down');
    else if (!fates.has(change.address)) fates.set(change.address, change.action);
  }
  return fates;
};

/** The list in two columns; nothing where its order stays. */
export const orderView = (list: ListPlan | undefined, entries: readonly Entry[]): Markup | undefined => {
  if (list === undefined || !isReordered(list)) return undefined;
  const rows = orderRows(list, fatesOf(entries));
  const picture = html`<div class="order"><div><h4>Before</h4><ol class="column before">${rows.before.map(leftRow)}</ol></div>${linesOf(rows)}<div><h4>After</h4><ol class="column after">${rows.after.map(rightRow)}</ol></div></div>`;
  const table = rows.folded === 0 ? undefined : wholeTable(list);
  if (Math.max(rows.before.length, rows.after.length) <= mostRows) return html`<div class="lists">${picture}${table}</div>`;
  return html`<div class="lists"><details><summary>The order before and after, ${counted(list.after.length, 'place')}</summary>${picture}</details>${table}</div>`;
};

const signs: Readonly<Record<Fate, string>> = { stays: '', create: '+', update: '~', delete: '-', up: '↑', down: '↓' };

const runRow = (row: Row & { readonly type: 'run' }): Markup =>
  html`<li class="run"><span class="place">${row.from}–${row.to}</span><span class="name">${row.to - row.from + 1} stay as they are</span></li>`;

const ruleRow = (row: Row & { readonly type: 'rule' }, shown: Fate, said: string): Markup =>
  html`<li class="${shown}"><span class="place">${row.place}</span><span class="sign" aria-hidden="true">${signs[shown]}</span><span class="name" title="${row.rule.key}">${foreign(row.rule.key)}</span>${row.rule.fixed ? html`<span class="note" title="Not managed by the files, or not part of this plan: its place is left alone">never moved</span>` : undefined}${said === '' ? undefined : spoken(said)}</li>`;

const leftRow = (row: Row): Markup => {
  if (row.type === 'run') return runRow(row);
  const { fate, other } = row;
  if (fate === 'delete') return ruleRow(row, fate, ', is deleted');
  return fate === 'up' || fate === 'down' ? ruleRow(row, fate, `, moves to ${other ?? 'another place'}`) : ruleRow(row, 'stays', '');
};

const rightRow = (row: Row): Markup => {
  if (row.type === 'run') return runRow(row);
  const { fate, other } = row;
  switch (fate) {
    case 'up':
    case 'down':
      return ruleRow(row, fate, `, moved ${fate} from ${other ?? 'another place'}`);
    case 'create':
      return ruleRow(row, fate, ', is new');
    case 'update':
      return ruleRow(row, fate, ', is changed');
    default:
      return ruleRow(row, 'stays', '');
  }
};

/** The lines lie in a picture one unit high for each row, stretched to the height of the rows. */
const linesOf = ({ before, after, lines }: OrderRows): Markup => {
  const height = Math.max(before.length, after.length, 1);
  const middle = (row: number): string => (row + 0.5).toFixed(1);
  const line = ({ left, right, fate }: Line): Markup =>
    html`<path class="${fate === 'up' || fate === 'down' ? fate : 'stays'}" d="${`M0 ${middle(left)}C50 ${middle(left)} 50 ${middle(right)} 100 ${middle(right)}`}"/>`;
  const end = (row: Row, at: number, fate: Fate, path: string): Markup | undefined =>
    row.type === 'rule' && row.fate === fate ? html`<path class="${fate}" d="${path.replace('?', middle(at))}"/>` : undefined;
  return html`<svg class="lines" viewBox="0 0 100 ${height}" preserveAspectRatio="none" aria-hidden="true" focusable="false">${lines.map(line)}${before.map((row, at) => end(row, at, 'delete', 'M0 ?h22'))}${after.map((row, at) => end(row, at, 'create', 'M100 ?h-22'))}</svg>`;
};

/** Every place, for lists of which the picture shows a part. */
const wholeTable = (list: ListPlan): Markup => {
  const was = new Map(list.before.map(({ address }, index) => [address, index + 1]));
  const left = new Set(list.after.map(({ address }) => address));
  const row = (before: number | undefined, after: number | undefined, key: string): Markup =>
    html`<tr><td>${before ?? '–'}</td><td>${after ?? '–'}</td><td>${foreign(key)}</td></tr>`;
  const rows = [
    ...list.after.map(({ address, key }, index) => row(was.get(address), index + 1, key)),
    ...list.before.flatMap(({ address, key }, index) => (left.has(address) ? [] : [row(index + 1, undefined, key)])),
  ];
  return html`<details class="whole"><summary>All ${counted(list.after.length, 'place')} as a table</summary><table><thead><tr><th scope="col">Before</th><th scope="col">After</th><th scope="col">Name</th></tr></thead><tbody>${rows}</tbody></table></details>`;
};
