/** The project's folder → texts. The only file here that touches the file system. */
import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText, type Diagnostic, type Origin, type Reading, type SourceFile, sortDiagnostics } from '../model/index.ts';
import { linedText, originOf } from './lines.ts';

/** The files of a project. */
export interface Sources {
  /** salesiq.yaml. */
  readonly project: SourceFile;
  /** All resource files, by path. */
  readonly files: readonly SourceFile[];
}

export const projectFile = 'salesiq.yaml';

const largest = 16 * 1024 * 1024;

interface Search {
  readonly folder: string;
  /** Files and folders that were met, by their real paths: each counts once, and circles end. */
  readonly met: Set<string>;
  readonly paths: string[];
  readonly links: string[];
  /** What is there and cannot be read. */
  readonly unread: SourceFile[];
  readonly diagnostics: Diagnostic[];
}

const messageOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const known: Readonly<Record<string, string>> = {
    EACCES: 'no permission',
    EPERM: 'no permission',
    ENOENT: 'it is not there',
    ELOOP: 'its links go in a circle',
    EISDIR: 'it is a folder',
    EIO: 'the disk fails',
  };
  return typeof code === 'string' ? (known[code] ?? code) : 'it cannot be opened';
};

const atStart = (file: string): Origin => ({ file, line: 1, column: 1 });

const problem = (path: string, code: string, message: string, hint: string, origin = atStart(path)): Diagnostic => ({
  severity: 'error',
  code,
  message,
  origin,
  hint,
});

const look = (path: string, name: string, search: Search): 'read' | 'skip' => {
  if (/\.test\.yaml$/i.test(name) || path === projectFile) return 'skip';
  if (name.endsWith('.yaml')) return 'read';
  if (/\.ya?ml$/i.test(name)) {
    const newName = name.replace(/\.ya?ml$/i, '.yaml');
    search.diagnostics.push({
      severity: 'warning',
      code: 'not-read',
      message: `${path} is not read: files end in .yaml`,
      origin: atStart(path),
      hint: `Rename it to ${newName}, or move it elsewhere.`,
    });
  }
  return 'skip';
};

const visitFile = async (path: string, name: string, search: Search): Promise<void> => {
  if (look(path, name, search) === 'skip') return;
  const real = await realpath(join(search.folder, path));
  if (search.met.has(real)) return;
  search.met.add(real);
  search.paths.push(path);
};

const isOwnProject = (path: string, entries: readonly Dirent[]): boolean => path !== '' && entries.some(({ name }) => name === projectFile);

const visitFolder = async (path: string, search: Search): Promise<void> => {
  const real = await realpath(join(search.folder, path));
  if (search.met.has(real)) return;
  search.met.add(real);
  const entries = await readdir(join(search.folder, path), { withFileTypes: true });
  if (isOwnProject(path, entries)) {
    search.diagnostics.push({
      severity: 'warning',
      code: 'not-read',
      message: `${path} is not read: it is a project of its own`,
      origin: atStart(`${path}/${projectFile}`),
      hint: `Take its ${projectFile} away to make it a part of this one.`,
    });
    return;
  }
  for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isDirectory()) await visitSafely(inner, search, visitFolder);
    else if (entry.isSymbolicLink()) search.links.push(inner);
    else if (entry.isFile()) await visitSafely(inner, search, (file) => visitFile(file, entry.name, search));
  }
};

const visitSafely = async (path: string, search: Search, visit: (path: string, search: Search) => Promise<void>): Promise<void> => {
  try {
    await visit(path, search);
  } catch (error) {
    search.unread.push({ path, text: '', unread: true });
    search.diagnostics.push(
      problem(path, 'unreadable', `${path === '' ? 'the folder' : path} cannot be read: ${messageOf(error)}`, 'Make it readable, or move it elsewhere.'),
    );
  }
};

/** Links come last, so that what they point to is known by its own path where it stands in the folder too. */
const visitLink = async (path: string, search: Search): Promise<void> => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const there = await stat(join(search.folder, path)).catch((error: unknown) => {
    if (/\.yaml$/.test(name)) throw error;
    return undefined;
  });
  if (there?.isDirectory()) await visitFolder(path, search);
  else if (there?.isFile()) await visitFile(path, name, search);
};

