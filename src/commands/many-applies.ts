/**
 * `apply` to several portals. Where somebody is asked, the portals are planned
 * side by side, shown, and agreed to by one answer; then each is applied by
 * itself, one after another, and only if its plan is still the one that was
 * shown. A portal that is left half done ends the row, unless --keep-going.
 */
import { openPool } from '../api/index.ts';
import { isObject, type Json, type JsonObject, type Portal, UserError } from '../model/index.ts';
import { planJson, portalHeading, portalsSummary, type Standing } from '../report/index.ts';
import { type ApplyOptions, applyPortal, runApply } from './apply.ts';
import { mayBeMany, type PortalsAsked } from './choose-portals.ts';
import { gravest } from './gravest.ts';
import { hidePlan } from './hide-plan.ts';
import { failureDocument, type PlanEnd, planEach, portalsJson, printPlanEnd, type ReadFiles, readMany, refuseFlags } from './many-plans.ts';
import { namedTerminal, openSheet } from './part-terminal.ts';
import { jsonText, planExitCode } from './show-plan.ts';
import { tellError } from './tell-error.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

/** How it ended for one portal. The document is absent where it was printed. */
interface ApplyEnd {
  readonly portal: Portal;
  readonly code: ExitCode;
  readonly document?: JsonObject;
}

const notBegun = (reason: string): UserError => new UserError(`not begun: ${reason}`, { hint: 'Nothing was written to this portal. Run apply again.' });

const standings: Readonly<Record<ExitCode, Standing>> = {
  [exitCodes.done]: 'settled',
  [exitCodes.failed]: 'failed',
  [exitCodes.changes]: 'changes',
  [exitCodes.refused]: 'blocked',
  [exitCodes.partial]: 'partial',
  [exitCodes.stale]: 'stale',
  [exitCodes.interrupted]: 'interrupted',
};

const parsed = (text: string): JsonObject => {
  const value: Json = JSON.parse(text);
  return isObject(value) ? value : {};
};

const documentOf = ({ portal, result }: PlanEnd, hide: (text: string) => string): JsonObject => {
  if ('error' in result) return failureDocument(portal, result.error);
  const plan = hidePlan(result.plan, hide);
  return planJson(plan, { outcomes: plan.changes.map(({ address, action }) => ({ address, action, state: 'not_tried' })) });
};

const failed = (portal: Portal, error: unknown, options: ApplyOptions, terminal: Terminal, code: ExitCode): ApplyEnd => {
  if (options.format === 'json') return { portal, code, document: failureDocument(portal, error) };
  tellError(error, 'text', terminal);
  return { portal, code };
};

/** One portal, with its heading. */
const applyOne = async (read: ReadFiles, portal: Portal, options: ApplyOptions, terminal: Terminal): Promise<ApplyEnd> => {
  const part = namedTerminal(terminal, portal.name);
  const sheet = openSheet(part);
  if (options.format !== 'json') terminal.print(`${portalHeading(portal.name, terminal.style)}\n\n`);
  try {
    // Messages go where they always go; only the document is held back.
    const code = await applyPortal(read, portal, options, options.format === 'json' ? { ...part, print: sheet.terminal.print } : part);
    if (options.format === 'json') return { portal, code, document: parsed(sheet.text()) };
    terminal.print('\n');
    return { portal, code };
  } catch (error) {
    return failed(portal, error, options, part, terminal.signal.aborted ? exitCodes.interrupted : exitCodes.failed);
  }
};

/** Applies to one portal after another. */
const applyEach = async (
  work: readonly { readonly portal: Portal; readonly options: ApplyOptions }[],
  read: ReadFiles,
  terminal: Terminal,
): Promise<readonly ApplyEnd[]> => {
  const ends: ApplyEnd[] = [];
  let halfDone: string | undefined;
  for (const { portal, options } of work) {
    const part = namedTerminal(terminal, portal.name);
    if (terminal.signal.aborted) ends.push(failed(portal, notBegun('the command was interrupted'), options, part, exitCodes.interrupted));
    else if (halfDone !== undefined) ends.push(failed(portal, notBegun(`${halfDone} was left half done before`), options, part, exitCodes.failed));
    else {
      const end = await applyOne(read, portal, options, terminal);
      ends.push(end);
      if (end.code === exitCodes.partial && options.keepGoing === 'stop') halfDone = portal.name;
    }
  }
  return ends;
};

