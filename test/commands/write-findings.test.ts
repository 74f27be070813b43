import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInit } from '../../src/commands/init.ts';
import { runPlan } from '../../src/commands/plan.ts';
import { runValidate } from '../../src/commands/validate.ts';
import { inFolder, serviceOptions, stage } from './stage.ts';

const common = (dir: string) => ({ dir, strict: 'lenient', format: 'text' }) as const;
const broken = 'trigger_rules:\n  - title: Fog\n    app: Acme shop\n    enabld: true\n';

describe('findings for other programs', () => {
  it('are written although the files cannot be understood, and nothing else is on standard output', async () => {
    await inFolder(async (dir) => {
      await runInit({ folder: dir }, stage().terminal);
      await writeFile(join(dir, 'fog.yaml'), broken);
      const { terminal, printed } = stage();
      const file = join(dir, 'quality.json');
      await expect(runValidate({ ...common(dir), sarif: '-', codeQuality: file }, terminal)).rejects.toThrow('in the files');
      expect(JSON.parse(printed())).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'unknown-key', level: 'error' }] }] });
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject([{ location: { path: 'fog.yaml', lines: { begin: 4 } }, severity: 'major' }]);
    });
  });

  it('of a plan hold what it moves and deletes, beside the plan itself', async () => {
    await inFolder(async (dir) => {
      const seed = { apps: [{ name: 'Acme shop' }], webhooks: [{ type: 'data', url: 'https://hooks.acme.test/old', events: ['conversation.missed'] }] };
      await writeFile(join(dir, 'seed.json'), JSON.stringify(seed));
      await writeFile(
        join(dir, 'salesiq.yaml'),
        'version: 1\nportals:\n  own: { sandbox: .salesiq/own.json, seed: seed.json }\nkinds:\n  webhooks: { unmanaged: delete }\n',
      );
      await writeFile(join(dir, 'webhooks.yaml'), 'webhooks: []\n');
      const { terminal, printed } = stage();
      const file = join(dir, 'plan.sarif');
      await runPlan({ ...serviceOptions(dir), format: 'text', exitCode: 'plain', sarif: file }, terminal);
      expect(printed()).toContain('Plan:');
      const [first] = JSON.parse(await readFile(file, 'utf8')).runs[0].results.filter(({ ruleId }: { readonly ruleId: string }) => ruleId === 'delete');
      expect(first).toMatchObject({
        level: 'warning',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'salesiq.yaml' }, region: { startLine: 5 } } }],
      });
    });
  });

  it('are refused where two reports would share standard output', async () => {
    await inFolder(async (dir) => {
      await runInit({ folder: dir }, stage().terminal);
      await expect(runValidate({ ...common(dir), sarif: '-', codeQuality: '-' }, stage().terminal)).rejects.toThrow('cannot both');
    });
  });
});
