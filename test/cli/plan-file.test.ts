/** A saved plan runs only on the portal that it was made from: whatever of it has moved, nothing is written. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PortalState } from '../../src/sandbox/index.ts';
import { applyHere, type Heard, planHere } from '../chaos/support/inside.ts';
import { openProject, type Project, withProject } from '../chaos/support/project.ts';

const app = 'Harbour shop';
const rule = (title: string, country: string, extra = {}) => ({
  title,
  app,
  and_criteria: [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: [country] }] }],
  userset: [{ departments: ['Pier'], operators: [], dynamic_users: [] }],
  ...extra,
});

const seed = {
  screenname: 'harbour',
  apps: [{ name: app }],
  departments: [{ name: 'Pier' }, { name: 'Lighthouse' }],
  operators: [{ email: 'ida@harbour.test', role: 'Administrator' }],
  visitor_routing_rules: [rule('North', 'Norway'), rule('Stranger', 'Chile'), rule('South', 'Spain'), rule('Idle', 'Iceland')],
  chat_routing_rules: [rule('Chat', 'Norway'), rule('Talk', 'Spain')],
  trigger_rules: [
    {
      title: 'Bell',
      app,
      and_criteria: rule('', 'Japan').and_criteria,
      event: { type: 'lands_on_website' },
      action: { type: 'send_chat_invite', params: { value: 'Ahoy' }, delay: '30' },
    },
  ],
  webhooks: [{ url: 'https://hooks.harbour.test/old', type: 'data', events: ['conversation.created'], apps: [app] }],
};

const when = (country: string) => `when: [{ field: country, comparator: is_equal_to, values: [${country}] }]`;
const files = {
  // Changes: South is for Portugal and goes first, North stays, East is new; Idle is as it is live.
  'routing.yaml': `visitor_routing_rules:
  - { title: North, app: ${app}, ${when('Norway')} }
  - { title: South, app: ${app}, ${when('Portugal')} }
  - { title: East, app: ${app}, ${when('Japan')}, route: { departments: [Pier] } }
  - { title: Idle, app: ${app}, ${when('Iceland')} }
visitor_routing_order: { ${app}: [South, North, East, Idle] }
chat_routing_rules:
  - { title: Chat, app: ${app}, ${when('Norway')} }
trigger_rules:
  - { title: Bell, app: ${app}, ${when('Japan')}, action: { type: send_chat_invite, params: { value: Ahoy }, delay: 30 } }
`,
};
const settings = 'kinds: { chat_routing_rules: { unmanaged: delete } }\nlimits: { deletes: 100%, updates: 100% }\n';

const saved = async (work: (project: Project, plan: string, made: Heard) => Promise<void>): Promise<void> =>
  withProject({ seed, files, settings }, async (project) => {
    const plan = join(project.folder, 'harbour.plan');
    const made = await planHere(project, { out: plan });
    expect(made).toMatchObject({ code: 0 });
    await work(project, plan, made);
  });

const at = (state: PortalState, title: string) => {
  const found = [...state.visitor_routing_rules, ...state.chat_routing_rules].find((one) => one.title === title);
  if (found === undefined) throw new Error(`no ${title}`);
  return found;
};

type Edit = (state: PortalState) => void;

/** What another hand may do to what the plan touches, and what the refusal must name. */
const touching: readonly (readonly [string, Edit, RegExp])[] = [
  [
    'changes the field that the plan changes',
    (state) => {
      at(state, 'South').and_criteria = [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Malta'] }] }];
    },
    /South: when\[0\]\.values was \["Spain"\] and is \["Malta"\]/,
  ],
  [
    'changes another field of a rule that the plan changes',
    (state) => {
      at(state, 'South').userset = [{ operator_ids: [], department_ids: [], dynamic_users: ['last_attender'] }];
    },
    /South: route\.(departments|dynamic_users) was .* and is /,
  ],
  [
    'switches off a rule that the plan changes',
    (state) => {
      at(state, 'South').enabled = false;
    },
    /South: enabled was true and is false/,
  ],
  [
    'moves a rule of the list that the plan orders',
    (state) => {
      state.visitor_routing_rules.reverse();
    },
    /the list visitor_routing_rules\/Harbour shop was North, Stranger, South, Idle and is Idle, South, Stranger, North/,
  ],
  [
    'deletes a rule that the plan changes',
    (state) => {
      state.visitor_routing_rules = state.visitor_routing_rules.filter(({ title }) => title !== 'South');
    },
    /South was deleted in SalesIQ/,
  ],
  [
    'makes a rule of the title that the plan makes',
    (state) => {
      state.visitor_routing_rules.push({ ...at(state, 'Idle'), id: '44000000000099001', title: 'East', stats: {}, condition: '' } as never);
    },
    /East is there already/,
  ],
  [
    'changes a rule that the plan deletes',
    (state) => {
      at(state, 'Talk').enabled = false;
    },
    /Talk: enabled was true and is false/,
  ],
  [
    'deletes what the plan deletes',
    (state) => {
      state.chat_routing_rules = state.chat_routing_rules.filter(({ title }) => title !== 'Talk');
    },
    /Talk was deleted in SalesIQ/,
  ],
];

describe('a saved plan', () => {
  it('runs exactly its changes, and is readable by its owner alone', async () => {
    await saved(async (project, plan, made) => {
      expect((await stat(plan)).mode & 0o777).toBe(0o600);
      expect(made.said).toContain(`salesiq-sync apply ${plan}`);
      expect(await applyHere(project, { planFile: plan })).toMatchObject({ code: 0 });
      expect(
        project.sandbox
          .state()
          .visitor_routing_rules.map(({ title }) => title)
          .filter((title) => title !== 'Stranger'),
      ).toEqual(['South', 'North', 'East', 'Idle']);
      expect(await planHere(project, { exitCode: 'detailed' })).toMatchObject({ code: 0 });
    });
  });

  it.each(touching)('writes nothing and exits 5 where another hand %s', async (_what, edit, named) => {
    await saved(async (project, plan) => {
      project.sandbox.change(edit);
      const state = project.sandbox.state();
      const heard = await applyHere(project, { planFile: plan });
      expect(heard).toMatchObject({ code: 5 });
      expect(heard.said).toMatch(named);
      expect(project.writes()).toEqual([]);
      expect(project.sandbox.state()).toEqual(state);
      const document = JSON.parse((await applyHere(project, { planFile: plan, format: 'json' })).printed);
      expect(document.moved.join('\n')).toMatch(named);
    });
  });

  const elsewhere: readonly (readonly [string, Edit, string])[] = [
    [
      'a rule of another kind',
      (state) => {
        for (const rule of state.trigger_rules) rule.action = { type: 'send_chat_invite', params: { value: 'Hello' }, delay: '30' };
      },
      'trigger_rules',
    ],
    [
      'a stranger of the same list',
      (state) => {
        at(state, 'Stranger').enabled = false;
      },
      'visitor_routing_rules',
    ],
    [
      'a described rule that the plan leaves as it is',
      (state) => {
        at(state, 'Idle').enabled = false;
      },
      'visitor_routing_rules',
    ],
    [
      'a webhook that no file describes',
      (state) => {
        state.webhooks = [];
      },
      'webhooks',
    ],
  ];

  it.each(elsewhere)('is not stopped by a change to %s, and leaves that as it is', async (_what, edit, kind) => {
    await saved(async (project, plan) => {
      project.sandbox.change(edit);
      const moved = project.sandbox.state();
      const heard = await applyHere(project, { planFile: plan });
      expect(heard, heard.said).toMatchObject({ code: 0 });
      const after = project.sandbox.state();
      expect(at(after, 'Stranger')).toEqual({ ...at(moved, 'Stranger'), position: at(after, 'Stranger').position });
      expect(at(after, 'Idle').enabled).toBe(at(moved, 'Idle').enabled);
      if (kind !== 'visitor_routing_rules') expect(after[kind as 'webhooks']).toEqual(moved[kind as 'webhooks']);
      expect(at(after, 'South').and_criteria[0]?.or_criteria[0]?.values).toEqual(['Portugal']);
    });
  });

  it('is refused once it was edited, for another portal, another address or another format, and where it is no plan', async () => {
    await saved(async (project, plan) => {
      const text = await readFile(plan, 'utf8');
      const refused = async (changed: string, words: string, flags = {}): Promise<void> => {
        await writeFile(plan, changed);
        const heard = await applyHere(project, { planFile: plan, ...flags });
        expect(heard).toMatchObject({ code: 1 });
        expect(heard.said).toContain(words);
      };
      await refused(text.replace('Portugal', 'Malta'), 'was edited after it was made');
      await refused(text.replace('"format_version": 1', '"format_version": 2'), 'format version 2');
      await refused('{}', 'is no saved plan');
      await refused('not json', 'is not JSON');
      await refused(text, 'not for production at', { env: { SALESIQ_SERVER: 'http://127.0.0.1:9' } });
      expect((await applyHere(project, { planFile: join(project.folder, 'none.plan') })).said).toContain('cannot be read');
      expect(project.writes()).toEqual([]);
      await writeFile(plan, text);
      expect(await applyHere(project, { planFile: plan })).toMatchObject({ code: 0 });
    });
  });

  it('counts consent and limits for its own changes alone', async () => {
    await saved(async (project, plan) => {
      project.sandbox.change((state) => {
        at(state, 'Idle').enabled = false;
      });
      expect(await applyHere(project, { planFile: plan, allowUpdates: 2 })).toMatchObject({ code: 3 });
      expect(await applyHere(project, { planFile: plan, allowUpdates: 1, allowDeletes: 1 })).toMatchObject({ code: 0 });
    });
  });

  it('needs its fingerprint where one is expected, and so do the files', async () => {
    await saved(async (project, plan) => {
      const { fingerprint } = JSON.parse((await planHere(project, { format: 'json' })).printed);
      expect(await applyHere(project, { planFile: plan, expect: 'f00d' })).toMatchObject({ code: 1 });
      const stale = await applyHere(project, { expect: 'f00d' });
      expect(stale).toMatchObject({ code: 5 });
      expect(stale.said).toContain(`the plan is now ${fingerprint}`);
      expect(project.writes()).toEqual([]);
      expect(await applyHere(project, { expect: fingerprint })).toMatchObject({ code: 0 });
    });
  });

  it('holds no value of the environment, and is refused where the environment says something else by now', async () => {
    const secret = 's3"cr\\et%41 å';
    await withProject(
      {
        seed,
        files: {
          ...files,
          'hooks.yaml':
            'webhooks:\n  - { url: "https://hooks.harbour.test/${env:HOOK_KEY}", type: data, events: [conversation.missed], apps: [Harbour shop] }\n',
        },
        settings,
      },
      async (project) => {
        const plan = join(project.folder, 'secret.plan');
        const env = { HOOK_KEY: encodeURIComponent(secret) };
        expect(await planHere(project, { out: plan, env })).toMatchObject({ code: 0 });
        const text = await readFile(plan, 'utf8');
        expect(text).not.toContain(encodeURIComponent(secret));
        expect(text).toContain('${env:HOOK_KEY}');
        const other = await applyHere(project, { planFile: plan, env: { HOOK_KEY: 'q7Zx' } });
        expect(other).toMatchObject({ code: 1 });
        expect(other.said).toContain('another value of HOOK_KEY');
        expect(project.writes()).toEqual([]);
        expect(await applyHere(project, { planFile: plan, env })).toMatchObject({ code: 0 });
        expect(project.sandbox.state().webhooks.map(({ url }) => url)).toContain(`https://hooks.harbour.test/${encodeURIComponent(secret)}`);
      },
    );
  });

  it('never writes where anything that it touches is another, and always where only other things are', { timeout: 60_000 }, async () => {
    // One portal and one plan; each run bends the portal, applies, and puts it back.
    const project = await openProject({ seed, files, settings });
    try {
      const plan = join(project.folder, 'any.plan');
      await planHere(project, { out: plan });
      const start = project.sandbox.state();
      const mine = new Set(['South', 'Talk']);
      const edit = fc.record({
        title: fc.constantFrom('North', 'South', 'Stranger', 'Idle', 'Chat', 'Talk'),
        what: fc.constantFrom<'enabled' | 'when' | 'users'>('enabled', 'when', 'users'),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
          project.sandbox.change((state) => {
            Object.assign(state, structuredClone(start));
            for (const { title, what } of edits) {
              const one = at(state, title);
              if (what === 'enabled') one.enabled = false;
              else if (what === 'when') one.and_criteria = [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Atlantis'] }] }];
              else one.userset = [{ operator_ids: [], department_ids: [], dynamic_users: ['last_attender'] }];
            }
          });
          const earlier = project.writes().length;
          const { code } = await applyHere(project, { planFile: plan });
          const touched = edits.some(({ title }) => mine.has(title));
          expect({ code, wrote: project.writes().length > earlier }).toEqual(touched ? { code: 5, wrote: false } : { code: 0, wrote: true });
        }),
        { numRuns: 12, seed: 7 },
      );
    } finally {
      await project.close();
    }
  });
});
