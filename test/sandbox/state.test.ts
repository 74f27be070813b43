/** Seeds, the state file, changes by another hand, and the log. */
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeState, SeedError, startSandbox } from '../../src/sandbox/index.ts';
import { acme, codeOf, columnAt, criteria, start } from './client.ts';

const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
};

describe('a portal without a seed', () => {
  it('has one app, two departments, an owner and a colleague, and no rules', async () => {
    const { sandbox } = await start();
    const { apps, departments, operators, ...rest } = sandbox.state();
    expect(sandbox.screenname).toBe('sandbox');
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(apps.map(({ name }) => name)).toEqual(['Acme shop']);
    expect(departments.map(({ name }) => name)).toEqual(['Berlin', 'Support']);
    expect(operators.map(({ email_id, is_owner, role }) => [email_id, is_owner, role])).toEqual([
      ['anna@acme.test', true, 'Administrator'],
      ['ben@acme.test', false, 'Associate'],
    ]);
    expect(rest).toMatchObject({
      route_to_all: 'enabled',
      lead_score_config: { frequency: 'yearly' },
      visitor_routing_rules: [],
      chat_routing_rules: [],
      trigger_rules: [],
      lead_scoring_rules: [],
      webhooks: [],
    });
  });
});

describe('a seed', () => {
  it('is a portal in its order, with ids for names', async () => {
    const { sandbox } = await start({ seed: acme });
    const state = sandbox.state();
    const [berlin] = state.departments;
    const [anna] = state.operators;
    expect(describeState(state).visitor_routing_rules.map(({ title, app, position, enabled }) => [title, app, position, enabled])).toEqual([
      ['Visitors from Japan', 'Acme shop', 1, true],
      ['Visitors from Norway', 'Acme shop', 2, true],
      ['Visitors from Chile', 'Acme shop', 3, true],
    ]);
    expect(state.visitor_routing_rules[0]?.userset).toEqual([{ operator_ids: [anna?.id], department_ids: [berlin?.id], dynamic_users: ['last_attender'] }]);
    expect(describeState(state).lead_scoring_rules.map(({ title, enabled }) => [title, enabled])).toEqual([
      ['56', true],
      ['-45', false],
    ]);
    expect(state.webhooks[0]?.app_ids).toEqual([state.apps[0]?.id]);
  });

  it('may bring ids, which new things then keep clear of', async () => {
    const { post, sandbox } = await start({ seed: { apps: [{ name: 'Acme', id: '44000000000014011' }] } });
    await post('/apps', { name: 'Second' });
    expect(sandbox.state().apps.map(({ id }) => id)[0]).toBe('44000000000014011');
    const ids = [...sandbox.state().apps, ...sandbox.state().operators, ...sandbox.state().departments].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('may bring positions, ties and gaps included', async () => {
    const { get } = await start({ seed: { trigger_rules: [3, 3, 1].map((position, index) => ({ title: `t${index}`, position, and_criteria: criteria() })) } });
    const { json } = await get('/triggerrules');
    expect(columnAt(json, 'title', 'data', 'rule_list')).toEqual(['t2', 't0', 't1']);
    expect(columnAt(json, 'position', 'data', 'rule_list')).toEqual(['1', '3', '3']);
  });

  it('may make anybody the owner, and is overruled in its screenname', async () => {
    const { sandbox, get } = await start({
      seed: { screenname: 'acme', operators: [{ email: 'a@acme.test' }, { email: 'b@acme.test', owner: true }] },
      screenname: 'other',
    });
    expect(sandbox.state().operators.map(({ is_owner }) => is_owner)).toEqual([false, true]);
    expect(sandbox.screenname).toBe('other');
    expect(codeOf(await get('/apps'))).toBeUndefined();
  });

  const bad: readonly (readonly [string, object, string])[] = [
    ['an unknown key', { rules: [] }, 'seed: rules: is not a known key; the keys are format, screenname'],
    [
      'an app that is not there',
      { visitor_routing_rules: [{ title: 'Night', app: 'Acme shp', and_criteria: [] }] },
      'seed: visitor_routing_rules[0] "Night".app: there is no app "Acme shp"; there are "Acme shop"',
    ],
    [
      'an operator that is not there',
      { chat_routing_rules: [{ title: 'Night', and_criteria: [], userset: [{ operators: ['zoe@acme.test'] }] }] },
      'userset[0].operators[0]: there is no operator "zoe@acme.test"',
    ],
    [
      'a department that is not there',
      { operators: [{ email: 'a@acme.test', departments: ['Rome'] }] },
      'seed: operators[0] "a@acme.test".departments[0]: there is no department "Rome"',
    ],
    ['a missing title', { trigger_rules: [{ and_criteria: [] }] }, 'seed: trigger_rules[0].title: must be a text (it is missing)'],
    ['missing criteria', { trigger_rules: [{ title: 'x' }] }, 'seed: trigger_rules[0] "x".and_criteria: must be a list (it is missing)'],
    ['points that are no number', { lead_scoring_rules: [{ points: 'many', AND_criteria: [] }] }, 'seed: lead_scoring_rules[0].points: must be a whole number'],
    ['no operators', { operators: [] }, 'must name at least one operator'],
    ['a list that is none', { apps: 'Acme' }, 'seed: apps: must be a list'],
  ];
  for (const [what, seed, message] of bad) {
    it(`with ${what} is refused, naming the entry`, async () => {
      await expect(startSandbox({ seed })).rejects.toThrow(message);
      await expect(startSandbox({ seed })).rejects.toBeInstanceOf(SeedError);
    });
  }

  it('may be a file, and says so when that is missing or no JSON', async () => {
    const dir = await folder();
    await writeFile(join(dir, 'seed.json'), JSON.stringify(acme));
    expect((await start({ seed: join(dir, 'seed.json') })).sandbox.screenname).toBe('acme');
    await writeFile(join(dir, 'broken.json'), '{ "apps": [');
    await expect(startSandbox({ seed: join(dir, 'broken.json') })).rejects.toThrow(/seed .*broken\.json: is not JSON/);
    await expect(startSandbox({ seed: join(dir, 'none.json') })).rejects.toThrow(/none\.json: there is no such file/);
  });
});

describe('the state file', () => {
  it('holds the portal over a restart, whole, for its owner only', async () => {
    const file = join(await folder(), 'state.json');
    const first = await start({ file, seed: acme });
    await first.post('/webhooks', { type: 'data', url: 'https://hooks.acme.test/b', events: ['conversation.rated'] });
    await first.post(
      '/triggerrules',
      `{"app_id":${first.sandbox.state().apps[0]?.id},"title":"big","and_criteria":[],"event":{"type":"x","number":12345678901234567890}}`,
    );
    await first.del(`/operators/${first.sandbox.state().operators[1]?.id}`);
    const before = first.sandbox.state();
    await first.sandbox.close();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const second = await start({ file, seed: { screenname: 'ignored' } });
    expect(second.sandbox.state()).toEqual(before);
  });

  it('is written before a write is answered', async () => {
    const file = join(await folder(), 'state.json');
    const { post } = await start({ file });
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        post('/visitorroutingrules', { title: `r${index}`, and_criteria: criteria() }).then(async () =>
          expect(await readFile(file, 'utf8')).toContain(`"r${index}"`),
        ),
      ),
    );
    const kept: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(columnAt(kept, 'position', 'visitor_routing_rules')).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  });

  it('keeps positions as they are, but is numbered anew under switches that number differently', async () => {
    const file = join(await folder(), 'state.json');
    const first = await start({ file, seed: acme, switches: { 'position-spacing': 'sparse' } });
    await first.del(`/visitorroutingrules/${first.sandbox.state().visitor_routing_rules[0]?.id}`);
    await first.sandbox.close();
    const positions = async (spacing: 'sparse' | 'dense'): Promise<readonly number[]> => {
      const { sandbox } = await start({ file, switches: { 'position-spacing': spacing } });
      await sandbox.close();
      return sandbox.state().visitor_routing_rules.map(({ position }) => position);
    };
    expect(await positions('sparse')).toEqual([20, 30]);
    expect(await positions('dense')).toEqual([1, 2]);
  });

  it('is refused when it is broken, and left as it is', async () => {
    const file = join(await folder(), 'state.json');
    await writeFile(file, '{"format":1,"apps":7}');
    await expect(startSandbox({ file })).rejects.toThrow(/state file .*state\.json: apps: must be a list/);
    expect(await readFile(file, 'utf8')).toBe('{"format":1,"apps":7}');
  });
});

