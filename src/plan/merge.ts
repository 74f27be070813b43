/**
 * What the files leave out is not ours and stays as it is live; `null` clears.
 * Mappings are merged field by field, lists are taken whole.
 */
import { isObject, type Json, type JsonObject, pathText } from '../model/index.ts';

const mergeAt = (live: Json | undefined, desired: Json, cleared: Readonly<Record<string, Json>>, path: readonly string[]): Json | undefined => {
  if (desired === null) return cleared[pathText(path)];
  if (!isObject(desired)) return desired;
  const kept = isObject(live) ? live : {};
  const merged: Record<string, Json> = { ...kept };
  for (const [key, value] of Object.entries(desired)) {
    const next = mergeAt(kept[key], value, cleared, [...path, key]);
    if (next === undefined) delete merged[key];
    else merged[key] = next;
  }
  return merged;
};

/** The spec to be reached: the files' fields over the live ones. `cleared` says what null means for a path; elsewhere it removes the field. */
export const mergeSpec = (live: JsonObject, desired: JsonObject, cleared: Readonly<Record<string, Json>>): JsonObject => {
  const merged = mergeAt(live, desired, cleared, []);
  return isObject(merged) ? merged : {};
};
