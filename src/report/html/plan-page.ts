/** A plan as one HTML file, for reviewers. */
import type { Plan } from '../../model/index.ts';
import type { Sources } from '../diagnostics-text.ts';
import { escapeText } from '../escape.ts';
import { errorsOf } from '../footer.ts';
import { observedHeading, reportTexts, unmanagedText } from '../plan-text.ts';
import { countBadges, type GroupView, groupViews, namesOf } from './changes.ts';
import { filterBar } from './filters.ts';
import { findingsSection, refusalSection } from './findings.ts';
import type { LinkBase } from './links.ts';
import { foreign, html, type Markup } from './markup.ts';
import { type About, headline, overview } from './overview.ts';
import { pageText } from './page.ts';

export interface PlanPageOptions {
  /** `drift`: what the portal has become since the last apply, with what would bring it back. `plan` if absent. */
  readonly about?: About;
  /** Where files can be seen at the commit; places are plain text without. */
  readonly linkBase?: LinkBase;
  /** The files as read, for the lines of findings. */
  readonly sources?: Sources;
}

/** The text of the file. A plan with errors shows only its findings: its changes mean nothing. Values that are hidden must be hidden in the plan already. */
export const planPage = (plan: Plan, { about = 'plan', linkBase, sources }: PlanPageOptions = {}): string => {
  const broken = errorsOf(plan) > 0;
  const nameOf = namesOf(plan);
  const groups = broken ? [] : groupViews(plan, plan.changes, 'managed', 'g', nameOf, linkBase);
  const observed = broken ? [] : groupViews(plan, plan.observed, 'described', 'o', nameOf, linkBase);
  const views = [...groups, ...observed];
  const sections = [
    refusalSection(plan, nameOf, linkBase),
    findingsSection(plan, sources, linkBase),
    ...(broken ? [] : [filterBar(plan, views), changesSection(groups), observedSection(observed), ...restSections(plan)]),
  ];
  const body = html`<div class="page${views.length < 2 ? '' : ' with-groups'}">${overview(plan, about)}${groupNav(views)}<main id="content" tabindex="-1">${sections}</main></div>`;
  return pageText({
    title: escapeText(`${about === 'drift' ? 'Drift of' : 'Plan for'} ${plan.portal}: ${headline(plan, about)}`),
    body,
    styles: roomFor(views),
  });
};

/** A page with more changes does not lay out the groups that are out of sight. */
const most = 250;

/** The room that those groups keep, so that the page is about as long as it will be. */
const roomFor = (views: readonly GroupView[]): string => {
  const changes = views.reduce((sum, { counts }) => sum + counts.create + counts.update + counts.move + counts.delete, 0);
  if (changes <= most) return '';
  return views
    .map(({ id, tall }) => `:root:not([data-filtered]) #${id}[open] { content-visibility: auto; contain-intrinsic-size: auto ${tall}rem; }\n`)
    .join('');
};

/** With one group there is nowhere to go. */
const groupNav = (groups: readonly GroupView[]): Markup | undefined =>
  groups.length < 2
    ? undefined
    : html`<nav class="groups" aria-label="Groups"><ul>${groups.map(({ id, title, counts }) => html`<li data-group="${id}"><a href="#${id}"><bdi>${title}</bdi> ${countBadges(counts)}</a></li>`)}</ul></nav>`;

const changesSection = (groups: readonly GroupView[]): Markup | undefined =>
  groups.length === 0 ? undefined : html`<section aria-labelledby="changes"><h2 id="changes">Changes</h2>${groups.map(({ markup }) => markup)}</section>`;

const observedSection = (groups: readonly GroupView[]): Markup | undefined =>
  groups.length === 0
    ? undefined
    : html`<section aria-labelledby="observed"><h2 id="observed">${observedHeading}</h2>${groups.map(({ markup }) => markup)}</section>`;

const restSections = (plan: Plan): readonly (Markup | undefined)[] => {
  const reports = reportTexts(plan).map((text) => html`<li><bdi>${text}</bdi></li>`);
  const unmanaged = plan.unmanaged.map(({ address }) => html`<li>${foreign(address)}</li>`);
  return [
    reports.length === 0 ? undefined : html`<section aria-labelledby="reported"><h2 id="reported">Reported</h2><ul class="facts">${reports}</ul></section>`,
    unmanaged.length === 0
      ? undefined
      : html`<section aria-labelledby="unmanaged"><h2 id="unmanaged">Not managed</h2><details class="names"><summary>${unmanagedText(plan)}</summary><ul>${unmanaged}</ul></details></section>`,
  ];
};
