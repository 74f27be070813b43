/** References that no name stands for: to what the service does not list, or to what shares its name with others. */
import { isList, isObject, type Json, type Kind, type Live, type LiveResource, lookupOf } from '../model/index.ts';

/** A field with such a reference: the path to it, never into a list. */
export interface Unnamed {
  readonly path: readonly string[];
  readonly reason: string;
}

/** The texts at a rule's path. */
const textsAt = (value: Json | undefined, steps: readonly string[]): readonly string[] => {
  const [step, ...rest] = steps;
  if (step === undefined) return typeof value === 'string' ? [value] : [];
  if (step === '[]') return isList(value) ? value.flatMap((inner) => textsAt(inner, rest)) : [];
  return isObject(value) ? textsAt(value[step], rest) : [];
};

const stepsOf = (path: string): readonly string[] => path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));

/** Makes the function that finds a resource's fields with references that have no name. */
export const unnamedIn = (kinds: readonly Kind[], live: Live): ((kind: Kind, resource: LiveResource) => readonly Unnamed[]) => {
  const lookup = lookupOf(live);
  const titleOf = (name: string): string => kinds.find((kind) => kind.name === name)?.title ?? name;
  const reasonOf = (kind: string, key: string): string | undefined => {
    if (lookup(kind, key).length === 1) return undefined;
    const id = /^#(.+)$/.exec(key)?.[1];
    const there = (live.resources[kind] ?? []).find((one) => one.id === id && one.retired !== true);
    if (there !== undefined) return `it refers to the ${titleOf(kind)} with the id ${there.id}, whose name "${there.key}" others carry too`;
    return `it refers to the ${titleOf(kind)} with the id ${id ?? key}, which the portal does not list`;
  };
  return (kind, resource) =>
    kind.refs.flatMap((ref) => {
      const steps = stepsOf(ref.path);
      const list = steps.indexOf('[]');
      const path = list === -1 ? steps : steps.slice(0, list);
      const reason = textsAt(resource.spec, steps)
        .map((key) => reasonOf(ref.kind, key))
        .find((text) => text !== undefined);
      return reason === undefined ? [] : [{ path, reason }];
    });
};
