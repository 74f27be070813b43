/** An ordered list before and after, side by side, with lines that show what moved. */
import type { Address, ListPlan } from '../../model/index.ts';
import type { Entry } from '../groups.ts';
import { counted } from '../words.ts';
import type { NameOf } from './changes.ts';
import { foreign, html, type Markup, signWord } from './markup.ts';
import { orderLines } from './order-lines.ts';
import { type Fate, isReordered, type OrderRows, orderRows, type Row } from './order-rows.ts';

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

/** Where the change of a rule stands in the page. */
type LinkOf = (address: Address) => string | undefined;

/** The list in two columns; nothing where its order stays. */
export const orderView = (list: ListPlan | undefined, entries: readonly Entry[], nameOf: NameOf): Markup | undefined => {
  if (list === undefined || !isReordered(list)) return undefined;
  const rows = orderRows(list, fatesOf(entries));
  const links = new Map(entries.flatMap(({ change }) => (change === undefined ? [] : [[change.address, `#${nameOf(change)}`]])));
  const linkOf: LinkOf = (address) => links.get(address);
  const picture = html`<div class="order"><div><h4>Before</h4><ol class="column before">${rows.before.map((row) => leftRow(row, linkOf))}</ol></div>${orderLines(rows)}<div><h4>After</h4><ol class="column after">${rows.after.map((row) => rightRow(row, linkOf))}</ol></div></div>`;
  const table = rows.folded === 0 ? undefined : wholeTable(list);
  const told = html`<p class="told">${orderSentence(rows)}</p>`;
  if (Math.max(rows.before.length, rows.after.length) <= mostRows) return lists(html`${told}${picture}${table}`);
  return lists(html`${told}<details><summary>The order before and after, ${counted(list.after.length, 'place')}</summary>${picture}</details>${table}`);
};

const lists = (body: Markup): Markup => html`<div class="lists" role="group" aria-label="Order before and after">${body}</div>`;

/** What the picture shows, in a sentence. */
const orderSentence = ({ before, after, folded }: OrderRows): string => {
  const fates = (rows: readonly Row[], ...wanted: readonly Fate[]): number => rows.filter((row) => row.type === 'rule' && wanted.includes(row.fate)).length;
  const moved = fates(after, 'up', 'down');
  const added = fates(after, 'create');
  const gone = fates(before, 'delete');
  const kept = fates(after, 'stays', 'update') + folded;
  const parts = [
    ...(moved === 0 ? [] : [`${moved} ${moved === 1 ? 'moves' : 'move'}`]),
    ...(added === 0 ? [] : [`${added} ${added === 1 ? 'is' : 'are'} new`]),
    ...(gone === 0 ? [] : [`${gone} ${gone === 1 ? 'is' : 'are'} deleted`]),
    ...(kept === 0 ? [] : [`${kept} ${kept === 1 ? 'keeps its place' : 'keep their order'} among the rest`]),
  ];
  return `${parts.join(', ')}.`;
};

/** A longer name may be cut in its row. */
const shortName = 24;

const runRow = ({ from, to }: Row & { readonly type: 'run' }): Markup =>
  html`<li class="run"><span class="place">${from}–${to}</span> <span class="name">${to - from + 1} stay as they are</span></li>`;

/** What becomes of a rule: a sign, the word that it stands for, and the place in the other column. */
interface Told {
  readonly shown: Fate;
  readonly word: string;
  readonly note?: string | undefined;
}

const ruleRow = ({ place, rule }: Row & { readonly type: 'rule' }, { shown, word, note }: Told, linkOf: LinkOf): Markup => {
  const link = shown === 'stays' ? undefined : linkOf(rule.address);
  const name = link === undefined ? foreign(rule.key) : html`<a href="${link}">${foreign(rule.key)}</a>`;
  const look = shown === 'stays' ? undefined : html` class="${shown}"`;
  const whole = rule.key.length <= shortName ? undefined : html` title="${rule.key}"`;
  return html`<li${look}><span class="place">${place}</span> ${word === '' ? undefined : signWord(word)}<span class="name"${whole}>${name}</span>${
    note === undefined ? undefined : html` <span class="goes">${note}</span>`
  }${rule.fixed ? html` <span class="note" title="Not managed by the files, or not part of this plan: its place is left alone">never moved</span>` : undefined}</li>`;
};

const still: Told = { shown: 'stays', word: '' };

const leftRow = (row: Row, linkOf: LinkOf): Markup => {
  if (row.type === 'run') return runRow(row);
  const { fate, other } = row;
  if (fate === 'delete') return ruleRow(row, { shown: fate, word: 'is deleted: ' }, linkOf);
  if (fate !== 'up' && fate !== 'down') return ruleRow(row, still, linkOf);
  return ruleRow(row, { shown: fate, word: `moves ${fate}: `, note: other === undefined ? undefined : `to ${other}` }, linkOf);
};

const rightRow = (row: Row, linkOf: LinkOf): Markup => {
  if (row.type === 'run') return runRow(row);
  const { fate, other } = row;
  switch (fate) {
    case 'up':
    case 'down':
      return ruleRow(row, { shown: fate, word: `moved ${fate}: `, note: other === undefined ? undefined : `from ${other}` }, linkOf);
    case 'create':
      return ruleRow(row, { shown: fate, word: 'is new: ' }, linkOf);
    case 'update':
      return ruleRow(row, { shown: fate, word: 'is changed: ' }, linkOf);
    default:
      return ruleRow(row, still, linkOf);
  }
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
