/** The changes of a plan, group by group. */
import type { Action, Change, FieldChange, Plan } from '../../model/index.ts';
import { type CountWord, countText } from '../group-lines.ts';
import { type Entry, type Group, groupsOf } from '../groups.ts';
import type { LinkBase } from './links.ts';
import { placeLink } from './links.ts';
import { foreign, html, type Markup, spoken } from './markup.ts';
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
      markup: html`<details class="group" id="${id}" open><summary><h3>${foreign(group.title)}</h3>${countBadges(counts)}</summary>${live === '' ? undefined : html`<p class="live">${live}</p>`}${orderView(group.list, group.entries)}${group.entries.map((entry) => entryView(entry, id, nameOf, base))}</details>`,
    };
  });

/** How many of each action, as signs with numbers. */
export const countBadges = (counts: GroupView['counts']): Markup => {
  const badge = (action: Action): Markup | undefined =>
    counts[action] === 0
      ? undefined
      : html`<span class="count ${action}"><span aria-hidden="true">${actions[action].sign}${counts[action]}</span>${spoken(` ${counts[action]} to ${actions[action].word}`)}</span>`;
  return html`<span class="counts">${(['create', 'update', 'move', 'delete'] as const).map(badge)}</span>`;
};

const kinds: Readonly<Record<Action, string>> = { create: 'Add', update: 'Change', move: 'Move', delete: 'Delete' };

/** The side that all of a change's fields have: it is told once. */
const commonSide = (fields: readonly FieldChange[]): FieldChange['side'] => {
  const [first] = fields;
  return first !== undefined && fields.length > 1 && fields.every(({ side }) => side === first.side) ? first.side : undefined;
};

const entryView = (entry: Entry, group: string, nameOf: NameOf, base: LinkBase | undefined): Markup => {
  const { change, fields, label, mode, note, place, sign } = entry;
  const name = html`<bdi>${label}</bdi>`;
  const at = place === '' ? undefined : html`<span class="place">${spoken('place ')}${place}</span>`;
  if (change === undefined)
    return html`<p class="still"><span class="sign" aria-hidden="true">${sign}</span>${at}<span class="name">${name}</span> <span class="note">${note}</span></p>`;
  const side = commonSide(fields);
  return html`<article class="change ${change.action}" id="${nameOf(change)}" data-action="${change.action}" data-side="${sidesOf(change)}" data-group="${group}"><div class="head"><h4><span class="sign" aria-hidden="true">${sign}</span>${spoken(`${kinds[change.action]}: `)}${at}<span class="name">${name}</span></h4>${change.origin === undefined ? undefined : placeLink(change.origin, base)}${note === '' ? undefined : html`<span class="note">${note}</span>`}${side === undefined ? undefined : sideTag(side)}</div>${fieldList(fields, mode, side)}</article>`;
};

/** Every side that the change or one of its fields has, for the filter. */
const sidesOf = ({ side, fields }: Change): string => [...new Set([side, ...fields.map((field) => field.side)].filter((one) => one !== undefined))].join(' ');
