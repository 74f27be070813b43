/** Colour or none: the caller knows the terminal, this folder does not look. */
import { styleText } from 'node:util';

export type Style = 'colour' | 'plain';

/** What a piece of text is, not how it looks. */
export type Tone = 'add' | 'change' | 'remove' | 'move' | 'bad' | 'good' | 'caution' | 'strong' | 'quiet';

const formats = {
  add: 'green',
  change: 'yellow',
  remove: 'red',
  move: 'cyan',
  bad: 'red',
  good: 'green',
  caution: 'yellow',
  strong: 'bold',
  quiet: 'dim',
} as const satisfies Readonly<Record<Tone, Parameters<typeof styleText>[0]>>;

/** The text in the colour of its tone; unchanged in plain style. The text must already be safe to print. */
export const paint = (tone: Tone, text: string, style: Style): string =>
  style === 'plain' || text === '' ? text : styleText(formats[tone], text, { validateStream: false });
