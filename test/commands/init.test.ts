import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { runApply } from '../../src/commands/apply.ts';
import { type InitOptions, runInit } from '../../src/commands/init.ts';
import { runPlan } from '../../src/commands/plan.ts';
import { runValidate } from '../../src/commands/validate.ts';
import { version } from '../../src/version.ts';
import { inFolder, serviceOptions, stage } from './stage.ts';

const root = join(import.meta.dirname, '../..');

const init = async (options: InitOptions): Promise<string> => {
  const { terminal, printed } = stage();
  expect(await runInit(options, terminal)).toBe(0);
  return printed();
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

const textIn = (folder: string, path: string): Promise<string> => readFile(join(folder, path), 'utf8');

describe('init', () => {
  it('makes every file that it names, and ends with the next commands', async () => {
    await inFolder(async (folder) => {
      const printed = await init({ folder: join(folder, 'new', 'portal') });
      const made = await filesIn(join(folder, 'new', 'portal'));
      expect(made.length).toBe(11);
      for (const path of made) expect(printed).toContain(`  ${path}\n`);
      expect(printed).toMatch(/\n {2}git init\n {2}salesiq-sync validate\n {2}salesiq-sync plan\n {2}salesiq-sync apply\n/);
    });
  });

  it('makes files that are valid without a warning, for the sandbox and for the real portal', async () => {
    await inFolder(async (folder) => {
      await init({ folder, screenname: 'acme', dataCenter: 'eu' });
      const { terminal, printed, said } = stage();
      expect(await runValidate({ dir: folder, strict: 'strict', format: 'text' }, terminal)).toBe(0);
      expect(said()).toBe('');
      expect(printed()).toContain('production: 0 resources of 7 kinds');
      expect(printed()).toContain('local: 9 resources of 7 kinds');
    });
  });

  it('makes files that plan and settle on the built-in sandbox', async () => {
    await inFolder(async (folder) => {
      await init({ folder });
      const before = stage();
      expect(await runPlan({ ...serviceOptions(folder), exitCode: 'detailed' }, before.terminal)).toBe(2);
      expect(JSON.parse(before.printed())).toMatchObject({ portal: 'local', summary: { create: 7, update: 1 }, diagnostics: [], refusals: [] });
      const applying = stage();
      expect(await runApply({ ...serviceOptions(folder), consent: 'given', keepGoing: 'stop', settleSeconds: 5 }, applying.terminal)).toBe(0);
      const after = stage();
      expect(await runPlan({ ...serviceOptions(folder), exitCode: 'detailed' }, after.terminal)).toBe(0);
      expect(JSON.parse(after.printed())).toMatchObject({ changes: [] });
    });
  });

  it('overwrites nothing, and says what it left alone', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, '.gitignore'), 'dist/\n');
      await writeFile(join(folder, 'triggers.yaml'), 'trigger_rules: []\n');
      const printed = await init({ folder });
      expect(await textIn(folder, '.gitignore')).toBe('dist/\n');
      expect(await textIn(folder, 'triggers.yaml')).toBe('trigger_rules: []\n');
      expect(printed).toMatch(/left as they are:\n {2}triggers\.yaml\n {2}\.gitignore\n/);
      expect(printed).toContain('Add .salesiq/ to .gitignore');
      const again = await init({ folder });
      expect(again).toContain('no file was written');
    });
  });

  it('puts no examples into a project that is there already', async () => {
    await inFolder(async (folder) => {
      const project = 'version: 1\nportals: { mine: { sandbox: .salesiq/mine.json } }\n';
      await writeFile(join(folder, 'salesiq.yaml'), project);
      const printed = await init({ folder, screenname: 'acme', dataCenter: 'eu' });
      expect(await textIn(folder, 'salesiq.yaml')).toBe(project);
      expect(await filesIn(folder)).not.toContain('triggers.yaml');
      expect(await filesIn(folder)).toContain('.schema/resources.schema.json');
      expect(printed).toContain('acme was not written into it');
    });
  });

  it('offers to renew schemas of another version', async () => {
    await inFolder(async (folder) => {
      await mkdir(join(folder, '.schema'));
      await writeFile(join(folder, '.schema/resources.schema.json'), '{}\n');
      expect(await init({ folder })).toMatch(/not those of this version.*\n {2}\.schema\/resources\.schema\.json/);
      expect(await textIn(folder, '.schema/resources.schema.json')).toBe('{}\n');
    });
  });

  it('writes the schemas that are committed, and a first line that finds them', async () => {
    await inFolder(async (folder) => {
      await init({ folder });
      for (const name of ['project', 'resources'])
        expect(await textIn(folder, `.schema/${name}.schema.json`)).toBe(await textIn(root, `config-schema/${name}.schema.json`));
      for (const path of (await filesIn(folder)).filter((one) => one.endsWith('.yaml'))) {
        const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(await textIn(folder, path)) ?? [];
        expect(JSON.parse(await readFile(join(folder, path, '..', schema), 'utf8'))).toHaveProperty('$schema');
      }
    });
  });

  it('keeps every example away from real portals', async () => {
    await inFolder(async (folder) => {
      await init({ folder });
      for (const path of ['routing/visitors.yaml', 'routing/chats.yaml', 'triggers.yaml', 'lead-scoring.yaml', 'webhooks.yaml']) {
        const documents: readonly unknown[] = parseAllDocuments(await textIn(folder, path)).map((document) => document.toJS());
        for (const kinds of documents) {
          for (const [kind, described] of Object.entries(kinds ?? {})) {
            if (kind.endsWith('_order')) continue;
            for (const one of [described].flat()) expect(one, `${path} ${kind}`).toMatchObject({ only: ['local'] });
          }
        }
      }
    });
  });

  it('writes the action and the workflows of GitHub when it is asked to, into a project that is there as well', async () => {
    await inFolder(async (folder) => {
      await init({ folder });
      expect((await filesIn(folder)).filter((path) => path.startsWith('.github/'))).toEqual([]);
      const printed = await init({ folder, forge: 'github' });
      for (const path of ['actions/salesiq-sync/action.yml', 'workflows/salesiq-plan.yml', 'workflows/salesiq-apply.yml', 'workflows/salesiq-drift.yml']) {
        expect(printed).toContain(`  .github/${path}\n`);
        expect(parse(await textIn(folder, `.github/${path}`))).toHaveProperty('name');
      }
      expect(await textIn(folder, '.github/actions/salesiq-sync/action.yml')).toContain(`default: "${version}"`);
    });
  });

  it('asks for screenname and data centre together', async () => {
    await inFolder(async (folder) => {
      await expect(runInit({ folder, screenname: 'acme' }, stage().terminal)).rejects.toThrow('go together');
      await expect(runInit({ folder, screenname: 'a b', dataCenter: 'eu' }, stage().terminal)).rejects.toThrow('cannot be a screenname');
      expect(await filesIn(folder)).toEqual([]);
    });
  });

  it('says which file it could not write, and why', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'routing'), 'a file where a folder should be');
      await expect(runInit({ folder }, stage().terminal)).rejects.toThrow(/routing.visitors\.yaml cannot be written: a part of its path is a file/);
    });
  });
});
