/** The changes of a plan, group by group. */
import type { Action, Change, FieldChange, Plan } from '../../model/index.ts';
import { type CountWord, countText } from '../group-lines.ts';
import { type Entry, type Group, groupsOf } from '../groups.ts';
import type { LinkBase } from './links.ts';
import { placeLink } from './links.ts';
import { foreign, html, type Markup, signWord, spoken } from './markup.ts';
import { orderView } from './order.ts';
import { fieldList, sideTag } from './values.ts';

/** The words of the summary, and what stands for them. */
export const actions: Readonly<Record<Action, { readonly sign: string; readonly word: string }>> = {
  create: { sign: '+', word: 'add' },
  update: { sign: '~', word: 'change' },
  move: { sign: '↕', word: 'move' },
  delete: { sign: '-', word: 'delete' },
};

export interface GroupView {
  readonly id: string;
  /** Safe to print. */
  readonly title: string;
  readonly counts: Readonly<Record<Action, number>>;
  readonly markup: Markup;
  /** About how tall it is, in rem: the room that is kept for it while it is out of sight. */
  readonly tall: number;
}

/** Changes are told apart by what they are about: the same one has the same name in the page. */
export type NameOf = (change: Change) => string;

export const namesOf = (plan: Plan): NameOf => {
  const names = new Map<Change, string>([...plan.changes, ...plan.observed].map((change, index) => [change, `c${index + 1}`]));
  return (change) => names.get(change) ?? '';
};

const countsOf = (group: Group): GroupView['counts'] => {
  const count = (action: Action): number => group.entries.filter(({ change }) => change?.action === action).length;
  return { create: count('create'), update: count('update'), move: count('move'), delete: count('delete') };
};

/** @param prefix parts the names of groups of one list from those of another */
export const groupViews = (
  plan: Plan,
  changes: readonly Change[],
  word: CountWord,
  prefix: string,
  nameOf: NameOf,
  base: LinkBase | undefined,
): readonly GroupView[] =>
  groupsOf(plan, changes).map((group, index) => {
    const id = `${prefix}${index + 1}`;
    const counts = countsOf(group);
    const live = countText(group, word);
    return {
      id,
      title: group.title,
      counts,
      tall: tallOf(group),
      markup: html`<details class="group" id="${id}" open><summary><h3>${foreign(group.title)}</h3>${countBadges(counts)}</summary>${live === '' ? undefined : html`<p class="live">${live}</p>`}${orderView(group.list, group.entries, nameOf)}${group.entries.map((entry) => entryView(entry, nameOf, base))}</details>`,
    };
  });

/** A head, what stands around it, and a line for each field. */
const tallOf = ({ entries }: Group): number => Math.round(entries.reduce((sum, { fields }) => sum + 3.3 + 1.7 * fields.length, 4));

/** How many of each action, as signs with numbers. */
export const countBadges = (counts: GroupView['counts']): Markup => {
  const badge = (action: Action): Markup | undefined =>
    counts[action] === 0
      ? undefined
      : html`<span class="count ${action}"><span aria-hidden="true">${actions[action].sign}${counts[action]}</span>${spoken(` ${counts[action]} to ${actions[action].word}`)}</span>`;
  return html`<span class="counts">${(['create', 'update', 'move', 'delete'] as const).map(badge)}</span>`;
};

const kinds: Readonly<Record<Action, string>> = { create: 'Add', update: 'Change', move: 'Move', delete: 'Delete' };

/** The signs of the two directions of a move. */
const directions: Readonly<Record<string, string>> = { '↑': ' up', '↓': ' down' };

/** The side that all of a change's fields have: it is told once. */
const commonSide = (fields: readonly FieldChange[]): FieldChange['side'] => {
  const [first] = fields;
  return first !== undefined && fields.length > 1 && fields.every(({ side }) => side === first.side) ? first.side : undefined;
};

const entryView = (entry: Entry, nameOf: NameOf, base: LinkBase | undefined): Markup => {
  const { change, fields, label, mode, note, place, sign } = entry;
  const at = place === '' ? undefined : html`<span class="place">${place}</span> `;
  const name = change?.action === 'delete' ? html`<s>${foreign(label)}</s>` : foreign(label);
  const named = (word: string): Markup => html`${signWord(place === '' ? `${word}: ` : `${word}, place `)}${at}${name}`;
  if (change === undefined) return html`<p class="still">${named('Stays')} <span class="note">${note}</span></p>`;
  const sides = sidesOf(change);
  const whose = sides === '' ? undefined : html` data-side="${sides}"`;
  const side = commonSide(fields);
  return html`<article class="${change.action}${change.action === 'move' ? directions[sign] : undefined}" id="${nameOf(change)}"${whose}><h4>${named(kinds[change.action])}</h4>${
    change.origin === undefined ? undefined : placeLink(change.origin, base)
  }${note === '' ? undefined : html` <span class="note">${note}</span>`}${side === undefined ? undefined : sideTag(side)}${fieldList(fields, mode, side)}</article>`;
};

/** Every side that the change or one of its fields has, for the filter. */
const sidesOf = ({ side, fields }: Change): string => [...new Set([side, ...fields.map((field) => field.side)].filter((one) => one !== undefined))].join(' ');
