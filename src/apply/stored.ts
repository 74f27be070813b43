/**
 * How state is kept in files: texts in the form of placeholders. A value of the
 * environment is never stored: wherever it stands, its expression is, and a
 * salted hash tells later whether the environment still says the same. A
 * literal `${` is written `$${`, so that storing and reading back is exact.
 */
import { createHash } from 'node:crypto';
import { isList, isObject, type Json, UserError } from '../model/index.ts';

/** A variable of the environment that the files ask for. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** What is stored of a secret: enough to notice a change, too little to find it out. */
export interface Seal {
  readonly name: string;
  readonly salt: string;
  readonly hash: string;
}

const inTexts = (value: Json, change: (text: string) => string): Json => {
  if (typeof value === 'string') return change(value);
  if (isList(value)) return value.map((entry) => inTexts(entry, change));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inTexts(inner, change)]));
  return value;
};

const encodeText =
  (secrets: readonly Secret[]) =>
  (text: string): string => {
    // Split at the first secret found, so that what one of them put there is never looked at again.
    for (const [index, { name, value }] of secrets.entries()) {
      if (!text.includes(value)) continue;
      const parts = text.split(value).map(encodeText(secrets.slice(index + 1)));
      // A dollar right before an expression would make a literal of it.
      return parts
        .map((part, at) => (at === parts.length - 1 ? part : part.replace(/\$+$/, (dollars) => '${$}'.repeat(dollars.length))))
        .join(`\${env:${name}}`);
    }
    return text.replaceAll('${', () => '$${');
  };

/** The value as it may be stored. Longer secrets are looked for first. */
export const encode = (value: Json, secrets: readonly Secret[]): Json =>
  inTexts(value, encodeText([...secrets].filter((secret) => secret.value !== '').sort((a, b) => b.value.length - a.value.length)));

/** The value with an expression wherever a secret stands, for people to read: unlike `encode` it cannot be turned back. */
export const conceal = (value: Json, secrets: readonly Secret[]): Json => {
  const known = [...secrets].filter((secret) => secret.value !== '').sort((a, b) => b.value.length - a.value.length);
  const cover = (text: string, at: number): string => {
    const secret = known[at];
    if (secret === undefined) return text;
    return text
      .split(secret.value)
      .map((part) => cover(part, at + 1))
      .join(`\${env:${secret.name}}`);
  };
  return known.length === 0 ? value : inTexts(value, (text) => cover(text, 0));
};

/** The stored value with what the environment says now. Throws UserError for a variable that is not set. */
export const decode = (value: Json, environment: Readonly<Record<string, string | undefined>>): Json =>
  inTexts(value, (text) =>
    text.replaceAll(/\$\$\{|\$\{\$\}|\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}/g, (written: string, name: unknown) => {
      if (written === '${$}') return '$';
      if (typeof name !== 'string') return written.slice(1);
      const known = environment[name];
      if (known === undefined || known === '')
        throw new UserError(`the environment variable ${name} is not set`, { hint: `Set ${name} where this command runs: what is stored needs it.` });
      return known;
    }),
  );

const hashOf = (salt: string, value: string): string => createHash('sha256').update(`${salt}\n${value}`).digest('hex');

/** @param salt gives a fresh random text for each secret */
export const seal = (secrets: readonly Secret[], salt: () => string): readonly Seal[] =>
  secrets.map(({ name, value }) => {
    const own = salt();
    return { name, salt: own, hash: hashOf(own, value) };
  });

/** The variables that say something else now than when they were sealed. */
export const brokenSeals = (seals: readonly Seal[], environment: Readonly<Record<string, string | undefined>>): readonly string[] =>
  seals.filter(({ name, salt, hash }) => hashOf(salt, environment[name] ?? '') !== hash).map(({ name }) => name);
