/** The samples are what they are meant to show, and what is made from the descriptors is fresh. */
import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { runApply } from '../src/commands/apply.ts';
import { runPlan } from '../src/commands/plan.ts';
import { runValidate } from '../src/commands/validate.ts';
import { kinds } from '../src/kinds/index.ts';
import { inFolder, serviceOptions, stage } from './commands/stage.ts';

const root = join(import.meta.dirname, '..');
const ajv = new Ajv2020({ strict: false, allErrors: true });
const schemas = new Map<string, ValidateFunction>();

/** Compiled once: most files name the same one. */
const schemaAt = async (path: string): Promise<ValidateFunction> => {
  const known = schemas.get(path) ?? ajv.compile(JSON.parse(await readFile(path, 'utf8')));
  schemas.set(path, known);
  return known;
};

const samples = join(root, 'samples');
const environment = { HALDEN_HOOK_TOKEN: 'thistledown' };

interface PlanDocument {
  readonly changes: readonly { readonly action: string; readonly kind: string; readonly address: string }[];
  readonly unmanaged: readonly { readonly kind: string; readonly address: string }[];
  readonly diagnostics: readonly unknown[];
  readonly refusals: readonly unknown[];
}

const plan = async (dir: string, exitCode: number): Promise<PlanDocument & { readonly text: string }> => {
  const { terminal, printed } = stage(environment);
  expect(await runPlan({ ...serviceOptions(dir, 'local'), exitCode: 'detailed' }, terminal)).toBe(exitCode);
  return { ...JSON.parse(printed()), text: printed() };
};

const yamlFiles = async (sample: string): Promise<readonly string[]> =>
  (await readdir(join(samples, sample), { recursive: true })).filter((path) => path.endsWith('.yaml')).map((path) => join(samples, sample, path));

const inCopy = (sample: string, work: (folder: string) => Promise<void>): Promise<void> =>
  inFolder(async (folder) => {
    await cp(join(samples, sample), folder, { recursive: true, filter: (path) => !path.endsWith('.salesiq') });
    await work(folder);
  });

describe.each(['shop', 'company'])('the sample %s', (sample) => {
  it('is valid for every portal, without a warning', async () => {
    const { terminal, said, printed } = stage(environment);
    expect(await runValidate({ dir: join(samples, sample), strict: 'strict', format: 'text' }, terminal)).toBe(0);
    expect(said()).toBe('');
    expect(printed()).toContain('The files are valid.');
  });

  it('is valid in an editor, by the schema that each file names', async () => {
    for (const path of await yamlFiles(sample)) {
      const text = await readFile(path, 'utf8');
      const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
      const validate = await schemaAt(join(dirname(path), schema));
      for (const document of parseAllDocuments(text)) {
        const value: unknown = document.toJS();
        expect(validate(value), `${path}: ${JSON.stringify(validate.errors)}`).toBe(true);
      }
    }
  });

  it('begins with creates, updates, moves and deletes, leaves alone what no file describes, and settles', async () => {
    await inCopy(sample, async (folder) => {
      const before = await plan(folder, 2);
      for (const action of ['create', 'update', 'move', 'delete'])
        expect(
          before.changes.map((change) => change.action),
          action,
        ).toContain(action);
      expect(before.diagnostics).toEqual([]);
      expect(before.refusals).toEqual([]);
      const deleted = new Set(before.changes.filter(({ action }) => action === 'delete').map(({ kind }) => kind));
      expect(deleted.size).toBe(1);
      expect(before.unmanaged.some(({ kind }) => !deleted.has(kind))).toBe(true);
      expect(before.text).not.toContain(environment.HALDEN_HOOK_TOKEN);

      const { terminal, said } = stage(environment);
      expect(await runApply({ ...serviceOptions(folder, 'local'), consent: 'given', keepGoing: 'stop', settleSeconds: 5 }, terminal), said()).toBe(0);

      const after = await plan(folder, 0);
      expect(after.changes).toEqual([]);
      expect(after.unmanaged).toEqual(before.unmanaged);
    });
  });
});

describe('the samples together', () => {
  it('show every kind that can be managed, and every order list', async () => {
    const texts = await Promise.all((await yamlFiles('company')).map((path) => readFile(path, 'utf8')));
    const keys = new Set(texts.flatMap((text) => [...text.matchAll(/^([a-z_]+):/gm)].map(([, key]) => key)));
    for (const { name, manages, order } of kinds) {
      if (manages.length > 0) expect(keys).toContain(name);
      if (order !== undefined) expect(keys).toContain(order.list);
    }
  });
});

describe('what is made from the descriptors', () => {
  it.each(['schemas', 'docs'])('is fresh: %s', (script) => {
    expect(() => execFileSync(process.execPath, [join(root, '.config', `${script}.mjs`), '--check'], { cwd: root, stdio: 'pipe' })).not.toThrow();
  });
});
