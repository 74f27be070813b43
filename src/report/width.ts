/** How many columns of a terminal a text takes. */

const ascii = /^[\x20-\x7e]*$/;
const noWidth = /[\p{Mn}\p{Me}\p{Cf}\uFE0E\uFE0F]/u;
const region = /[\u{1F1E6}-\u{1F1FF}]/u;
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{17000}-\u{18CFF}\u{1B000}-\u{1B2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;

const widthOf = (character: string, before: string | undefined): number => {
  if (character < '\u0300') return 1;
  // The emoji selector widens the sign before it; a skin tone belongs to the emoji before it.
  if (character === '\uFE0F') return before !== undefined && !wide.test(before) && /\p{Emoji}/u.test(before) ? 1 : 0;
  if (noWidth.test(character)) return 0;
  if (region.test(character)) return 1;
  if (before !== undefined && /\p{Emoji_Modifier}/u.test(character) && /\p{Emoji_Modifier_Base}/u.test(before)) return 0;
  return wide.test(character) ? 2 : 1;
};

/** A character and its columns: what stands on the one before it has none. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/** The characters of a text that is safe to print. */
export const cellsOf = (text: string): readonly Cell[] => {
  const characters = Array.from(text);
  return characters.map((character, index) => ({ text: character, width: widthOf(character, characters[index - 1]) }));
};

/** Columns of a text that is safe to print. */
export const displayWidth = (text: string): number => (ascii.test(text) ? text.length : cellsOf(text).reduce((sum, cell) => sum + cell.width, 0));

/** The text with blanks behind it up to the width. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** The columns of the widest text, but never more than `most`: one long name does not push all others aside. */
export const widest = (texts: readonly string[], most: number): number =>
  Math.min(
    most,
    texts.reduce((width, text) => Math.max(width, displayWidth(text)), 0),
  );