describe('another hand', () => {
  it('reorders, adds and removes rules, which are then numbered in their order', async () => {
    const { get, sandbox } = await start({ seed: acme });
    await get('/visitorroutingrules');
    sandbox.change((state) => {
      state.visitor_routing_rules.reverse();
      state.visitor_routing_rules.pop();
    });
    const { json } = await get('/visitorroutingrules');
    expect(columnAt(json, 'title', 'data', 'rule_list')).toEqual(['Visitors from Chile', 'Visitors from Norway']);
    expect(columnAt(json, 'position', 'data', 'rule_list')).toEqual([1, 2]);
  });

  it('may set numbers themselves, and gets a copy that it cannot keep', async () => {
    const { sandbox } = await start({ seed: acme });
    sandbox.change((state) => {
      const [first] = state.visitor_routing_rules;
      if (first !== undefined) first.position = 3;
    });
    expect(describeState(sandbox.state()).visitor_routing_rules.map(({ title, position }) => [title, position])).toEqual([
      ['Visitors from Norway', 2],
      ['Visitors from Japan', 3],
      ['Visitors from Chile', 3],
    ]);
    sandbox.state().apps.pop();
    expect(sandbox.state().apps).toHaveLength(2);
  });
});

describe('options', () => {
  it('hold answers back by a latency and take a port that is free', async () => {
    const { get, sandbox } = await start({ latency: 60 });
    const begin = performance.now();
    await get('/apps');
    expect(performance.now() - begin).toBeGreaterThan(50);
    await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toThrow('EADDRINUSE');
  });

  it('name switches that exist', async () => {
    const wrong: object = { 'position-base': '7' };
    await expect(startSandbox({ switches: wrong })).rejects.toThrow('unknown switch or value in {"position-base":"7"}');
  });
});

