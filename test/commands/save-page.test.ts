import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runDrifts, runPlans } from '../../src/commands/many-plans.ts';
import { exitCodes } from '../../src/commands/terminal.ts';
import { rules, seed } from '../cli/support.ts';
import { expectSound, wordsOf } from './pages.ts';
import { type PortalStage, withPortal } from './portal-stage.ts';

const files = { 'routing.yaml': rules };
const base = { base: 'none', drift: 'correct', exitCode: 'plain' } as const;

interface Paged extends PortalStage {
  readonly file: string;
  readonly plan: (more?: Partial<Parameters<typeof runPlans>[0]>, terminal?: ReturnType<PortalStage['open']>['terminal']) => Promise<number>;
  readonly page: () => Promise<string>;
}

const paged = (work: (portal: Paged) => Promise<void>, more: Readonly<Record<string, string>> = {}): Promise<void> =>
  withPortal(
    { seed },
    (portal) => {
      const file = join(portal.dir, 'plan.html');
      return work({
        ...portal,
        file,
        plan: (options = {}, terminal = portal.open().terminal) => runPlans({ ...portal.options, ...base, html: file, ...options }, terminal),
        page: () => readFile(file, 'utf8'),
      });
    },
    { ...files, ...more },
  );

describe('plan --html', () => {
  it('writes a page beside what it prints, with links where a base is given', async () => {
    await paged(async ({ open, plan, page }) => {
      const stage = open();
      expect(await plan({ linkBase: 'https://code.harbour.test/at/1f2e3d/' }, stage.terminal)).toBe(exitCodes.done);
      expect(JSON.parse(stage.printed())).toMatchObject({ summary: { create: 1, update: 1, move: 1 } });
      const text = await page();
      expectSound(text);
      expect(wordsOf(text)).toContain('Plan: 1 to add, 1 to change, 1 to move, 0 to delete.');
      expect(text).toContain('href="https://code.harbour.test/at/1f2e3d/routing.yaml#L');
      await plan();
      expect(await page()).not.toContain('code.harbour.test');
    });
  });

  it('says that there is nothing to do, and that a plan is blocked, each with its exit code', async () => {
    await paged(async ({ dir, plan, page }) => {
      await writeFile(join(dir, 'routing.yaml'), '');
      expect(await plan()).toBe(exitCodes.done);
      expect(wordsOf(await page())).toContain('Nothing to do');
      await writeFile(join(dir, 'routing.yaml'), rules);
      await writeFile(
        join(dir, 'salesiq.yaml'),
        `${await readFile(join(dir, 'salesiq.yaml'), 'utf8')}protect: [visitor_routing_rules/Harbour shop/Night desk]\n`,
      );
      expect(await plan()).toBe(exitCodes.refused);
      expect(wordsOf(await page())).toContain('Blocked: 1 reason');
    });
  });

  it('puts a page of the failure in the place of the old one where files have errors', async () => {
    await paged(async ({ dir, plan, page }) => {
      await plan();
      await writeFile(join(dir, 'fog.yaml'), 'trigger_rules:\n  - title: <script>alert(1)</script>\n    app: Harbour shop\n    enabld: true\n');
      await expect(plan({ portal: 'local', linkBase: 'https://code.harbour.test/x' })).rejects.toThrow('in the files');
      const text = await page();
      expectSound(text);
      expect(wordsOf(text)).toContain('No plan for local');
      expect(wordsOf(text)).toContain('enabld: true');
      expect(wordsOf(text)).toContain('Mend the files and run the command again.');
      expect(text).toContain('https://code.harbour.test/x/fog.yaml#L4');
      expect(text).not.toContain('Plan: 1 to add');
    });
  });

  it('does so where the service refuses, with the call and what to do, and ends as before', async () => {
    await paged(async ({ sandbox, plan, page }) => {
      await plan();
      sandbox.setFaults([{ match: { method: 'GET' }, effect: { kind: 'error', code: 1008 } }]);
      await expect(plan()).rejects.toMatchObject({ name: 'ServiceError', code: 1008 });
      const words = wordsOf(await page());
      expect(words).toContain('Failed');
      expect(words).toMatch(/Call: GET \/\w+/);
      expect(words).toContain('code 1008');
      expect(words).not.toContain('Plan:');
    });
  });

  it('leaves a page that was written where only another file fails', async () => {
    await paged(async ({ dir, plan, page }) => {
      await expect(plan({ sarif: join(dir, 'no', 'such', 'folder.sarif') })).rejects.toThrow('cannot be written');
      expect(wordsOf(await page())).toContain('Plan: 1 to add');
    });
  });

  it('refuses, before anything is read, names under which no page can stand', async () => {
    await paged(async ({ dir, sandbox, plan }) => {
      await mkdir(join(dir, 'folder'));
      await symlink('/dev/null', join(dir, 'hole'));
      for (const html of ['', '-', join(dir, 'folder'), `${join(dir, 'new')}/`, '/dev/null', join(dir, 'hole'), join(dir, 'not', 'there.html')])
        await expect(plan({ html }), html).rejects.toThrow(/^--html /);
      const same = join(dir, 'same');
      await expect(plan({ html: same, out: same })).rejects.toThrow('--html and --out name the same file');
      await expect(plan({ html: same, linkBase: 'ftp://harbour.test' })).rejects.toThrow('--link-base');
      expect(sandbox.requests()).toEqual([]);
      expect((await readdir(dir)).filter((name) => !['salesiq.yaml', 'routing.yaml', 'folder', 'hole'].includes(name))).toEqual([]);
    });
  });

  it('says which page cannot be written and what to do, and does not write a page about that', async () => {
    await paged(async ({ dir, file, plan, open }) => {
      const stage = open();
      // The folder goes after the name was looked at: as if somebody were at work there.
      const gone = join(dir, 'gone');
      await mkdir(gone);
      const page = join(gone, 'plan.html');
      const watching = { ...stage.terminal, progress: () => void rm(gone, { recursive: true, force: true }) };
      await expect(plan({ html: page }, watching)).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining(`the page ${page} cannot be written`),
      });
      expect(stage.said()).toBe('');
      expect(stage.printed()).toBe('');
      await expect(readFile(file)).rejects.toThrow('ENOENT');
    });
  });

  it('shows no secret, and stays whole where a secret is a word of its own script', async () => {
    const asks =
      'visitor_routing_rules:\n  - title: Night desk\n    app: Harbour shop\n    when: [{ field: country, comparator: is_equal_to, values: ["${env:WORD}", "${env:LONG}"] }]\n';
    await paged(
      async ({ dir, open, plan, page }) => {
        const secrets = { WORD: 'const', LONG: '<b>l0ng&s3cret</b>' };
        const terminal = () => {
          const { terminal: own } = open();
          return { ...own, environment: { ...own.environment, ...secrets } };
        };
        for (const fail of ['', 'trigger_rules: [{ titel: const, app: "<b>l0ng&s3cret</b>" }]\n']) {
          await writeFile(join(dir, 'fog.yaml'), fail);
          await plan({}, terminal()).catch(() => undefined);
          const text = await page();
          expectSound(text);
          expect(wordsOf(text)).not.toContain('l0ng');
          expect(wordsOf(text)).not.toMatch(/\bconst\b/);
          expect(wordsOf(text)).toContain(fail === '' ? '(sensitive)' : '***');
        }
      },
      { 'routing.yaml': asks },
    );
  });

  it('keeps markup in names as text', async () => {
    const title = '<img src=x onerror=alert(1)>"\'&amp;';
    const marked = `visitor_routing_rules:\n  - title: ${JSON.stringify(title)}\n    app: Harbour shop\n    when: [{ field: country, comparator: is_equal_to, values: [Iceland] }]\n    route: { type: route_to_selected_users, operators: [ben@harbour.test] }\n`;
    await paged(
      async ({ plan, page }) => {
        await plan();
        const text = await page();
        expect(text).not.toContain('<img');
        expect(wordsOf(text)).toContain('<img src=x onerror=alert(1)>');
      },
      { 'routing.yaml': marked },
    );
  });
});

