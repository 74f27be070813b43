import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeReport } from '../../src/commands/ci-run.ts';
import { failurePageText } from '../../src/commands/save-page.ts';
import { UserError } from '../../src/model/index.ts';
import { expectSound, wordsOf } from './pages.ts';
import { inFolder, stage } from './stage.ts';

describe('the full report of a run in CI', () => {
  it('hides secrets, and leaves the script of its page as its policy names it', async () => {
    await inFolder(async (dir) => {
      const { terminal } = stage();
      terminal.veil.add(['const', 'html', 'Norway']);
      const page = failurePageText(
        new UserError('Norway const', {
          hint: 'Not Norway.',
          diagnostics: [{ severity: 'error', code: 'c', message: 'in html', hint: 'see Norway', origin: { file: 'Norway.yaml', line: 1, column: 1 } }],
        }),
        'Norway',
        'https://code.harbour.test/Norway',
        terminal,
      );
      await writeReport(join(dir, 'report'), { 'plan.html': page, 'plan.md': 'Norway is const' }, terminal.veil.hide);
      const kept = await readFile(join(dir, 'report', 'plan.html'), 'utf8');
      expectSound(kept);
      expect(wordsOf(kept)).not.toMatch(/Norway|const|\bhtml\b/);
      expect(kept).toContain('href="https://code.harbour.test/***/***.yaml#L1"');
      expect(await readFile(join(dir, 'report', 'plan.md'), 'utf8')).toBe('*** is ***');
    });
  });

  it('says where it cannot be written', async () => {
    await inFolder(async (dir) => {
      await writeReport(dir, { taken: '' }, (text) => text);
      await expect(writeReport(join(dir, 'taken'), { 'plan.md': '' }, (text) => text)).rejects.toThrow(`the report cannot be written to ${join(dir, 'taken')}`);
    });
  });
});
