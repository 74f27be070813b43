/** What reading a portal costs and finds: pages in both readings of their index, ids that no double can hold. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { openReader } from '../../src/api/index.ts';
import { kinds } from '../../src/kinds/index.ts';
import { lookAgain } from '../../src/live/index.ts';
import { type Sandbox, type Switches, startSandbox } from '../../src/sandbox/index.ts';
import { openClock, planAgainst, recipeFrom, runAgainst } from '../support/harness.ts';

const started = async (seed: object, switches: Partial<Switches>): Promise<Sandbox> => {
  const sandbox = await startSandbox({ seed: { screenname: 'harbour', apps: [{ name: 'Harbour shop' }], ...seed }, switches });
  onTestFinished(() => sandbox.close());
  return sandbox;
};

const project = { path: 'salesiq.yaml', text: 'version: 1\nportals: { production: { screenname: harbour, data_center: eu } }\n' };
const criteria = [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Japan'] }] }];

describe('lists that come in pages', () => {
  const counts = [1, 19, 20, 21, 40, 45, 60, 61];
  const cases = counts.flatMap((count) => (['batch', 'offset'] as const).map((reading) => [count, reading] as const));

  it.each(cases)('finds each of %i operators and departments once, where the index counts by %s', async (count, reading) => {
    const names = Array.from({ length: count }, (_none, index) => `person ${index}`);
    const sandbox = await started(
      { operators: names.map((name) => ({ email: `${name.replace(' ', '-')}@harbour.test` })), departments: names.map((name) => ({ name })) },
      { 'paging-index': reading },
    );
    const reader = openReader({
      server: sandbox.url,
      accountsServer: sandbox.url,
      screenname: sandbox.screenname,
      credentials: { kind: 'token', accessToken: sandbox.accessToken },
      ratePerMinute: 0,
    });
    const { live } = await lookAgain(reader, kinds, ['operators', 'departments']);
    reader.close();
    const found = (kind: string): readonly string[] => (live.resources[kind] ?? []).map(({ key }) => key).sort();
    expect(found('departments')).toEqual([...names].sort());
    expect(found('operators')).toEqual(names.map((name) => `${name.replace(' ', '-')}@harbour.test`).sort());
    // A full page may be the last: one more is asked for; finding out what the index counts costs one.
    const gets = sandbox.requests().filter(({ path }) => path.endsWith('/operators')).length;
    expect(gets).toBeLessThanOrEqual(Math.floor(count / 20) + (reading === 'offset' && count > 20 ? 2 : 1));
    expect(live.reads).toBe(sandbox.requests().length);
  });

  it('takes an empty list of departments for an empty list', async () => {
    const sandbox = await started({ departments: [], operators: [{ email: 'ben@harbour.test' }] }, {});
    const recipe = recipeFrom({
      project,
      files: [
        {
          path: 'rules.yaml',
          text: 'visitor_routing_rules:\n  - { title: VIP, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Japan] }], route: { type: route_to_selected_users, departments: [Oslo] } }\n',
        },
      ],
    });
    const plan = await planAgainst(sandbox, recipe, openClock());
    expect(plan.diagnostics.map(({ message, hint, origin }) => [message, hint, origin?.line])).toEqual([
      ['there is no department "Oslo" in this portal', 'The portal has no department.', 2],
    ]);
  });

  it.each(['batch', 'offset'] as const)('routes to the operator at the end of the third page, where the index counts by %s', async (reading) => {
    const emails = Array.from({ length: 45 }, (_none, index) => `person-${index}@harbour.test`);
    const sandbox = await started({ operators: emails.map((email) => ({ email })), departments: [{ name: 'Oslo' }] }, { 'paging-index': reading });
    const recipe = recipeFrom({
      project,
      files: [
        {
          path: 'rules.yaml',
          text: 'visitor_routing_rules:\n  - { title: VIP, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Japan] }], route: { type: route_to_selected_users, operators: [person-44@harbour.test] } }\n',
        },
      ],
    });
    const { result, after } = await runAgainst(sandbox, recipe, openClock());
    expect(result?.settled).toBe(true);
    expect(after.visitor_routing_rules[0]?.userset[0]?.operator_ids).toEqual([after.operators[44]?.id]);
  });
});

describe('ids', () => {
  it.each(['number', 'string', 'documented'] as const)('beyond 2^53 keep every digit, written as %s', async (type) => {
    const rule = (title: string, id: string) => ({ id, title, app: 'Harbour shop', and_criteria: criteria });
    const ids = ['9007199254740993', '9007199254740995', '44000000000014001', '44000000000014003'] as const;
    const sandbox = await started(
      {
        operators: [{ email: 'ben@harbour.test' }],
        departments: [{ name: 'Oslo' }],
        visitor_routing_rules: ['Norway', 'Chile', 'Peru', 'Japan'].map((title, index) => rule(title, ids[index] ?? '')),
      },
      { 'id-type': type },
    );
    const recipe = recipeFrom({
      project: { ...project, text: `${project.text}kinds: { visitor_routing_rules: { unmanaged: delete } }\n` },
      files: [
        {
          path: 'rules.yaml',
          text: 'visitor_routing_rules:\n  - { title: Japan, app: Harbour shop, enabled: false }\n  - { title: Norway, app: Harbour shop }\n  - { title: Peru, app: Harbour shop }\n',
        },
      ],
    });
    const { asked, result, after } = await runAgainst(sandbox, recipe, openClock());
    expect(result?.settled).toBe(true);
    expect(after.visitor_routing_rules.map(({ id, enabled }) => [id, enabled])).toEqual([
      [ids[3], false],
      [ids[0], true],
      [ids[2], true],
    ]);
    expect(asked.apply.filter(({ method }) => method !== 'GET').map(({ method, path }) => [method, path.split('/').at(-1)])).toEqual([
      ['PUT', ids[3]],
      ['DELETE', ids[1]],
      ['PUT', ids[3]],
    ]);
  });
});

describe('what was made elsewhere', () => {
  it('does not stop a plan where a trigger has neither event nor action, as a create may leave it', async () => {
    const sandbox = await started(
      {
        operators: [{ email: 'ben@harbour.test' }],
        departments: [{ name: 'Oslo' }],
        trigger_rules: ['Bare', 'Mine'].map((title) => ({ title, app: 'Harbour shop', and_criteria: criteria })),
      },
      {},
    );
    const recipe = recipeFrom({
      project,
      files: [
        {
          path: 'triggers.yaml',
          text: 'trigger_rules:\n  - { title: Mine, app: Harbour shop, event: { type: lands_on_website }, action: { type: glow_button, delay: 45 } }\n',
        },
      ],
    });
    const { plan, result, after } = await runAgainst(sandbox, recipe, openClock());
    expect(plan.changes.map(({ fields }) => fields.map(({ path }) => path))).toEqual([['action', 'event']]);
    expect(result?.settled).toBe(true);
    expect(after.trigger_rules.map(({ title, event, action }) => [title, event, action])).toEqual([
      ['Bare', undefined, undefined],
      ['Mine', { type: 'lands_on_website' }, { type: 'glow_button', params: {}, delay: '45' }],
    ]);
  });
});
