/** The fields of a change: old and new value, what differs in long ones, and whose change it is. */
import { type FieldChange, isList, isObject, type Json } from '../../model/index.ts';
import { sides } from '../field-lines.ts';
import { diffParts, type PartChange } from '../part-diff.ts';
import { partsOf, sideText } from '../value-text.ts';
import { counted } from '../words.ts';
import { foreign, html, isLeftToRight, type Markup, signWord } from './markup.ts';

/** A value longer than this is compared part by part. */
const longValue = 80;
/** More parts than this are shown on demand. */
const mostParts = 24;
/** Fewer parts that stayed are shown as they are. */
const leastKept = 3;

/** @param mode `new`: the values of a new resource, which have no old side. @param told the side that is said for the whole change already */
export const fieldList = (fields: readonly FieldChange[], mode: 'new' | 'changed', told: FieldChange['side']): Markup | undefined =>
  fields.length === 0 ? undefined : html`<dl>${fields.map((field) => oneField(field, mode, told))}</dl>`;

const oneField = (field: FieldChange, mode: 'new' | 'changed', told: FieldChange['side']): Markup => {
  const whose = field.side === undefined || field.side === told ? undefined : sideTag(field.side);
  return html`<dt>${foreign(field.path)}</dt><dd>${valueOf(field, mode)}${whose}</dd>`;
};

/** Whose change it is, in the words of the plan as text. */
export const sideTag = (side: NonNullable<FieldChange['side']>): Markup => html` <span class="side ${side}">${sides[side]}</span>`;

const valueOf = (field: FieldChange, mode: 'new' | 'changed'): Markup => {
  if (field.sensitive === true) return html`<em class="hidden-value">(sensitive)</em>`;
  const { from, to } = field;
  if (mode === 'new' && from === undefined) return newValue(to);
  const parts = sameSort(from, to) ? diffParts(partsOf(from), partsOf(to)) : [];
  const short = sideText(from).length + sideText(to).length <= longValue && !hasLines(from) && !hasLines(to);
  if (short || !parts.some(({ sign }) => sign !== '=')) return pair(sideText(from), sideText(to));
  return html`<ul>${runsOf(parts)}</ul>`;
};

const hasLines = (value: Json | undefined): boolean => typeof value === 'string' && value.includes('\n');

const sameSort = (a: Json | undefined, b: Json | undefined): boolean =>
  (isList(a) && isList(b)) || (isObject(a) && isObject(b)) || (typeof a === 'string' && typeof b === 'string');

const newValue = (value: Json | undefined): Markup => {
  const text = sideText(value);
  if (text.length <= longValue && !hasLines(value)) return html`<ins>${foreign(text)}</ins>`;
  return html`<ul>${folded(partsOf(value).map((part) => partLine('+', part)))}</ul>`;
};

const pair = (old: string, next: string): Markup => {
  const [from, to] = marked(old, next);
  return html`<del>${from}</del> ${signWord('becomes')} <ins>${to}</ins>`;
};

const partLine = (sign: '-' | '+', text: string, shown: Markup = foreign(text)): Markup =>
  sign === '-' ? html`<li class="gone">${signWord('taken away: ')}${shown}</li>` : html`<li class="come">${signWord('added: ')}${shown}</li>`;

/** Long lists: the rest opens on demand. */
const folded = (lines: readonly Markup[]): readonly Markup[] => {
  if (lines.length <= mostParts) return lines;
  const rest = lines.slice(mostParts);
  return [...lines.slice(0, mostParts), html`<li><details><summary>${rest.length} more</summary><ul>${rest}</ul></details></li>`];
};

/** What stayed opens on demand if it is much; one part in the place of another is marked where they differ. */
const runsOf = (parts: readonly PartChange[]): readonly Markup[] => {
  const lines: Markup[] = [];
  for (let at = 0; at < parts.length; ) {
    const sign = parts[at]?.sign;
    let end = at;
    while (end < parts.length && parts[end]?.sign === sign) end += 1;
    const run = parts.slice(at, end);
    const [first] = run;
    const next = parts[end];
    if (sign === '=') {
      lines.push(...keptLines(run));
    } else if (first !== undefined && sign === '-' && run.length === 1 && next?.sign === '+' && parts[end + 1]?.sign !== '+') {
      const [from, to] = marked(first.text, next.text);
      lines.push(partLine('-', first.text, from), partLine('+', next.text, to));
      end += 1;
    } else {
      lines.push(...run.map((part) => partLine(sign === '-' ? '-' : '+', part.text)));
    }
    at = end;
  }
  return folded(lines);
};

const keptLines = (run: readonly PartChange[]): readonly Markup[] => {
  const lines = run.map(({ text }) => html`<li>${foreign(text)}</li>`);
  if (run.length < leastKept) return lines;
  return [html`<li><details><summary>${counted(run.length, 'part')} unchanged</summary><ul>${lines}</ul></details></li>`];
};

/** Shorter texts are read at a glance, and texts with little in common are no nearer for a mark. */
const leastCommon = 6;

/** Two texts with what differs between their common beginning and end marked, where they have enough in common. */
const marked = (a: string, b: string): readonly [Markup, Markup] => {
  const from = Array.from(a);
  const to = Array.from(b);
  const least = Math.min(from.length, to.length);
  let head = 0;
  while (head < least && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < least - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  if (head + tail < leastCommon) return [foreign(a), foreign(b)];
  const own = !isLeftToRight(a) || !isLeftToRight(b);
  const side = (all: readonly string[]): Markup => {
    const middle = all.slice(head, all.length - tail).join('');
    const shown = html`${all.slice(0, head).join('')}${middle === '' ? undefined : html`<b>${middle}</b>`}${all.slice(all.length - tail).join('')}`;
    return own ? html`<bdi>${shown}</bdi>` : shown;
  };
  return [side(from), side(to)];
};
