/** An apply to several portals that somebody is asked about, in this process. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runApplies } from '../../src/commands/many-applies.ts';
import type { Terminal } from '../../src/commands/terminal.ts';
import { veilFor } from '../../src/veil.ts';

const rule = (country: string): string =>
  `visitor_routing_rules:\n  - title: Fjord desk\n    app: Harbour shop\n    when: [{ field: country, comparator: is_equal_to, values: [${country}] }]\n    route: { type: route_to_all }\n`;

let folder = '';
let printed = '';
let said = '';

const terminalWith = (more: Partial<Terminal>): Terminal => ({
  print: (text) => {
    printed += text;
  },
  say: (text) => {
    said += `${text}\n`;
  },
  progress: () => undefined,
  style: 'plain',
  sayStyle: 'plain',
  veil: veilFor([]),
  environment: { XDG_CACHE_HOME: join(folder, '.cache') },
  home: folder,
  signal: new AbortController().signal,
  now: () => performance.now(),
  clock: () => Date.now(),
  random: Math.random,
  sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
  ...more,
});

const options = () =>
  ({
    dir: folder,
    portal: 'quay-*',
    strict: 'lenient',
    format: 'text',
    targets: [],
    excludes: [],
    showUnmanaged: 'count',
    consent: 'ask',
    keepGoing: 'stop',
    settleSeconds: 2,
  }) as const;

beforeEach(async () => {
  printed = '';
  said = '';
  folder = await mkdtemp(join(tmpdir(), 'salesiq-asked-'));
  await writeFile(join(folder, 'seed.json'), JSON.stringify({ screenname: 'harbour', apps: [{ name: 'Harbour shop' }] }));
  await writeFile(
    join(folder, 'salesiq.yaml'),
    'version: 1\nportals:\n  quay-oslo: { sandbox: oslo.json, seed: seed.json }\n  quay-bergen: { sandbox: bergen.json, seed: seed.json }\n',
  );
  await writeFile(join(folder, 'rules.yaml'), rule('Norway'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('apply to several portals', () => {
  it('asks once for all, after all plans were shown, and prints no plan twice', async () => {
    const questions: string[] = [];
    const confirm = async (question: string): Promise<boolean> => {
      questions.push(question);
      expect(printed.match(/1 to add/g)).toHaveLength(2);
      return true;
    };
    expect(await runApplies(options(), terminalWith({ confirm }))).toBe(0);
    expect(questions).toEqual(['Apply 2 changes to 2 portals?']);
    expect(printed.match(/1 to add/g)).toHaveLength(2);
    expect(printed.match(/the portal matches the files/g)).toHaveLength(2);
    expect(printed).toContain('2 portals: 2 settled.');
    // With nothing left nobody is asked.
    expect(await runApplies(options(), terminalWith({ confirm }))).toBe(0);
    expect(questions).toHaveLength(1);
  });

  it('applies only what was shown: a portal that has moved meanwhile is stale, the other is not', async () => {
    const confirm = async (): Promise<boolean> => {
      // Somebody else applies other things to one of them while the question stands.
      await writeFile(join(folder, 'rules.yaml'), rule('Chile'));
      await runApplies({ ...options(), portal: 'quay-bergen', consent: 'given' }, terminalWith({}));
      await writeFile(join(folder, 'rules.yaml'), rule('Norway'));
      return true;
    };
    expect(await runApplies(options(), terminalWith({ confirm }))).toBe(5);
    expect(said).toContain('quay-bergen: Stale');
    expect(printed).toContain('2 portals: 1 settled, 1 stale.');
  });

  it('begins nothing after an interrupt', async () => {
    const stopper = new AbortController();
    const confirm = async (): Promise<boolean> => {
      stopper.abort();
      return true;
    };
    expect(await runApplies(options(), terminalWith({ confirm, signal: stopper.signal }))).toBe(130);
    expect(said.match(/not begun: the command was interrupted/g)).toHaveLength(2);
  });
});
