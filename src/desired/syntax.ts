/** The YAML parser, asked in one way, and its complaints in our words. */
import { type Document, parseAllDocuments, type YAMLError } from 'yaml';

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
  ['Nested mappings are not allowed in compact mappings', { message: 'a second colon in one line', hint: 'Write a text that holds ": " in quotes.' }],
  ['Implicit keys need to be on a single line', { message: 'a key with its colon was expected here', hint: 'Check the indentation, and the colon after the key.' }],
  ['Implicit map keys need to be followed by map values', { message: 'a key without a colon', hint: 'Write "key: value"; a text of several lines is indented deeper than its key.' }],
  ['All mapping items must start at the same column', { message: 'this key does not stand in the column of the keys before it', hint: 'Keys of one mapping are indented alike.' }],
  ['All sequence items must start at the same column', { message: 'this entry does not stand in the column of the entries before it', hint: 'Entries of one list are indented alike.' }],
  ['Sequence item without - indicator', { message: 'an entry of a list begins with "- "', hint: 'Check the indentation of this line and the one before.' }],
  ['Missing , ', { message: 'a comma is missing', hint: 'Entries between brackets are parted by commas.' }],
  ['Missing space after :', { message: 'a blank is missing after the colon', hint: 'Write "key: value".' }],
  ['Unexpected , in', { message: 'a comma too many', hint: 'Entries between brackets are parted by one comma each.' }],
  ['Invalid escape sequence', { message: 'this escape does not exist in a text in double quotes', hint: "Write \\\\ for a backslash, or use single quotes." }],
  ['Comments must be separated', { message: 'a blank is missing before #', hint: 'A comment begins with " #"; a text that holds # is written in quotes.' }],
  ['Anchors and tags must be after', { message: 'an anchor or a tag stands in the wrong place' }],
  ['Missing directives-end', { message: 'a line with --- is missing after the % line', hint: 'Take the % line out; it is not needed.' }],
];

const sureOf = (error: YAMLError, text: string): Wording => {
  const start = text[error.pos[0]] ?? '';
  switch (error.code) {
    case 'BAD_SCALAR_START':
      return { message: `a text cannot begin with ${start}`, hint: 'Write it in quotes.' };
    case 'BAD_INDENT':
      return { message: 'this line is not indented as YAML needs it', hint: 'Indent what belongs to a key deeper than the key, with spaces.' };
    case 'BLOCK_IN_FLOW':
      return { message: 'a list or mapping of several lines cannot stand between brackets', hint: 'Write all of it with brackets, or all of it in lines.' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'a list or mapping begins where a text was expected', hint: 'Begin it on a line of its own, or write a text that holds ": " in quotes.' };
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

const complaintOf = (error: YAMLError, text: string): Complaint => {
  const { message, hint } = byMessage.find(([part]) => error.message.includes(part))?.[1] ?? sureOf(error, text);
  const [start, end] = error.pos;
  return { start, end: Math.max(end, start + 1), message, hint };
};

/** One mistake often upsets the parser several times: of one line the first complaint counts, and of one document the first few. */
const firstOfLines = (complaints: readonly Complaint[], text: string): readonly Complaint[] => {
  const sorted = [...complaints].sort((a, b) => a.start - b.start);
  return sorted.filter((one, index) => index === 0 || text.slice(sorted[index - 1]?.start, one.start).includes('\n')).slice(0, 5);
};

const ignored = new Set(['TAG_RESOLVE_FAILED', 'BAD_COLLECTION_TYPE']);

const understood = (document: Pick<Document.Parsed, 'errors'> & { readonly contents?: unknown }, text: string): SyntaxDocument => ({
  root: document.contents,
  complaints: firstOfLines(document.errors.map((error) => complaintOf(error, text)), text),
});

/** The documents of a text, with what is wrong in each. Never throws. */
export const syntaxOf = (text: string): readonly SyntaxDocument[] => {
  try {
    const documents = parseAllDocuments(text, options);
    if ('empty' in documents) return documents.errors.length === 0 ? [] : [understood({ errors: documents.errors }, text)];
    return documents.map((document) => understood(document, text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ root: undefined, complaints: [{ start: 0, end: 1, message: 'values nest too deeply to be read', hint: 'No file needs more than a handful of levels.' }] }];
  }
};

/** The one document of a piece of a text; undefined where the parser has anything to say to it. */
export const sliceOf = (text: string): unknown => {
  const documents = parseAllDocuments(text, options);
  const [document, ...more] = documents;
  if (document === undefined || more.length > 0 || document.errors.length > 0 || document.warnings.some(({ code }) => !ignored.has(code))) return undefined;
  return document.contents;
};
