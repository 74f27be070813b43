/** One value in a file of its own, YAML or JSON, that says where each of its parts stands. */
import { type Diagnostic, type Json, type Origin, type Path, type Reading, type Schema, type SourceFile, sortDiagnostics } from '../model/index.ts';
import { type Converter, convert } from './convert.ts';
import { guideFor } from './guide.ts';
import { linedText, originOf } from './lines.ts';
import { parseWhole } from './parse-files.ts';
import { entryOf, treeAt } from './tree.ts';

/** What the file holds. */
export interface ReadDocument {
  readonly value: Json;
  /** Where the value at a path stands, or the key at its end. A path that leads out of the value: the last part on the way. */
  readonly originAt: (path: Path, at: 'key' | 'value') => Origin;
}

/**
 * Reads a file that holds one mapping. Texts are taken as they are written
 * where the schema wants text. Placeholders are not filled in.
 */
export const readDocument = (source: SourceFile, schema: Schema): Reading<ReadDocument> => {
  const { file, diagnostics: found } = parseWhole(linedText(source.path, source.text));
  const [tree, second] = file.documents;
  const top = { start: 0, end: 1 };
  const diagnostics: Diagnostic[] = found.map((one) =>
    one.code === 'not-a-mapping'
      ? { severity: one.severity, code: one.code, message: 'this is no mapping', ...(one.origin === undefined ? {} : { origin: one.origin }) }
      : one,
  );
  const tell: Converter['report'] = (span, code, message, hint) => {
    diagnostics.push({ severity: 'error', code, message, origin: originOf(file, span), ...(hint === undefined ? {} : { hint }) });
  };
  if (second !== undefined)
    diagnostics.push({
      severity: 'error',
      code: 'several-documents',
      message: 'the file holds several documents',
      origin: originOf(file, second),
      hint: 'Keep one.',
    });
  if (tree === undefined) {
    if (found.length === 0) diagnostics.push({ severity: 'error', code: 'no-value', message: 'the file is empty', origin: originOf(file, top) });
    return { diagnostics };
  }
  const value = convert(tree, guideFor(schema), {
    fill: (text) => ({ text, secret: false, gaps: [] }),
    report: tell,
    settled: new Set(),
    secrets: new Set(),
    mode: 'filled',
  });
  const sorted = sortDiagnostics(diagnostics);
  if (sorted.length > 0) return { diagnostics: sorted };
  return {
    value: {
      value,
      originAt: (path, at) => {
        const key = path.at(-1);
        const entry = at === 'key' && typeof key === 'string' ? entryOf(treeAt(tree, path.slice(0, -1)), key) : undefined;
        return originOf(file, entry ?? treeAt(tree, path));
      },
    },
    diagnostics: [],
  };
};
