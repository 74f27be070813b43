/** The names of other resources in a resource, in the form in which those are known. */
import { isList, isObject, type Json, type JsonObject, type Reference } from '../model/index.ts';
import { originOf } from './lines.ts';
import type { ParsedFile } from './parse-files.ts';
import { type Steps, visitPlaces } from './places.ts';
import type { ReadableKind } from './run.ts';
import type { Tree } from './tree.ts';

/** @param written the fields as read @param spec the same in the kind's one form @param secrets texts that hold something of the environment */
export const referencesOf = (
  readable: ReadableKind,
  written: JsonObject,
  spec: JsonObject,
  tree: Tree,
  file: ParsedFile,
  secrets: ReadonlySet<Tree>,
): readonly Reference[] => {
  const references: Reference[] = [];
  for (const { steps, kind } of readable.refs) {
    visitPlaces(written, tree, steps, (value, node, path) => {
      if (typeof value !== 'string') return;
      const reference = { path: [...path], kind, key: normalKey(value, spec, steps), origin: originOf(file, node) };
      references.push(node.type === 'text' && secrets.has(node) ? { ...reference, expression: node.text } : reference);
    });
  }
  return references;
};

/** A name as the kind's one form writes it: addresses of operators in small letters. */
const normalKey = (name: string, spec: JsonObject, steps: Steps): string => {
  const lower = name.toLowerCase();
  if (lower === name) return name;
  return leafOf(spec, steps, (form) => form === name) ?? leafOf(spec, steps, (form) => form.toLowerCase() === lower) ?? name;
};

/** The first text at the steps that fits. */
const leafOf = (value: Json | undefined, steps: Steps, fits: (text: string) => boolean, from = 0): string | undefined => {
  const step = steps[from];
  if (step === undefined) return typeof value === 'string' && fits(value) ? value : undefined;
  if (step !== '[]') return isObject(value) ? leafOf(value[step], steps, fits, from + 1) : undefined;
  if (!isList(value)) return undefined;
  for (const inner of value) {
    const found = leafOf(inner, steps, fits, from + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};
