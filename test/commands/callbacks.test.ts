import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCallback, runProgress } from '../../src/commands/callbacks.ts';
import { runEncrypt } from '../../src/commands/encrypt.ts';
import { withPortal } from './portal-stage.ts';

const samples = resolve(import.meta.dirname, '../../samples/callbacks');
const sending = 'send' as const;

describe('callbacks', () => {
  it('send what is right to the request that waits', async () => {
    await withPortal({}, async ({ open, options, sandbox }) => {
      const { id } = sandbox.openCallback('widget');
      const { terminal, printed } = open();
      expect(await runCallback('widget-response', join(samples, 'widget-sections.yaml'), { ...options, requestId: id, sending }, terminal)).toBe(0);
      expect(JSON.parse(printed())).toMatchObject({ portal: 'local', request_id: id, sent: true, diagnostics: [] });
      expect(sandbox.requests().filter(({ path }) => path.endsWith(`/callbacks/${id}/widgetresponse`))).toMatchObject([{ method: 'POST', status: 200 }]);
    });
  });

  it('tell a bot on its way, and then its end', async () => {
    await withPortal({}, async ({ open, options, sandbox }) => {
      const { id } = sandbox.openCallback('bot');
      expect(await runProgress('A moment', { ...options, requestId: id, sending }, open().terminal)).toBe(0);
      expect(await runCallback('bot-response', join(samples, 'bot-reply.json'), { ...options, requestId: id, sending }, open().terminal)).toBe(0);
      expect(sandbox.requests().map(({ path }) => path.split('/').at(-1))).toEqual(expect.arrayContaining(['progress', 'response']));
    });
  });

  it('send nothing that is wrong: the fault comes with its path, its limit and its line', async () => {
    await withPortal({}, async ({ dir, open, options, sandbox }) => {
      const { id } = sandbox.openCallback('widget');
      const file = join(dir, 'answer.yaml');
      await writeFile(
        file,
        'type: sections_edit\nsections:\n  - metric:\n      name: stock\n      data:\n        - { label: Oolong, value: 12 thousand kg }\n',
      );
      await expect(runCallback('widget-response', file, { ...options, requestId: id, sending }, open().terminal)).rejects.toMatchObject({
        diagnostics: [{ message: 'sections[0].metric.data[0].value: at most 10 characters, 14 given', origin: { file, line: 6, column: 35 } }],
      });
      expect(sandbox.requests()).toEqual([]);
    });
  });

  it('read standard input, and make errors of warnings where they are asked to', async () => {
    await withPortal({}, async ({ open, options, sandbox }) => {
      const body = '{"type":"banner","status":"success","text":"Done","colour_scheme":"green"}';
      const { terminal, said } = open({ input: () => Promise.resolve(Buffer.from(body)) });
      const check = { ...options, requestId: 'r-1', sending: 'check' } as const;
      expect(await runCallback('widget-response', '-', check, terminal)).toBe(0);
      expect(said()).toContain('colour_scheme');
      await expect(runCallback('widget-response', '-', { ...check, strict: 'strict' }, terminal)).rejects.toThrow('1 error');
      expect(sandbox.requests()).toEqual([]);
    });
  });

  it('say that nothing waits, where nothing does', async () => {
    await withPortal({}, async ({ open, options }) => {
      await expect(runProgress('A moment', { ...options, requestId: 'gone', sending }, open().terminal)).rejects.toMatchObject({
        code: 1019,
        hint: expect.stringContaining('three minutes'),
      });
    });
  });

  it('refuse what is no id before anything is read', async () => {
    await withPortal({}, async ({ open, options }) => {
      await expect(runCallback('widget-response', 'no such file', { ...options, requestId: '../x', sending }, open().terminal)).rejects.toThrow('is no id');
    });
  });
});

describe('encrypt', () => {
  it('sends at most 20 values a call, and gives them back in their order', async () => {
    await withPortal({}, async ({ open, options, sandbox }) => {
      const values = Array.from({ length: 45 }, (_, index) => `visitor-${index}@kettle.test`);
      const { terminal, printed } = open();
      expect(await runEncrypt(values, options, terminal)).toBe(0);
      const { values: given }: { readonly values: readonly { readonly value: string; readonly encrypted_value: string }[] } = JSON.parse(printed());
      expect(given.map(({ value }) => value)).toEqual(values);
      expect(new Set(given.map((one) => one.encrypted_value)).size).toBe(45);
      expect(sandbox.requests().filter(({ path }) => path.includes('/encryptions'))).toHaveLength(3);
    });
  });

  it('takes the lines of standard input, without the blanks around them', async () => {
    await withPortal({}, async ({ open, options }) => {
      const { terminal, printed } = open({ input: () => Promise.resolve(Buffer.from(' Mika \n\nmika@kettle.test\r\n')) });
      expect(await runEncrypt([], { ...options, format: 'text' }, terminal)).toBe(0);
      expect(printed().trimEnd().split('\n')).toHaveLength(2);
      await expect(runEncrypt([' '], options, terminal)).rejects.toThrow('empty');
    });
  });
});
