/**
 * A run of GitHub Actions, as the ci commands use it: what is printed is kept
 * from being taken for commands of the runner, outputs and summary go into the
 * runner's files, and whatever GitHub refuses to take is said and changes
 * nothing about how the command ends.
 */
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchRef, prefixOf } from '../base/index.ts';
import { type ActionsRun, type GitHub, openGitHub, readRun } from '../github/index.ts';
import { type Json, UserError } from '../model/index.ts';
import { type About, type Annotation, annotationCommand, commandText, escapeText } from '../report/index.ts';
import { version } from '../version.ts';
import { gitHubBase } from './link-base.ts';
import type { ServiceOptions } from './options.ts';
import type { Terminal } from './terminal.ts';

export interface CiOptions extends ServiceOptions {
  readonly portal: string;
  /** The folder for the full report; absent: one in the runner's folder for temporary files. */
  readonly report?: string;
}

export interface CiRun {
  readonly run: ActionsRun;
  /** What its pages are about. */
  readonly about: About;
  /** Absent where there is no token. */
  readonly github: GitHub | undefined;
  /** The project's folder in the repository, with a slash at its end; empty at the top. */
  readonly prefix: string;
  /** Where the full report goes. */
  readonly folder: string;
  readonly output: (values: Readonly<Record<string, string | number>>) => Promise<void>;
  readonly summary: (text: string) => Promise<void>;
  /** Annotations in the log of the run, ten of a sort: where no check can be set. */
  readonly annotate: (annotations: readonly Annotation[]) => void;
  readonly warn: (message: string) => void;
  /** Does what GitHub may refuse; then it is said, and nothing comes back. */
  readonly attempt: <T>(work: (github: GitHub) => Promise<T>) => Promise<T | undefined>;
}

/** Where the files of the run can be seen: at the newest commit of a pull request, whose lines people talk about. */
export const linkBaseIn = ({ run, prefix }: CiRun, terminal: Terminal): string | undefined =>
  gitHubBase(terminal.environment, run.pull?.headSha ?? run.sha, prefix);

const eventOf = async (path: string | undefined): Promise<Json> => {
  if (path === undefined || path === '') return null;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UserError(`the event cannot be read: ${path}`, { hint: 'GITHUB_EVENT_PATH should name the file that the runner wrote.', cause: error });
  }
};

const tokenWord = (random: () => number): string => `salesiq-${Array.from({ length: 24 }, () => Math.floor(random() * 36).toString(36)).join('')}`;

/** A line of the log begins a command where it begins with two colons: until this word comes again, none does. */
const heldBack = (terminal: Terminal): { readonly command: (line: string) => void; readonly end: () => void } => {
  const word = tokenWord(terminal.random);
  terminal.print(`::stop-commands::${word}\n`);
  return {
    command: (line) => terminal.print(`::${word}::\n${line}\n::stop-commands::${word}\n`),
    end: () => terminal.print(`::${word}::\n`),
  };
};

/** The base of the portal, from the remote; that there is none is no failure. */
const fetchBase = async (options: CiOptions, terminal: Terminal, warn: (message: string) => void): Promise<void> => {
  try {
    await fetchRef(options.dir, options.portal, 'origin');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (/couldn't find remote ref/i.test(error.message)) terminal.say('Nothing was applied from this repository yet.');
    else warn(`${error.message}. The plan compares files and portal alone.`);
  }
};

const safeName = (text: string): string => text.replaceAll(/[^A-Za-z0-9._-]/g, '-');

/** Does the work within a run. Throws UserError where this is none. */
export const withRun = async <T>(about: string, options: CiOptions, terminal: Terminal, work: (ci: CiRun) => Promise<T>): Promise<T> => {
  const { environment } = terminal;
  const run = readRun(environment, await eventOf(environment['GITHUB_EVENT_PATH']));
  const token = environment['GITHUB_TOKEN'] || environment['GH_TOKEN'];
  const held = heldBack(terminal);
  const warn = (message: string): void => {
    held.command(commandText('warning', terminal.veil.hide(message)));
  };
  const github =
    token === undefined || token === ''
      ? undefined
      : openGitHub({
          apiUrl: run.apiUrl,
          token,
          repository: run.repository,
          agent: `salesiq-sync/${version}`,
          onWait: (reason, seconds) => terminal.say(`Waiting ${seconds} s: ${reason}`),
        });
  const inFile = async (name: string, text: string): Promise<void> => {
    const path = environment[name];
    if (path === undefined || path === '') return;
    try {
      await appendFile(path, text);
    } catch (error) {
      warn(`${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const folder = options.report ?? join(environment['RUNNER_TEMP'] || join(options.dir, '.salesiq'), `salesiq-${about}-${safeName(options.portal)}`);
  try {
    await fetchBase(options, terminal, warn);
    const prefix = (await prefixOf(options.dir)) ?? '';
    return await work({
      run,
      about: about === 'drift' ? 'drift' : 'plan',
      github,
      prefix,
      folder,
      output: (values) => {
        const end = tokenWord(terminal.random);
        const lines = Object.entries(values).map(([name, value]) => `${name}<<${end}\n${terminal.veil.hide(escapeText(String(value)))}\n${end}\n`);
        return inFile('GITHUB_OUTPUT', lines.join(''));
      },
      summary: (text) => inFile('GITHUB_STEP_SUMMARY', `${terminal.veil.hide(text)}\n\n`),
      annotate: (annotations) => {
        for (const annotation of annotations) held.command(annotationCommand(annotation, prefix));
      },
      warn,
      attempt: async (todo) => {
        if (github === undefined) return undefined;
        try {
          return await todo(github);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          warn(`${error.message}. ${error.hint ?? ''}`.trim());
          return undefined;
        }
      },
    });
  } finally {
    held.end();
  }
};

/**
 * Writes the files of the full report. Pages are hidden before they are markup:
 * afterwards a value that is also a word of their script would break them.
 * Throws UserError where the folder cannot be made.
 */
export const writeReport = async (folder: string, files: Readonly<Record<string, string>>, hide: (text: string) => string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(folder, name), name.endsWith('.html') ? text : hide(text));
    }
  } catch (error) {
    throw new UserError(`the report cannot be written to ${folder}: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Name a folder that can be written with --report FOLDER.',
      cause: error,
    });
  }
};
