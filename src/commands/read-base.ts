/** The files as last applied, where git knows them: what tells our changes from those of others. */
import { commitOf, committedAt, contentsAt, filesAt, heldBy, prefixOf, refOf, setRef } from '../base/index.ts';
import { assemble, contentFilesIn, type ParsedFile, parseFiles, readProject } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { type Base, type BaseNote, type Reading, type SourceFile, UserError } from '../model/index.ts';
import type { CommonOptions } from './options.ts';
import type { DesiredFiles } from './read-files.ts';
import type { Terminal } from './terminal.ts';

export interface BaseFiles {
  readonly base?: Base;
  /** Where it came from, or why there is none: one line of the plan. */
  readonly note: BaseNote;
}

export interface BaseOptions {
  /** `git`: the ref of the portal, or `baseRef`; `none`: two-way. */
  readonly base?: 'git' | 'none';
  readonly baseRef?: string;
  /** `keep`: what was changed in SalesIQ alone stays as it is there. */
  readonly drift?: 'correct' | 'keep';
}

const none = (reason: string): BaseFiles => ({ note: { state: 'none', reason } });

/** Files that are as they were keep what was already understood of them. */
const parseOthers = (files: readonly SourceFile[], now: Pick<DesiredFiles, 'parsed' | 'sources'>): Reading<readonly ParsedFile[]> => {
  const known = new Map(now.parsed.map((file) => [file.path, file]));
  const same = (file: SourceFile): ParsedFile | undefined => (now.sources(file.path) === file.text ? known.get(file.path) : undefined);
  const others = parseFiles(files.filter((file) => same(file) === undefined));
  const all = [...files.flatMap((file) => same(file) ?? []), ...(others.value ?? [])].sort((a, b) => (a.path < b.path ? -1 : 1));
  return others.value === undefined ? others : { value: all, diagnostics: others.diagnostics };
};

/** The files of a commit, understood as far as the base needs them; or why they are not. */
const understand = async (
  files: readonly SourceFile[],
  now: Pick<DesiredFiles, 'portal' | 'parsed' | 'sources'>,
  commit: string,
  ref: string,
  dir: string,
  terminal: Terminal,
): Promise<BaseFiles> => {
  const { portal } = now;
  const at = commit.slice(0, 7);
  const source = files.find(({ path }) => path === 'salesiq.yaml');
  if (source === undefined) return none(`${at} has no salesiq.yaml`);
  const project = readProject(source, terminal.environment);
  const parsed = parseOthers(
    files.filter((file) => file !== source),
    now,
  );
  const read = await contentsAt(dir, commit, contentFilesIn(parsed.value ?? [], kinds));
  const contents = new Map((read ?? []).map((file) => [file.path, file]));
  const assembled =
    project.value === undefined || parsed.value === undefined
      ? undefined
      : assemble({ parsed: parsed.value, project: project.value, portal, kinds, contents, environment: terminal.environment, strictness: 'lenient' });
  const errors = [...project.diagnostics, ...parsed.diagnostics, ...(assembled?.diagnostics ?? [])].filter(({ severity }) => severity === 'error');
  if (errors.length > 0 || assembled?.value === undefined || project.value === undefined) {
    return none(`the files at ${at} no longer validate${errors[0] === undefined ? '' : `: ${errors[0].message}`}`);
  }
  const { resources, orders } = assembled.value;
  return { base: { resources, orders, protect: project.value.protect }, note: { state: 'used', ref, commit } };
};

/** Reads the base of a portal. Throws UserError only where `--base` names what is not there. */
export const readBase = async (
  now: Pick<DesiredFiles, 'portal' | 'parsed' | 'sources'>,
  options: CommonOptions & BaseOptions,
  terminal: Terminal,
): Promise<BaseFiles> => {
  const { dir, baseRef } = options;
  const { portal } = now;
  if (options.base === 'none') return none('--no-base was given');
  if ((await prefixOf(dir)) === undefined) {
    if (baseRef !== undefined)
      throw new UserError(`--base ${baseRef}: this folder is in no git repository`, { hint: 'Leave out --base, or run the command in the repository.' });
    return none('this folder is in no git repository');
  }
  const ref = baseRef ?? refOf(portal.name);
  const commit = await commitOf(dir, ref);
  if (commit === undefined) {
    if (baseRef !== undefined)
      throw new UserError(`--base ${baseRef}: there is no such commit in this clone`, {
        hint: 'Name a branch, a tag or a commit; a shallow clone may lack it.',
      });
    const held = await heldBy(dir, ref);
    return none(held === undefined ? 'nothing was applied from this repository yet' : `the commit ${held.slice(0, 7)} is not in this clone: it is shallow`);
  }
  const files = await filesAt(dir, commit);
  return files === undefined ? none(`the files at ${commit.slice(0, 7)} cannot be read`) : understand(files, now, commit, ref, dir, terminal);
};

/** After a settled apply: the commit of the files is the new base, if the files are committed. Says so where they are not. */
export const recordBase = async (files: DesiredFiles, options: CommonOptions & BaseOptions, terminal: Terminal): Promise<void> => {
  if (options.base === 'none') return;
  const at = await committedAt(options.dir, ['salesiq.yaml', ...files.paths, ...files.contents.keys()]);
  if (at === undefined) return;
  if ('reason' in at) {
    terminal.say(`The base was not recorded: ${at.reason}. Commit the files, and apply again to record it.`);
    return;
  }
  await setRef(options.dir, files.portal.name, at.commit);
};
