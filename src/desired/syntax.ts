/** The YAML parser, asked in one way, and its complaints in our words. */
import { Composer, type Document, isCollection, isPair, isScalar, Lexer, Parser, type YAMLError } from 'yaml';

/** Scalars come as their source, keys may repeat and tags stay unresolved: grow.ts sees to all of that. */
const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent', resolveKnownTags: false } as const;

export interface Complaint {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint: string | undefined;
}

export interface SyntaxDocument {
  readonly root: unknown;
  readonly complaints: readonly Complaint[];
}

interface Wording {
  readonly message: string;
  readonly hint?: string;
}

const tabs: Wording = { message: 'a tab stands where the line is indented', hint: 'YAML is indented with spaces.' };

const quoteEnd: Wording = { message: 'a quote is opened and not closed', hint: 'Close it, and indent the lines of a quoted text deeper than its key.' };

/** Wordings by a part of the parser's message; the first that fits is taken. */
const byMessage: readonly (readonly [string, Wording])[] = [
  ['Missing closing', quoteEnd],
  ['Tabs are not allowed', tabs],
  ['Alias cannot be an empty string', { message: 'a single * means an alias in YAML', hint: 'Write "*" in quotes.' }],
  ['Anchor cannot be an empty string', { message: 'a single & means an anchor in YAML', hint: 'Write "&" in quotes.' }],
  [
    'Nested mappings are not allowed in compact mappings',
    {
      message: 'a key with a colon stands inside of a value',
      hint: 'Write a text that holds ": " in quotes; if the next line is meant as a key, indent it less.',
    },
  ],
  [
    'at node end',
    { message: 'something stands behind the end of a value', hint: "Put the whole value in quotes; a single quote inside of '…' is written twice." },
  ],
  [
    'Implicit keys need to be on a single line',
    { message: 'a key with its colon was expected here', hint: 'Check the indentation, and the colon after the key.' },
  ],
  [
    'Implicit map keys need to be followed by map values',
    { message: 'a key without a colon', hint: 'Write "key: value"; a text of several lines is indented deeper than its key.' },
  ],
  [
    'All mapping items must start at the same column',
    { message: 'this key does not stand in the column of the keys before it', hint: 'Keys of one mapping are indented alike.' },
  ],
  [
    'All sequence items must start at the same column',
    { message: 'this entry does not stand in the column of the entries before it', hint: 'Entries of one list are indented alike.' },
  ],
  ['Sequence item without - indicator', { message: 'an entry of a list begins with "- "', hint: 'Check the indentation of this line and the one before.' }],
  ['Missing , ', { message: 'a comma is missing', hint: 'Entries between brackets are parted by commas.' }],
  ['Missing space after :', { message: 'a blank is missing after the colon', hint: 'Write "key: value".' }],
  ['Unexpected , in', { message: 'a comma too many', hint: 'Entries between brackets are parted by one comma each.' }],
  ['Invalid escape sequence', { message: 'this escape does not exist in a text in double quotes', hint: 'Write \\\\ for a backslash, or use single quotes.' }],
  ['Comments must be separated', { message: 'a blank is missing before #', hint: 'A comment begins with " #"; a text that holds # is written in quotes.' }],
  ['Anchors and tags must be after', { message: 'an anchor or a tag stands in the wrong place' }],
  ['Missing directives-end', { message: 'a line with --- is missing after the % line', hint: 'Take the % line out; it is not needed.' }],
];

const byCode = (error: YAMLError, text: string): Wording => {
  const start = text[error.pos[0]] ?? '';
  switch (error.code) {
    case 'BAD_SCALAR_START':
      return { message: `a text cannot begin with ${start}`, hint: 'Write it in quotes.' };
    case 'BAD_INDENT':
      return { message: 'this line is not indented as YAML needs it', hint: 'Indent what belongs to a key deeper than the key, with spaces.' };
    case 'BLOCK_IN_FLOW':
      return {
        message: 'between brackets, a key or "- " stands inside of a value',
        hint: 'Part the entries by commas; write a text that holds ": " in quotes.',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'a list or mapping begins where a text was expected',
        hint: 'Begin it on a line of its own, or write a text that holds ": " in quotes.',
      };
    case 'KEY_OVER_1024_CHARS':
      return { message: 'a key cannot be longer than 1024 characters' };
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'ALIAS_PROPS':
      return { message: 'a value can have one anchor, and an alias none' };
    case 'BAD_DIRECTIVE':
      return { message: 'lines that begin with % are not read here', hint: 'Take the line out, or write the text in quotes.' };
    case 'TAG_RESOLVE_FAILED':
      return { message: 'tags (words that begin with !) are not read', hint: 'Write the value without the tag; write a text that begins with ! in quotes.' };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'values nest too deeply to be read', hint: 'No file needs more than a handful of levels.' };
    default:
      return { message: `this is not YAML: ${error.message.slice(0, 200)}`, hint: 'Check the indentation, quotes and brackets around it.' };
  }
};

