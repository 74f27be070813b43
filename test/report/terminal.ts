/** What a terminal must never be sent: everything that is not printed as a glyph, but line breaks. Written out, not taken from the code under test. */
const forbidden: readonly (readonly [number, number])[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x180e, 0x180e],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe0fff],
];

/** The first character that must not be printed, as its number; undefined where there is none. */
export const unprintable = (text: string): string | undefined => {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (forbidden.some(([from, to]) => code >= from && code <= to)) return code.toString(16);
  }
  return undefined;
};

/** The text without colours. */
export const withoutColour = (text: string): string => text.replaceAll(/\u001b\[[0-9]+m/g, '');
