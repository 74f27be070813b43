/**
 * Renames, recognised without ids, from the files as last applied. In the
 * files: the same explicit `key` under another title at the base, or a title
 * that is new with the content of one that is gone. In SalesIQ: a live one that
 * nobody knows with the content of one that is missing. Content decides only
 * where it fits one on each side: what could be two things is never guessed.
 */
import { addressOf, canonicalJson, type DesiredResource, type JsonObject, type Kind, type LiveResource, switchFieldOf } from '../model/index.ts';
import { liveAddress, tableOf } from './pair.ts';

export interface Renamed {
  readonly desired: DesiredResource;
  readonly live: LiveResource;
  readonly base: DesiredResource;
}

const identityFields = (kind: Kind): readonly string[] => (kind.identity.by === 'fields' ? kind.identity.fields : []);

/** The content that a renamed resource keeps: all but what it is known by; undefined where nothing is left to know it by. */
const contentOf = (kind: Kind, spec: JsonObject, fields: readonly string[]): string | undefined => {
  const names = identityFields(kind);
  const kept = fields.filter((field) => !names.includes(field) && field !== switchFieldOf(kind));
  return kept.length < 2 ? undefined : canonicalJson(Object.fromEntries(kept.map((field) => [field, spec[field] ?? null])));
};

/** Pairs of one and one with the same text; texts that several carry on one side pair nothing. */
const onlyPairs = <A, B>(
  left: readonly A[],
  textOf: (one: A) => string | undefined,
  right: readonly B[],
  otherText: (one: B) => string | undefined,
): readonly (readonly [A, B])[] => {
  const count = new Map<string, B[]>();
  for (const one of right) {
    const text = otherText(one);
    if (text !== undefined) count.set(text, [...(count.get(text) ?? []), one]);
  }
  const texts = left.map(textOf);
  return left.flatMap((one, index) => {
    const text = texts[index];
    const found = text === undefined ? undefined : count.get(text);
    const [only] = found ?? [];
    return text === undefined || only === undefined || found?.length !== 1 || texts.filter((other) => other === text).length !== 1
      ? []
      : [[one, only] as const];
  });
};

/**
 * @param open described resources that no live one answers to
 * @param free live resources that no described one has claimed
 * @param described the addresses that the files describe
 */
export const pairRenamed = (
  kind: Kind,
  open: readonly DesiredResource[],
  free: readonly LiveResource[],
  described: ReadonlySet<string>,
  base: readonly DesiredResource[],
): readonly Renamed[] => {
  if (base.length === 0 || open.length === 0) return [];
  const table = tableOf(free);
  const atBase = new Set(base.map(liveAddress));
  const gone = base.filter((resource) => !described.has(liveAddress(resource)));
  const liveOf = (resource: DesiredResource): LiveResource | undefined => {
    const found = table.get(liveAddress(resource)) ?? [];
    return found.length === 1 ? found[0] : undefined;
  };
  const found: Renamed[] = [];
  const taken = (resource: DesiredResource): boolean => found.some((one) => one.desired === resource || one.base === resource);
  const add = (desired: DesiredResource, live: LiveResource | undefined, before: DesiredResource): void => {
    if (live !== undefined && !taken(desired) && !taken(before)) found.push({ desired, live, base: before });
  };

  for (const resource of open.filter(({ lastingKey }) => lastingKey !== undefined)) {
    const before = gone.find(({ lastingKey, app }) => lastingKey === resource.lastingKey && app === resource.app);
    if (before !== undefined) add(resource, liveOf(before), before);
  }

  const scoped = (app: string | undefined, text: string | undefined): string | undefined => (text === undefined ? undefined : `${app ?? ''}\n${text}`);
  const own = (resource: DesiredResource): string | undefined => scoped(resource.app, contentOf(kind, resource.spec, Object.keys(resource.spec).sort()));
  const fresh = open.filter((resource) => !atBase.has(liveAddress(resource)) && !taken(resource));
  for (const [resource, before] of onlyPairs(
    fresh,
    own,
    gone.filter((one) => !taken(one)),
    own,
  ))
    add(resource, liveOf(before), before);

  // Renamed in SalesIQ: compared by the fields that the base had written.
  const missing = open.filter((resource) => atBase.has(liveAddress(resource)) && !taken(resource));
  const strangers = free.filter((resource) => !atBase.has(addressOf(resource)));
  for (const resource of missing) {
    const before = base.find((one) => liveAddress(one) === liveAddress(resource));
    if (before === undefined) continue;
    const fields = Object.keys(before.spec).sort();
    const text = scoped(before.app, contentOf(kind, before.spec, fields));
    const alike = strangers.filter((live) => text !== undefined && scoped(live.app, contentOf(kind, live.spec, fields)) === text);
    const rivals = missing.filter((other) => other !== resource && own(other) === own(resource));
    if (alike.length === 1 && rivals.length === 0 && !found.some((one) => one.live === alike[0])) add(resource, alike[0], before);
  }
  return found;
};