const placeholder: Wording = { message: 'a placeholder between brackets stands in quotes', hint: 'Write "${name}", with the quotes.' };

const bracketEnd = (closing: string): Wording => ({
  message: `what was opened with a bracket is not closed before this place`,
  hint: `A ${closing} is missing.`,
});

const wordingOf = (error: YAMLError, text: string): Wording => {
  const [start] = error.pos;
  if (text.startsWith('${', start - 1)) return placeholder;
  const closing = /end with a (.)/.exec(error.message)?.[1];
  if (closing !== undefined) return bracketEnd(closing);
  return byMessage.find(([part]) => error.message.includes(part))?.[1] ?? byCode(error, text);
};

/** Where a quoted text begins that ends at the offset: a missing quote is told of where it was opened. */
const openingOf = (node: unknown, end: number): number | undefined => {
  if (isScalar(node)) return node.range?.[1] === end && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE') ? node.range[0] : undefined;
  const inner: readonly unknown[] = isPair(node) ? [node.value, node.key] : isCollection(node) ? node.items : [];
  for (const one of inner.toReversed()) {
    const found = openingOf(one, end);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Behind the last line, or on an empty one, there is nothing to underline: the character before it stands for it. */
const visiblePlace = (text: string, offset: number): number => {
  const atEmptyLine = (text[offset] === undefined || text[offset] === '\n') && (offset === 0 || text[offset - 1] === '\n');
  const before = atEmptyLine ? text.slice(0, offset).trimEnd().length : 0;
  return before === 0 ? offset : before - 1;
};

const complaintOf = (error: YAMLError, text: string, root: unknown): Complaint => {
  const { message, hint } = wordingOf(error, text);
  const [, end] = error.pos;
  const start = visiblePlace(text, error.pos[0]);
  const opening = error.message.startsWith('Missing closing') ? openingOf(root, error.pos[0]) : undefined;
  return { start: opening ?? start, end: start < error.pos[0] ? start + 1 : Math.max(end, start + 1), message, hint };
};

/** One mistake often upsets the parser several times: of one line the first complaint counts, and of one document the first few. */
const firstOfLines = (complaints: readonly Complaint[], text: string): readonly Complaint[] => {
  const sorted = [...complaints].sort((a, b) => a.start - b.start);
  return sorted.filter((one, index) => index === 0 || text.slice(sorted[index - 1]?.start, one.start).includes('\n')).slice(0, 5);
};

const ignored = new Set(['TAG_RESOLVE_FAILED', 'BAD_COLLECTION_TYPE']);

const understood = (document: { readonly errors: readonly YAMLError[]; readonly contents?: unknown }, text: string): SyntaxDocument => ({
  root: document.contents,
  complaints: firstOfLines(
    document.errors.slice(0, 100).map((error) => complaintOf(error, text, document.contents)),
    text,
  ),
});

const tooDeep = (start: number): SyntaxDocument => ({
  root: undefined,
  complaints: [{ start, end: start + 1, message: 'values nest too deeply to be read', hint: 'No file needs more than a handful of levels.' }],
});

/** More levels than resources may have (grow.ts counts those exactly), fewer than hurt. */
const deepestStack = 200;

/**
 * The parser's own way from text to documents, with an eye on its stack: what
 * nests too deeply ends here, before anything is called once for each level.
 */
function* documentsOf(text: string): Generator<Document.Parsed | { readonly deepAt: number }, Composer> {
  const parser = new Parser();
  const composer = new Composer(options);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    if (parser.stack.length > deepestStack) {
      yield { deepAt: parser.stack.at(-1)?.offset ?? 0 };
      return composer;
    }
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
  return composer;
}

const readDocuments = (text: string): readonly SyntaxDocument[] => {
  const found: SyntaxDocument[] = [];
  const documents = documentsOf(text);
  for (let next = documents.next(); ; next = documents.next()) {
    if (next.done === true) {
      const { errors } = next.value.streamInfo();
      return errors.length === 0 ? found : [...found, understood({ errors }, text)];
    }
    found.push('deepAt' in next.value ? tooDeep(next.value.deepAt) : understood(next.value, text));
  }
};

/** The documents of a text, with what is wrong in each. */
export const syntaxOf = (text: string): readonly SyntaxDocument[] => {
  try {
    return readDocuments(text);
  } catch (error) {
    // A stack or a list that grew too large somewhere inside.
    if (error instanceof RangeError) return [tooDeep(0)];
    throw error;
  }
};

/** The one document of a piece of a text; undefined where the parser has anything to say to it. */
export const sliceOf = (text: string): unknown => {
  const [document, ...more] = documentsOf(text);
  if (document === undefined || more.length > 0 || 'deepAt' in document) return undefined;
  const silent = document.errors.length === 0 && document.warnings.every(({ code }) => ignored.has(code));
  return silent ? (document.contents ?? undefined) : undefined;
};
