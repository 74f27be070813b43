/**
 * Scenarios to read: a repository (`repo/`), a portal (`seed.json`), and what
 * comes of them: the plan as people see it and the requests that apply sends,
 * with names where the service has ids.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources } from '../src/desired/index.ts';
import { diagnosticsText, planText } from '../src/report/index.ts';
import { type LoggedRequest, type PortalState, startSandbox } from '../src/sandbox/index.ts';
import { openClock, recipeFrom, runAgainst } from './support/harness.ts';

const root = join(import.meta.dirname, 'scenarios');

const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** What people call each id: of before, where a rule was renamed. */
const callingNames = (before: PortalState, after: PortalState): ReadonlyMap<string, string> => {
  const all = [after, before].flatMap((state) => [
    ...state.apps.map(({ id, name }) => [id, name] as const),
    ...state.departments.map(({ id, name }) => [id, name] as const),
    ...state.operators.map(({ id, email_id }) => [id, email_id] as const),
    ...[...state.visitor_routing_rules, ...state.chat_routing_rules, ...state.trigger_rules].map(({ id, title }) => [id, title] as const),
    ...state.lead_scoring_rules.map(
      ({ id, points, and_criteria }) => [id, `${points} points for ${and_criteria[0]?.or_criteria[0]?.field_name ?? 'nothing'}`] as const,
    ),
    ...state.webhooks.map(({ id, url }) => [id, url] as const),
  ]);
  return new Map(all);
};

const requestText = ({ method, path, body }: LoggedRequest, called: ReadonlyMap<string, string>): string => {
  const named = (text: string): string => [...called].reduce((shown, [id, name]) => shown.replaceAll(id, `<${name}>`), text);
  return `${method} ${named(path.replace(/^\/api\/v2\/[^/]+/, ''))}${body === undefined ? '' : `\n  ${named(JSON.stringify(body))}`}\n`;
};

describe('scenarios', () => {
  it('are there to be read', () => {
    expect(names.length).toBeGreaterThanOrEqual(8);
  });

  it.each(names)('%s', async (name) => {
    const folder = join(root, name);
    const read = await readSources(join(folder, 'repo'));
    if (read.value === undefined) throw new Error('the repository cannot be read');
    const recipe = recipeFrom(read.value);
    const sandbox = await startSandbox({ seed: JSON.parse(readFileSync(join(folder, 'seed.json'), 'utf8')) });
    try {
      const run = await runAgainst(sandbox, recipe, openClock());
      const sources = new Map(read.value.files.map(({ path, text }) => [path, text]));
      const failed = run.plan.diagnostics.some(({ severity }) => severity === 'error');
      const shown = failed
        ? diagnosticsText(run.plan.diagnostics, (file) => sources.get(file), 'plain')
        : planText(run.plan, { style: 'plain', showUnmanaged: 'names' });
      await expect(`${shown.trimEnd()}\n`).toMatchFileSnapshot(join(folder, 'plan.txt'));
      const called = callingNames(run.before, run.after);
      const sent = run.asked.apply.filter(({ method }) => method !== 'GET').map((request) => requestText(request, called));
      await expect(sent.length === 0 ? 'Nothing is sent.\n' : sent.join('')).toMatchFileSnapshot(join(folder, 'requests.txt'));
      if (!failed) expect(run.second.changes).toEqual([]);
      expect(run.result?.settled).toBe(failed || sent.length === 0 ? undefined : true);
    } finally {
      await sandbox.close();
    }
  });
});
