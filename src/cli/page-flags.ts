/** Flags of what writes a page of HTML beside what it prints. */
import type { Command } from 'commander';
import type { PageOptions } from '../commands/save-page.ts';

export interface PageFlags {
  readonly html?: string;
  readonly linkBase?: string;
}

export const withPageFlags = (command: Command): Command =>
  command
    .option('--html <file>', 'write a page for browsers, too: one file that loads nothing')
    .option('--link-base <url>', 'where the project folder can be seen, for links in the page (default: known in runs of GitHub and GitLab)');

export const pageOf = ({ html, linkBase }: PageFlags): Pick<PageOptions, 'html' | 'linkBase'> => ({
  ...(html === undefined ? {} : { html }),
  ...(linkBase === undefined ? {} : { linkBase }),
});
