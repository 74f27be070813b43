/** The checkout of `watch`, against bare repositories in local folders. */
import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Checkout, type CheckoutOptions, openCheckout } from '../../src/base/index.ts';
import { UserError } from '../../src/model/index.ts';

/** A remote with one commit, and a checkout of it with bases: made once, copied for each test. */
let made = '';
let room = '';
let remote = '';
let folder = '';
let first = '';

const plain: Readonly<Record<string, string | undefined>> = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
const environment: Readonly<Record<string, string | undefined>> = { ...plain, GIT_CONFIG_COUNT: undefined };

const git = (dir: string, args: readonly string[], input = ''): string =>
  execFileSync('git', [...args], { cwd: dir, env: plain, encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'] }).trim();

type Files = Readonly<Record<string, string>>;

let clock = 1_700_000_000;

/** A commit of these files and no others, as the newest of a ref of the remote. */
const commit = (files: Files, { ref = 'refs/heads/tea', parent = `${ref}^0` }: { readonly ref?: string; readonly parent?: string } = {}): string => {
  clock += 1;
  const contents = Object.entries(files).map(([path, text]) =>
    path === 'inner' ? `M 160000 ${text} ${path}\n` : `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
  );
  const from = parent === '' ? '' : `from ${parent}\n`;
  const head = `commit ${ref}\nmark :1\ncommitter Ada <ada@kettle.test> ${clock} +0000\ndata 4\ntea\n\n${from}deleteall\n`;
  return git(remote, ['fast-import', '--quiet', '--force'], `${head}${contents.join('')}get-mark :1\n`);
};

const files: Files = { 'salesiq.yaml': 'version: 1\n' };
const setRef = (dir: string, ref: string, id: string): string => git(dir, ['update-ref', ref, id]);

const open = (options: Partial<CheckoutOptions> = {}): Promise<Checkout> =>
  openCheckout({ remote, branch: 'tea', folder, timeoutMilliseconds: 20_000, signal: new AbortController().signal, environment, ...options });

const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const base = 'refs/salesiq-sync/production';
const baseHere = (name = base): string => git(folder, ['for-each-ref', '--format=%(objectname)', name]);

/** What was thrown, as people read it. */
const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof UserError ? `${error.message} | ${error.hint ?? ''}` : `not a UserError: ${String(error)}`;
};

beforeAll(async () => {
  made = await mkdtemp(join(tmpdir(), 'checkout-'));
  remote = join(made, 'remote.git');
  folder = join(made, 'checkout');
  git(made, ['init', '--quiet', '--bare', remote]);
  first = commit(files, { parent: '' });
  await (await open()).update();
  for (const name of ['production', 'packed']) setRef(folder, `refs/salesiq-sync/${name}`, first);
  git(folder, ['pack-refs', '--all']);
  setRef(folder, 'refs/salesiq-sync/loose', first);
  await mkdir(join(folder, '.salesiq'));
  await writeFile(join(folder, '.salesiq/run.jsonl'), 'mine');
});

beforeEach(async () => {
  room = await mkdtemp(join(tmpdir(), 'checkout-'));
  remote = join(room, 'remote.git');
  folder = join(room, 'deep', 'checkout');
  await cp(join(made, 'remote.git'), remote, { recursive: true });
});

afterEach(() => rm(room, { recursive: true, force: true }));
afterAll(() => rm(made, { recursive: true, force: true }));

describe('a checkout', () => {
  it('has the files of the branch, and says when they are of another commit', async () => {
    const checkout = await open();
    expect(await checkout.update()).toEqual({ commit: first, changed: true });
    expect(await checkout.update()).toEqual({ commit: first, changed: false });
    const second = commit({ ...files, 'shop/routing.yaml': 'visitor_routing_rules: []\n' });
    expect(await checkout.update()).toEqual({ commit: second, changed: true });
    expect(await read('shop/routing.yaml')).toBe('visitor_routing_rules: []\n');
    expect(git(folder, ['status', '--porcelain', '--branch'])).toBe('## watched');
    expect(git(folder, ['rev-parse', 'HEAD', '--show-prefix'])).toBe(second);
  });

  it('takes away what is not of the branch, but for journals and states, wherever the project lies', async () => {
    const checkout = await open();
    const ignored = { '.gitignore': '.salesiq/\nignored.yaml\n' };
    commit({ ...files, ...ignored, 'shop/salesiq.yaml': 'version: 1\n' });
    await checkout.update();
    await mkdir(join(folder, 'shop/.salesiq/runs'), { recursive: true });
    await mkdir(join(folder, '.salesiq'));
    await mkdir(join(folder, 'nested'));
    git(join(folder, 'nested'), ['init', '--quiet']);
    const spared = ['.salesiq/sandbox.json', 'shop/.salesiq/runs/1.jsonl'];
    for (const path of [...spared, 'ignored.yaml', 'shop/left.yaml', 'nested/own.yaml']) await writeFile(join(folder, path), 'mine');
    await writeFile(join(folder, 'salesiq.yaml'), 'version: 7\n');
    commit({ ...files, ...ignored });
    await checkout.update();
    for (const path of spared) expect(await read(path)).toBe('mine');
    expect((await readdir(folder)).sort()).toEqual(['.git', '.gitignore', '.salesiq', 'salesiq.yaml', 'shop']);
    expect(await readdir(join(folder, 'shop'))).toEqual(['.salesiq']);
    expect(await read('salesiq.yaml')).toBe('version: 1\n');
  });

  it('follows a branch whose history was rewritten', async () => {
    const checkout = await open();
    await checkout.update();
    const next = commit({ 'b.yaml': 'b' }, { parent: '' });
    expect(await checkout.update()).toEqual({ commit: next, changed: true });
    expect((await readdir(folder)).sort()).toEqual(['.git', 'b.yaml']);
  });

  it('goes on in the folder of an earlier process, on another branch too, and takes one branch and no tags', async () => {
    setRef(remote, 'refs/tags/v1', first);
    await (await open()).update();
    const next = commit({ 'coffee.yaml': 'coffee' }, { ref: 'refs/heads/coffee', parent: first });
    expect(await (await open({ branch: 'coffee' })).update()).toEqual({ commit: next, changed: true });
    expect(await read('coffee.yaml')).toBe('coffee');
    expect(git(folder, ['for-each-ref', '--format=%(refname)']).split('\n')).toEqual(['refs/heads/watched', 'refs/salesiq-sync-watched']);
  });

  it('runs no hook, and brings no submodule', async () => {
    const hooks = join(room, 'hooks');
    await mkdir(hooks);
    for (const name of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      await writeFile(join(hooks, name), `#!/bin/sh\ntouch ${join(room, 'ran')}\n`);
      await chmod(join(hooks, name), 0o755);
    }
    const settings = join(room, 'gitconfig');
    await writeFile(settings, `[core]\n\thooksPath = ${hooks}\n[submodule]\n\trecurse = true\n[protocol "file"]\n\tallow = always\n`);
    commit({ '.gitmodules': `[submodule "inner"]\n\tpath = inner\n\turl = ${remote}\n`, inner: first });
    await (await open({ environment: { ...environment, GIT_CONFIG_GLOBAL: settings } })).update();
    expect(await readdir(room)).not.toContain('ran');
    expect(await readdir(join(folder, 'inner'))).toEqual([]);
  });

  it('heeds what the environment says to git, but not where the repository is', async () => {
    const given = {
      ...environment,
      GIT_DIR: remote,
      GIT_INDEX_FILE: join(room, 'index'),
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${join(made, 'remote.git')}.insteadOf`,
      GIT_CONFIG_VALUE_0: remote,
    };
    commit({ 'later.yaml': 'later' });
    expect((await (await open({ environment: given })).update()).commit).toBe(first);
    expect(await readdir(room)).not.toContain('index');
  });
});

describe('a checkout that cannot be brought up to date', () => {
  it('says that the branch is gone, and leaves the files', async () => {
    const checkout = await open();
    await checkout.update();
    git(remote, ['update-ref', '-d', 'refs/heads/tea']);
    expect(await refusal(checkout.update())).toBe(
      `${remote} has no branch tea | It was deleted or renamed, or never there: name another with --branch. The files stay as they were.`,
    );
    expect(await read('salesiq.yaml')).toBe('version: 1\n');
    setRef(remote, 'refs/heads/tea', first);
    expect((await checkout.update()).commit).toBe(first);
  });

  it('says that the remote cannot be read, and leaves files and bases', async () => {
    const checkout = await open();
    await checkout.update();
    setRef(folder, base, first);
    await rm(remote, { recursive: true });
    expect(await refusal(checkout.update())).toContain(`${remote} cannot be read: fatal: `);
    expect([await read('salesiq.yaml'), baseHere()]).toEqual(['version: 1\n', first]);
  });

  it('refuses a branch that would write over journals', async () => {
    commit({ ...files, 'shop/.salesiq/runs/1.jsonl': 'theirs' });
    expect(await refusal((await open()).update())).toContain('the branch tea has shop/.salesiq/runs/1.jsonl');
    expect(await readdir(folder)).toEqual(['.git']);
  });

  it('says so when git is not there', async () => {
    expect(await refusal((await open({ environment: { PATH: room } })).update())).toContain('git is not installed');
  });
});

describe('what an earlier process left behind', () => {
  it('is locks, and packs that were begun, which are taken away', async () => {
    const checkout = await open();
    await checkout.update();
    const next = commit({ 'next.yaml': 'next' });
    for (const name of ['index.lock', 'shallow.lock', 'HEAD.lock', 'packed-refs.lock', 'refs/salesiq-sync-watched.lock', 'refs/heads/watched.lock'])
      await writeFile(join(folder, '.git', name), '');
    await writeFile(join(folder, '.git/objects/pack/tmp_pack_a1B2c3'), 'PACK');
    expect((await checkout.update()).commit).toBe(next);
    expect((await readdir(join(folder, '.git'), { recursive: true })).filter((path) => /\.lock$|tmp_/.test(path))).toEqual([]);
  });

  const emptyObjects = async (at: string): Promise<void> => {
    const paths = (await readdir(join(at, 'objects'), { recursive: true })).filter((path) => /^..\/[0-9a-f]{38}$|\.pack$/.test(path));
    expect(paths).not.toEqual([]);
    for (const path of paths) {
      await chmod(join(at, 'objects', path), 0o644);
      await truncate(join(at, 'objects', path));
    }
  };

  it.each([
    ['an index that ends early', (at: string) => truncate(join(at, 'index'), 40)],
    ['a HEAD without content', (at: string) => truncate(join(at, 'HEAD'))],
    ['settings that git cannot read', (at: string) => writeFile(join(at, 'config'), '[core\n')],
    ['objects without content', emptyObjects],
  ])('is a clone with %s, which is made anew with its bases and journals', async (_, bend) => {
    await cp(join(made, 'checkout'), folder, { recursive: true });
    await bend(join(folder, '.git'));
    await rm(join(folder, 'salesiq.yaml'));
    expect((await (await open({ remote: join(made, 'remote.git') })).update()).commit).toBe(first);
    expect([await read('salesiq.yaml'), await read('.salesiq/run.jsonl')]).toEqual(['version: 1\n', 'mine']);
    expect(baseHere('refs/salesiq-sync/')).toBe([first, first, first].join('\n'));
    expect(git(folder, ['fsck', '--no-dangling'])).toBe('');
  });
});

describe('the folder of a checkout', () => {
  it('is refused when it holds what no checkout made', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'novel.txt'), 'Chapter 1');
    const why = 'is not empty, and no checkout of this program';
    expect(await refusal(open())).toContain(why);
    expect(await readdir(folder)).toEqual(['novel.txt']);
    await rm(join(folder, 'novel.txt'));
    git(folder, ['init', '--quiet']);
    expect(await refusal(open())).toContain(why);
  });

  it('is refused when it is of another remote, or a file', async () => {
    await open();
    const other = join(room, 'other.git');
    expect(await refusal(open({ remote: other }))).toContain(`is a checkout of ${remote}, not of ${other}`);
    await writeFile(join(room, 'file'), '');
    expect(await refusal(open({ folder: join(room, 'file') }))).toContain('cannot be used: ');
  });

  it('may hold journals already', async () => {
    await mkdir(join(folder, '.salesiq'), { recursive: true });
    await writeFile(join(folder, '.salesiq/run.jsonl'), 'mine');
    await (await open()).update();
    expect([await read('.salesiq/run.jsonl'), await read('salesiq.yaml')]).toEqual(['mine', 'version: 1\n']);
  });
});

describe('the bases of the portals', () => {
  it('come from the remote, with commits that are on no branch, and are not deleted with those there', async () => {
    const old = commit({ 'old.yaml': 'old' }, { ref: base, parent: first });
    const checkout = await open();
    await checkout.update();
    expect(baseHere()).toBe(old);
    expect(git(folder, ['show', `${old}:old.yaml`])).toBe('old');
    git(remote, ['update-ref', '-d', base]);
    await checkout.update();
    expect(baseHere()).toBe(old);
  });

  it('stay as this checkout recorded them while the remote says nothing new', async () => {
    setRef(remote, base, first);
    const aside = commit({ 'aside.yaml': 'aside' }, { parent: '' });
    await (await open()).update();
    // By hand, to what is no descendant of the one before.
    setRef(folder, base, aside);
    await (await open()).update();
    expect(baseHere()).toBe(aside);
  });

  it('stay when the remote moves to what ours descends from, and give way to what it does not', async () => {
    setRef(remote, base, first);
    const second = commit({ 'two.yaml': 'two' });
    const third = commit({ 'three.yaml': 'three' });
    const checkout = await open();
    await checkout.update();
    setRef(folder, base, third);
    setRef(remote, base, second);
    await checkout.update();
    expect(baseHere()).toBe(third);
    // Somebody applied other files after that.
    const aside = commit({ 'aside.yaml': 'aside' }, { ref: base, parent: second });
    await checkout.update();
    expect(baseHere()).toBe(aside);
  });
});

describe('what the remote and the branch may be called', () => {
  it('is refused where git would take it as an option, a program or a login of its own', async () => {
    for (const [address, why] of [
      ['', 'the address of the remote is empty'],
      ['--upload-pack=touch', 'begins with -'],
      ['ext::sh -c touch% ran', 'names a program of git'],
      ['fd::3', 'names a program of git'],
      ['ftp://kettle.test/tea.git', 'a protocol that is not taken: ftp://'],
      ['https://ada:hunter22@kettle test/tea.git', 'not a valid URL'],
      ['https://ada%0ahost=evil:hunter22@kettle.test/tea.git', 'control characters'],
    ] as const) {
      const said = await refusal(open({ remote: address }));
      expect([address, said]).toEqual([address, expect.stringContaining(why)]);
      expect(said).not.toContain('hunter22');
    }
    expect(await readdir(room)).toEqual(['remote.git']);
  });

  it('is a branch as git knows them', async () => {
    const none = ['-tea', 'tea:coffee', 'tea..', '', 'te a', '*', '@', 'a@{b', 'tea.lock', 'a.lock/b', '.tea', 'a/.b', 'a//b', '/a', 'a/', 'a.'];
    for (const branch of [...none, 'te\u0001a', 'a\\b', 'a~1', 'a^', 'a?', 'a[b'])
      expect([branch, await refusal(open({ branch }))]).toEqual([branch, expect.stringContaining('is no name of a branch')]);
    for (const branch of ['main', 'release/1.2', 'a-b_c', 'tée', 'a@b', '#7', 'locks', 'x.locked']) expect((await open({ branch })).folder).toBe(folder);
  });
});

describe('the login in an address', () => {
  /** A server of a bare repository for git's plain protocol, to who knows the password. */
  const serve = async (work: (address: string, logins: readonly string[]) => Promise<void>, password = 'hunter%22'): Promise<void> => {
    git(remote, ['update-server-info']);
    const logins: string[] = [];
    const server = createServer((request, response) => {
      const [, sent = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
      const login = Buffer.from(sent, 'base64').toString();
      logins.push(login);
      if (login !== `ada:${password}`) {
        response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="tea"' }).end();
        return;
      }
      readFile(join(remote, new URL(request.url ?? '', 'http://x').pathname.slice('/tea.git'.length))).then(
        (bytes) => response.end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    try {
      await work(typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '', logins);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  it('opens the remote, wins over what git has stored, and is nowhere in the folder', async () => {
    await serve(async (host, logins) => {
      const settings = join(room, 'gitconfig');
      await writeFile(settings, `[credential]\n\thelper = "!f() { echo username=eve; echo password=wrong; }; f"\n`);
      const checkout = await open({ remote: `http://ada:hunter%2522@${host}/tea.git`, environment: { ...environment, GIT_CONFIG_GLOBAL: settings } });
      expect((await checkout.update()).commit).toBe(first);
      expect(new Set(logins)).toEqual(new Set(['', 'ada:hunter%22']));
      for (const path of await readdir(join(folder, '.git'), { recursive: true })) {
        const text = await readFile(join(folder, '.git', path), 'utf8').catch(() => '');
        expect([path, /hunter|eve/.test(text)]).toEqual([path, false]);
      }
      expect(await read('.git/salesiq-sync-checkout.json')).toContain(`"remote":"http://${host}/tea.git"`);
      // A new token does not make another remote of it.
      await (await open({ remote: `http://bob:other@${host}/tea.git` })).update().catch(() => undefined);
    });
  });

  it('that is wrong is told without the login, and nothing is asked', async () => {
    await serve(async (host) => {
      const said = await refusal((await open({ remote: `http://ada:stale-token@${host}/tea.git?key=query-token` })).update());
      expect(said).toContain(`http://${host}/tea.git cannot be read: fatal: `);
      expect(said).not.toMatch(/stale-token|query-token|ada/);
      expect(await refusal((await open({ remote: `http://${host}/tea.git` })).update())).toMatch(
        /cannot be read: fatal: (could not read Username|Authentication failed)/,
      );
    });
  });

  it('stands in no argument of any program', async () => {
    await serve(async (host) => {
      const bin = join(room, 'bin');
      await mkdir(bin);
      const real = git(room, ['--exec-path']);
      await writeFile(join(bin, 'git'), `#!/bin/sh\necho "$@" >> ${join(room, 'arguments')}\nexec ${join(real, 'git')} "$@"\n`);
      await chmod(join(bin, 'git'), 0o755);
      await (
        await open({ remote: `http://ada:hunter%2522@${host}/tea.git`, environment: { ...environment, PATH: `${bin}:${environment['PATH'] ?? ''}` } })
      ).update();
      const said = await readFile(join(room, 'arguments'), 'utf8');
      expect(said).toContain('fetch --quiet');
      expect(said).not.toMatch(/hunter|ada/);
    });
  });
});

