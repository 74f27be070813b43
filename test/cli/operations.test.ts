import { createSign, generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, start } from '../chaos/support/command.ts';
import { inFolder } from '../commands/stage.ts';

const samples = resolve(import.meta.dirname, '../../samples/callbacks');

describe('operations of the built command', () => {
  it('check the body of a callback offline, and show where it is wrong', async () => {
    await inFolder(async (cwd) => {
      await writeFile(
        join(cwd, 'answer.json'),
        '{ "type": "banner", "status": "success",\n  "text": "The parcel was stopped in Rotterdam and will be sent back" }',
      );
      const wrong = await run(['callbacks', 'widget-response', 'r-1', '--file', 'answer.json'], { cwd });
      expect(wrong).toMatchObject({ code: 1, stdout: '' });
      expect(wrong.stderr).toContain('answer.json:2:11  error: text: at most 50 characters, 57 given');
      const right = await run(['callbacks', 'widget-response', 'r-1', '--check', '--json', '--file', join(samples, 'widget-form.yaml')], { cwd });
      expect(right.code).toBe(0);
      expect(JSON.parse(right.stdout)).toEqual({ format_version: 1, request_id: 'r-1', sent: false, diagnostics: [] });
    });
  });

  it('verify a signature over standard input, byte for byte', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const body = '{"event":"conversation.rated"}\n';
    const signature = createSign('RSA-SHA256').update(body).sign(privateKey, 'base64');
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'key.pem'), publicKey.export({ format: 'pem', type: 'spki' }));
      const args = ['webhooks', 'verify', '--key', 'key.pem', '--signature', signature];
      expect(await run(args, { cwd, input: body })).toMatchObject({ code: 0, stdout: 'Signed: 31 bytes, key key.pem.\n' });
      expect(await run([...args, '--json'], { cwd, input: body.trimEnd() })).toMatchObject({ code: 1, stderr: '' });
    });
  });

  it('listen until they are stopped, which is no failure', async () => {
    await inFolder(async (cwd) => {
      const child = start(['webhooks', 'listen', '--json', '--fail-with', '503'], { cwd });
      await child.says('Ctrl-C');
      child.kill('SIGINT');
      expect(await child.ended).toMatchObject({ code: 0, stdout: '' });
    });
  });
});
