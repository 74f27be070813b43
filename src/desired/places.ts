/** Where a rule's path leads in a resource as written: values with the nodes they were read from. */
import { isList, isObject, type Json, type Path } from '../model/index.ts';
import { type Tree, valueOf } from './tree.ts';

/** A path of a kind's rules, taken apart; `[]` stands for each entry of a list. */
export type Steps = readonly string[];

export interface Place {
  readonly value: Json;
  readonly tree: Tree;
  readonly path: Path;
}

/** `route.more_users[].departments[]` → route, more_users, [], departments, []. */
export const stepsOf = (path: string): Steps => path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));

const none: readonly Place[] = [];

/** All places that the steps lead to. */
export const placesAt = (place: Place, steps: Steps, from = 0): readonly Place[] => {
  const step = steps[from];
  if (step === undefined) return [place];
  const { value, tree, path } = place;
  if (step === '[]') {
    if (!isList(value) || tree.type !== 'list') return none;
    return value.flatMap((inner, index) => {
      const node = tree.items[index];
      return node === undefined ? none : placesAt({ value: inner, tree: node, path: [...path, index] }, steps, from + 1);
    });
  }
  const inner = isObject(value) ? value[step] : undefined;
  const node = inner === undefined ? undefined : valueOf(tree, step);
  return inner === undefined || node === undefined ? none : placesAt({ value: inner, tree: node, path: [...path, step] }, steps, from + 1);
};
