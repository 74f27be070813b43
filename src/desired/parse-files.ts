/** Texts → trees. Independent of portals: done once, used for each. */
import { type Diagnostic, type Reading, type SourceFile, sortDiagnostics } from '../model/index.ts';
import { growerOf, type Report } from './grow.ts';
import { type Lined, linedText, originOf } from './lines.ts';
import { parseSliced } from './parse-sliced.ts';
import { syntaxOf } from './syntax.ts';
import type { MappingTree } from './tree.ts';

/** A file as far as it can be understood without knowing the kinds. */
export interface ParsedFile extends Lined {
  /** The mappings of its documents; empty ones and broken ones are left out. */
  readonly documents: readonly MappingTree[];
  /** Whether all that stands in it is in `documents`. What a broken file would have said is unknown, never absent. */
  readonly complete: boolean;
}

/** The documents of a text in one piece, with all findings. */
export const parseWhole = (lined: Lined): { readonly file: ParsedFile; readonly diagnostics: readonly Diagnostic[] } => {
  const diagnostics: Diagnostic[] = [];
  const documents: MappingTree[] = [];
  const report: Report = (span, code, message, hint) => {
    diagnostics.push({ severity: 'error', code, message, origin: originOf(lined, span), ...(hint === undefined ? {} : { hint }) });
  };
  const grow = growerOf(report, (offset) => originOf(lined, { start: offset, end: offset }).line);
  for (const { root, complaints } of syntaxOf(lined.text)) {
    for (const complaint of complaints) report(complaint, 'syntax', complaint.message, complaint.hint);
    if (complaints.length > 0) continue;
    const tree = grow(root, 0);
    if (tree.type === 'mapping') documents.push(tree);
    else if (tree.type === 'list')
      report(tree, 'not-a-mapping', 'a file is a mapping of kinds to lists, but this is a list', 'Write the kind above it, such as `webhooks:`.');
    else if (tree.type === 'text' && !(tree.plain && tree.text === ''))
      report(tree, 'not-a-mapping', 'a file is a mapping of kinds to lists, but this is a text', 'Write the kind above it, such as `webhooks:`.');
  }
  return { file: { ...lined, documents, complete: diagnostics.length === 0 }, diagnostics };
};

const parseFile = (source: SourceFile): { readonly file: ParsedFile; readonly diagnostics: readonly Diagnostic[] } => {
  const lined = linedText(source.path, source.text);
  if (source.unread === true) return { file: { ...lined, documents: [], complete: false }, diagnostics: [] };
  const documents = parseSliced(source.text);
  return documents === undefined ? parseWhole(lined) : { file: { ...lined, documents, complete: true }, diagnostics: [] };
};

/**
 * Reads the syntax of files. There is always a value, so that assemble can find
 * what is wrong elsewhere too: broken documents are left out of it, and
 * assemble gives no desired state while a file is not complete.
 */
export const parseFiles = (files: readonly SourceFile[]): Reading<readonly ParsedFile[]> => {
  const parsed = files.map(parseFile);
  return { value: parsed.map(({ file }) => file), diagnostics: sortDiagnostics(parsed.flatMap(({ diagnostics }) => diagnostics)) };
};
