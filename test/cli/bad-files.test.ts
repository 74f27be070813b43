/** Files that cannot be applied: every finding at its place, exit 1, nothing sent. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Ended } from '../chaos/support/command.ts';
import { applyHere } from '../chaos/support/inside.ts';
import { documentOf, expectNoTrace, listIn, run, seed } from './support.ts';

const good = `visitor_routing_rules:
  - { title: Norway, app: Harbour shop }
  - { title: Night desk, app: Harbour shop }
`;
const rule = (title: string, more = ''): string => `  - { title: ${title}, app: Harbour shop${more} }\n`;

interface Case {
  readonly files: Readonly<Record<string, string>>;
  /** Places that must be named: file:line:column. */
  readonly at: readonly string[];
  /** Words that must be said. */
  readonly says: readonly (string | RegExp)[];
}

const one = (text: string, at: string | readonly string[], ...says: readonly (string | RegExp)[]): Case => ({
  files: { 'rules.yaml': text },
  at: (typeof at === 'string' ? [at] : at).map((place) => `rules.yaml:${place}`),
  says,
});

const bombs = [
  'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
  ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[index]}`).join(',')}]`),
  '',
].join('\n');

const cases: Readonly<Record<string, Case>> = {
  'a tab in the indentation': one('visitor_routing_rules:\n\t- { title: Norway, app: Harbour shop }\n', '2:1', /tab/i),
  'a key that stands twice': one(good.replace('title: Norway', 'title: Norway, title: Norge'), '2:22', /twice/),
  'a kind that stands twice in one document': one(`${good}visitor_routing_rules: []\n`, '4:1', /twice/),
  'an alias to an anchor that is not there': one(`visitor_routing_rules:\n  - *missing\n`, '2:5', /&missing/),
  'an alias inside of its own anchor': one('visitor_routing_rules: &all\n  - *all\n', '2:5', /never end/),
  'a merge of something that is no mapping': one(`visitor_routing_rules:\n  - { <<: text, title: Norway, app: Harbour shop }\n`, '2:11', /mapping/),
  'an alias bomb': one(`${good}x-bomb:\n  ${bombs.replaceAll('\n', '\n  ')}\n`, '10:13', /aliases/),
  'a list at the top': one(`- title: Norway\n`, '1:1', /mapping/),
  'a text at the top': one('just a text\n', '1:1', /mapping/),
  'two documents of which the second is a list': one(`${good}---\n- Norway\n`, '5:1', /mapping/),
  'a NUL byte': one('visitor_routing_rules:\n  - { title: "Nor\u0000way", app: Harbour shop }\n', '2:18', /zero byte/),
  'values that nest too deeply': one(`visitor_routing_rules: ${'['.repeat(3_000)}${']'.repeat(3_000)}\n`, '1:222', /deep/),
  'a bracket that is not closed': one('visitor_routing_rules:\n  - { title: Norway, app: Harbour shop\n', '2:38', /not closed/),
  'a quote that is not closed': one('visitor_routing_rules:\n  - { title: "Norway, app: Harbour shop }\n', '2:14', /quote/i),
  'a key that no rule has': one(good.replace('title: Night desk,', 'title: Night desk, enabeld: true,'), '3:26', 'enabled'),
  'a kind that does not exist': one(good.replace('visitor_routing_rules', 'visitor_routing_rule'), '1:1', 'Did you mean visitor_routing_rules?'),
  'a kind that is only read': one('bots: []\n', '1:1', /SalesIQ/),
  'a key of salesiq.yaml in another file': one('protect: []\n', '1:1', 'salesiq.yaml'),
  'values of other types': one(
    good.replace('title: Norway,', 'title: [Norway],').replace('title: Night desk,', 'title: Night desk, enabled: "yes", when: country,'),
    ['2:14', '3:35', '3:48'],
    /text/,
    /true or false/,
  ),
  'a position': one(good.replace('title: Norway,', 'title: Norway, position: 3,'), '2:22', /order/),
  'an empty when': one(good.replace('title: Norway,', 'title: Norway, when: [],'), '2:28'),
  'a kind without a value': one('visitor_routing_rules:\n', '1:1', 'visitor_routing_rules: []'),
  'a list where one mapping is wanted': one('lead_score_decay:\n  - frequency: yearly\n', '2:5', /mapping/),
  'the same rule twice in one file': one(good + rule('Norway'), '4:5', 'rules.yaml:2'),
  'the same rule twice across files': {
    files: {
      'a.yaml': `visitor_routing_rules:\n${rule('Norway')}`,
      'b/c.yaml': `visitor_routing_rules:\n${rule('Norway')}visitor_routing_order: { Harbour shop: [Norway] }\n`,
    },
    at: ['b/c.yaml:2:5'],
    says: ['a.yaml:2'],
  },
  'the same webhook twice': one(
    'webhooks:\n  - { type: data, url: "https://hooks.test/a" }\n  - { type: data, url: "https://hooks.test/a" }\n',
    '3:5',
    'rules.yaml:2',
  ),
  'the same key of a lead scoring rule twice': one(
    `lead_scoring_rules:\n${[1, 2].map((points) => `  - { key: visits, points: ${points}, when: [{ field: country, comparator: is_equal_to, values: [Peru] }] }\n`).join('')}`,
    '3:5',
    'rules.yaml:2',
  ),
  'an order of a rule that no file describes': one(
    `${good}visitor_routing_order:\n  Harbour shop: [Norway, Nigth desk, Night desk]\n`,
    '5:26',
    'Did you mean "Night desk"?',
  ),
  'an order that leaves out a rule': one(`${good}visitor_routing_order:\n  Harbour shop: [Norway]\n`, '5:17', '"Night desk"'),
  'an order with a rule twice': one(`${good}visitor_routing_order:\n  Harbour shop: [Norway, Night desk, Norway]\n`, '5:38', /twice/),
  'an order with two stars': one(`${good}visitor_routing_order:\n  Harbour shop: ["*", Norway, "*", Night desk]\n`, '5:31', /twice/),
  'an order without rules': one('visitor_routing_order:\n  Harbour shop: [Norway]\n', '1:1', 'visitor_routing_rules'),
  'rules of one app in two files without an order': {
    files: { 'a.yaml': `visitor_routing_rules:\n${rule('Norway')}`, 'b.yaml': `visitor_routing_rules:\n${rule('Night desk')}` },
    at: ['b.yaml:2:5'],
    says: ['visitor_routing_order', 'a.yaml'],
  },
  'a variable that the portal does not have': one(good.replace('title: Norway', 'title: "${norwey}"'), '2:14', 'norwey'),
  'a variable of the environment that is not set': one(good.replace('title: Norway', 'title: "${env:NOT_SET_ANYWHERE}"'), '2:14', 'NOT_SET_ANYWHERE'),
  'a portal that does not exist': one(good.replace('title: Norway,', 'title: Norway, only: [producton],'), '2:29', 'Did you mean production?'),
  'a tag': one(good.replace('title: Norway', 'title: !!binary Norway'), '2:23', /tag/),
  'mistakes in several files at once': {
    files: {
      'a.yaml': 'visitor_routing_rules:\n  - { titel: Norway, app: Harbour shop }\n',
      'b.yaml': 'webhooks:\n  - { type: date, url: "https://hooks.test/a" }\n',
      'c.yaml': 'trigger_rules: {}\n',
    },
    at: ['a.yaml:2:7', 'b.yaml:2:13', 'c.yaml:1:16'],
    says: ['Did you mean title?', 'Did you mean data?'],
  },
  'a project file that is a list': { files: { 'salesiq.yaml': '- production\n' }, at: ['salesiq.yaml:1:1'], says: [/mapping/] },
  'a project file with an unknown key': {
    files: { 'salesiq.yaml': 'version: 1\nportal: { production: { screenname: harbour, data_center: eu } }\n' },
    at: ['salesiq.yaml:2:1'],
    says: ['portals'],
  },
  'a data center that does not exist': {
    files: { 'salesiq.yaml': 'version: 1\nportals: { production: { screenname: harbour, data_center: europe } }\n', 'rules.yaml': good },
    at: ['salesiq.yaml:2:60'],
    says: ['eu'],
  },
};