/** The text of a file's bytes, or why they are none. */
const textOf = (path: string, bytes: Buffer): string | Diagnostic => {
  const zero = bytes.indexOf(0);
  const place = (end: number): Origin => {
    const before = bytes
      .subarray(0, end)
      .toString('utf8')
      .replace(/^\ufeff/, '');
    return originOf(linedText(path, before), { start: before.length, end: before.length + 1 });
  };
  if (zero !== -1) return problem(path, 'not-text', 'a zero byte stands here, which no text holds', 'Save the file as UTF-8 text.', place(zero));
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\ufeff/, '');
  // Decoding replaces what is wrong; the first byte that does not come back is the place.
  const again = Buffer.from(bytes.toString('utf8'), 'utf8');
  const wrong = bytes.findIndex((byte, index) => byte !== again[index]);
  return problem(path, 'not-text', 'this is not UTF-8 text', 'Save the file as UTF-8.', place(wrong));
};

/** The first lines of a file that is too large to be read. */
const beginningOf = async (file: string): Promise<string> => {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
};

const readSource = async (path: string, search: Search): Promise<SourceFile> => {
  // What could be made out of it is kept for the message alone.
  const unread = (diagnostic: Diagnostic, text = ''): SourceFile => {
    search.diagnostics.push(diagnostic);
    return { path, text, unread: true };
  };
  try {
    const file = join(search.folder, path);
    const { size } = await stat(file);
    if (size > largest) return unread(problem(path, 'too-large', `${path} is larger than 16 MB`, 'Split it into several files.'), await beginningOf(file));
    const bytes = await readFile(file);
    const text = textOf(path, bytes);
    return typeof text === 'string' ? { path, text } : unread(text, bytes.toString('utf8'));
  } catch (error) {
    return unread(problem(path, 'unreadable', `${path} cannot be read: ${messageOf(error)}`, 'Make it readable, or move it elsewhere.'));
  }
};

/** Reads files of contents by their paths; those that are not there are left out, those that are no text are marked as unread. */
export const readContents = async (folder: string, paths: readonly string[]): Promise<readonly SourceFile[]> => {
  const search: Search = { folder, met: new Set(), paths: [], links: [], unread: [], diagnostics: [] };
  const files: SourceFile[] = [];
  for (const path of paths) {
    const there = await stat(join(folder, path)).catch(() => undefined);
    if (there?.isFile() === true) files.push(await readSource(path, search));
  }
  return files;
};

/**
 * Reads the project folder: salesiq.yaml and every *.yaml below, except hidden
 * ones, tests and node_modules. There is no value without salesiq.yaml. A file
 * that cannot be read is told of and stays in the list as unread, so that it is
 * never taken for one that says nothing.
 */
export const readSources = async (folder: string): Promise<Reading<Sources>> => {
  const search: Search = { folder, met: new Set(), paths: [], links: [], unread: [], diagnostics: [] };
  await visitSafely('', search, visitFolder);
  if (search.unread.length > 0 && search.met.size === 0) return { diagnostics: search.diagnostics };
  for (let next = search.links.shift(); next !== undefined; next = search.links.shift()) await visitSafely(next, search, visitLink);
  const files: SourceFile[] = [];
  for (const path of search.paths.sort(compareText)) files.push(await readSource(path, search));
  const there = await stat(join(folder, projectFile)).then(
    () => true,
    () => false,
  );
  if (!there) {
    const missing = problem(
      projectFile,
      'no-project',
      `there is no ${projectFile} in this folder`,
      'Run `salesiq-sync init` to begin, or name the folder that has one.',
    );
    return { diagnostics: sortDiagnostics([...search.diagnostics, missing]) };
  }
  const project = await readSource(projectFile, search);
  return {
    value: { project, files: [...files, ...search.unread].sort((a, b) => compareText(a.path, b.path)) },
    diagnostics: sortDiagnostics(search.diagnostics),
  };
};
