/** Ctrl-C and SIGTERM in the middle of things: the write in flight is finished and written down, nothing more is sent. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../src/sandbox/index.ts';
import { harbourFiles, harbourSeed, harbourSettings, wrongWith } from '../chaos/support/harbour.ts';
import { applyHere, planHere } from '../chaos/support/inside.ts';
import { fast, isWrite, openProject, type Project } from '../chaos/support/project.ts';

const apply = ['apply', '--auto-approve', ...fast];

interface Harbour {
  readonly project: Project;
  /** Resolves when the portal has taken in so many writes. */
  readonly taken: (count: number) => Promise<void>;
}

const withHarbour = async (effect: { readonly nth: number; readonly effect: Effect } | undefined, work: (harbour: Harbour) => Promise<void>): Promise<void> => {
  let writes = 0;
  let hear = (): void => undefined;
  const project = await openProject({
    seed: harbourSeed,
    files: harbourFiles,
    settings: harbourSettings,
    sandbox: {
      faults: effect === undefined ? [] : [{ match: { method: 'WRITE', nth: effect.nth }, effect: effect.effect }],
      onRequest: (entry) => {
        if (isWrite(entry)) writes += 1;
        hear();
      },
    },
  });
  const taken = (count: number): Promise<void> =>
    new Promise((done) => {
      hear = () => {
        if (writes >= count) done();
      };
      hear();
    });
  try {
    await work({ project, taken });
  } finally {
    await project.close();
  }
};

const journalOf = async ({ folder }: Project): Promise<string> => {
  const runs = join(folder, '.salesiq', 'runs');
  const [first = ''] = (await readdir(runs)).sort();
  return readFile(join(runs, first, 'journal.jsonl'), 'utf8');
};

const settlesNow = async (project: Project, before: ReturnType<Project['sandbox']['state']>): Promise<void> => {
  project.sandbox.setFaults([]);
  const next = await applyHere(project);
  expect(next, next.said).toMatchObject({ code: 0 });
  expect(next.said).not.toContain('was cut off');
  expect(wrongWith(before, project.sandbox.state())).toEqual([]);
  expect(await planHere(project, { exitCode: 'detailed' })).toMatchObject({ code: 0 });
};

describe('an interrupt', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'of the sort %s lets the write in flight end, sends no more and says what is left',
    { timeout: 90_000 },
    async (signal) => {
      await withHarbour({ nth: 20, effect: { kind: 'delay', ms: 800 } }, async ({ project, taken }) => {
        const before = project.sandbox.state();
        const child = project.start(apply);
        await taken(19);
        child.kill(signal);
        const ended = await child.ended;
        expect(ended.code, ended.stderr).toBe(130);
        const sent = project.writes();
        const journal = await journalOf(project);
        // Every write that reached the portal was answered, and its answer is in the journal.
        expect(journal.split('"event":"landed"').length - 1).toBe(sent.length);
        expect(sent.length).toBeLessThanOrEqual(20);
        expect(ended.stderr).toContain('Stopping after the request in flight');
        expect(ended.stdout).toMatch(/Outcome: \d+ applied, \d+ not tried/);
        expect(ended.stdout).toMatch(/Stopped, with \d+ changes not done; what was sent was not read back\. Run apply again/);
        expect(ended.stdout).not.toContain('failed');
        await settlesNow(project, before);
      });
    },
  );

  it('ends at once when it comes twice, and the next apply says what became of the open write', { timeout: 90_000 }, async () => {
    await withHarbour({ nth: 5, effect: { kind: 'delay', ms: 6_000, then: { kind: 'reset', when: 'before' } } }, async ({ project, taken }) => {
      const before = project.sandbox.state();
      const child = project.start(apply);
      await taken(4);
      while ((await journalOf(project)).split('"event":"sent"').length - 1 < 5) await new Promise((done) => setTimeout(done, 10));
      child.kill('SIGINT');
      await child.says('Stopping after the request in flight');
      const from = performance.now();
      child.kill('SIGINT');
      expect((await child.ended).code).toBe(130);
      expect(performance.now() - from).toBeLessThan(3_000);
      project.sandbox.setFaults([]);
      const next = await applyHere(project);
      expect(next).toMatchObject({ code: 0 });
      expect(next.said).toMatch(/was cut off\. Its open writes, by what the portal shows:\n {2}update \S.*: did not land/);
      expect(wrongWith(before, project.sandbox.state())).toEqual([]);
    });
  });

  it('ends a pause that the service asked for, with what was not sent named as not tried', { timeout: 90_000 }, async () => {
    await withHarbour({ nth: 4, effect: { kind: 'lock', ms: 60_000 } }, async ({ project }) => {
      const child = project.start(apply);
      await child.says('the service asks for fewer calls');
      child.kill('SIGINT');
      const ended = await child.ended;
      expect(ended.code).toBe(130);
      expect(ended.took).toBeLessThan(20_000);
      expect(ended.stderr).toMatch(/Waiting \d+ s: the service asks for fewer calls/);
      expect(ended.stdout).toMatch(/Outcome: \d+ applied, \d+ not tried\./);
      expect(project.writes().filter(({ code }) => code === undefined).length).toBe(3);
    });
  });

  it('at the question is a no: nothing is written', async () => {
    await withHarbour(undefined, async ({ project }) => {
      const stopper = new AbortController();
      const heard = await applyHere(project, {
        consent: 'ask',
        terminal: {
          signal: stopper.signal,
          confirm: async () => {
            stopper.abort();
            return false;
          },
        },
      });
      expect(heard).toMatchObject({ code: 130 });
      expect(project.writes()).toEqual([]);
    });
  });
});

describe('progress', () => {
  it('is one plain line for each write and placing, and none for reads, where there is no terminal', { timeout: 90_000 }, async () => {
    await withHarbour(undefined, async ({ project }) => {
      const ended = await project.run(apply);
      expect(ended.code).toBe(0);
      const lines = ended.stderr.split('\n');
      expect(lines.filter((line) => /^Writing \d+ of 55: /.test(line)).length).toBe(55);
      expect(lines).toContain('Writing 1 of 55: visitor_routing_rules/Harbour shop/Berth 1');
      expect(lines.filter((line) => /^Placing 1 of \d+: /.test(line)).length).toBe(3);
      expect(ended.stderr).not.toMatch(/GET|\r|\u001b/);
      expect(ended.stdout).not.toMatch(/Writing|Placing/);
    });
  });
});
