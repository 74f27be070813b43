/** Where a rule's path leads in a resource as written: values with the nodes they were read from. */
import { isList, isObject, type Json } from '../model/index.ts';
import { type Tree, valueOf } from './tree.ts';

/** A path of a kind's rules, taken apart; `[]` stands for each entry of a list. */
export type Steps = readonly string[];

/** `route.more_users[].departments[]` → route, more_users, [], departments, []. */
export const stepsOf = (path: string): Steps => path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));

/** `path` is the visitor's for the time of the call only: copy it to keep it. */
export type Visit = (value: Json, tree: Tree, path: readonly (string | number)[]) => void;

/** Calls `visit` for every place that the steps lead to. It is called for each rule of each resource, so it makes nothing on its way. */
export const visitPlaces = (value: Json, tree: Tree, steps: Steps, visit: Visit, from = 0, path: (string | number)[] = []): void => {
  const step = steps[from];
  if (step === undefined) {
    visit(value, tree, path);
  } else if (step !== '[]') {
    const inner = isObject(value) ? value[step] : undefined;
    const node = inner === undefined ? undefined : valueOf(tree, step);
    if (inner === undefined || node === undefined) return;
    path.push(step);
    visitPlaces(inner, node, steps, visit, from + 1, path);
    path.pop();
  } else if (isList(value) && tree.type === 'list') {
    value.forEach((inner, index) => {
      const node = tree.members[index];
      if (node === undefined) return;
      path.push(index);
      visitPlaces(inner, node, steps, visit, from + 1, path);
      path.pop();
    });
  }
};
