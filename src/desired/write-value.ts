/** Values → lines of YAML, in the style in which people write such files: small things between brackets, large ones in blocks. */
import { compareText, isList, isObject, type Json, type JsonObject } from '../model/index.ts';
import { freeGuide, type Guide } from './guide.ts';
import { hasUnseen, isScalarJson, type Place, quoted, scalarText, textScalar } from './write-scalar.ts';

const widest = 110;
/** Tests of a rule stand one a line, even when that is somewhat long. */
const widestMember = 200;

export const guideOf = (guide: Guide, key: string): Guide => (guide.type === 'mapping' ? (guide.keys.get(key) ?? guide.others ?? freeGuide) : freeGuide);

export const membersOf = (guide: Guide): Guide => (guide.type === 'list' ? guide.members : freeGuide);

/** A key; one that is no single line of moderate length is the caller's to refuse. */
export const keyText = (key: string): string => (key === '<<' ? quoted(key) : textScalar(key, 'flow'));

/** Keys in the order of the schema, then the others by name. */
export const orderedKeys = (value: JsonObject, guide: Guide): readonly string[] => {
  const known = guide.type === 'mapping' ? [...guide.keys.keys()] : [];
  return [
    ...known.filter((key) => Object.hasOwn(value, key)),
    ...Object.keys(value)
      .filter((key) => !known.includes(key))
      .sort(compareText),
  ];
};

/** A value between brackets, on one line. */
export const flowText = (value: Json, guide: Guide, place: Place = 'flow'): string => {
  if (isScalarJson(value)) return scalarText(value, place);
  if (isList(value)) {
    const inner = membersOf(guide);
    return `[${value.map((one) => flowText(one, inner, inner.type === 'text' ? 'name' : 'flow')).join(', ')}]`;
  }
  const pairs = isObject(value) ? orderedKeys(value, guide).map((key) => `${keyText(key)}: ${flowText(value[key] ?? null, guideOf(guide, key))}`) : [];
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
};

const isLeaf = (value: Json): boolean => isScalarJson(value) || (isList(value) && value.every(isScalarJson));
const valuesOf = (value: JsonObject): readonly Json[] => Object.values(value);

/** Whether a value stands between brackets. `member`: in a list; `field`: behind a key. */
const isFlow = (value: Json, guide: Guide, room: number, role: 'member' | 'field'): boolean => {
  if (isScalarJson(value)) return true;
  if (isList(value)) return value.length === 0 || (value.every(isScalarJson) && flowText(value, guide).length <= room);
  if (!isObject(value)) return true;
  if (role === 'member') return valuesOf(value).every(isLeaf) && flowText(value, guide).length <= widestMember;
  return valuesOf(value).every(isScalarJson) && flowText(value, guide).length <= room;
};

/** A text of several lines that can stand as it is below `|`. */
export const isLiteral = (text: string): boolean => /^\S.*\n/.test(text) && !/[ \t\r](?:\n|$)|\n\n$/.test(text) && !hasUnseen(text.replaceAll('\n', ''));

export const literalLines = (text: string, indent: string): readonly string[] => {
  const body = text.replace(/\n$/, '');
  return [body === text ? '|-' : '|', ...body.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`))];
};

/** How much deeper than its key a mapping stands, and the dashes of a list. */
export interface Step {
  readonly fields: string;
  readonly members: string;
}

export const usualStep: Step = { fields: '  ', members: '  ' };

/** Lines below a key or a dash; the first of them stands behind it where `inline`. */
export interface Written {
  readonly inline: boolean;
  readonly lines: readonly string[];
}

/**
 * A value as the lines that follow its key.
 * @param indent the indentation of the key @param step one level deeper
 */
export const writtenValue = (value: Json, guide: Guide, indent: string, step: Step, role: 'member' | 'field' = 'field'): Written => {
  if (typeof value === 'string' && isLiteral(value)) return { inline: true, lines: literalLines(value, `${indent}${step.fields}`) };
  if (isFlow(value, guide, widest - indent.length, role)) return { inline: true, lines: [flowText(value, guide, isScalarJson(value) ? 'block' : 'flow')] };
  if (isList(value)) return { inline: false, lines: value.flatMap((one) => memberLines(one, membersOf(guide), `${indent}${step.members}`, step)) };
  return { inline: false, lines: isObject(value) ? fieldLines(value, guide, `${indent}${step.fields}`, step) : [] };
};

/** `key: value` with all lines of the value. */
export const entryLines = (key: string, value: Json, guide: Guide, indent: string, step: Step): readonly string[] => {
  const { inline, lines } = writtenValue(value, guide, indent, step);
  const [first = '', ...rest] = lines;
  return inline ? [`${indent}${keyText(key)}: ${first}`, ...rest] : [`${indent}${keyText(key)}:`, ...lines];
};

/** The entries of a mapping, each at the indentation. */
export const fieldLines = (value: JsonObject, guide: Guide, indent: string, step: Step): readonly string[] =>
  orderedKeys(value, guide).flatMap((key) => entryLines(key, value[key] ?? null, guideOf(guide, key), indent, step));

/** A block as an entry of a list: its first line stands behind the dash, two columns in, and the rest follows it. */
const behindDash = ([head = '', ...others]: readonly string[], indent: string): readonly string[] => [`${indent}- ${head.slice(indent.length + 2)}`, ...others];

/** A mapping as an entry of a list, each of its keys on a line of its own. */
export const blockMember = (value: JsonObject, guide: Guide, indent: string, step: Step): readonly string[] =>
  behindDash(fieldLines(value, guide, `${indent}  `, step), indent);

/** An entry of a list: its dash stands at the indentation. */
export const memberLines = (value: Json, guide: Guide, indent: string, step: Step): readonly string[] => {
  const { inline, lines } = writtenValue(value, guide, indent, step, 'member');
  const [first = '', ...rest] = lines;
  if (inline) return [`${indent}- ${first}`, ...rest];
  if (isObject(value)) return blockMember(value, guide, indent, step);
  const members = isList(value) ? value.flatMap((one) => memberLines(one, membersOf(guide), `${indent}  `, step)) : lines;
  return behindDash(members, indent);
};