describe('a git that does not end', () => {
  /** A git whose fetch waits for ever, with a program of its own that waits as well. `deaf`: neither heeds a polite word. */
  const slow = async (ears: 'deaf' | 'keen'): Promise<Readonly<Record<string, string | undefined>>> => {
    const bin = join(room, 'bin');
    await mkdir(bin);
    const real = join(git(room, ['--exec-path']), 'git');
    await writeFile(
      join(bin, 'git'),
      `#!/bin/sh\ncase "$1" in fetch) ${ears === 'deaf' ? `trap '' TERM; ` : ''}sleep 60 & echo $! > ${join(room, 'inner')}; wait ;; *) exec ${real} "$@" ;; esac\n`,
    );
    await chmod(join(bin, 'git'), 0o755);
    return { ...environment, PATH: `${bin}:${environment['PATH'] ?? ''}` };
  };

  const innerIsAlive = async (): Promise<boolean> => {
    const pid = Number(await readFile(join(room, 'inner'), 'utf8'));
    try {
      process.kill(pid, 0);
      return !(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ')).includes(') Z ');
    } catch {
      return false;
    }
  };

  it('is stopped in time, with all that it started, and the files stay', async () => {
    await (await open()).update();
    const checkout = await open({ timeoutMilliseconds: 900, environment: await slow('deaf') });
    expect(await refusal(checkout.update())).toContain(`${remote} cannot be read: git did not end in 0.9 s`);
    expect(await innerIsAlive()).toBe(false);
    expect(await read('salesiq.yaml')).toBe('version: 1\n');
  });

  it('is stopped by the signal, and its reason is thrown', async () => {
    const stop = new AbortController();
    const checkout = await open({ signal: stop.signal, environment: await slow('keen') });
    const update = checkout.update();
    const reason = new Error('enough');
    while (!(await readdir(room)).includes('inner')) await new Promise((done) => setTimeout(done, 20));
    await new Promise((done) => setTimeout(done, 50));
    stop.abort(reason);
    await expect(update).rejects.toBe(reason);
    expect(await innerIsAlive()).toBe(false);
    await expect(checkout.update()).rejects.toBe(reason);
  });
});
