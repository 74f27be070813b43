/**
 * In which order kinds are written: what is referred to comes first. Where two
 * kinds refer to each other, one of the two references can be filled in later
 * and does not count.
 */
import type { Kind } from '../model/index.ts';

/** The kinds by levels, those that nothing holds back first; within a level they stand as they came. */
export const sequenceOf = (kinds: readonly Kind[]): readonly Kind[] => {
  const done = new Set<string>();
  const known = new Set(kinds.map(({ name }) => name));
  const result: Kind[] = [];
  let open = kinds;
  while (open.length > 0) {
    const ready = open.filter(({ name, refs }) => refs.every(({ kind, later }) => later === true || kind === name || done.has(kind) || !known.has(kind)));
    // A circle without a reference that can wait: the service will say what it thinks of it.
    const next = ready.length === 0 ? open : ready;
    for (const kind of next) done.add(kind.name);
    result.push(...next);
    open = open.filter((kind) => !next.includes(kind));
  }
  return result;
};
