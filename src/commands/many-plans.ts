/** `plan` and `drift` of several portals: side by side, one report with a section each, one exit code. */
import { openPool } from '../api/index.ts';
import { type JsonObject, type Plan, type Portal, sideBySide, UserError } from '../model/index.ts';
import { errorJson, type PortalSection, planJson, portalHeading, portalsMarkdown, portalsSummary, type Standing } from '../report/index.ts';
import { choosePortals, isNamed, mayBeMany, type PortalsAsked } from './choose-portals.ts';
import { driftExitCode, onlyDrift, runDrift } from './drift.ts';
import { gravest } from './gravest.ts';
import { hideError, hidePlan } from './hide-plan.ts';
import { checkLinkBase, linkBaseOf } from './link-base.ts';
import { withReader } from './open-portal.ts';
import type { ServiceOptions } from './options.ts';
import { namedTerminal, openSheet } from './part-terminal.ts';
import { type PlanOptions, runPlan } from './plan.ts';
import { planPortal, recipeOf } from './plan-portal.ts';
import { type BaseOptions, readBase } from './read-base.ts';
import { assembleFor, FileError, type Files, readFiles } from './read-files.ts';
import { failurePageText, isFolder, type PageOptions, planPageText } from './save-page.ts';
import { openFolder, saveNoPages, savePages } from './save-pages.ts';
import { jsonText, planExitCode, showPlan } from './show-plan.ts';
import { tellError, told } from './tell-error.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

/** The files, read once for all. */
export type ReadFiles = Awaited<ReturnType<typeof readFiles>>;

/** How it ended for one portal that was only read. */
export interface PlanEnd {
  readonly portal: Portal;
  readonly code: ExitCode;
  readonly result: { readonly plan: Plan; readonly sources: Files['sources'] } | { readonly error: unknown };
}

/** What is made of a plan, and what it means for the exit code. */
export interface PlanView {
  readonly shape: (plan: Plan) => Plan;
  readonly codeOf: (plan: Plan) => ExitCode;
}

const plansAtOnce = 4;

/** The portals that are meant, and the files. Throws FileError where files cannot be understood: no portal is begun then. */
export const readMany = async (
  options: ServiceOptions & PortalsAsked,
  terminal: Terminal,
): Promise<{ readonly files: ReadFiles; readonly portals: readonly Portal[]; readonly named: 'one' | 'several' }> => {
  const files = await readFiles(options, terminal);
  if (files.findings.some(({ severity }) => severity === 'error')) throw new FileError(files.findings, files.sources);
  const portals = choosePortals(files.project.portals, options);
  return { files, portals, named: isNamed(files.project.portals, options) ? 'one' : 'several' };
};

/** Plans each portal, up to four at once; what fails for one does not stop the others. */
export const planEach = (
  files: ReadFiles,
  portals: readonly Portal[],
  options: ServiceOptions & BaseOptions,
  terminal: Terminal,
  view: PlanView,
): Promise<readonly PlanEnd[]> =>
  sideBySide(portals, plansAtOnce, async (portal): Promise<PlanEnd> => {
    const part = namedTerminal(terminal, portal.name);
    try {
      const described = assembleFor(files, portal, options, part);
      const base = await readBase(described, options, part);
      const { plan } = await withReader(portal, options, part, (reader, rate) => planPortal(recipeOf(described, base, options), reader, rate));
      const shaped = view.shape(plan);
      return { portal, code: view.codeOf(shaped), result: { plan: shaped, sources: files.sources } };
    } catch (error) {
      return { portal, code: terminal.signal.aborted ? exitCodes.interrupted : exitCodes.failed, result: { error } };
    }
  });

/** The document of a portal that has no plan. */
export const failureDocument = (portal: Portal, error: unknown): JsonObject => ({
  portal: portal.name,
  ...errorJson({ error: told(error), diagnostics: error instanceof UserError ? error.diagnostics : [] }),
});

/** One portal in text: heading and plan, or what went wrong. */
export const printPlanEnd = ({ portal, result }: PlanEnd, options: ServiceOptions, terminal: Terminal): void => {
  const sheet = openSheet(terminal);
  if ('plan' in result) showPlan(result.plan, result.sources, { ...options, format: 'text' }, sheet.terminal);
  else tellError(result.error, 'text', sheet.terminal);
  terminal.print(`${portalHeading(portal.name, terminal.style)}\n\n${sheet.text().trim()}\n\n`);
};

const standingOf = ({ code, result }: PlanEnd): Standing => {
  switch (code) {
    case exitCodes.interrupted:
      return 'interrupted';
    case exitCodes.refused:
      return 'blocked';
    case exitCodes.done:
    case exitCodes.changes:
      return 'plan' in result && result.plan.changes.length > 0 ? 'changes' : 'settled';
    default:
      return 'failed';
  }
};

