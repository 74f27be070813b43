/** Pages of several portals: one each in a folder, and an index that says how it stands with all. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../model/index.ts';
import { type About, type PortalLink, portalsPage } from '../report/index.ts';
import { failurePageText, isFolder, PageError, writeFailure, writePage } from './save-page.ts';
import type { Terminal } from './terminal.ts';

const indexName = 'index.html';

export interface PortalPage {
  readonly link: Omit<PortalLink, 'page'>;
  readonly text: string;
}

/** Before the service is asked: makes the folder. Throws UserError for the name of a file, and PageError where there can be no folder. */
export const openFolder = async (html: string): Promise<void> => {
  if (!(await isFolder(html)))
    throw new UserError(`--html ${html} is one page, and several portals are asked for`, {
      hint: `Name a folder, such as --html ${html.replace(/\.html?$/i, '') || 'pages'}/: it gets a page for each portal, and ${indexName}.`,
    });
  try {
    await mkdir(html, { recursive: true });
  } catch (error) {
    throw new PageError(`the folder ${html} cannot be made: ${error instanceof Error ? error.message : String(error)}`, {
      hint: 'Name another one with --html FOLDER/.',
      cause: error,
    });
  }
};

/** Names of portals are of letters, digits, - and _: none is a path. */
const fileOf = (portal: string): string => `plan-${portal}.html`;

/** Throws PageError. */
export const savePages = async (folder: string, pages: readonly PortalPage[], about: About = 'plan'): Promise<void> => {
  for (const { link, text } of pages) await writePage(join(folder, fileOf(link.portal)), text);
  await writePage(
    join(folder, indexName),
    portalsPage(
      pages.map(({ link }) => ({ ...link, page: fileOf(link.portal) })),
      about,
    ),
  );
};

/** The files were not understood, so no portal was begun: the index says so. */
export const saveNoPages = async (folder: string, error: unknown, linkBase: string | undefined, terminal: Terminal, about: About = 'plan'): Promise<void> => {
  const text = failurePageText(error, undefined, linkBase, terminal, about);
  await mkdir(folder, { recursive: true }).catch(() => undefined);
  await writeFailure(join(folder, indexName), text, terminal);
};
