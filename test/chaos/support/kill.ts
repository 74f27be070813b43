/** An apply killed at one write, and the apply after it: what is wrong with the two, told by the portal. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedRequest } from '../../../src/sandbox/index.ts';
import { harbourFiles, harbourSeed, harbourSettings, wrongWith } from './harbour.ts';
import { fast, isWrite, openProject, type Project } from './project.ts';

/**
 * What becomes of the write at which the process dies: `lost` never reaches the
 * portal's books, `late` is carried out when the process is dead already,
 * `landed` is carried out and nobody hears of it.
 */
export type Fate = 'lost' | 'late' | 'landed';

const holdMilliseconds = 500;
const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const journalIn = async (folder: string): Promise<string> => {
  const runs = join(folder, '.salesiq', 'runs');
  const names = await readdir(runs).catch(() => []);
  return (await Promise.all(names.map((name) => readFile(join(runs, name, 'journal.jsonl'), 'utf8').catch(() => '')))).join('');
};

const untilSent = async ({ folder }: Project, nth: number, ended: () => boolean): Promise<void> => {
  while (!ended() && (await journalIn(folder)).split('"event":"sent"').length - 1 < nth) await wait(5);
};

const callText = ({ method, path, body }: { readonly method: string; readonly path: string; readonly body?: unknown }): string =>
  `${method} ${path} ${JSON.stringify(body)}`;

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** The write of which the journal knows only that it was sent. */
const openIn = (journal: string): Sent | undefined => {
  const last = journal.trimEnd().split('\n').at(-1) ?? '';
  if (!last.endsWith('}')) return undefined;
  const { event, request }: { readonly event: string; readonly request?: Sent } = JSON.parse(last);
  return event === 'sent' ? request : undefined;
};

export interface KillResult {
  /** Sentences; none means that all is well. */
  readonly wrong: readonly string[];
  /** The write never came: the run ended before. */
  readonly past: boolean;
}

export const killAt = async (nth: number, fate: Fate): Promise<KillResult> => {
  let writes = 0;
  let strike = (): void => undefined;
  const project = await openProject({
    seed: harbourSeed,
    files: harbourFiles,
    settings: harbourSettings,
    sandbox: {
      ...(fate === 'landed'
        ? {}
        : {
            faults: [
              {
                match: { method: 'WRITE', nth },
                effect: { kind: 'delay', ms: holdMilliseconds, ...(fate === 'late' ? {} : { then: { kind: 'reset', when: 'before' } as const }) },
              },
            ],
          }),
      onRequest: (entry) => {
        if (!isWrite(entry)) return;
        writes += 1;
        // The log is told before the answer goes out.
        if (fate === 'landed' && writes === nth) strike();
      },
    },
  });
  try {
    const before = project.sandbox.state();
    const child = project.start(['apply', '--auto-approve', ...fast]);
    let over = false;
    void child.ended.then(() => (over = true));
    strike = () => child.kill('SIGKILL');
    if (fate !== 'landed') {
      await untilSent(project, nth, () => over);
      await wait(holdMilliseconds / 3);
      child.kill('SIGKILL');
    }
    const first = await child.ended;
    if (first.signal !== 'SIGKILL') return { wrong: first.code === 0 ? [] : [`the apply ended with ${first.code}: ${first.stderr}`], past: true };

    const doneSoFar = (): readonly LoggedRequest[] => project.writes().filter(({ status, code }) => status === 200 && code === undefined);
    const open = openIn(await journalIn(project.folder));
    const landed =
      open !== undefined && doneSoFar().some((entry) => entry.path.endsWith(open.path) && callText(entry) === callText({ ...open, path: entry.path }));
    const wrong: string[] = [];
    const say = (text: string, ok: boolean): void => {
      if (!ok) wrong.push(text);
    };
    const second = await project.run(['apply', '--auto-approve', ...fast]);
    say(`the second apply ended with ${second.code} (${second.signal}):\n${second.stdout.slice(-800)}\n${second.stderr}`, second.code === 0);
    say(`the second apply says nothing of the run that was cut off: ${second.stderr}`, second.stderr.includes('was cut off'));
    const told = /^ {2}(?:create|update|delete|move) .*: (landed|did not land|cannot be told)$/m.exec(second.stderr)?.[1];
    // A write that comes late may be there by now; that a place is right tells nothing of one call.
    if (told !== undefined && fate !== 'late' && !/^ {2}move /m.test(second.stderr))
      say(`it ${landed ? 'landed' : 'did not land'}, and the second apply says: ${told}`, told === (landed ? 'landed' : 'did not land'));
    say('an open write is not told of', open === undefined || told !== undefined);
    wrong.push(...wrongWith(before, project.sandbox.state()));

    const done = doneSoFar();
    const calls = done.map(callText);
    say(`done twice: ${calls.filter((call, at) => calls.indexOf(call) !== at).join('; ')}`, new Set(calls).size === calls.length);
    const strangers = [...before.visitor_routing_rules, ...before.lead_scoring_rules, ...before.webhooks].filter((one) =>
      /Stranger|Wreck|stranger/.test(JSON.stringify(one)),
    );
    say('a stranger was written to', !done.some(({ path }) => strangers.some(({ id }) => path.includes(id))));
    return {
      wrong: wrong.map((text) => `killed at write ${nth}, which ${fate === 'lost' ? 'was lost' : fate === 'late' ? 'came late' : 'landed'}: ${text}`),
      past: false,
    };
  } finally {
    await project.close();
  }
};

/** Runs the jobs, so many at a time. */
export const inParallel = async <T, R>(jobs: readonly T[], most: number, work: (job: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at];
      if (job !== undefined) results[at] = await work(job);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
};
