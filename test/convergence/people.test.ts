/** Departments and operators refer to each other, and apps to both: one run creates, changes and removes them in an order that the service accepts. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/index.ts';
import { type Switches, startSandbox } from '../../src/sandbox/index.ts';
import { openClock, recipeFrom, runAgainst } from '../support/harness.ts';

const seed = {
  apps: [{ name: 'Harbour shop' }, { name: 'Kiosk' }],
  departments: [{ name: 'General' }, { name: 'Old desk' }, { name: 'Berlin', description: 'The desk in Berlin' }],
  operators: [
    { email: 'owner@harbour.test', owner: true, departments: ['General'] },
    { email: 'anna@harbour.test', departments: ['Berlin', 'Old desk'], first_name: 'Anna' },
    { email: 'ben@harbour.test', departments: ['Old desk', 'General'] },
  ],
};

const project = `version: 1
portals: { production: { sandbox: unused.json } }
kinds:
  operators: { create: true, delete: true, unmanaged: delete }
  departments: { move_to: General, unmanaged: delete }
`;

const settled = async (text: string, switches: Partial<Switches> = {}, projectText = project) => {
  const clock = openClock();
  const sandbox = await startSandbox({ seed, switches, now: clock.now, random: 1 });
  try {
    const recipe = recipeFrom({ project: { path: 'salesiq.yaml', text: projectText }, files: [{ path: 'people.yaml', text }] });
    return await runAgainst(sandbox, recipe, clock);
  } finally {
    await sandbox.close();
  }
};

const told = ({ changes, diagnostics, refusals }: Plan): readonly string[] => [
  ...changes.map(({ action, address }) => `${action} ${address}`),
  ...diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
  ...refusals.map(({ message }) => message),
];

const everybody = `departments:
  - { name: General, operators: [owner@harbour.test] }
  - { name: Berlin, description: '', public: false, operators: [anna@harbour.test, dora@harbour.test] }
  - name: Night desk
    operators: [dora@harbour.test]
    enabled: false
    email_settings: { from_email: night@harbour.test, transcript: { enabled: false }, missed_chat: { recipients: boss@harbour.test } }
operators:
  - { email: Owner@harbour.test, departments: [General] }
  - { email: anna@harbour.test, departments: [Berlin], first_name: Anne, maximum_concurrent_chat: 5 }
  - email: dora@harbour.test
    role: Associate
    departments: [Night desk, Berlin]
    city: Oslo
    chat_enabled: false
    monitored: true
    enabled: false
apps:
  - { name: Harbour shop, business_hours: true, description: { default: The shop }, enabled: false }
  - { name: Ferry, departments: [Night desk], privacy: true, waiting_time: 90 }
`;

const variants: readonly Partial<Switches>[] = [
  {},
  { 'create-answer': 'empty', 'put-answer': 'none', 'delete-answer': 'none' },
  { 'create-answer': 'id', 'put-answer': 'empty', 'paging-index': 'offset', 'id-type': 'number', 'deleted-operators': 'listed' },
  { 'configure-to': 'optional', 'list-order': 'shuffled', statuses: 'real', 'deleted-references': 'dropped', 'delete-answer': 'object' },
];

describe('departments, operators and apps', () => {
  it.each(variants)('are settled in one run under %j', async (switches) => {
    const run = await settled(everybody, switches);
    expect(told(run.plan).filter((line) => !/^(create|update|delete) /.test(line))).toEqual([]);
    expect(run.result?.outcomes.filter(({ state }) => state !== 'applied')).toEqual([]);
    expect(told(run.second)).toEqual([]);
    const { operators, departments } = run.after;
    const dora = operators.find((one) => one.email_id === 'dora@harbour.test');
    const nameOf = (id: string): string => departments.find((one) => one.id === id)?.name ?? id;
    expect(dora).toMatchObject({ role: 'Associate', is_enabled: false, is_chat_enabled: false, is_monitored: true });
    expect(dora?.departments.map(nameOf).sort()).toEqual(['Berlin', 'Night desk']);
    expect(departments.map(({ name }) => name).sort()).toEqual(['Berlin', 'General', 'Night desk']);
    // Whoever stood in until the new operator was there has left again.
    expect(operators.filter((one) => one.departments.map(nameOf).includes('Night desk')).map((one) => one.email_id)).toEqual(['dora@harbour.test']);
  });

  it('invite and delete nobody unless salesiq.yaml says so', async () => {
    const run = await settled(everybody, {}, 'version: 1\nportals: { production: { sandbox: unused.json } }\nkinds: { departments: { move_to: General } }\n');
    expect(run.plan.refusals.map(({ code, address }) => [code, address])).toEqual([['create-off', 'operators/dora@harbour.test']]);
    expect(run.result).toBeUndefined();
    expect(run.asked.apply.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('ask who takes over what was in a deleted department', async () => {
    const text = 'departments: [{ name: General }, { name: Berlin }]\n';
    const without = await settled(text, {}, 'version: 1\nportals: { production: { sandbox: x.json } }\nkinds: { departments: { unmanaged: delete } }\n');
    expect(without.plan.diagnostics.map(({ code }) => code)).toContain('no-heir');
    const doomed = await settled(
      text,
      {},
      'version: 1\nportals: { production: { sandbox: x.json } }\nkinds: { departments: { unmanaged: delete, move_to: Old desk } }\n',
    );
    expect(doomed.plan.diagnostics.map(({ code }) => code)).toContain('no-heir');
    const named = await settled(text);
    expect(told(named.second)).toEqual([]);
    expect(named.asked.apply.find(({ method }) => method === 'DELETE')).toMatchObject({ query: { configure_to: expect.stringMatching(/^[0-9]+$/) } });
  });

  it('are one relation: files that say both sides must agree', async () => {
    await expect(
      settled('departments: [{ name: Berlin, operators: [anna@harbour.test] }]\noperators: [{ email: anna@harbour.test, departments: [General] }]\n'),
    ).rejects.toThrow(/departments\/Berlin has "anna@harbour.test" in operators/);
  });

  it('keep what refers to them when they are renamed', async () => {
    const text = `departments: [{ name: Berlin desk, previously: [Berlin], operators: [anna@harbour.test] }]
operators: [{ email: anna@harbour.test, departments: [Berlin desk, Old desk] }]
`;
    const run = await settled(text, {}, 'version: 1\nportals: { production: { sandbox: x.json } }\n');
    expect(told(run.plan)).toEqual(['update departments/Berlin desk']);
    expect(told(run.second)).toEqual([]);
  });
});