const sectionOf = (end: PlanEnd, hide: (text: string) => string): PortalSection => {
  const shared = { portal: hide(end.portal.name), standing: standingOf(end) };
  return 'plan' in end.result ? { ...shared, plan: hidePlan(end.result.plan, hide) } : { ...shared, error: hideError(told(end.result.error), hide) };
};

/** The one document about several portals. */
export const portalsJson = (documents: readonly JsonObject[], error?: { readonly message: string; readonly hint?: string }): JsonObject => ({
  format_version: 1,
  portals: documents,
  ...(error === undefined ? {} : { error: { ...error } }),
});

const showAll = (ends: readonly PlanEnd[], options: ServiceOptions, terminal: Terminal): void => {
  const { hide } = terminal.veil;
  switch (options.format) {
    case 'json':
      terminal.print(
        jsonText(
          portalsJson(ends.map(({ portal, result }) => ('plan' in result ? planJson(hidePlan(result.plan, hide)) : failureDocument(portal, result.error)))),
        ),
      );
      return;
    case 'markdown':
      terminal.print(`${portalsMarkdown(ends.map((end) => sectionOf(end, hide)))}\n`);
      return;
    case 'text': {
      for (const end of ends) printPlanEnd(end, options, terminal);
      terminal.print(`${portalsSummary(ends.map(standingOf))}\n`);
    }
  }
};

/** Throws UserError where a flag was given that is about one portal. */
export const refuseFlags = (flags: Readonly<Record<string, string | undefined>>): void => {
  const [given] = Object.entries(flags).find(([, value]) => value !== undefined) ?? [];
  if (given !== undefined)
    throw new UserError(`${given} is about one portal, and several are asked for`, { hint: 'Name one with --portal NAME, or leave the flag out.' });
};

/** A page for each portal, in the folder that was named. */
const pagesOf = (ends: readonly PlanEnd[], linkBase: string | undefined, terminal: Terminal, about: PageOptions['about']) =>
  ends.map((end) => {
    const { portal, result } = end;
    const text =
      'plan' in result
        ? planPageText(result.plan, result.sources, linkBase, terminal, about)
        : failurePageText(result.error, portal.name, linkBase, terminal, about);
    return { link: sectionOf(end, terminal.veil.hide), text };
  });

/** The files and the portals; where files are not understood, the index of the pages says so too. */
const readForPages = async (options: ServiceOptions & PageOptions & PortalsAsked, folder: string | undefined, terminal: Terminal) => {
  try {
    return await readMany(options, terminal);
  } catch (error) {
    if (folder !== undefined) await saveNoPages(folder, error, await linkBaseOf(options, terminal.environment), terminal, options.about);
    throw error;
  }
};

const showMany = async (
  options: ServiceOptions & BaseOptions & PageOptions & PortalsAsked,
  terminal: Terminal,
  view: PlanView,
  alone: () => Promise<ExitCode>,
  flags: Readonly<Record<string, string | undefined>> = {},
): Promise<ExitCode> => {
  if (!mayBeMany(options)) return alone();
  checkLinkBase(options);
  const { html } = options;
  const folder = html !== undefined && (await isFolder(html)) ? html : undefined;
  const { files, portals, named } = await readForPages(options, folder, terminal);
  if (named === 'one') return alone();
  refuseFlags(flags);
  if (html !== undefined) await openFolder(html);
  const ends = await planEach(files, portals, { ...options, pool: openPool() }, terminal, view);
  if (html !== undefined) await savePages(html, pagesOf(ends, await linkBaseOf(options, terminal.environment), terminal, options.about), options.about);
  showAll(ends, options, terminal);
  return gravest(ends.map(({ code }) => code));
};

/** `plan`, of one portal or of several. Throws UserError where a flag is about one portal only. */
export const runPlans = (options: PlanOptions & PortalsAsked, terminal: Terminal): Promise<ExitCode> =>
  showMany(options, terminal, { shape: (plan) => plan, codeOf: (plan) => planExitCode(plan, options.exitCode) }, () => runPlan(options, terminal), {
    '--out': options.out,
    '--sarif': options.sarif,
    '--code-quality': options.codeQuality,
  });

/** `drift`, of one portal or of several. */
export const runDrifts = (options: ServiceOptions & BaseOptions & PageOptions & PortalsAsked, terminal: Terminal): Promise<ExitCode> =>
  showMany({ ...options, about: 'drift' }, terminal, { shape: onlyDrift, codeOf: driftExitCode }, () => runDrift(options, terminal));
