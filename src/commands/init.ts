/** `init`: the first files of a repository. Overwrites nothing; every file is there whole or not at all. */
import { lstat, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { projectSchema, resourcesSchema } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { UserError } from '../model/index.ts';
import { escapeText } from '../report/index.ts';
import { version } from '../version.ts';
import { lookAtGit } from './git-folder.ts';
import { type RealPortal, type StarterFile, starterFiles } from './init-files.ts';
import { type ExitCode, exitCodes, type Terminal } from './terminal.ts';

export interface InitOptions {
  /** The folder to fill; made if it is not there. */
  readonly folder: string;
  readonly screenname?: string;
  readonly dataCenter?: string;
  /** Where pull requests are reviewed, if what it needs is to be written. */
  readonly forge?: 'github';
}

/** What became of one file. */
type Fate = 'made' | 'kept' | 'stale' | 'skipped';

/** A screenname without a data centre says only half of where a portal is. Throws UserError. */
const realPortal = ({ screenname, dataCenter }: InitOptions): RealPortal | undefined => {
  if (screenname === undefined && dataCenter === undefined) return undefined;
  if (screenname === undefined || dataCenter === undefined)
    throw new UserError('--screenname and --data-center go together', { hint: 'Give both, or neither and fill in salesiq.yaml later.' });
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(screenname))
    throw new UserError(`"${screenname}" cannot be a screenname`, {
      hint: "It is the part of the console's address after the host: letters, digits, dots, - and _.",
    });
  return { screenname, dataCenter };
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known: Readonly<Record<string, string>> = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'a file has the name of its folder',
  };
  return typeof code === 'string' ? (known[code] ?? code) : String(error);
};

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    },
  );

const put = async (folder: string, file: StarterFile, project: 'new' | 'there'): Promise<Fate> => {
  const path = join(folder, file.path);
  if (await isThere(path)) return file.role === 'schema' && (await readFile(path, 'utf8')) !== file.text ? 'stale' : 'kept';
  if (file.role === 'example' && project === 'there') return 'skipped';
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, file.text);
  return 'made';
};

const putSafely = async (folder: string, file: StarterFile, project: 'new' | 'there'): Promise<Fate> => {
  try {
    return await put(folder, file, project);
  } catch (error) {
    throw new UserError(`${join(folder, file.path)} cannot be written: ${reasonOf(error)}`, {
      hint: 'Files before it may have been written. Run init again when this is mended: it goes on with what is missing.',
      cause: error,
    });
  }
};

const told = (heading: string, lines: readonly string[]): string => (lines.length === 0 ? '' : `${heading}\n${lines.map((line) => `  ${line}\n`).join('')}\n`);

const needsQuotes = /[^A-Za-z0-9_./-]/;

const nextCommands = (options: InitOptions, git: 'there' | 'none', portal: 'named' | 'only'): readonly string[] => {
  const flag = portal === 'named' ? ' --portal local' : '';
  return [
    ...(options.folder === '.' ? [] : [escapeText(`cd ${needsQuotes.test(options.folder) ? JSON.stringify(options.folder) : options.folder}`)]),
    ...(git === 'there' ? [] : ['git init']),
    'salesiq-sync validate',
    `salesiq-sync plan${flag}`,
    `salesiq-sync apply${flag}`,
  ];
};

/** Writes what is missing, says what was made and what was left alone, and ends with the commands to run next. Throws UserError. */
export const runInit = async (options: InitOptions, terminal: Terminal): Promise<ExitCode> => {
  const production = realPortal(options);
  const files = starterFiles({
    ...(production === undefined ? {} : { production }),
    resourcesSchema: resourcesSchema(kinds),
    projectSchema: projectSchema(kinds),
    version,
    ...(options.forge === undefined ? {} : { forge: options.forge }),
  });
  const project = (await isThere(join(options.folder, 'salesiq.yaml')).catch(() => false)) ? 'there' : 'new';
  const fates: { readonly path: string; readonly fate: Fate }[] = [];
  for (const file of files) fates.push({ path: file.path, fate: await putSafely(options.folder, file, project) });
  const of = (fate: Fate): readonly string[] => fates.filter((one) => one.fate === fate).map(({ path }) => path);

  const git = await lookAtGit(options.folder);
  const made = of('made');
  terminal.print(
    [
      made.length === 0 ? 'Nothing was missing: no file was written.\n\n' : told('Made:', made),
      told('There already, left as they are:', of('kept')),
      told('There already, but not those of this version. Delete them and run init again to renew them:', of('stale')),
      told('Not made, because salesiq.yaml was there before: examples are for new projects.', of('skipped')),
      git.stateFolder === 'exposed' ? 'Add .salesiq/ to .gitignore: the state of the sandbox does not belong into git.\n\n' : '',
      production !== undefined && project === 'there' ? `salesiq.yaml was there, so ${production.screenname} was not written into it.\n\n` : '',
      project === 'new' ? told('Next, on the built-in sandbox:', nextCommands(options, git.repository, production === undefined ? 'only' : 'named')) : '',
      production === undefined && project === 'new'
        ? 'Then fill in `production` in salesiq.yaml; `salesiq-sync doctor` says what it still lacks.'
        : 'For the real portal, `salesiq-sync doctor --portal production` says what it still lacks.',
      '\n',
    ].join(''),
  );
  return exitCodes.done;
};
