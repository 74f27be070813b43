/** What an apply says came of each change, held against what the portal did. */
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault, SandboxOptions } from '../../src/sandbox/index.ts';
import { applyHere, type Heard, planHere } from '../chaos/support/inside.ts';
import { type Project, withProject } from '../chaos/support/project.ts';

const app = 'Harbour shop';
const seed = {
  screenname: 'harbour',
  apps: [{ name: app }],
  departments: [{ name: 'Pier' }],
  operators: [{ email: 'ida@harbour.test' }],
  visitor_routing_rules: ['A', 'B'].map((title) => ({
    title,
    app,
    and_criteria: [{ or_criteria: [{ field_name: 'country', comparator: 'is_equal_to', values: ['Norway'] }] }],
    userset: [{ departments: ['Pier'] }],
  })),
};
const rule = (title: string, country: string): string =>
  `  - { title: ${title}, app: ${app}, when: [{ field: country, comparator: is_equal_to, values: [${country}] }], route: { departments: [Pier] } }\n`;
const files = {
  'rules.yaml': `visitor_routing_rules:\n${rule('A', 'Spain')}${rule('B', 'Spain')}${rule('C', 'Japan')}lead_score_decay: { frequency: monthly }\n`,
};

const portal = (sandbox: Omit<SandboxOptions, 'seed'>, work: (project: Project) => Promise<void>): Promise<void> => withProject({ seed, files, sandbox }, work);

interface Outcome {
  readonly address: string;
  readonly state: string;
  readonly error?: { readonly message: string; readonly code?: number; readonly field?: string; readonly method?: string };
}

const outcomesIn = ({ printed }: Heard): readonly Outcome[] => JSON.parse(printed).outcomes;
const states = (heard: Heard): readonly string[] => outcomesIn(heard).map(({ address, state }) => `${address.split('/').at(-1)} ${state}`);
const put = (nth: number, effect: Fault['effect']): Fault => ({ match: { method: 'WRITE', nth }, effect });
const json = { format: 'json' } as const;

