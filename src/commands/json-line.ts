/** One event as one line of JSON. It imports nothing: the command loads it at every start. */

/** What steers a terminal, or ends a line for some reader, and JSON may hold as it is. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const written = (character: string): string =>
  [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** The line, with its end. Nothing in it steers a terminal, whatever texts it holds; what is undefined is left out. */
export const jsonLine = (fields: object): string => `${JSON.stringify(fields).replace(unseen, written)}\n`;
