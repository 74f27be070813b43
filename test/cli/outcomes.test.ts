/** Exit codes, and what stands on which stream, of the built command. */
import { describe, expect, it } from 'vitest';
import { criteria, documentOf, expectNoTrace, fast, listIn, rules, seed, withProject } from './support.ts';

const files = { 'rules.yaml': rules };

describe('plan and apply from the command line', { timeout: 60_000 }, () => {
  it('go from changes to none: 0, 2 where asked, 0 again', async () => {
    await withProject({ seed, files }, async (project) => {
      const plain = await project.run(['plan', ...fast]);
      expect(plain).toMatchObject({ code: 0, stderr: '' });
      expect(plain.stdout).toContain('Plan: 1 to add, 1 to change, 1 to move, 0 to delete.');
      expect((await project.run(['diff', '--detailed-exitcode', ...fast])).code).toBe(2);
      expect((await project.run(['drift', ...fast])).code).toBe(2);
      expect(project.writes()).toEqual([]);

      const applied = await project.run(['apply', '--auto-approve', ...fast]);
      expect(applied.code).toBe(0);
      expect(applied.stdout).toContain('the portal matches the files');
      expect(project.writes().map(({ method }) => method)).toEqual(['PUT', 'POST', 'PUT']);

      const again = await project.run(['plan', '--detailed-exitcode', ...fast]);
      expect(again).toMatchObject({ code: 0 });
      expect(again.stdout).toContain('No changes. The portal matches the files.');
      const idle = await project.run(['apply', '--auto-approve', ...fast]);
      expect(idle.code).toBe(0);
      expect(project.writes()).toHaveLength(3);
    });
  });

  it('give one document of JSON and nothing else on standard output', async () => {
    await withProject({ seed, files }, async (project) => {
      const plan = documentOf(await project.run(['plan', '--json', ...fast]));
      expect(plan['summary']).toEqual({ create: 1, update: 1, delete: 0, move: 1 });
      expect(listIn(plan, 'changes').map(({ action, address, origin }) => [action, address, origin])).toEqual([
        ['update', 'visitor_routing_rules/Harbour shop/Night desk', { file: 'rules.yaml', line: 3, column: 5 }],
        ['create', 'visitor_routing_rules/Harbour shop/Spring sale', { file: 'rules.yaml', line: 4, column: 5 }],
        ['move', expect.stringMatching(/Norway|Night desk/), expect.anything()],
      ]);
      expect(listIn(plan, 'unmanaged').map(({ address }) => address)).toEqual(['visitor_routing_rules/Harbour shop/A stranger']);
      const applied = documentOf(await project.run(['apply', '--auto-approve', '--json', ...fast]));
      expect(listIn(applied, 'outcomes').map(({ state }) => state)).toEqual(['applied', 'applied', 'applied']);
      const again = documentOf(await project.run(['apply', '--auto-approve', '--json', ...fast]));
      expect(again).toMatchObject({ changes: [], outcomes: [] });
    });
  });

  it('write nothing where nobody is there to say yes', async () => {
    await withProject({ seed, files }, async (project) => {
      const asked = await project.run(['apply', ...fast]);
      expect(asked.code).toBe(1);
      expect(asked.stderr).toContain('--auto-approve');
      const json = await project.run(['apply', '--json', ...fast]);
      expect(json.code).toBe(1);
      expect(listIn(documentOf(json), 'outcomes').map(({ state }) => state)).toEqual(['not_tried', 'not_tried', 'not_tried']);
      expect(project.writes()).toEqual([]);
    });
  });

  it('keep to --target and --exclude', async () => {
    await withProject({ seed, files }, async (project) => {
      const changesOf = async (...flags: readonly string[]) =>
        listIn(documentOf(await project.run(['plan', '--json', ...flags, ...fast])), 'changes').map(({ action, key }) => [action, key]);
      expect(await changesOf('--target', 'visitor_routing_rules/Harbour shop/Spring sale')).toEqual([['create', 'Spring sale']]);
      expect(await changesOf('--target', 'webhooks')).toEqual([]);
      expect(await changesOf('--exclude', '*Spring*', '--exclude', '*Night desk')).toEqual([['move', 'Norway']]);
      const applied = await project.run(['apply', '--auto-approve', '--target', '*/Night desk', '--exclude', '*Spring*', ...fast]);
      expect(applied.code).toBe(0);
      expect(project.writes().map(({ body }) => body)).toContainEqual({ enabled: false });
      expect(project.sandbox.state().visitor_routing_rules).toHaveLength(3);
    });
  });

  it('end with 3 where a guard says no, and write nothing', async () => {
    const settings = 'kinds: { visitor_routing_rules: { unmanaged: error } }\nprotect: [visitor_routing_rules/Harbour shop/Night desk]\n';
    await withProject({ seed, files, settings }, async (project) => {
      for (const args of [
        ['plan', ...fast],
        ['apply', '--auto-approve', ...fast],
      ]) {
        const refused = await project.run(args);
        expect(refused.code).toBe(3);
        expectNoTrace(refused);
        expect(refused.stdout + refused.stderr).toContain('is protected');
        const json = await project.run([...args, '--json']);
        expect(json.code).toBe(3);
        expect(listIn(documentOf(json), 'refusals').map(({ code }) => code)).toEqual(['unmanaged', 'protected']);
      }
      expect(project.writes()).toEqual([]);
    });
  });

  it('show what is observed and never write it', async () => {
    await withProject({ seed, files, settings: 'kinds: { visitor_routing_rules: { mode: observe } }\n' }, async (project) => {
      const plan = documentOf(await project.run(['plan', '--json', '--detailed-exitcode', ...fast]));
      expect(listIn(plan, 'changes')).toEqual([]);
      expect(listIn(plan, 'observed')).toHaveLength(3);
      expect((await project.run(['apply', '--auto-approve', ...fast])).code).toBe(0);
      expect(project.writes()).toEqual([]);
    });
  });

  it('neither read nor show what is ignored', async () => {
    await withProject({ seed, files, settings: 'kinds: { visitor_routing_rules: { mode: ignore } }\n' }, async (project) => {
      const plan = documentOf(await project.run(['plan', '--json', ...fast]));
      expect([plan['changes'], plan['observed'], plan['unmanaged']]).toEqual([[], [], []]);
      expect(project.sandbox.requests()).toEqual([]);
    });
  });

  it('end with 1 for words that only --strict minds', async () => {
    const doubtful = rules.replace('field: country', 'field: contry');
    await withProject({ seed, files: { 'rules.yaml': doubtful } }, async (project) => {
      const lenient = await project.run(['validate']);
      expect(lenient.code).toBe(0);
      expect(lenient.stderr).toContain('Did you mean country?');
      const strict = await project.run(['plan', '--strict', ...fast]);
      expect(strict.code).toBe(1);
      expect(strict.stderr).toContain('rules.yaml:6:21');
      expect(project.sandbox.requests()).toEqual([]);
    });
  });

  it('name what only the portal knows at its line', async () => {
    const unknown = rules.replace('ben@harbour.test', 'bert@harbour.test').replace('title: Norway, app: Harbour shop', 'title: Norway, app: Harbor shop');
    await withProject({ seed, files: { 'rules.yaml': unknown } }, async (project) => {
      const failed = await project.run(['apply', '--auto-approve', ...fast]);
      expect(failed.code).toBe(1);
      expectNoTrace(failed);
      expect(failed.stderr).toContain('rules.yaml:2:27');
      expect(failed.stderr).toContain('Did you mean "Harbour shop"?');
      expect(failed.stderr).toContain('rules.yaml:7:57');
      expect(failed.stderr.match(/\^/g)?.length).toBeGreaterThanOrEqual(2);
      expect(project.writes()).toEqual([]);
      const json = await project.run(['plan', '--json', ...fast]);
      expect(json.code).toBe(1);
      expect(new Set(listIn(documentOf(json), 'diagnostics').map(({ code }) => code))).toContain('unknown-reference');
    });
  });
});

