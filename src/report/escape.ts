/**
 * Text from files and from the service is never trusted with a terminal or a
 * page: what is invisible or steers the output becomes a visible escape.
 */

/** Controls, format characters (bidi, zero width, tags), separators, lone surrogates, and what fonts draw as nothing; the two emoji selectors may stay. */
const invisible = /(?![\uFE0E\uFE0F])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return short[character] ?? (code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
};

/** Plain ASCII passes without a look at each character. */
const harmless = /^[\x20-\x7e]*$/;

/** One line that any terminal can print: line breaks read `\n`, an escape character reads `\u001b`. */
export const escapeText = (text: string): string => (harmless.test(text) ? text : text.replace(invisible, visible));

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const visibleButBreaks = (text: string): string =>
  text.replace(invisible, (character) => (character === '\n' || character === '\t' ? character : visible(character)));

/** For HTML text and quoted attributes; line breaks and tabs stay, other invisible characters become visible. */
export const escapeHtml = (text: string): string =>
  (harmless.test(text) ? text : visibleButBreaks(text)).replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** For JSON that is already text: what would steer a terminal is written as JSON writes it, `\u009b`; line breaks between values stay. */
export const escapeJson = (text: string): string =>
  text.replace(invisible, (character) =>
    character === '\n' ? character : [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
