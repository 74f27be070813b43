/** One report about several portals, a section each. */
import type { Plan } from '../model/index.ts';
import { type ErrorInfo, errorText } from './error-text.ts';
import { escapeText } from './escape.ts';
import { codeBlock, codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { planMarkdown } from './plan-markdown.ts';
import { paint, type Style } from './style.ts';
import { cut } from './window.ts';
import { counted } from './words.ts';

/** How it stands with one portal. */
export type Standing = 'settled' | 'changes' | 'blocked' | 'stale' | 'partial' | 'failed' | 'interrupted';

export interface PortalSection {
  readonly portal: string;
  readonly standing: Standing;
  /** Absent where there is none; then the error says why. */
  readonly plan?: Plan;
  readonly error?: ErrorInfo;
}

/** In the order in which a sentence tells of them. */
export const standingWords: Readonly<Record<Standing, string>> = {
  settled: 'without changes',
  changes: 'with changes',
  blocked: 'blocked',
  stale: 'stale',
  partial: 'partly done',
  failed: 'failed',
  interrupted: 'interrupted',
};

/** The line above what is told of a portal. */
export const portalHeading = (portal: string, style: Style): string => paint('strong', `── ${escapeText(portal)} ──`, style);

/** `3 portals: 2 without changes, 1 failed.` */
export const portalsSummary = (standings: readonly Standing[], told: Partial<Readonly<Record<Standing, string>>> = {}): string => {
  const all: Readonly<Record<Standing, string>> = { ...standingWords, ...told };
  const parts = Object.entries(all).flatMap(([standing, word]) => {
    const count = standings.filter((one) => one === standing).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(standings.length, 'portal')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`;
};

const gap = '\n\n';

/** A comment that always fits: each section may take an equal share of what is left. */
export const portalsMarkdown = (sections: readonly PortalSection[], most = 60_000): string => {
  const parts = [`## ${escapeMarkdown(portalsSummary(sections.map(({ standing }) => standing)))}`];
  let room = most - (parts[0]?.length ?? 0);
  for (const [index, section] of sections.entries()) {
    const share = Math.floor(room / (sections.length - index)) - gap.length;
    const text = section.plan === undefined ? failure(section, share) : planMarkdown(section.plan, { most: share });
    parts.push(text);
    room -= text.length + gap.length;
  }
  return parts.join(gap);
};

const failure = ({ portal, error }: PortalSection, most: number): string => {
  const head = `### Plan for ${codeSpan(cut(escapeText(portal), 60))}${gap}**There is no plan.**`;
  if (error === undefined) return head;
  // What is longer than the whole section goes at once, the rest line by line.
  const lines = errorText(error, 'plain').slice(0, Math.max(0, most)).split('\n');
  while (lines.length > 0 && head.length + gap.length + codeBlock(lines, 'text').length > most) lines.pop();
  return lines.length === 0 ? head : `${head}${gap}${codeBlock(lines, 'text')}`;
};