describe('failures from the command line', { timeout: 60_000 }, () => {
  it.each([
    ['an unknown flag', ['plan', '--dry-run'], '--dry-run'],
    ['an unknown command', ['destroy'], 'destroy'],
    ['a flag of another command', ['validate', '--auto-approve'], '--auto-approve'],
    ['a flag without its value', ['plan', '--target'], '--target'],
    ['a rate that is no number', ['plan', '--rate', 'fast'], 'whole number'],
    ['two formats at once', ['plan', '--json', '--markdown'], '--markdown'],
  ])('end with 1 and say why: %s', async (_what, args, said) => {
    await withProject({ seed, files }, async (project) => {
      const failed = await project.run(args);
      expect(failed.code).toBe(1);
      expect(failed.stdout).toBe('');
      expect(failed.stderr).toContain(said);
      expectNoTrace(failed);
      expect(project.sandbox.requests()).toEqual([]);
    });
  });

  it('end with 1 without credentials, with wrong ones, and where nobody answers', async () => {
    await withProject({ seed, files }, async (project) => {
      const { credentials } = project.sandbox;
      const whole = {
        SALESIQ_ACCESS_TOKEN: '',
        SALESIQ_CLIENT_ID: credentials.clientId,
        SALESIQ_CLIENT_SECRET: credentials.clientSecret,
        SALESIQ_REFRESH_TOKEN: credentials.refreshToken,
      };
      expect((await project.run(['plan', ...fast], whole)).code).toBe(0);
      const cases: readonly (readonly [Record<string, string>, string])[] = [
        [{ SALESIQ_ACCESS_TOKEN: '' }, 'SALESIQ_CLIENT_ID'],
        [{ ...whole, SALESIQ_CLIENT_SECRET: 'wrong-secret-of-nobody' }, 'invalid_client_secret'],
        [{ ...whole, SALESIQ_REFRESH_TOKEN: '1000.wrong.token-of-nobody' }, 'invalid_code'],
        [{ SALESIQ_ACCESS_TOKEN: '1000.expired-long.ago' }, '1008'],
        [{ SALESIQ_SERVER: 'http://127.0.0.1:9' }, 'no answer'],
        [{ SALESIQ_SERVER: 'http://harbour.test' }, 'https'],
      ];
      for (const [env, said] of cases) {
        const text = await project.run(['apply', '--auto-approve', ...fast], env);
        expect([said, text.code]).toEqual([said, 1]);
        expect(text.stderr).toContain(said);
        expect(text.stdout).toBe('');
        expectNoTrace(text);
        for (const secret of ['wrong-secret-of-nobody', 'wrong.token-of-nobody', 'expired-long.ago', credentials.clientSecret, credentials.refreshToken]) {
          expect(text.stderr).not.toContain(secret);
        }
      }
      const json = await project.run(['plan', '--json', ...fast], { SALESIQ_ACCESS_TOKEN: '1000.expired-long.ago' });
      expect(json.code).toBe(1);
      expect(documentOf(json)).toMatchObject({ format_version: 1, diagnostics: [], error: { code: 1008, method: 'GET' } });
      expect(project.writes()).toEqual([]);
    });
  });

  it('end with 1 for an answer that is not understood, and name its call', async () => {
    await withProject({ seed, files, sandbox: { faults: [{ match: { path: '/operators' }, effect: { kind: 'error', code: 1009 } }] } }, async (project) => {
      const failed = await project.run(['apply', '--auto-approve', ...fast]);
      expect(failed.code).toBe(1);
      expect(failed.stderr).toContain('GET /operators?index=1');
      expect(failed.stderr).toContain('1009');
      const json = await project.run(['plan', '--json', ...fast]);
      expect(json.code).toBe(1);
      expect(documentOf(json)).toMatchObject({ error: { method: 'GET', path: '/operators?index=1', code: 1009 } });
      expect(project.writes()).toEqual([]);
    });
  });

  it('end with 1 where there is no project, and where the portal is not named', async () => {
    await withProject({ seed, files }, async (project) => {
      const lost = await project.run(['plan', '--dir', 'no/such/folder', ...fast]);
      expect(lost.code).toBe(1);
      expectNoTrace(lost);
      const other = await project.run(['plan', '--portal', 'producton', ...fast]);
      expect(other.code).toBe(1);
      expect(other.stderr).toContain('It has "production".');
    });
  });
});

