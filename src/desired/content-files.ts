/**
 * Texts that stand in files of their own beside the YAML file: an article's
 * HTML. The path counts from the folder of the YAML file and stays inside of
 * the project. What is in such a file is taken as it is, without placeholders;
 * one line end at its end is the editor's, not the text's.
 */
import { posix } from 'node:path';
import type { ContentFileRule, Json, JsonObject, Kind, SourceFile } from '../model/index.ts';
import type { ParsedFile } from './parse-files.ts';
import { type Tree, valueOf } from './tree.ts';

/** Files of contents by path, as far as they could be read. */
export type Contents = ReadonlyMap<string, SourceFile>;

/** A field that comes from a file. */
export interface ContentField {
  readonly field: string;
  /** Relative to the project folder. */
  readonly path: string;
}

/** The path from the project folder, or undefined where it leads out of it. */
export const contentPath = (file: string, written: string): string | undefined => {
  const path = posix.normalize(posix.join(posix.dirname(file), written));
  return written === '' || posix.isAbsolute(written) || written.includes('\\') || path === '.' || path === '..' || path.startsWith('../') || path.endsWith('/')
    ? undefined
    : path;
};

const writtenIn = (tree: Tree, rule: ContentFileRule): readonly string[] => {
  const value = valueOf(tree, rule.file);
  return value?.type === 'text' && !value.text.includes('${') ? [value.text] : [];
};

/** The files of contents that files name, by path, each once. */
export const contentFilesIn = (files: readonly ParsedFile[], kinds: readonly Kind[]): readonly string[] => {
  const rules = new Map(kinds.flatMap(({ name, contentFiles }) => (contentFiles === undefined ? [] : [[name, contentFiles] as const])));
  const paths = files.flatMap(({ path, documents }) =>
    documents
      .flatMap(({ entries }) => entries)
      .flatMap(({ key, value }) =>
        (rules.get(key) ?? []).flatMap((rule) => (value.type === 'list' ? value.members.flatMap((tree) => writtenIn(tree, rule)) : [])),
      )
      .flatMap((written) => contentPath(path, written) ?? []),
  );
  return [...new Set(paths)].sort();
};

/** The text of a file as the field's value. */
export const contentOf = (text: string): string => text.replace(/\r?\n$/, '');

/** A field's value as the text of a file; `before` is what the file holds now. */
export const contentText = (value: string, before: string | undefined): string => (before === undefined || /\n$/.test(before) ? `${value}\n` : value);

/** What is wrong with a field that names a file. */
export interface ContentProblem {
  readonly key: string;
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const problemOf = (kind: Kind, fields: JsonObject, rule: ContentFileRule, file: string, contents: Contents): Omit<ContentProblem, 'key'> | undefined => {
  const written = fields[rule.file];
  if (typeof written !== 'string') return undefined;
  if (fields[rule.field] !== undefined)
    return { code: 'said-twice', message: `${rule.field} and ${rule.file} are both given`, hint: `A ${kind.title} takes its ${rule.field} from one of them.` };
  const path = contentPath(file, written);
  if (path === undefined || written.includes('${'))
    return {
      code: 'bad-path',
      message: `${rule.file} should be the path of a file in this project, from the folder of ${file}`,
      hint: 'Write it with forward slashes and without placeholders, such as articles/returns.html.',
    };
  const source = contents.get(path);
  if (source === undefined) return { code: 'no-file', message: `there is no file ${path}`, hint: `${rule.file} counts from the folder of ${file}.` };
  return source.unread === true
    ? { code: 'unreadable', message: `${path} cannot be read as text`, hint: 'Save it as UTF-8 text of at most 16 MB.' }
    : undefined;
};

/** What is wrong with the fields that name files. */
export const contentProblems = (kind: Kind, fields: JsonObject, file: string, contents: Contents): readonly ContentProblem[] =>
  (kind.contentFiles ?? []).flatMap((rule) => {
    const problem = problemOf(kind, fields, rule, file, contents);
    return problem === undefined ? [] : [{ key: rule.file, ...problem }];
  });

/** The fields with what the files that they name hold. */
export const withContents = (
  kind: Kind,
  fields: JsonObject,
  file: string,
  contents: Contents,
): { readonly fields: JsonObject; readonly from: readonly ContentField[] } => {
  if (kind.contentFiles === undefined) return { fields, from: [] };
  const filled: Record<string, Json> = { ...fields };
  const from = kind.contentFiles.flatMap(({ field, file: key }): readonly ContentField[] => {
    const written = fields[key];
    delete filled[key];
    const path = typeof written === 'string' ? contentPath(file, written) : undefined;
    const source = path === undefined ? undefined : contents.get(path);
    if (path === undefined || source === undefined) return [];
    filled[field] = contentOf(source.text);
    return [{ field, path }];
  });
  return { fields: filled, from };
};