describe('--html of several portals', () => {
  it('fills a folder with a page each and an index, and refuses the name of a file', async () => {
    await paged(async ({ dir, sandbox, plan }) => {
      const project = await readFile(join(dir, 'salesiq.yaml'), 'utf8');
      await writeFile(join(dir, 'salesiq.yaml'), `${project}  south: { screenname: nobody, server: '${sandbox.url}', accounts_server: '${sandbox.url}' }\n`);
      await expect(plan({ portal: 'all' })).rejects.toThrow('is one page, and several portals are asked for');
      const folder = `${join(dir, 'pages')}/`;
      expect(await plan({ portal: 'all', html: folder })).toBe(exitCodes.failed);
      expect((await readdir(folder)).sort()).toEqual(['index.html', 'plan-local.html', 'plan-south.html']);
      const index = await readFile(join(folder, 'index.html'), 'utf8');
      expectSound(index);
      expect(index).toContain('href="plan-south.html"');
      expect(wordsOf(index)).toContain('2 portals: 1 with changes, 1 failed.');
      expect(wordsOf(await readFile(join(folder, 'plan-local.html'), 'utf8'))).toContain('Plan: 1 to add');
      expect(wordsOf(await readFile(join(folder, 'plan-south.html'), 'utf8'))).toContain('No plan for south');

      await writeFile(join(dir, 'fog.yaml'), 'trigger_rules: [\n');
      await expect(plan({ portal: 'all', html: folder })).rejects.toThrow('in the files');
      expect(wordsOf(await readFile(join(folder, 'index.html'), 'utf8'))).toContain('No plan');
    });
  });
});

describe('drift --html', () => {
  it('writes a page of what drifted', async () => {
    await paged(async ({ file, open, options, page }) => {
      expect(await runDrifts({ ...options, ...base, html: file }, open().terminal)).toBe(exitCodes.changes);
      expectSound(await page());
      expect(wordsOf(await page())).toContain('Spring sale');
      expect(wordsOf(await page())).toContain('Drift of local');
      expect(wordsOf(await page())).toContain('To bring it back: 1 to add');
      expect(await page()).not.toContain('Plan');
    });
  });

  it('names the one portal where nothing could be compared, even where the files are not understood', async () => {
    await paged(async ({ dir, file, open, options, page }) => {
      await writeFile(join(dir, 'fog.yaml'), 'trigger_rules: [\n');
      const { portal: _none, ...asked } = options;
      await expect(runDrifts({ ...asked, ...base, html: file }, open().terminal)).rejects.toThrow('in the files');
      expect(wordsOf(await page())).toContain('Drift of local is not known');
      await expect(runPlans({ ...asked, ...base, html: file }, open().terminal)).rejects.toThrow('in the files');
      expect(wordsOf(await page())).toContain('No plan for local');
    });
  });
});
