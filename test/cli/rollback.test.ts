/** A run taken back: what was there before it is there again, by the portal's own state. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PortalState } from '../../src/sandbox/index.ts';
import { harbourFiles, harbourSeed, harbourSettings, wrongWith } from '../chaos/support/harbour.ts';
import { applyHere, planHere, rollbackHere, runIn, runsHere, showHere } from '../chaos/support/inside.ts';
import { withProject } from '../chaos/support/project.ts';

/** All that a rollback can bring back: everything but ids, times, counters and whose hand it was. */
const content = (state: PortalState) => {
  const list = (rules: PortalState['trigger_rules'] | PortalState['visitor_routing_rules']) =>
    [...rules].sort((a, b) => a.position - b.position).map(({ id: _id, created_time: _c, modified_time: _m, stats: _s, position: _p, ...rest }) => rest);
  return {
    visitor: list(state.visitor_routing_rules),
    chat: list(state.chat_routing_rules),
    trigger: list(state.trigger_rules),
    lead: state.lead_scoring_rules.map(({ points, enabled, and_criteria }) => JSON.stringify({ points, enabled, and_criteria })).sort(),
    hooks: state.webhooks
      .map(({ url, type, events, app_ids, secured, expiry_time_for_executions_data }) => ({
        url,
        type,
        events,
        app_ids,
        secured,
        expiry_time_for_executions_data,
      }))
      .sort((a, b) => (a.url < b.url ? -1 : 1)),
    routeToAll: state.route_to_all,
    decay: state.lead_score_config.frequency,
  };
};

const consent = { allowDeletes: 15 } as const;

describe('rollback', () => {
  it('brings back titles, fields, order, places among strangers and what is on and off, and is empty when asked again', { timeout: 120_000 }, async () => {
    await withProject({ seed: harbourSeed, files: harbourFiles, settings: harbourSettings }, async (project) => {
      const before = project.sandbox.state();
      const applied = await applyHere(project);
      expect(applied).toMatchObject({ code: 0 });
      expect(wrongWith(before, project.sandbox.state())).toEqual([]);
      const run = runIn(applied);

      const refused = await rollbackHere(project, run, { allowDeletes: 14 });
      expect(refused).toMatchObject({ code: 3 });
      expect(refused.printed).toContain('--allow-deletes 14 was given, and the plan would delete 15');

      const back = await rollbackHere(project, run, consent);
      expect(back).toMatchObject({ code: 0 });
      expect(content(project.sandbox.state())).toEqual(content(before));
      expect(back.said).toContain('created anew: with a new id, and counters that begin at zero');

      const writes = project.writes().length;
      const again = await rollbackHere(project, run);
      expect(again).toMatchObject({ code: 0 });
      expect(again.printed).toContain('No changes.');
      expect(project.writes().length).toBe(writes);

      // And the rollback can be taken back like any other run.
      const forth = await rollbackHere(project, runIn(back), { allowDeletes: 15 });
      expect(forth).toMatchObject({ code: 0 });
      expect((await planHere(project)).printed).toContain('No changes.');
    });
  });

  it('keeps journal and snapshot for their owner alone, and lists and shows the run', async () => {
    await withProject({ seed: harbourSeed, files: { 'decay.yaml': 'lead_score_decay: { frequency: monthly }\n' } }, async (project) => {
      const run = runIn(await applyHere(project));
      const folder = join(project.folder, '.salesiq', 'runs', run);
      const modes = await Promise.all(
        [folder, ...(await readdir(folder)).map((name) => join(folder, name))].map(async (path) => ((await stat(path)).mode & 0o777).toString(8)),
      );
      expect(modes).toEqual(['700', '600', '600']);
      expect((await runsHere(project)).printed).toMatch(new RegExp(`${run} .* production .* 1 of 1 writes landed .* settled`));
      const shown = await showHere(project, run);
      expect(shown.printed).toMatch(/sent .*lead_score_decay .*PUT \S+ \{.*"monthly"/);
      expect(shown.printed).toMatch(/verified .*lead_score_decay/);
    });
  });

  it('takes back singletons by themselves, and says so when a run is not known or belongs elsewhere', async () => {
    await withProject(
      { seed: harbourSeed, files: { 'decay.yaml': 'lead_score_decay: { frequency: monthly }\nvisitor_routing_default: { route_to_all: false }\n' } },
      async (project) => {
        const run = runIn(await applyHere(project));
        expect(project.sandbox.state()).toMatchObject({ route_to_all: 'disabled', lead_score_config: { frequency: 'monthly' } });
        expect(await rollbackHere(project, run)).toMatchObject({ code: 0 });
        expect(project.sandbox.state()).toMatchObject({ route_to_all: 'enabled', lead_score_config: { frequency: 'yearly' } });
        const unknown = await rollbackHere(project, 'nothing');
        expect(unknown).toMatchObject({ code: 1 });
        expect(unknown.said).toContain('there is no run "nothing"');
      },
    );
  });

  it('leaves a kind alone that is only observed by now', async () => {
    await withProject({ seed: harbourSeed, files: { 'decay.yaml': 'lead_score_decay: { frequency: monthly }\n' } }, async (project) => {
      const run = runIn(await applyHere(project));
      await project.write(
        'salesiq.yaml',
        `version: 1\nportals:\n  production: { screenname: harbour, server: "${project.sandbox.url}", accounts_server: "${project.sandbox.url}" }\nkinds: { lead_score_decay: { mode: observe } }\n`,
      );
      const writes = project.writes().length;
      expect(await rollbackHere(project, run)).toMatchObject({ code: 0 });
      expect(project.writes().length).toBe(writes);
    });
  });
});
