/** What no plan may do without a word, in plan and in apply alike: exit 3, and nothing is written. */
import { describe, expect, it } from 'vitest';
import { applyHere, planHere } from '../chaos/support/inside.ts';
import { type Project, withProject } from '../chaos/support/project.ts';

const app = 'Harbour shop';
const rule = (title: string, country = 'Norway') => ({
  title,
  app,
  and_criteria: [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [country] }] }],
  userset: [{ departments: ['Pier'] }],
});
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_none, at) => at + 1);
const seedOf = (count: number) => ({
  screenname: 'harbour',
  apps: [{ name: app }],
  departments: [{ name: 'Pier' }],
  operators: [{ email: 'ida@harbour.test' }],
  visitor_routing_rules: numbers(count).map((n) => rule(`Berth ${n}`)),
});
const described = (list: readonly number[], country = 'Norway'): string =>
  list.length === 0
    ? 'visitor_routing_rules: []\n'
    : `visitor_routing_rules:\n${list.map((n) => `  - { title: Berth ${n}, app: ${app}, when: [{ field: country, comparator: is_equal_to, values: [${country}] }] }\n`).join('')}`;
const mine = 'kinds: { visitor_routing_rules: { unmanaged: delete } }\n';

const portal = (count: number, files: string, settings: string, work: (project: Project) => Promise<void>): Promise<void> =>
  withProject({ seed: seedOf(count), files: { 'rules.yaml': files }, settings }, work);

const refusedInBoth = async (project: Project, words: string | RegExp, flags = {}): Promise<void> => {
  for (const heard of [await planHere(project, flags), await applyHere(project, flags)]) {
    expect(heard).toMatchObject({ code: 3 });
    expect(heard.printed).toMatch(words);
  }
  expect(project.writes()).toEqual([]);
};

describe('guards', () => {
  it('refuse more deletes than the default share of ten and more, and let pass what lies below it', async () => {
    await portal(10, described(numbers(6)), mine, (project) =>
      refusedInBoth(project, /would delete 4 of 10 visitor_routing_rules \(40 %\); the limit is 30 %/),
    );
    await portal(10, described(numbers(7)), mine, async (project) => expect(await applyHere(project)).toMatchObject({ code: 0 }));
    // Below ten there is no share: nine may lose five.
    await portal(9, described(numbers(4)), mine, async (project) => expect(await applyHere(project)).toMatchObject({ code: 0 }));
  });

  it('refuse more updates than half', async () => {
    await portal(10, described(numbers(10), 'Spain'), '', (project) =>
      refusedInBoth(project, /would update 10 of 10 visitor_routing_rules \(100 %\); the limit is 50 %/),
    );
    await portal(10, described(numbers(10), 'Spain'), '', async (project) => expect(await applyHere(project, { allowUpdates: 10 })).toMatchObject({ code: 0 }));
  });

  it('take consent for the exact count alone', async () => {
    await portal(10, described(numbers(3)), mine, async (project) => {
      await refusedInBoth(project, /--allow-deletes 6 was given, and the plan would delete 7/, { allowDeletes: 6 });
      await refusedInBoth(project, /--allow-deletes 8 was given, and the plan would delete 7/, { allowDeletes: 8 });
      await refusedInBoth(project, /--allow-updates 1 was given, and the plan would update 0/, { allowDeletes: 7, allowUpdates: 1 });
      expect(await applyHere(project, { allowDeletes: 7 })).toMatchObject({ code: 0 });
      expect(project.sandbox.state().visitor_routing_rules.length).toBe(3);
    });
  });

  it('keep the last of a kind, and of a list, unless its count was agreed to', async () => {
    await portal(2, described([]), mine, async (project) => {
      await refusedInBoth(project, /the last of visitor_routing_rules/);
      expect(await applyHere(project, { allowDeletes: 2 })).toMatchObject({ code: 0 });
      expect(project.sandbox.state().visitor_routing_rules).toEqual([]);
    });
  });

  it('keep what is protected, and what no file describes where that is an error', async () => {
    await portal(3, described(numbers(3), 'Spain'), `protect: ["visitor_routing_rules/${app}/Berth 2"]\n`, (project) =>
      refusedInBoth(project, /Berth 2 is protected, and the plan would update it/, { allowUpdates: 3 }),
    );
    await portal(3, described(numbers(2)), 'kinds: { visitor_routing_rules: { unmanaged: error } }\n', (project) =>
      refusedInBoth(project, /Berth 3 is live, and no file describes it/),
    );
  });

  it('stand in the JSON of both commands', async () => {
    await portal(2, described([]), mine, async (project) => {
      for (const heard of [await planHere(project, { format: 'json' }), await applyHere(project, { format: 'json' })]) {
        const document = JSON.parse(heard.printed);
        expect(document.refusals.map(({ code }: { readonly code: string }) => code)).toEqual(['last-of-kind']);
      }
    });
  });

  it('protect what was protected when it was last applied, too', async () => {
    // Taking an address off the list and changing it in one step is what protection is there against.
    await portal(3, described(numbers(3)), `protect: ["visitor_routing_rules/${app}/Berth 2"]\n`, async (project) => {
      const { execFileSync } = await import('node:child_process');
      const git = (...args: readonly string[]): void => {
        execFileSync('git', ['-c', 'user.name=Ida', '-c', 'user.email=ida@harbour.test', ...args], { cwd: project.folder, stdio: 'pipe' });
      };
      git('init', '-q');
      git('add', 'salesiq.yaml', 'rules.yaml');
      git('commit', '-qm', 'first');
      expect(await applyHere(project, { base: 'git' })).toMatchObject({ code: 0 });
      const text = `version: 1\nportals:\n  production: { screenname: harbour, server: "${project.sandbox.url}", accounts_server: "${project.sandbox.url}" }\n`;
      await project.write('salesiq.yaml', text);
      await project.write(
        'rules.yaml',
        described(numbers(3)).replace(
          'Berth 2, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Norway]',
          'Berth 2, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Chile]',
        ),
      );
      await refusedInBoth(project, /Berth 2 is protected, and the plan would update it/, { base: 'git' });
    });
  });
});