describe('outcomes', () => {
  it('stop at a refusal, with the code and the words of the service, and exit 4 where something landed', async () => {
    await portal({ faults: [put(2, { kind: 'error', code: 1016 })] }, async (project) => {
      const heard = await applyHere(project, json);
      expect(heard).toMatchObject({ code: 4 });
      expect(states(heard)).toEqual(['A applied', 'B failed', 'C not_tried', 'lead_score_decay not_tried']);
      expect(outcomesIn(heard)[1]?.error).toMatchObject({ code: 1016, method: 'PUT', message: expect.stringContaining('1016') });
      expect(project.writes().length).toBe(2);
    });
  });

  it('exit 1 where nothing landed', async () => {
    await portal({ faults: [put(1, { kind: 'error', code: 1016 })] }, async (project) => {
      const heard = await applyHere(project);
      expect(heard).toMatchObject({ code: 1 });
      expect(heard.printed).toMatch(/Outcome: 0 applied, 1 failed, 3 not tried\./);
    });
  });

  it('go on after a failure when asked to', async () => {
    await portal({ faults: [put(2, { kind: 'error', code: 1016 })] }, async (project) => {
      const heard = await applyHere(project, { ...json, keepGoing: 'after-failures' });
      expect(heard).toMatchObject({ code: 4 });
      expect(states(heard)).toEqual(['A applied', 'B failed', 'C applied', 'lead_score_decay applied']);
      expect(project.sandbox.state().visitor_routing_rules.map(({ title }) => title)).toEqual(['A', 'B', 'C']);
    });
  });

  it('name the fields that were accepted and not kept', async () => {
    await portal({}, async (project) => {
      // Another hand that puts a value back as soon as it is written is as good as a service that drops it.
      const { sandbox } = project;
      const writing = applyHere(project, { ...json, settleSeconds: 0.6 });
      const timer = setInterval(() => {
        if (sandbox.state().lead_score_config.frequency === 'monthly')
          sandbox.change((state) => {
            state.lead_score_config.frequency = 'yearly';
          });
      }, 1);
      const heard = await writing;
      clearInterval(timer);
      expect(heard).toMatchObject({ code: 4 });
      expect(outcomesIn(heard).at(-1)).toMatchObject({ state: 'failed', error: { message: 'the service accepted it and did not keep frequency' } });
    });
  });

  it('wait for lists that lag behind, as long as they are told to and no longer', async () => {
    const lag: Fault = { match: { method: 'WRITE' }, effect: { kind: 'list-lag', ms: 900 } };
    await portal({ faults: [lag] }, async (project) => expect(await applyHere(project, { settleSeconds: 5 })).toMatchObject({ code: 0 }));
    await portal({ faults: [{ ...lag, effect: { kind: 'list-lag', ms: 60_000 } }] }, async (project) => {
      const heard = await applyHere(project, { ...json, settleSeconds: 0.5 });
      expect(heard).toMatchObject({ code: 4 });
      expect(states(heard).filter((state) => /^[ABC] applied$/.test(state))).toEqual([]);
    });
  });

  it('call unknown what got no clear answer and cannot be read back', async () => {
    await portal(
      {
        faults: [
          put(1, { kind: 'reset', when: 'after' }),
          { match: { method: 'GET', path: '/visitorroutingrules', nth: [2, 99] }, effect: { kind: 'error', code: 1016 } },
        ],
      },
      async (project) => {
        const heard = await applyHere(project, json);
        expect(heard).toMatchObject({ code: 4 });
        expect(states(heard)).toEqual(['A unknown', 'B not_tried', 'C not_tried', 'lead_score_decay not_tried']);
      },
    );
  });

  it('count a write as landed that was found by reading, so that what follows is partial and not nothing', async () => {
    await portal({ faults: [put(1, { kind: 'reset', when: 'after' }), put(2, { kind: 'error', code: 1016 })] }, async (project) => {
      const heard = await applyHere(project, json);
      expect(states(heard).slice(0, 2)).toEqual(['A applied', 'B failed']);
      expect(heard).toMatchObject({ code: 4 });
    });
  });

  it('do not make twice what was made, whose answer was lost and whose list lags', async () => {
    await portal({ faults: [put(2, { kind: 'list-lag', ms: 700 }), put(3, { kind: 'reset', when: 'after' })] }, async (project) => {
      const heard = await applyHere(project, { ...json, settleSeconds: 10 });
      expect(heard).toMatchObject({ code: 0 });
      expect(project.sandbox.state().visitor_routing_rules.filter(({ title }) => title === 'C').length).toBe(1);
      expect(project.writes().filter(({ method }) => method === 'POST').length).toBe(1);
    });
  });

  it('are true of a redirect, which is not followed', async () => {
    await portal({ faults: [put(1, { kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' })] }, async (project) => {
      const heard = await applyHere(project, json);
      expect(heard).toMatchObject({ code: 0 });
      expect(project.writes().length).toBe(5);
    });
  });

  it('stop before the budget of calls is passed, and say so', async () => {
    await portal({}, async (project) => {
      const reads = JSON.parse((await planHere(project, json)).printed).cost.reads / 2;
      const before = project.sandbox.requests().length;
      const heard = await applyHere(project, { ...json, maxCalls: reads + 2 });
      expect(heard).toMatchObject({ code: 4 });
      expect(project.sandbox.requests().length - before).toBe(reads + 2);
      expect(outcomesIn(heard).find(({ address }) => address.endsWith('/C'))).toMatchObject({
        state: 'not_tried',
        error: { message: expect.stringContaining(`the limit of ${reads + 2} calls`) },
      });
      expect(outcomesIn(heard).filter(({ state }) => state === 'failed')).toEqual([]);
      const none = await applyHere(project, { maxCalls: 2 });
      expect(none).toMatchObject({ code: 1 });
      expect(none.said).toContain('the limit of 2 calls for this run is used up');
    });
  });

  it('are told in full where the journal can no longer be written, and nothing more is sent', async () => {
    // Standing in for a disk that is full: the file is closed under the run after its second write.
    let journal = 0;
    const closing: SandboxOptions['onRequest'] = (entry) => {
      if (entry.method === 'PUT') journal += 1;
    };
    await portal({ onRequest: closing }, async (project) => {
      const { open } = await import('node:fs/promises');
      const probe = await open(join(project.folder, 'probe'), 'w');
      const handle: { appendFile: (text: string) => Promise<void> } = Object.getPrototypeOf(probe);
      await probe.close();
      const { appendFile } = handle;
      handle.appendFile = async function (this: unknown, text: string): Promise<void> {
        if (journal >= 1) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        await Reflect.apply(appendFile, this, [text]);
      };
      try {
        const heard = await applyHere(project, json);
        expect(heard).toMatchObject({ code: 4 });
        expect(states(heard)).toEqual(['A applied', 'B not_tried', 'C not_tried', 'lead_score_decay not_tried']);
        expect(JSON.parse(heard.printed).error.message).toContain('ENOSPC');
        expect(project.writes().length).toBe(1);
      } finally {
        handle.appendFile = appendFile;
      }
      const next = await applyHere(project);
      expect(next, next.said).toMatchObject({ code: 0 });
      expect(next.said).toContain('was cut off');
    });
  });

  it('send nothing where neither journal nor snapshot can be written', async () => {
    await portal({}, async (project) => {
      await writeFile(join(project.folder, '.salesiq'), 'a file where the folder should be');
      const heard = await applyHere(project);
      expect(heard).toMatchObject({ code: 1 });
      expect(heard.said).toContain('the journal of this run cannot be written');
      expect(project.writes()).toEqual([]);
    });
  });

  it('leave the journal of a run of another address alone', async () => {
    await portal({ faults: [put(1, { kind: 'delay', ms: 5_000 })] }, async (project) => {
      const child = project.start(['apply', '--auto-approve', '--rate', '100000']);
      const runs = join(project.folder, '.salesiq', 'runs');
      const text = async (): Promise<string> => {
        const [run = ''] = await readdir(runs).catch(() => []);
        return readFile(join(runs, run, 'journal.jsonl'), 'utf8').catch(() => '');
      };
      while (!(await text()).includes('"event":"sent"')) await new Promise((done) => setTimeout(done, 10));
      child.kill('SIGKILL');
      await child.ended;
      await withProject({ seed, files }, async (other) => {
        const heard = await applyHere(project, { env: { SALESIQ_SERVER: other.sandbox.url } });
        expect(heard, heard.said).toMatchObject({ code: 0 });
        expect(heard.said).not.toContain('was cut off');
      });
      await chmod(runs, 0o700);
      const own = await applyHere(project);
      expect(own.said).toContain('was cut off');
    });
  });
});
