/** The built command with several portals: sandboxes of the program's own, and one that cannot be reached. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './support.ts';

const seed = { screenname: 'harbour', apps: [{ name: 'Harbour shop' }] };
const rule = (title: string): string =>
  `visitor_routing_rules:\n  - title: ${title}\n    app: Harbour shop\n    when: [{ field: country, comparator: is_equal_to, values: [Norway] }]\n    route: { type: route_to_all }\n`;

let folder = '';
const command = (...args: readonly string[]) => run(args, { cwd: folder, env: { XDG_CACHE_HOME: join(folder, '.cache') } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salesiq-many-'));
  await writeFile(join(folder, 'seed.json'), JSON.stringify(seed));
  await writeFile(
    join(folder, 'salesiq.yaml'),
    `version: 1\nportals:\n${['oslo', 'bergen', 'narvik'].map((name) => `  quay-${name}: { sandbox: .salesiq/${name}.json, seed: seed.json }\n`).join('')}  adrift: { screenname: adrift, data_center: eu }\n`,
  );
  await writeFile(join(folder, 'rules.yaml'), rule('Fjord desk'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const schemaOf = async (name: string): Promise<object> => JSON.parse(await readFile(resolve(import.meta.dirname, '../../config-schema', name), 'utf8'));

const documentOf = async (stdout: string): Promise<{ readonly portals: readonly Record<string, unknown>[]; readonly error?: unknown }> => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(await schemaOf('plan.schema.json'), 'plan.schema.json');
  const document = JSON.parse(stdout);
  expect(ajv.validate(await schemaOf('portals.schema.json'), document) ? [] : ajv.errors).toEqual([]);
  return document;
};

describe('several portals in one command', { timeout: 60_000 }, () => {
  it('are planned in sections, and one that fails stops none', async () => {
    const ended = await command('plan', '--portal', 'all', '--detailed-exitcode');
    expect(ended.code).toBe(1);
    const heads = [...ended.stdout.matchAll(/^── (.+) ──$/gm)].map(([, name]) => name);
    expect(heads).toEqual(['adrift', 'quay-bergen', 'quay-narvik', 'quay-oslo']);
    expect(ended.stdout.match(/1 to add/g)).toHaveLength(3);
    expect(ended.stdout).toContain('no credentials for the portal "adrift"');
    expect(ended.stdout).toContain('4 portals: 3 with changes, 1 failed.');
  });

  it('are one document of JSON', async () => {
    const ended = await command('drift', '--portal', 'all', '--json');
    const { portals } = await documentOf(ended.stdout);
    expect(portals.map(({ portal }) => portal)).toEqual(['adrift', 'quay-bergen', 'quay-narvik', 'quay-oslo']);
    expect(portals[0]).toMatchObject({ error: { message: expect.stringContaining('no credentials') } });
    expect(portals[1]).toMatchObject({ changes: [{ action: 'create' }] });
  });

  it('are one comment of Markdown, and a pattern and a shard choose among them', async () => {
    const ended = await command('plan', '--portal', 'quay-*', '--shard', '2/2', '--markdown', '--detailed-exitcode');
    expect(ended).toMatchObject({ code: 2 });
    expect(ended.stdout).toMatch(/^## 1 portal: 1 with changes/);
    expect(ended.stdout).toContain('`quay-narvik`');
    expect(ended.stdout).not.toContain('quay-oslo');
  });

  it('are refused where a flag is about one, and where a pattern fits none', async () => {
    expect(await command('plan', '--portal', 'quay-*', '--out', 'kept.json')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--out is about one portal'),
    });
    expect(await command('plan', '--portal', 'pier-*')).toMatchObject({ code: 1, stderr: expect.stringContaining('"quay-oslo"') });
    expect(await command('plan', '--shard', '0/2')).toMatchObject({ code: 1, stderr: expect.stringContaining('I from 1 to N') });
  });

  it('are not written to where nobody says yes, then all of them are, and stand alone afterwards', async () => {
    const declined = await command('apply', '--portal', 'quay-*', '--json');
    expect(declined.code).toBe(1);
    const { portals: before, error } = await documentOf(declined.stdout);
    expect(error).toMatchObject({ message: 'nothing was written' });
    expect(before.map(({ outcomes }) => outcomes)).toEqual(before.map(() => [expect.objectContaining({ state: 'not_tried' })]));

    const ended = await command('apply', '--portal', 'all', '--auto-approve', '--json');
    expect(ended.code).toBe(1);
    const { portals } = await documentOf(ended.stdout);
    expect(portals.slice(1).map(({ outcomes }) => outcomes)).toEqual([1, 2, 3].map(() => [expect.objectContaining({ state: 'applied' })]));

    expect(await command('plan', '--portal', 'quay-*', '--detailed-exitcode')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('3 portals: 3 without changes.'),
    });
    expect(await command('plan', '--portal', 'quay-oslo')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No changes/) });
  });
});
