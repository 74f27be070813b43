/**
 * The last line of defence before anything is printed or written down: values
 * that must not be seen are replaced wherever they stand. Fields are masked by
 * name long before this; here it is by value.
 */

export interface Veil {
  /** The text with every secret value replaced. */
  readonly hide: (text: string) => string;
  /** Adds values that turned out to be secret. */
  readonly add: (secrets: readonly string[]) => void;
}

/** Shorter values would take ordinary words out of every message; they are masked by field alone. */
const shortestSecret = 6;

const formsOf = (secret: string): readonly string[] => [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])];

export const veilFor = (secrets: readonly string[]): Veil => {
  let forms: readonly string[] = [];
  const add = (more: readonly string[]): void => {
    const wide = more.filter((secret) => secret.length >= shortestSecret).flatMap(formsOf);
    forms = [...new Set([...forms, ...wide])].sort((a, b) => b.length - a.length);
  };
  add(secrets);
  return { add, hide: (text) => forms.reduce((shown, form) => shown.replaceAll(form, '***'), text) };
};
