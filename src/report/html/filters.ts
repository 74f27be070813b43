/** The filters: shown once the script is there to obey them. */
import type { Plan } from '../../model/index.ts';
import { sides } from '../field-lines.ts';
import { actions, type GroupView } from './changes.ts';
import { html, type Markup } from './markup.ts';

/** With fewer changes there is nothing to look for. */
const fewest = 2;

export const filterBar = (plan: Plan, groups: readonly GroupView[]): Markup | undefined => {
  const changes = [...plan.changes, ...plan.observed];
  if (changes.length < fewest) return undefined;
  const there = (['create', 'update', 'move', 'delete'] as const).filter((action) => changes.some((change) => change.action === action));
  const hasSides = changes.some(({ side, fields }) => side !== undefined || fields.some((field) => field.side !== undefined));
  const boxes = there.map(
    (action) =>
      html`<label class="pill ${action}"><input type="checkbox" name="action" value="${action}" checked><span aria-hidden="true">${actions[action].sign}</span> ${actions[action].word}</label>`,
  );
  const groupChoice =
    groups.length < 2
      ? undefined
      : html`<label class="choice">Group <select id="group"><option value="">all</option>${groups.map(({ id, title }) => html`<option value="${id}">${title}</option>`)}</select></label>`;
  const sideChoice = hasSides
    ? html`<label class="choice">Whose <select id="side"><option value="">everybody's</option>${(['yours', 'drift', 'both'] as const).map((side) => html`<option value="${side}">${sides[side]}</option>`)}</select></label>`
    : undefined;
  return html`<form class="filters" id="filters" role="search" aria-label="Filter the changes" hidden><label class="choice search">Search <input type="search" id="search" autocomplete="off" spellcheck="false" placeholder="name, field, value, file"></label><fieldset><legend class="spoken">Actions</legend>${boxes}</fieldset>${groupChoice}${sideChoice}<span class="buttons"><button type="button" id="fold" aria-pressed="false">Fold groups</button> <button type="reset" id="clear">Reset</button></span><output id="shown" role="status" aria-live="polite">${changes.length.toLocaleString('en')} changes</output></form>`;
};
