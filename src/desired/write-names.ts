/** Names for people, made of what the service has: file names of apps, keys of rules without a name. The same portal gives the same names. */
import { createHash } from 'node:crypto';
import { canonicalJson, compareText, isList, isObject, type Json, type LiveResource } from '../model/index.ts';

const longest = 60;

const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, '');

/** Names that one or another system keeps for itself. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

const mark = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 6);

/** A file name (without ending) for each app: letters, digits and dashes only; names that would be alike, or nothing, carry a mark of their own. */
export const fileNames = (apps: readonly string[]): ReadonlyMap<string, string> => {
  const count = new Map<string, number>();
  for (const app of apps) count.set(slugOf(app), (count.get(slugOf(app)) ?? 0) + 1);
  return new Map(
    apps.map((app) => {
      const slug = slugOf(app);
      const clear = slug !== '' && count.get(slug) === 1 && !reserved.test(slug);
      return [app, clear ? slug : `${slug === '' ? 'app' : slug}-${mark(app)}`];
    }),
  );
};

const words = (value: Json | undefined): string => (value === undefined || value === null ? '' : String(value).replaceAll('_', ' '));

const testText = (test: Json): string => {
  if (!isObject(test)) return '';
  const { field, sub_field: inner, comparator, values } = test;
  const list = isList(values) ? values.map(String).join(', ') : '';
  return [words(inner ?? field), words(comparator), list].filter((part) => part !== '').join(' ');
};

const groupText = (group: Json): string => (isObject(group) && isList(group['any']) ? group['any'].map(testText).join(' or ') : testText(group));

const criteriaText = (when: Json | undefined): string => {
  const text = (typeof when === 'string' ? when : isList(when) ? when.map(groupText).join(' and ') : '')
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .replaceAll('${', '{')
    .trim();
  const short = [...text].length > longest ? `${[...text].slice(0, longest).join('').trimEnd()}…` : text;
  return short === '' ? 'rule' : short;
};

/**
 * A key for each resource of a kind without names, made of its criteria or its text; alike ones
 * are told apart by their points or the like, then by numbers.
 * @param taken keys that the files use
 * @returns the rules with their keys, by key
 */
export const keysFor = (
  criteria: string,
  rules: readonly LiveResource[],
  taken: ReadonlySet<string>,
): readonly { readonly live: LiveResource; readonly key: string }[] => {
  const named = rules.map((live) => ({ live, text: criteriaText(live.spec[criteria]), content: canonicalJson(live.spec) }));
  const sorted = named.sort((a, b) => compareText(a.text, b.text) || compareText(a.content, b.content));
  const used = new Set(taken);
  return sorted.map(({ live, text }) => {
    let key = text;
    for (let count = 2; used.has(key); count += 1) key = `${text} (${count})`;
    used.add(key);
    return { live, key };
  });
};
