/** Where a watch has its files from: a folder as it stands, or a checkout of its own that follows a branch. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { commitOf, openCheckout, pushBase } from '../base/index.ts';
import { UserError } from '../model/index.ts';
import { lookAtGit } from './git-folder.ts';
import type { ReadFiles } from './many-plans.ts';
import type { CommonOptions } from './options.ts';
import { FileError, readFiles } from './read-files.ts';
import type { Terminal } from './terminal.ts';

export type SourceOptions =
  | { readonly type: 'folder' }
  | {
      readonly type: 'remote';
      readonly remote: string;
      readonly branch: string;
      /** The folder of the checkout. */
      readonly checkout: string;
      /** The project's folder in it. */
      readonly path: string;
      /** For each command of git. */
      readonly timeoutSeconds: number;
      /** Whether the remote is told what was last applied. */
      readonly bases: 'pushed' | 'kept';
    };

/** The files of one round. */
export interface SourceRead {
  /** The project folder. */
  readonly dir: string;
  /** Absent where the folder is in no git repository. */
  readonly commit?: string;
  readonly files: ReadFiles;
}

export interface WatchSource {
  /** Throws UserError where the remote or the files cannot be read, FileError where they cannot be understood. */
  readonly read: () => Promise<SourceRead>;
  /** Once a portal is settled: sends its base where it shall go. Gives the commit that was sent. Throws UserError. */
  readonly settled: (portal: string) => Promise<string | undefined>;
}

const read = async (dir: string, options: CommonOptions, terminal: Terminal): Promise<ReadFiles> => {
  const files = await readFiles({ ...options, dir }, terminal);
  if (files.findings.some(({ severity }) => severity === 'error')) throw new FileError(files.findings, files.sources);
  return files;
};

const digestOf = ({ paths, sources, contents }: ReadFiles): string => {
  const hash = createHash('sha256');
  for (const path of ['salesiq.yaml', ...paths]) hash.update(JSON.stringify([path, sources(path)]));
  for (const [path, { text }] of contents) hash.update(JSON.stringify([path, text]));
  return hash.digest('hex');
};

const calmMilliseconds = 500;
const mostLooks = 10;

/**
 * A folder that somebody else writes to. Files that differ from those of the
 * round before are looked at again until they stand still, or half of a
 * checkout would be taken for what is wanted, and the rest for deleted.
 */
const openFolder = (options: CommonOptions & { readonly calmMilliseconds?: number }, terminal: Terminal): WatchSource => {
  const { dir } = options;
  let last: string | undefined;
  return {
    settled: () => Promise.resolve(undefined),
    read: async () => {
      for (let look = 0; look < mostLooks; look += 1) {
        const files = await read(dir, options, terminal);
        const commit = (await lookAtGit(dir)).repository === 'there' ? await commitOf(dir, 'HEAD') : undefined;
        const digest = `${commit ?? ''} ${digestOf(files)}`;
        if (digest === last || terminal.signal.aborted) return { dir, files, ...(commit === undefined ? {} : { commit }) };
        last = digest;
        await terminal.sleep(Math.min(calmMilliseconds, options.calmMilliseconds ?? calmMilliseconds));
      }
      throw new UserError('the files do not stand still: they were changed each time that they were looked at', {
        hint: 'Nothing was sent. What writes to the folder should do so all at once, and seldom.',
      });
    },
  };
};

const isInside = (path: string): boolean => !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..');

/** Throws UserError where the address, the branch or the folder can never be right. */
export const openSource = async (
  source: SourceOptions,
  options: CommonOptions & { readonly calmMilliseconds?: number },
  terminal: Terminal,
): Promise<WatchSource> => {
  if (source.type === 'folder') return openFolder(options, terminal);
  if (!isInside(source.path))
    throw new UserError(`--path ${source.path} leads out of the checkout`, {
      hint: 'Give the project folder as the repository has it, such as config/salesiq.',
    });
  const remote = {
    remote: source.remote,
    timeoutMilliseconds: source.timeoutSeconds * 1000,
    signal: terminal.signal,
    environment: terminal.environment,
  };
  const checkout = await openCheckout({ ...remote, branch: source.branch, folder: source.checkout });
  const dir = join(checkout.folder, source.path);
  return {
    read: async () => {
      const { commit } = await checkout.update();
      return { dir, commit, files: await read(dir, options, terminal) };
    },
    settled: (portal) => (source.bases === 'pushed' ? pushBase(portal, { ...remote, folder: checkout.folder }) : Promise.resolve(undefined)),
  };
};