describe('files that cannot be applied', { timeout: 60_000 }, () => {
  let sandbox: Sandbox | undefined;
  let root = '';
  beforeAll(async () => {
    sandbox = await startSandbox({ seed });
    root = await mkdtemp(join(tmpdir(), 'salesiq-bad-'));
  });
  afterAll(async () => {
    await sandbox?.close();
    await rm(root, { recursive: true, force: true });
  });

  const projectText = () => `version: 1\nportals: { production: { screenname: harbour, server: "${sandbox?.url}", accounts_server: "${sandbox?.url}" } }\n`;

  const folderWith = async (name: string, files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = join(root, name.replaceAll(/\W/g, '-'));
    for (const [path, text] of Object.entries({ 'salesiq.yaml': projectText(), ...files })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return folder;
  };

  const env = () => ({ SALESIQ_ACCESS_TOKEN: sandbox?.accessToken ?? '' });

  const play = async (name: string, files: Readonly<Record<string, string>>, args: readonly string[]): Promise<Ended> =>
    run(args, { cwd: await folderWith(name, files), env: env() });

  /** The same in this process: it costs a tenth. */
  const applyOf = async (name: string, files: Readonly<Record<string, string>>): Promise<Ended> => {
    const from = performance.now();
    const { code, printed, said } = await applyHere({ folder: await folderWith(name, files), env: env() });
    return { code, signal: null, stdout: printed, stderr: said, took: performance.now() - from };
  };

  it('are told from files that can be', async () => {
    expect(await play('good', { 'rules.yaml': good }, ['apply', '--auto-approve', '--rate', '100000'])).toMatchObject({ code: 0 });
    expect(sandbox?.requests().length).toBeGreaterThan(0);
  });

  const expectFindings = async (name: string, apply: (name: string, files: Case['files']) => Promise<Ended>): Promise<void> => {
    const { files, at, says } = cases[name] ?? { files: {}, at: [], says: ['no such case'] };
    const before = sandbox?.requests().length;
    const failed = await apply(name, files);
    expect(failed.code).toBe(1);
    expect(failed.stdout).toBe('');
    for (const place of at) expect(failed.stderr).toContain(`${place} `);
    for (const words of says) {
      if (typeof words === 'string') expect(failed.stderr).toContain(words);
      else expect(failed.stderr).toMatch(words);
    }
    // Each finding with its line and a caret below it.
    expect(failed.stderr.match(/^ +\| +\^/gm)?.length ?? 0).toBeGreaterThanOrEqual(Math.max(1, at.length));
    expectNoTrace(failed);
    expect(failed.took).toBeLessThan(20_000);
    expect(sandbox?.requests().length).toBe(before);
  };

  it.each(Object.keys(cases))('%s', (name) => expectFindings(name, applyOf));

  it.each(['an alias bomb', 'mistakes in several files at once', 'a project file with an unknown key'])('%s, by the built command', (name) =>
    expectFindings(name, (_name, files) => play(`built ${name}`, files, ['apply', '--auto-approve'])),
  );

  it('stand in the one document of --json, with their places', async () => {
    const failed = await play('json', cases['mistakes in several files at once']?.files ?? {}, ['validate', '--json']);
    expect(failed.code).toBe(1);
    const document = documentOf(failed);
    expect(listIn(document, 'diagnostics').map(({ origin }) => origin)).toEqual([
      expect.objectContaining({ file: 'a.yaml', line: 2, column: 7 }),
      expect.objectContaining({ file: 'b.yaml', line: 2 }),
      expect.objectContaining({ file: 'c.yaml', line: 1 }),
    ]);
    expect(document['error']).toMatchObject({ message: '3 errors in the files' });
  });

  it('an empty file and one of comments alone are no mistakes', async () => {
    const fine = await play('empty', { 'empty.yaml': '', 'comments.yaml': '# nothing yet\n', 'rules.yaml': good }, ['validate']);
    expect(fine).toMatchObject({ code: 0, stderr: '' });
  });

  it('anchors, aliases, merges and several documents are read', async () => {
    const text = `x-usual: &usual { app: Harbour shop, enabled: true }\nvisitor_routing_rules:\n  - { <<: *usual, title: Norway }\n---\nx-usual: &usual { app: Harbour shop }\nvisitor_routing_rules:\n  - { title: Night desk, <<: *usual }\n`;
    const fine = await play('anchors', { 'rules.yaml': text }, ['validate']);
    expect([fine.code, fine.stderr]).toEqual([0, '']);
  });

  it('a file of 50 MB ends with 1 soon, and names the file', async () => {
    const failed = await play(
      'huge',
      { 'rules.yaml': `visitor_routing_rules:\n${'  # filler that nobody reads, line after line, to no end at all\n'.repeat(800_000)}` },
      ['apply', '--auto-approve'],
    );
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('rules.yaml');
    expect(failed.stderr).toMatch(/MB/);
    expectNoTrace(failed);
    expect(failed.took).toBeLessThan(20_000);
  });
});
