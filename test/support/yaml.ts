/** YAML text as people write it: now in blocks, now between brackets, quoted this way or that, with comments. A seed decides. */

/** A stream of numbers from a seed: small, and the same on every machine. */
export const drawFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export type Node = { readonly text: string } | { readonly list: readonly Node[] } | { readonly map: readonly (readonly [string, Node])[] };

export interface Pen {
  readonly draw: () => number;
  /** True so often (0 to 1). */
  readonly chance: (share: number) => boolean;
  /** A text in one of the forms that YAML has for it. `listed`: in a list of texts, where null is a text too. */
  readonly say: (text: string, where?: 'value' | 'listed') => Node;
  readonly shuffled: <T>(list: readonly T[]) => readonly T[];
}

const plainWord = /^[A-Za-z0-9](?:[A-Za-z0-9 _.@/-]*[A-Za-z0-9])?$/;
const nothing = new Set(['null', 'Null', 'NULL']);

export const penOf = (seed: number): Pen => {
  const draw = drawFrom(seed);
  const chance = (share: number): boolean => draw() < share;
  return {
    draw,
    chance,
    say: (written, where = 'value') => {
      const text = written.replaceAll('${', () => '$${');
      if (plainWord.test(text) && (where === 'listed' || !nothing.has(text)) && chance(0.7)) return { text };
      if (/^[\x20-\x7e\u00a1-\uffff]*$/.test(text) && chance(0.5)) return { text: `'${text.replaceAll("'", "''")}'` };
      return { text: JSON.stringify(text) };
    },
    shuffled: (list) =>
      list
        .map((item) => ({ item, at: draw() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
};

const keyText = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_ ]*$/.test(key) && !nothing.has(key) ? key : JSON.stringify(key));

const inline = (node: Node): string => {
  if ('text' in node) return node.text;
  if ('list' in node) return `[${node.list.map(inline).join(', ')}]`;
  return node.map.length === 0 ? '{}' : `{ ${node.map.map(([key, value]) => `${keyText(key)}: ${inline(value)}`).join(', ')} }`;
};

const isEmpty = (node: Node): boolean => ('list' in node ? node.list.length === 0 : 'map' in node && node.map.length === 0);

const below = (node: Node, indent: string, pen: Pen): readonly string[] => {
  if ('text' in node || isEmpty(node)) return [`${indent}${inline(node)}`];
  if ('list' in node)
    return node.list.flatMap((item) => {
      const [first = '', ...rest] = pen.chance(0.3) ? [`${indent}  ${inline(item)}`] : below(item, `${indent}  `, pen);
      return [...(pen.chance(0.05) ? [`${indent}# ${'a word about it'}`] : []), `${indent}- ${first.slice(indent.length + 2)}`, ...rest];
    });
  return node.map.flatMap(([key, value]) =>
    'text' in value || isEmpty(value) || (indent !== '' && pen.chance(0.35))
      ? [`${indent}${keyText(key)}: ${inline(value)}${pen.chance(0.03) ? ' # so it is' : ''}`]
      : [`${indent}${keyText(key)}:`, ...below(value, `${indent}  `, pen)],
  );
};

/** A document: a mapping at the top. */
export const documentText = (node: Node, pen: Pen): string => `${below(node, '', pen).join('\n')}\n`;
