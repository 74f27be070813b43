/** The built command as a service: files and portal change beneath it, the service fails, it is asked and stopped. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtCommand } from '../chaos/support/command.ts';
import { fast, type Project, withProject } from '../chaos/support/project.ts';
import { rules, seed } from '../cli/support.ts';
import { ask, freePort, linesOf, metricsAt, readyAt, roundsAt, until } from './support/asked.ts';

const watch = (port: number, ...more: readonly string[]) => [
  'watch',
  '--interval',
  '0.2',
  '--max-backoff',
  '0.8',
  '--settle-timeout',
  '1',
  '--listen',
  `127.0.0.1:${port}`,
  ...fast,
  ...more,
];

const titlesIn = ({ sandbox }: Project): readonly string[] => sandbox.state().visitor_routing_rules.map(({ title }) => title);

const grew = async (port: number, result: string): Promise<void> => {
  const before = await roundsAt(port, result);
  await until(`one more round is ${result}`, async () => (await roundsAt(port, result)) > before);
};

/** From the first to the last line of each journal, sorted by their beginnings. */
const spansIn = async (folder: string): Promise<readonly { readonly from: number; readonly to: number; readonly sent: number }[]> => {
  const runs = join(folder, '.salesiq', 'runs');
  const journals = await Promise.all((await readdir(runs)).map((run) => readFile(join(runs, run, 'journal.jsonl'), 'utf8')));
  return journals
    .map((text) => linesOf(text))
    .map((lines) => ({ from: Number(lines[0]?.['at']), to: Number(lines.at(-1)?.['at']), sent: lines.filter(({ event }) => event === 'sent').length }))
    .sort((a, b) => a.from - b.from);
};

