/**
 * A page of HTML beside what a command prints. Where the command fails, a page
 * that says so takes the place of the old one: nobody shall take the last good
 * plan for the one of today.
 */
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { readProject, readSources } from '../desired/index.ts';
import { type Plan, UserError } from '../model/index.ts';
import { type About, failurePage, planPage, type Sources } from '../report/index.ts';
import { hidePlan, hideSources } from './hide-plan.ts';
import { checkLinkBase, type LinkOptions, linkBaseOf } from './link-base.ts';
import { failureOf } from './tell-error.ts';
import type { Terminal } from './terminal.ts';

export interface PageOptions extends LinkOptions {
  /** What the page is about; a plan if absent. */
  readonly about?: About;
  readonly portal?: string;
  /** Other files that the command writes: none of them may be the page. */
  readonly out?: string;
  readonly sarif?: string;
  readonly codeQuality?: string;
}

/** The page cannot be written. */
export class PageError extends UserError {}

/** Writes the page of a plan. Throws PageError. */
export type SavePlanPage = (plan: Plan, sources: Sources) => Promise<void>;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Writes a page, whole or not at all. Throws PageError. */
export const writePage = async (file: string, text: string): Promise<void> => {
  try {
    await writeFileAtomic(file, text);
  } catch (error) {
    throw new PageError(`the page ${file} cannot be written: ${reasonOf(error)}`, {
      hint: 'Name a file with --html in a folder that is there and can be written. Nothing was sent that writes.',
      cause: error,
    });
  }
};

/** Whether a name is that of a folder: it ends like one, or one is there. */
export const isFolder = async (name: string): Promise<boolean> =>
  /[/\\]$/.test(name) ||
  (await stat(name).then(
    (found) => found.isDirectory(),
    () => false,
  ));

const oneFile = 'Name a file, such as --html plan.html.';

/** Before anything is read: whether a page can stand there. Throws UserError. */
export const checkPageFile = async (html: string, others: Readonly<Record<string, string | undefined>> = {}): Promise<void> => {
  if (html === '' || html === '-') throw new UserError(`--html ${html === '' ? 'has no name' : 'cannot go to standard output'}`, { hint: oneFile });
  if (await isFolder(html)) throw new UserError(`--html ${html} is a folder`, { hint: oneFile });
  const there = await stat(html).catch(() => undefined);
  if (there?.isFile() === false) throw new UserError(`--html ${html} is no regular file`, { hint: oneFile });
  const folder = dirname(resolve(html));
  if (there === undefined && !(await isFolder(folder))) throw new UserError(`--html ${html}: there is no folder ${folder}`, { hint: 'Make the folder first.' });
  const [same] = Object.entries(others).find(([, name]) => name !== undefined && name !== '-' && resolve(name) === resolve(html)) ?? [];
  if (same !== undefined) throw new UserError(`--html and ${same} name the same file: ${html}`, { hint: 'Give each a file of its own.' });
};

/** The one portal of salesiq.yaml, as far as that can be read; undefined where there are several. */
const onlyPortal = async (dir: string, terminal: Terminal): Promise<string | undefined> => {
  const { value } = await readSources(dir);
  if (value === undefined) return undefined;
  const names = Object.keys(readProject(value.project, terminal.environment).value?.portals ?? {});
  return names.length === 1 ? names[0] : undefined;
};

/** The text of the page that says why there is none. */
export const failurePageText = (
  error: unknown,
  portal: string | undefined,
  linkBase: string | undefined,
  terminal: Terminal,
  about: About = 'plan',
): string => {
  const { hide } = terminal.veil;
  return failurePage({
    about,
    ...failureOf(error, terminal),
    ...(portal === undefined ? {} : { portal: hide(portal) }),
    ...(linkBase === undefined ? {} : { linkBase: hide(linkBase) }),
  });
};

/** The text of the page of a plan, with secrets taken out of all that it shows. */
export const planPageText = (plan: Plan, sources: Sources, linkBase: string | undefined, terminal: Terminal, about: About = 'plan'): string => {
  const { hide } = terminal.veil;
  return planPage(hidePlan(plan, hide), { about, sources: hideSources(sources, hide), ...(linkBase === undefined ? {} : { linkBase: hide(linkBase) }) });
};

/**
 * Does the work, which is to save the page of its plan; where it fails, a page
 * of the failure is written before the error ends the command. Throws
 * UserError, before the work, where no page can stand under that name.
 */
export const withPage = async <T>(options: PageOptions, terminal: Terminal, work: (save: SavePlanPage) => Promise<T>): Promise<T> => {
  const { html, about = 'plan' } = options;
  checkLinkBase(options);
  if (html === undefined) return work(() => Promise.resolve());
  await checkPageFile(html, { '--out': options.out, '--sarif': options.sarif, '--code-quality': options.codeQuality });
  const linkBase = await linkBaseOf(options, terminal.environment);
  let saved = false;
  try {
    return await work(async (plan, sources) => {
      await writePage(html, planPageText(plan, sources, linkBase, terminal, about));
      saved = true;
    });
  } catch (error) {
    // What fails after the page was written, such as another file, makes its plan no less true.
    if (!saved && !(error instanceof PageError)) {
      const portal = options.portal ?? (await onlyPortal(options.dir, terminal));
      await writeFailure(html, failurePageText(error, portal, linkBase, terminal, about), terminal);
    }
    throw error;
  }
};

/** What made the command fail is what it ends with: a page that cannot be written is said beside it. */
export const writeFailure = async (file: string, text: string, terminal: Terminal): Promise<void> => {
  try {
    await writePage(file, text);
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    terminal.say(`${error.message}. What stands there is older than this run.`);
  }
};
