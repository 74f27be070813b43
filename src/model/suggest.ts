import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, if one is close enough to be worth saying. */
export const suggestion = (word: string, known: readonly string[]): string | undefined => {
  if (known.length === 0) return undefined;
  const folded = known.find((candidate) => candidate.toLowerCase() === word.toLowerCase());
  if (folded !== undefined) return folded;
  const near = closest(word, [...known]);
  return distance(word, near) <= Math.max(2, Math.floor(word.length / 3)) ? near : undefined;
};

/** A short list for a message: the first few of the known words, sorted. */
export const someOf = (known: readonly string[], most = 8): string => {
  const sorted = [...new Set(known)].sort();
  const shown = sorted
    .slice(0, most)
    .map((word) => `"${word}"`)
    .join(', ');
  return sorted.length > most ? `${shown} and ${sorted.length - most} more` : shown;
};
