/** The one place that calls git. Nothing here writes to the work tree; only `setRef`, `pushRef` and `fetchRef` write at all. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../model/index.ts';

const run = promisify(execFile);

const mostBytes = 256 * 1024 * 1024;

export interface GitOutput {
  readonly ok: boolean;
  readonly out: string;
  /** What git said of a failure, in one line. */
  readonly why: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Runs git in a folder. A failure is a value, not an exception; `missing` git is one, too. */
export const git = async (folder: string, args: readonly string[]): Promise<GitOutput> => {
  try {
    const { stdout } = await run('git', ['-c', 'core.quotepath=off', ...args], { cwd: folder, maxBuffer: mostBytes, encoding: 'utf8', windowsHide: true });
    return { ok: true, out: stdout, why: '' };
  } catch (error) {
    const details = typeof error === 'object' && error !== null ? error : {};
    const missing = 'code' in details && details.code === 'ENOENT';
    const why = missing
      ? 'git is not installed'
      : textOf('stderr' in details ? details.stderr : '')
          .trim()
          .split('\n')[0] || 'git failed';
    return { ok: false, out: textOf('stdout' in details ? details.stdout : ''), why };
  }
};

/** The texts of several objects, by one call; undefined where one of them cannot be read. */
export const blobs = (folder: string, objects: readonly string[]): Promise<readonly string[] | undefined> =>
  new Promise((done) => {
    const child = execFile('git', ['cat-file', '--batch'], { cwd: folder, maxBuffer: mostBytes, encoding: 'buffer', windowsHide: true }, (error, out) => {
      done(error === null ? splitBatch(out, objects.length) : undefined);
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(objects.map((object) => `${object}\n`).join(''));
  });

/** `<object> blob <size>`, a line break, the bytes, a line break: once for each object. */
const splitBatch = (out: Buffer, count: number): readonly string[] | undefined => {
  const texts: string[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const end = out.indexOf(10, at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(out.toString('latin1', at, Math.max(at, end)))?.[1];
    if (size === undefined) return undefined;
    texts.push(out.toString('utf8', end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  return texts;
};

/** The ref that remembers what was last applied to a portal. Throws UserError for a portal whose name git does not take. */
export const refOf = (portal: string): string => {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(portal) || portal.includes('..') || portal.endsWith('.lock') || portal.endsWith('.')) {
    throw new UserError(`git takes no ref with the name of the portal "${portal}"`, { hint: 'Use letters, digits, - and _ in names of portals.' });
  }
  return `refs/salesiq-sync/${portal}`;
};

/** The project's folder below the top of its work tree, with a slash at its end; undefined outside of git. */
export const prefixOf = async (folder: string): Promise<string | undefined> => {
  const { ok, out } = await git(folder, ['rev-parse', '--show-prefix']);
  return ok ? out.trim() : undefined;
};

/** The commit that a name stands for; undefined where there is none in this clone. */
export const commitOf = async (folder: string, name: string): Promise<string | undefined> => {
  const { ok, out } = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  return ok ? out.trim() : undefined;
};

/** What a ref holds, whether the commit is in this clone or not. */
export const heldBy = async (folder: string, ref: string): Promise<string | undefined> => {
  const { ok, out } = await git(folder, ['for-each-ref', '--format=%(objectname)', ref]);
  return ok && out.trim() !== '' ? out.trim() : undefined;
};