describe('a watch that applies', { timeout: 90_000 }, () => {
  it('follows the files, puts right what people change, outlives faults, tells all of it, and stops clean', async () => {
    await withProject({ seed, files: { 'rules.yaml': rules } }, async (project) => {
      const port = await freePort();
      const child = project.start(watch(port, '--apply'));
      await until('it is ready', async () => (await readyAt(port)).status === 200);
      expect(titlesIn(project)).toContain('Spring sale');

      // The files change.
      await project.write('rules.yaml', rules.replace('Spring sale\n', 'Summer sale\n    previously: [Spring sale]\n'));
      await until('the new title is there', async () => titlesIn(project).includes('Summer sale'));
      // Somebody changes the portal.
      project.sandbox.change((state) => {
        for (const rule of state.visitor_routing_rules) if (rule.title === 'Night desk') rule.enabled = true;
      });
      await until('it is put right', async () =>
        project.sandbox.state().visitor_routing_rules.some(({ title, enabled }) => title === 'Night desk' && !enabled),
      );
      // The files are broken for a while: nothing is sent.
      await project.write('rules.yaml', 'visitor_routing_rules: [');
      await until('the files are told to be broken', async () => JSON.stringify(await readyAt(port)).includes('rules.yaml:1'));
      const sent = project.sandbox.requests().length;
      await until('it has tried again', async () => ((await metricsAt(port)).get('salesiq_sync_files_consecutive_failures') ?? 0) >= 3);
      expect(project.sandbox.requests()).toHaveLength(sent);
      await project.write('rules.yaml', rules.replace('Spring sale\n', 'Summer sale\n    previously: [Spring sale]\n'));
      await until('it is ready again', async () => (await readyAt(port)).status === 200);
      // The service is down: it is not ready, says why, and lives.
      project.sandbox.setFaults([{ effect: { kind: 'error', code: 1009 } }]);
      await until('it is not ready', async () => (await readyAt(port)).status === 503);
      expect(await readyAt(port)).toMatchObject({
        ready: false,
        portals: [{ portal: 'production', ready: false, reason: expect.stringContaining('1009'), error: { code: 1009, method: 'GET' } }],
      });
      await until('the pauses have grown', async () => ((await metricsAt(port)).get('salesiq_sync_portal_back_off_seconds{portal="production"}') ?? 0) > 0.7);
      expect(await ask(port, '/healthz')).toMatchObject({ status: 200, text: expect.stringContaining('"alive":true') });
      project.sandbox.setFaults([]);
      await grew(port, 'settled');
      expect(await readyAt(port)).toMatchObject({ status: 200, portals: [{ failures: 0, result: 'settled' }] });

      expect(await ask(port, '/nowhere')).toMatchObject({ status: 404 });
      expect(await ask(port, '/metrics', 'POST')).toMatchObject({ status: 405 });
      const metrics = await metricsAt(port);
      expect(metrics.get('salesiq_sync_applied_changes_total{portal="production",state="applied"}')).toBeGreaterThan(3);
      expect(metrics.get('salesiq_sync_planned_changes{portal="production",action="update"}')).toBe(0);
      expect(metrics.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
      expect([...metrics.keys()].filter((name) => name.startsWith('salesiq_sync_requests_total')).join()).toContain('outcome="refused"');

      child.kill('SIGTERM');
      const ended = await child.ended;
      expect(ended.code, ended.stderr).toBe(0);
      const lines = linesOf(ended.stdout);
      expect(linesOf(ended.stderr)).toMatchObject([{ event: 'stopping' }]);
      expect(lines[0]).toMatchObject({ level: 'info', event: 'started' });
      expect(lines.at(-1)).toMatchObject({ event: 'stopped', code: 0 });
      expect(lines.find(({ result }) => result === 'failed')).toMatchObject({
        level: 'error',
        event: 'round',
        portal: 'production',
        error: { method: 'GET', code: 1009 },
      });
      expect(lines.find(({ result }) => result === 'applied')).toMatchObject({
        changes: { create: 1 },
        run: expect.stringContaining('Z-'),
        fingerprint: expect.any(String),
      });
      expect(lines.filter(({ event }) => event === 'change').map(({ address }) => address)).toContain('visitor_routing_rules/Harbour shop/Summer sale');
      expect(ended.stdout + ended.stderr).not.toContain(project.sandbox.accessToken);
      await expect(ask(port, '/healthz')).rejects.toThrow();
    });
  });

  it.skipIf(!existsSync('/dev/full'))('goes on without its log when the disk is full', async () => {
    await withProject({ seed, files: { 'rules.yaml': rules } }, async (project) => {
      const port = await freePort();
      const full = openSync('/dev/full', 'w');
      const child = spawn(process.execPath, [builtCommand, ...watch(port, '--apply')], {
        cwd: project.folder,
        env: { PATH: process.env['PATH'], ...project.env },
        stdio: ['ignore', full, full],
      });
      const ended = new Promise((done) => child.on('close', done));
      closeSync(full);
      await until('it has written', async () => (await roundsAt(port, 'applied')) === 1);
      await grew(port, 'settled');
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    });
  });

  it('takes turns with another one on the same portal: never two applies at once', async () => {
    await withProject({ seed, files: { 'rules.yaml': rules }, sandbox: { latency: 5 } }, async (project) => {
      const [one, two] = [await freePort(), await freePort()];
      // The second has other files, so that both always find something to write.
      await project.write('second/salesiq.yaml', await readFile(join(project.folder, 'salesiq.yaml'), 'utf8'));
      await project.write('second/rules.yaml', rules.replace('enabled: false', 'enabled: true'));
      const children = [
        project.start(watch(one, '--apply', '--lock-timeout', '0')),
        project.start(watch(two, '--apply', '--lock-timeout', '0', '-C', 'second')),
      ];
      await until('both have written often', async () => (await roundsAt(one, 'applied')) >= 4 && (await roundsAt(two, 'applied')) >= 4, 60_000);
      for (const child of children) child.kill('SIGTERM');
      for (const { ended } of children) expect([0, 130]).toContain((await ended).code);
      const spans = [...(await spansIn(project.folder)), ...(await spansIn(join(project.folder, 'second')))].sort((a, b) => a.from - b.from);
      expect(spans.length).toBeGreaterThan(7);
      expect(spans.filter(({ from }, index) => index > 0 && from < (spans[index - 1]?.to ?? 0))).toEqual([]);
      expect(spans.reduce((sum, { sent }) => sum + sent, 0)).toBe(project.writes().length);
      expect(titlesIn(project).filter((title) => title === 'Spring sale')).toHaveLength(1);
    });
  });

  it('lets the write in flight end when it is stopped in an apply, and says that it is half done', async () => {
    await withProject(
      { seed, files: { 'rules.yaml': rules }, sandbox: { faults: [{ match: { method: 'WRITE', nth: 2 }, effect: { kind: 'delay', ms: 700 } }] } },
      async (project) => {
        const child = project.start(watch(await freePort(), '--apply'));
        await until('the second write is begun', async () => ((await spansIn(project.folder))[0]?.sent ?? 0) >= 2);
        await new Promise((done) => setTimeout(done, 100));
        child.kill('SIGTERM');
        const ended = await child.ended;
        expect(ended.code, ended.stdout).toBe(130);
        expect(linesOf(ended.stdout).findLast(({ event }) => event === 'round')).toMatchObject({
          result: 'interrupted',
          level: 'warn',
          outcomes: { applied: expect.any(Number) },
        });
        const [span] = await spansIn(project.folder);
        expect(span?.sent).toBe(2);
        expect(project.writes()).toHaveLength(2);
      },
    );
  });
});

it('says in a line of JSON why it cannot begin', async () => {
  await withProject({ seed, files: { 'rules.yaml': rules } }, async (project) => {
    const ended = await project.run(['watch', '--portal', 'nobody', '--listen', 'off', '--log', 'json', ...fast]);
    expect(ended.code).toBe(1);
    expect(linesOf(ended.stderr)).toMatchObject([{ level: 'error', event: 'failed', message: expect.stringContaining('nobody') }]);
  });
});
