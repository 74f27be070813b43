/**
 * The last line of defence before anything is printed or written down: values
 * that must not be seen are replaced wherever they stand. Fields are masked by
 * name long before this; here it is by value.
 */

export interface Veil {
  /** The text with every secret value replaced. */
  readonly hide: (text: string) => string;
  /** The same for a text of the service, which may echo what was sent: very short values too, where they stand by themselves. */
  readonly hideEcho: (text: string) => string;
  /** Adds values that turned out to be secret. */
  readonly add: (secrets: readonly string[]) => void;
}

/** Shorter values would take ordinary words out of every message; they are masked by field, and in echoes. */
const shortestSecret = 4;

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
const inForm = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

/** A lone surrogate has no form for an address. */
const inAddress = (text: string): readonly string[] => {
  try {
    return [encodeURIComponent(text), encodeURI(text), inForm(text)];
  } catch {
    return [];
  }
};

const formsOf = (secret: string): readonly string[] => [secret, inJson(secret), inJson(inJson(secret)), ...inAddress(secret)];

const longestFirst = (a: string, b: string): number => b.length - a.length;

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The short value where no letter or digit touches it. */
const alone = (secret: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(secret)}(?![\\p{L}\\p{N}])`, 'gu');

export const veilFor = (secrets: readonly string[]): Veil => {
  let forms: readonly string[] = [];
  let short: readonly string[] = [];
  const add = (more: readonly string[]): void => {
    const wide = more.filter((secret) => secret.length >= shortestSecret).flatMap(formsOf);
    forms = [...new Set([...forms, ...wide])].sort(longestFirst);
    short = [...new Set([...short, ...more.filter((secret) => secret !== '' && secret.length < shortestSecret)])].sort(longestFirst);
  };
  add(secrets);
  const hide = (text: string): string => forms.reduce((shown, form) => shown.replaceAll(form, '***'), text);
  return { add, hide, hideEcho: (text) => short.reduce((shown, one) => shown.replace(alone(one), '***'), hide(text)) };
};
