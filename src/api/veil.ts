/** Keeps secrets out of every text that leaves this folder, whoever wrote the text. */

export interface Veil {
  /** From now on this is never shown. */
  readonly add: (secret: string) => void;
  /** The text with every secret in it, as it is or encoded for an address, replaced. */
  readonly hide: (text: string) => string;
}

const longestMessage = 500;

/** The message without secrets, and not longer than a person reads. */
export const shown = (veil: Veil, message: string): string => {
  const hidden = veil.hide(message);
  return hidden.length > longestMessage ? `${hidden.slice(0, longestMessage)}…` : hidden;
};

/** The form of Zoho's tokens, whoever's they are (platform-and-people.md 1.5). */
const tokenForm = /\b100\d\.[0-9a-f]{16,}\.[0-9a-f]{16,}\b/gi;
const shortestSecret = 4;

/** @param others takes out what else must not be shown */
export const openVeil = (secrets: readonly string[], others: (text: string) => string = (text) => text): Veil => {
  const forms = new Set<string>();
  const add = (secret: string): void => {
    if (secret.length < shortestSecret) return;
    forms.add(secret);
    forms.add(encodeURIComponent(secret));
  };
  for (const secret of secrets) add(secret);
  return {
    add,
    hide: (text) => {
      let hidden = text;
      for (const form of forms) hidden = hidden.replaceAll(form, '(hidden)');
      return others(hidden.replace(tokenForm, '(hidden)'));
    },
  };
};
