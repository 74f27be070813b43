/** What git makes of the project folder, as far as the file system tells: no command is run. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

export interface GitFolder {
  readonly repository: 'there' | 'none';
  /** Whether git would leave out .salesiq/ (states of sandboxes, journals), or take it up. */
  readonly stateFolder: 'ignored' | 'exposed';
}

export type LookAtGit = (folder: string) => Promise<GitFolder>;

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const linesOf = (path: string): Promise<readonly string[]> =>
  readFile(path, 'utf8').then(
    (text) => text.split(/\r?\n/).map((line) => line.trim()),
    () => [],
  );

/** The ways in which `.salesiq/` is commonly ignored, by a file that lies `below` folders above the project. */
const patterns = (below: string): readonly string[] => {
  const anchored = below === '' ? [] : [`/${below}/.salesiq`, `${below}/.salesiq`];
  return [...(below === '' ? ['/.salesiq'] : []), '.salesiq', '**/.salesiq', '.*', ...anchored].flatMap((pattern) => [
    pattern,
    `${pattern}/`,
    `${pattern}/*`,
    `${pattern}/**`,
  ]);
};

/** Looks for the repository that the folder is in, and for a line of its .gitignore files (and .git/info/exclude) that covers .salesiq/. */
export const lookAtGit: LookAtGit = async (folder) => {
  const start = resolve(folder);
  let covered = false;
  for (let here = start; ; here = dirname(here)) {
    const known = patterns(relative(here, start).replaceAll('\\', '/'));
    const covers = async (path: string): Promise<boolean> => (await linesOf(path)).some((line) => known.includes(line));
    covered ||= await covers(join(here, '.gitignore'));
    if (await exists(join(here, '.git'))) {
      covered ||= await covers(join(here, '.git', 'info', 'exclude'));
      return { repository: 'there', stateFolder: covered ? 'ignored' : 'exposed' };
    }
    if (dirname(here) === here) return { repository: 'none', stateFolder: covered ? 'ignored' : 'exposed' };
  }
};