const question = (plans: readonly PlanEnd[]): string | undefined => {
  const counts = plans.flatMap(({ result }) => ('plan' in result && result.plan.changes.length > 0 ? [result.plan.changes.length] : []));
  const changes = counts.reduce((sum, count) => sum + count, 0);
  if (changes === 0) return undefined;
  return `Apply ${changes} ${changes === 1 ? 'change' : 'changes'} to ${counts.length} ${counts.length === 1 ? 'portal' : 'portals'}?`;
};

/** Whether somebody agrees to all that is to be done; with nothing to do nobody is asked. */
const agreed = async (plans: readonly PlanEnd[], terminal: Terminal): Promise<boolean> => {
  const asked = question(plans);
  if (asked === undefined || (terminal.confirm !== undefined && (await terminal.confirm(asked)))) return true;
  terminal.say(terminal.confirm === undefined ? 'Nothing was written: nobody is there to say yes. Run it with --auto-approve.' : 'Nothing was written.');
  return false;
};

const finish = (
  ends: readonly ApplyEnd[],
  options: ApplyOptions,
  terminal: Terminal,
  error?: { readonly message: string; readonly hint: string },
): ExitCode => {
  if (options.format === 'json')
    terminal.print(
      jsonText(
        portalsJson(
          ends.flatMap(({ document }) => (document === undefined ? [] : [document])),
          error,
        ),
      ),
    );
  else if (error === undefined) {
    const done = portalsSummary(
      ends.map(({ code }) => standings[code]),
      { settled: 'settled' },
    );
    terminal.print(`${done}\n`);
  }
  return gravest(ends.map(({ code }) => code));
};

/** Plans, shows and asks once; then applies what was agreed to. */
const askThenApply = async (read: ReadFiles, portals: readonly Portal[], options: ApplyOptions, terminal: Terminal): Promise<ExitCode> => {
  const plans = await planEach(read, portals, options, terminal, { shape: (plan) => plan, codeOf: (plan) => planExitCode(plan, 'plain') });
  if (options.format !== 'json') for (const end of plans) printPlanEnd(end, options, terminal);
  const isReady = ({ code }: PlanEnd): boolean => code === exitCodes.done;
  const ready = plans.filter(isReady);
  const blocked = plans.filter((end) => !isReady(end)).map((end): ApplyEnd => ({ ...end, document: documentOf(end, terminal.veil.hide) }));
  if (terminal.signal.aborted || !(await agreed(ready, terminal))) {
    const code = terminal.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
    const left = ready.map((end): ApplyEnd => ({ portal: end.portal, code, document: documentOf(end, terminal.veil.hide) }));
    return finish(sorted([...blocked, ...left]), options, terminal, { message: 'nothing was written', hint: 'Nobody agreed to it.' });
  }
  const work = ready.map(({ portal, result }) => ({
    portal,
    options: {
      ...options,
      consent: 'given' as const,
      planShown: 'before' as const,
      ...('plan' in result ? { expect: result.plan.fingerprint } : {}),
    },
  }));
  return finish(sorted([...blocked, ...(await applyEach(work, read, terminal))]), options, terminal);
};

const sorted = (ends: readonly ApplyEnd[]): readonly ApplyEnd[] => [...ends].sort((a, b) => (a.portal.name < b.portal.name ? -1 : 1));

/** `apply`, to one portal or to several. Throws UserError where a flag is about one portal only. */
export const runApplies = async (options: ApplyOptions & PortalsAsked, terminal: Terminal): Promise<ExitCode> => {
  if (!mayBeMany(options)) return runApply(options, terminal);
  const { files, portals, named } = await readMany(options, terminal);
  if (named === 'one') return runApply(options, terminal);
  refuseFlags({ 'a saved plan': options.planFile, '--expect': options.expect });
  const shared = { ...options, pool: openPool() };
  if (options.consent === 'ask') return askThenApply(files, portals, shared, terminal);
  return finish(
    await applyEach(
      portals.map((portal) => ({ portal, options: shared })),
      files,
      terminal,
    ),
    options,
    terminal,
  );
};
