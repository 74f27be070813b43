/** A plan in the form that was asked for. */
import type { Plan } from '../model/index.ts';
import { diagnosticsText, escapeJson, planJson, planMarkdown, planText, type Sources } from '../report/index.ts';
import { hidePlan } from './hide-plan.ts';
import type { ServiceOptions } from './options.ts';
import { hasErrors } from './plan-portal.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

/** One document of JSON that no terminal takes for a command, whatever texts it holds. */
export const jsonText = (value: unknown): string => `${escapeJson(JSON.stringify(value, null, 2))}\n`;

/** Prints the plan; findings that belong to a line of a file go to standard error with that line. */
export const showPlan = (whole: Plan, sources: Sources, options: ServiceOptions, terminal: Terminal): void => {
  const plan = hidePlan(whole, terminal.veil.hide);
  switch (options.format) {
    case 'json':
      terminal.print(jsonText(planJson(plan)));
      return;
    case 'markdown':
      terminal.print(`${planMarkdown(plan)}\n`);
      return;
    case 'text': {
      const located = plan.diagnostics.filter(({ origin }) => origin !== undefined);
      if (located.length > 0) terminal.say(diagnosticsText(located, sources, terminal.sayStyle));
      const shown = { ...plan, diagnostics: plan.diagnostics.filter(({ origin }) => origin === undefined) };
      if (!hasErrors(plan))
        terminal.print(
          `${planText(shown, { style: terminal.style, showUnmanaged: options.showUnmanaged, ...(plan.limits === undefined ? {} : { limits: plan.limits }) })}\n`,
        );
    }
  }
};

/** What a plan means for the exit code of a command that writes nothing. */
export const planExitCode = (plan: Plan, detailed: 'detailed' | 'plain'): ExitCode => {
  if (hasErrors(plan)) return exitCodes.failed;
  if (plan.refusals.length > 0) return exitCodes.refused;
  return detailed === 'detailed' && plan.changes.length > 0 ? exitCodes.changes : exitCodes.done;
};
