/** A plan for a terminal. */
import type { LimitUse, Plan } from '../model/index.ts';
import { escapeText } from './escape.ts';
import { diagnosticLines, diagnosticsOf, refusalLines } from './findings.ts';
import { baseLines, costLine, errorsOf, limitLines, summaryLine } from './footer.ts';
import { type CountWord, groupLines } from './group-lines.ts';
import { groupsOf } from './groups.ts';
import { paint, type Style } from './style.ts';
import { valueText } from './value-text.ts';
import { counted } from './words.ts';

export interface PlanTextOptions {
  readonly style: Style;
  /** Whether live resources that no file describes are listed by name; counted if absent. */
  readonly showUnmanaged?: 'names' | 'count';
  /** Columns of the terminal; 100 if absent. Long values are cut to it, nothing else is. */
  readonly width?: number;
  /** How much of the limits the plan uses up. */
  readonly limits?: readonly LimitUse[];
}

/**
 * The plan as people read it, without a line break at the end. A plan with
 * errors shows only its findings: its changes mean nothing.
 */
export const planText = (plan: Plan, options: PlanTextOptions): string => {
  const { style } = options;
  const broken = errorsOf(plan) > 0;
  const sections = [
    ...(broken ? [] : [...changeSections(plan, options), ...reportSections(plan, style), ...unmanagedSections(plan, options)]),
    diagnosticLines(diagnosticsOf(plan), style).flat(),
    refusalLines(plan.refusals, style).flat(),
    footer(plan, options.limits ?? [], style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
};

const changeSections = (plan: Plan, { style, width = 100 }: PlanTextOptions): readonly (readonly string[])[] => {
  const sections = (changes: Plan['changes'], word: CountWord): readonly (readonly string[])[] =>
    groupsOf(plan, changes).map((group) => {
      const { header, blocks } = groupLines(group, word, width, style);
      return [header, ...blocks.flatMap(({ lines }) => lines)];
    });
  const observed = sections(plan.observed, 'described');
  return [...sections(plan.changes, 'managed'), ...(observed.length === 0 ? [] : [[paint('strong', observedHeading, style)], ...observed])];
};

export const observedHeading = 'Observed: shown, never written';

/** Values that the service tells and that nothing can write. */
export const reportTexts = (plan: Plan): readonly string[] =>
  plan.reports.map(({ kind, name, value }) => `${escapeText(kind)}: ${escapeText(name)} is ${valueText(value)} (reported, never written)`);

const reportSections = (plan: Plan, style: Style): readonly (readonly string[])[] => [reportTexts(plan).map((line) => paint('quiet', line, style))];

/** How many live resources no file describes, by kind; empty where there are none. */
export const unmanagedText = ({ unmanaged }: Plan): string => {
  if (unmanaged.length === 0) return '';
  const counts = new Map<string, number>();
  for (const { kind } of unmanaged) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${count} in ${escapeText(kind)}`).join(', ');
  return `Not managed: ${counted(unmanaged.length, 'live resource')} that no file describes (${kinds}).`;
};

const unmanagedSections = (plan: Plan, { style, showUnmanaged }: PlanTextOptions): readonly (readonly string[])[] => {
  if (plan.unmanaged.length === 0) return [];
  const names = showUnmanaged === 'names' ? plan.unmanaged.map(({ address }) => `    ${escapeText(address)}`) : [];
  return [[paint('quiet', unmanagedText(plan), style), ...names]];
};

const footer = (plan: Plan, limits: readonly LimitUse[], style: Style): readonly string[] => {
  const summary = paint('strong', summaryLine(plan), style);
  if (errorsOf(plan) > 0) return [summary];
  const origin = baseLines(plan).map((line) => paint('quiet', line, style));
  if (plan.changes.length === 0) return [summary, ...origin];
  const uses = limitLines(limits);
  // One limit stands beside the cost, several below it.
  const last = uses.length === 1 ? [summary, `${costLine(plan)}   ${uses.join('')}`] : [summary, costLine(plan), ...uses];
  return [...last, ...origin];
};