describe('the log', () => {
  it('tells what was asked and answered, as it happens and afterwards', async () => {
    const seen: string[] = [];
    const { get, post, sandbox } = await start({
      seed: acme,
      now: () => 1_700_000_000_000,
      onRequest: ({ method, path, status, code }) => seen.push(`${method} ${path} ${status} ${code}`),
    });
    await get('/operators?index=2');
    await post('/chatroutingrules', { title: 'x' });
    expect(seen).toEqual(['GET /api/v2/acme/operators 200 undefined', 'POST /api/v2/acme/chatroutingrules 200 1015']);
    expect(sandbox.requests()).toEqual([
      { method: 'GET', path: '/api/v2/acme/operators', query: { index: '2' }, body: undefined, status: 200, code: undefined, at: 1_700_000_000_000 },
      { method: 'POST', path: '/api/v2/acme/chatroutingrules', query: {}, body: { title: 'x' }, status: 200, code: 1015, at: 1_700_000_000_000 },
    ]);
  });

  it('holds no secret', async () => {
    const { raw, get, sandbox } = await start();
    const { clientId, clientSecret, refreshToken } = sandbox.credentials;
    const parameters = new URLSearchParams({ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken });
    const { text } = await raw('/oauth/v2/token', { method: 'POST', body: parameters });
    await raw(`/oauth/v2/token?${parameters}`, { method: 'POST' });
    await get('/apps');
    const log = JSON.stringify(sandbox.requests());
    expect(sandbox.requests()).toHaveLength(3);
    for (const secret of [clientSecret, refreshToken, sandbox.accessToken, /"access_token":"([^"]+)"/.exec(text)?.[1] ?? '?'])
      expect(log).not.toContain(secret);
    expect(log).toContain(clientId);
  });
});

describe('a big portal', () => {
  it('lists ten thousand rules from what it has made before, and anew after a write', async () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => ({ title: `rule ${index}`, and_criteria: criteria() }));
    const { put, sandbox } = await start({ seed: { visitor_routing_rules: rules } });
    const headers = { Authorization: `Zoho-oauthtoken ${sandbox.accessToken}` };
    const list = async (): Promise<{ readonly text: string; readonly ms: number }> => {
      const begin = performance.now();
      const response = await fetch(`${sandbox.url}/api/v2/sandbox/visitorroutingrules`, { headers });
      const text = await response.text();
      return { text, ms: performance.now() - begin };
    };
    const cold = await list();
    const warm = [await list(), await list(), await list()];
    for (const { text } of warm) expect(text).toBe(cold.text);
    expect(Math.min(...warm.map(({ ms }) => ms))).toBeLessThan(Math.max(100, cold.ms / 2));
    const [, last] = /.*"id":(\d+),"app".*?"title":"rule 9999"/.exec(cold.text.slice(-2000)) ?? [];
    await put(`/visitorroutingrules/${last}`, { position: 1 });
    expect((await list()).text.slice(0, 1000)).toMatch(/"rule_list":\[\{[^[]*"title":"rule 9999"/);
  });
});