describe('colours and strange texts', { timeout: 60_000 }, () => {
  const evil = 'Red \u001b[31m alert\u0007 \u009b2J \u202e ]8;;x';
  const evilSeed = {
    ...seed,
    apps: [{ name: 'Harbour shop' }, { name: evil }],
    visitor_routing_rules: [
      ...seed.visitor_routing_rules,
      { title: evil, app: 'Harbour shop', and_criteria: criteria(evil) },
      { title: evil, app: evil, and_criteria: criteria(evil) },
    ],
  };
  const evilFiles = {
    'rules.yaml': `${rules}  - { title: ${JSON.stringify(evil)}, app: Harbour shop, when: [{ field: country, comparator: is_equal_to, values: [Chile] }] }\n`,
  };
  const raw = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

  it('never bring the escapes of a title to the terminal', async () => {
    await withProject({ seed: evilSeed, files: evilFiles }, async (project) => {
      for (const args of [
        ['plan', '--show-unmanaged'],
        ['plan', '--markdown'],
        ['plan', '--json'],
        ['apply', '--auto-approve'],
      ]) {
        const shown = await project.run([...args, ...fast]);
        expect(shown.code).toBe(0);
        expect(shown.stdout).not.toContain('\u001b');
        expect(shown.stdout).not.toMatch(raw);
        expect(shown.stderr).not.toContain('\u001b');
        expect(shown.stderr).not.toMatch(raw);
      }
    });
  });

  it('never bring the escapes of an error to the terminal', async () => {
    const broken = rules.replace('Harbour shop, enabled', `${JSON.stringify(evil)}, enabled`).replace('enabled: false', 'enabeld: false');
    await withProject({ seed: evilSeed, files: { 'rules.yaml': broken } }, async (project) => {
      const failed = await project.run(['plan', ...fast]);
      expect(failed.code).toBe(1);
      expect(failed.stdout + failed.stderr).not.toContain('\u001b');
      expect(failed.stdout + failed.stderr).not.toMatch(raw);
    });
  });

  it('colour only where asked for: FORCE_COLOR yes, NO_COLOR and --no-color stronger', async () => {
    await withProject({ seed, files }, async (project) => {
      const coloured = async (env: Record<string, string>, ...flags: readonly string[]) =>
        (await project.run(['plan', ...flags, ...fast], env)).stdout.includes('\u001b[');
      expect(await coloured({})).toBe(false);
      expect(await coloured({ FORCE_COLOR: '1' })).toBe(true);
      expect(await coloured({ FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
      expect(await coloured({ FORCE_COLOR: '1' }, '--no-color')).toBe(false);
      expect(await coloured({ FORCE_COLOR: '1' }, '--json')).toBe(false);
    });
  });
});
