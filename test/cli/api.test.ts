/** `api`, as the built command. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '../../dist/cli.js');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-'));
  await writeFile(join(folder, 'salesiq.yaml'), 'version: 1\nportals:\n  local: { sandbox: .salesiq/sandbox.json }\n');
});
afterAll(() => rm(folder, { recursive: true }));

const api = (...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [cli, 'api', ...args], { cwd: folder }, (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });

describe('api', () => {
  it('makes a call by its name or its path, and selects from the answer', async () => {
    const byName = await api('GET', 'portals.list');
    expect(byName).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(byName.out)).toHaveLength(1);
    expect((await api('GET', '/api/v2/portals')).out).toBe(byName.out);
    expect(JSON.parse((await api('GET', '/operators', '--paginate', '--select', '$count($)')).out)).toBeGreaterThan(0);
    expect(JSON.parse((await api('get', '/api/v2/{screenname}/operators', '--include')).out)).toMatchObject({ object: 'list' });
  });

  it('sends nothing that writes unless somebody says yes', async () => {
    const refused = await api('POST', 'departments.create', '-f', 'name=Berlin');
    expect(refused).toMatchObject({ code: 3, out: '' });
    expect(refused.err).toContain('--auto-approve');
    const { out: operators } = await api('GET', '/operators');
    const [{ id }] = JSON.parse(operators);
    const made = await api('POST', 'departments.create', '-f', 'name=007', '--json-field', `operators=["${id}"]`, '--auto-approve');
    expect(made).toMatchObject({ code: 0 });
    expect(JSON.parse(made.out)).toMatchObject({ name: '007' });
  });

  it('says what is wrong before anything is sent', async () => {
    expect((await api('GET', 'webhooks.get')).err).toContain('webhooks.get takes id, and 0 were given');
    expect((await api('POST', 'webhooks.get', '1')).err).toContain('is a GET, not a POST');
    expect((await api('PATCH', '/tags')).err).toContain('no method of the API');
    expect((await api('GET', '/tags', '--select', '[[')).err).toContain('--select is not understood');
    expect((await api('GET')).code).toBe(1);
  });

  it('warns of a path that is not in the table, and tells what the service says', async () => {
    const { code, err } = await api('GET', '/nothing');
    expect(code).toBe(1);
    expect(err).toContain('not in the table');
    expect(err).toContain('1006');
  });

  it('lists the calls, those with a text in them', async () => {
    const { code, out } = await api('--list', 'retry');
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect(out).toContain('POST   /api/v2/{screenname}/webhooks/{id}/executions  SalesIQ.webhooks.CREATE');
  });
});
