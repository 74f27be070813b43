/** What a careful colleague would point out about a plan, without doing anything about it. */
import {
  type Change,
  canonicalJson,
  type Diagnostic,
  isObject,
  type JsonObject,
  type Kind,
  type LiveResource,
  pathText,
  switchFieldOf,
} from '../model/index.ts';
import type { Pair } from './pair.ts';

const writtenPaths = (spec: JsonObject, path: readonly string[] = []): readonly (readonly string[])[] =>
  Object.entries(spec).flatMap(([key, value]) => (isObject(value) && Object.keys(value).length > 0 ? writtenPaths(value, [...path, key]) : [[...path, key]]));

/** Fields that the files wrote when they were last applied and no longer write: they are left as they are live, which may surprise. */
export const droppedFields = (pairs: readonly Pair[]): readonly Diagnostic[] =>
  pairs.flatMap(({ desired, live, base }) => {
    if (base === undefined || live === undefined) return [];
    const now = new Set(writtenPaths(desired.spec).map(pathText));
    const gone = writtenPaths(base.spec)
      .map(pathText)
      .filter((path) => !now.has(path) && ![...now].some((other) => other.startsWith(`${path}.`) || path.startsWith(`${other}.`)));
    if (gone.length === 0) return [];
    return [
      {
        severity: 'warning' as const,
        code: 'dropped-field',
        message: `${gone.join(', ')} ${gone.length === 1 ? 'was' : 'were'} in the files at the last apply and ${gone.length === 1 ? 'is' : 'are'} no longer: it stays as it is in SalesIQ`,
        origin: desired.origin,
        hint: 'Write null to clear it; leave it out to let SalesIQ have it.',
      },
    ];
  });

/** How many of the fields of a new rule, apart from its name, a doomed one has too: 0 to 1. */
const likeness = (kind: Kind, created: JsonObject, doomed: JsonObject): number => {
  const names = kind.identity.by === 'fields' ? kind.identity.fields : [];
  const fields = Object.keys(created).filter((field) => !names.includes(field) && field !== 'app' && field !== switchFieldOf(kind));
  if (fields.length === 0) return 0;
  return fields.filter((field) => canonicalJson(created[field]) === canonicalJson(doomed[field])).length / fields.length;
};

/** A creation and a deletion that are nearly the same may be a rename: the line that would say so. */
export const hintRenames = (kind: Kind, writes: readonly Change[], doomed: readonly LiveResource[]): readonly Diagnostic[] => {
  if (kind.identity.by !== 'fields') return [];
  return writes.flatMap((change): readonly Diagnostic[] => {
    if (change.action !== 'create') return [];
    const near = doomed.find((resource) => resource.app === change.app && likeness(kind, change.spec, resource.spec) >= 0.5);
    if (near === undefined) return [];
    return [
      {
        severity: 'warning',
        code: 'maybe-renamed',
        message: `"${change.key}" is new and "${near.key}" is deleted, and they are nearly the same`,
        ...(change.origin === undefined ? {} : { origin: change.origin }),
        hint: `If it is one ${kind.title} under a new name, write previously: [${JSON.stringify(near.key)}] in it: it is changed then, and keeps its id and its counters.`,
      },
    ];
  });
};
