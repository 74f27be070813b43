/** The command: files on disk, exit codes, what it prints. The portal is the sandbox of the samples. */
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ExportOptions, runExport } from '../../src/commands/export.ts';
import { runPlan } from '../../src/commands/plan.ts';
import { inFolder, serviceOptions, stage } from './stage.ts';

const sample = new URL('../../samples/shop/', import.meta.url).pathname;

const options = (dir: string, more: Partial<ExportOptions> = {}): ExportOptions => ({
  ...serviceOptions(dir),
  kinds: [],
  layout: 'by-app',
  files: 'write',
  base: 'none',
  ...more,
});

const ran = async (dir: string, more: Partial<ExportOptions> = {}) => {
  const { terminal, printed, said } = stage();
  const code = await runExport(options(dir, more), terminal);
  return { code, printed: printed(), said: said() };
};

const filesIn = async (dir: string): Promise<Readonly<Record<string, string>>> => {
  const paths = (await readdir(dir, { recursive: true, encoding: 'utf8' })).filter((path) => path.endsWith('.yaml') && path !== 'salesiq.yaml').sort();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path.replaceAll('\\', '/'), await readFile(join(dir, path), 'utf8')] as const)));
};

const planCode = async (dir: string): Promise<number> => runPlan({ ...serviceOptions(dir), exitCode: 'detailed', base: 'none' }, stage().terminal);

/** A folder with the project file and the seed of the sample, and nothing else. */
const inEmpty = (work: (dir: string) => Promise<void>): Promise<void> =>
  inFolder(async (dir) => {
    for (const file of ['salesiq.yaml', 'seed.json']) await cp(join(sample, file), join(dir, file));
    await work(dir);
  });

const inSample = (work: (dir: string) => Promise<void>): Promise<void> =>
  inFolder(async (dir) => {
    await cp(sample, dir, { recursive: true, filter: (path) => !path.includes('.salesiq') });
    await work(dir);
  });

describe('export', () => {
  it('writes a portal as files, after which plan is empty and a second export changes nothing', () =>
    inEmpty(async (dir) => {
      const first = await ran(dir);
      expect(first.code).toBe(0);
      const told = JSON.parse(first.printed);
      expect(told).toMatchObject({ format_version: 1, portal: 'local', warnings: [] });
      expect(new Set(told.files.map(({ action }: { readonly action: string }) => action))).toEqual(new Set(['created']));
      expect(told.files.map(({ path }: { readonly path: string }) => path)).toEqual(
        expect.arrayContaining([
          'apps.yaml',
          'departments.yaml',
          'lead-score-decay.yaml',
          'lead-scoring-rules.yaml',
          'operators.yaml',
          'portal.yaml',
          'trigger-rules/kettle-leaf.yaml',
          'visitor-routing-default.yaml',
          'visitor-routing-rules/kettle-leaf.yaml',
          'webhooks.yaml',
        ]),
      );
      const files = await filesIn(dir);
      expect(files['webhooks.yaml']).toBe(`webhooks:
  - url: https://backoffice.kettle.test/salesiq
    type: data
    apps: [Kettle & Leaf]
    events: [conversation.completed, conversation.missed]
    secured: true
    keep_failed_executions: 60d
`);
      expect(await planCode(dir)).toBe(0);
      expect((await ran(dir, { format: 'text' })).printed).toBe('No changes. The files say what the portal has.\n');
      expect(await filesIn(dir)).toEqual(files);
    }));

  it('writes one file where that is asked for, with the line that editors need', () =>
    inEmpty(async (dir) => {
      await mkdir(join(dir, '.schema'));
      await writeFile(join(dir, '.schema/resources.schema.json'), '{}');
      expect((await ran(dir, { layout: 'single' })).code).toBe(0);
      const files = await filesIn(dir);
      expect(Object.keys(files)).toEqual(['resources.yaml']);
      expect(files['resources.yaml']?.split('\n')[0]).toBe('# yaml-language-server: $schema=.schema/resources.schema.json');
      expect(await planCode(dir)).toBe(0);
    }));

  it('checks without writing', () =>
    inSample(async (dir) => {
      const before = await filesIn(dir);
      const checked = await ran(dir, { files: 'check', format: 'text' });
      expect(checked.code).toBe(2);
      expect(checked.printed).toContain('webhooks.yaml: would be changed');
      expect(checked.printed).toContain('-    keep_failed_executions: 21d');
      expect(await filesIn(dir)).toEqual(before);
      expect((await ran(dir)).code).toBe(0);
      expect((await ran(dir, { files: 'check' })).code).toBe(0);
      expect(await planCode(dir)).toBe(0);
    }));

  it('writes only the kinds that were asked for, and names those that are none', () =>
    inSample(async (dir) => {
      const before = await filesIn(dir);
      await ran(dir, { kinds: ['webhooks, lead_score_decay'] });
      const after = await filesIn(dir);
      expect(Object.keys(after).filter((path) => after[path] !== before[path])).toEqual(['webhooks.yaml']);
      await expect(ran(dir, { kinds: ['webhook'] })).rejects.toThrow('there is no kind "webhook"');
    }));

  it('keeps a byte order mark', () =>
    inSample(async (dir) => {
      const path = join(dir, 'webhooks.yaml');
      await writeFile(path, `\ufeff${await readFile(path, 'utf8')}`);
      await ran(dir);
      const text = await readFile(path, 'utf8');
      expect(text.startsWith('\ufeff#')).toBe(true);
      expect(text).toContain('60d');
    }));

  it('writes nothing where a folder or file leads out of the project', () =>
    inSample(async (dir) => {
      await inFolder(async (outside) => {
        await writeFile(join(outside, 'hooks.yaml'), await readFile(join(dir, 'webhooks.yaml'), 'utf8'));
        await rm(join(dir, 'webhooks.yaml'));
        await symlink(join(outside, 'hooks.yaml'), join(dir, 'webhooks.yaml'));
        const before = await filesIn(dir);
        await expect(ran(dir)).rejects.toThrow('webhooks.yaml leads out of the project');
        expect(await filesIn(dir)).toEqual(before);
      });
    }));

  it('writes nothing where a folder is in the way', () =>
    inEmpty(async (dir) => {
      await writeFile(join(dir, 'trigger-rules'), 'no folder');
      await expect(ran(dir)).rejects.toThrow('trigger-rules is no folder');
      expect(await filesIn(dir)).toEqual({});
    }));
});
