/** What one reading of the files for a portal shares. */
import { type Diagnostic, type Kind, suggestion } from '../model/index.ts';
import type { Contents } from './content-files.ts';
import { type Guide, guideFor } from './guide.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import type { Fill } from './placeholders.ts';
import { type Steps, stepsOf } from './places.ts';
import { resourceSchema } from './schema.ts';
import type { Span } from './tree.ts';
import { resourceValidators, type Validator } from './validators.js';

export type Strictness = 'lenient' | 'strict';

export interface Run {
  readonly portal: string;
  readonly portals: readonly string[];
  readonly fill: Fill;
  readonly strictness: Strictness;
  /** Whether all files could be read: else a name may be known where nobody can see it. */
  readonly complete: boolean;
  /** Texts that stand in files of their own. */
  readonly contents: Contents;
  readonly tell: (diagnostic: Diagnostic) => void;
  /** The known word that was probably meant. */
  readonly suggest: Suggest;
}

export type Suggest = (word: string, known: readonly string[]) => string | undefined;

/** Guesses until so many words have been compared: a renamed app must not make ten thousand names be compared with ten thousand. */
export const suggestUpTo = (comparisons: number): Suggest => {
  let left = comparisons;
  return (word, known) => {
    left -= known.length;
    return left < 0 ? undefined : suggestion(word, known);
  };
};

/** A kind with what is worked out once for all its resources. */
export interface ReadableKind {
  readonly kind: Kind;
  readonly guide: Guide;
  readonly validator: Validator;
  readonly refs: readonly { readonly steps: Steps; readonly kind: string }[];
  readonly vocabulary: readonly { readonly steps: Steps; readonly what: string; readonly known: ReadonlySet<string> }[];
  /** On unless it says otherwise. */
  readonly switches: boolean;
}

const everything: Validator = () => true;

/** The kinds that files can describe, by name. */
export const readableKinds = (kinds: readonly Kind[]): ReadonlyMap<string, ReadableKind> =>
  new Map(
    kinds.flatMap((kind) => {
      if (kind.schema === undefined) return [];
      const guide = guideFor(resourceSchema(kind, kind.schema));
      const readable: ReadableKind = {
        kind,
        guide,
        validator: resourceValidators[kind.name] ?? everything,
        refs: kind.refs.map((ref) => ({ steps: stepsOf(ref.path), kind: ref.kind })),
        vocabulary: kind.vocabulary.map(({ path, what, known }) => ({ steps: stepsOf(path), what, known: new Set(known) })),
        switches: guide.type === 'mapping' && guide.keys.has('enabled'),
      };
      return [[kind.name, readable] as const];
    }),
  );

/** An error at a place of a file. */
export const tellError = (run: Run, file: ParsedFile, span: Span, code: string, message: string, hint?: string): void => {
  run.tell({ severity: 'error', code, message, origin: originOf(file, span), ...(hint === undefined ? {} : { hint }) });
};

/** `a webhook`, `an app`. */
export const one = (title: string): string => `${/^[aeiou]/i.test(title) ? 'an' : 'a'} ${title}`;
