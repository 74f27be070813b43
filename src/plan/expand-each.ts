/**
 * Kinds whose resources may name no app and then stand for one in each app:
 * the service keeps a row per app (webhooks-and-more.md 6), so that is what is
 * compared. One that the service itself reports without an app stays whole.
 */
import { compareText, type DesiredResource, type Kind, type Live } from '../model/index.ts';

/** The kind that `app` names, where a resource of this kind may stand for one in each. */
const eachOf = ({ identity, refs }: Kind): string | undefined =>
  identity.by === 'fields' && identity.inApp === 'each' ? refs.find(({ path }) => path === 'app')?.kind : undefined;

/** Every app there is, and will be. */
const appsOf = (apps: string, live: Live, described: readonly DesiredResource[]): readonly string[] =>
  [
    ...new Set([
      ...(live.resources[apps] ?? []).filter(({ retired }) => retired !== true).map(({ key }) => key),
      ...described.filter(({ kind }) => kind === apps).map(({ key }) => key),
    ]),
  ].sort(compareText);

/** The kinds that such resources stand in each of: apps. */
export const eachNames = (kinds: readonly Kind[]): readonly string[] => [...new Set(kinds.flatMap((kind) => eachOf(kind) ?? []))];

/**
 * The same resources, with those for all apps written out. Those that are
 * described for an app of their own stay as they are.
 * @param gone apps, by key, that will not be there any more
 */
export const expandEach = (
  resources: readonly DesiredResource[],
  kinds: readonly Kind[],
  live: Live,
  gone: ReadonlySet<string> = new Set(),
): readonly DesiredResource[] => {
  const each = new Map(
    kinds.flatMap((kind) => {
      const apps = eachOf(kind);
      return apps === undefined ? [] : [[kind.name, apps] as const];
    }),
  );
  if (!resources.some(({ kind, app }) => each.has(kind) && app === undefined)) return resources;
  const taken = new Set(resources.map(({ kind, app, key }) => `${kind}\n${app ?? ''}\n${key}`));
  return resources.flatMap((resource): readonly DesiredResource[] => {
    const { kind, app, key } = resource;
    const apps = each.get(kind);
    if (apps === undefined || app !== undefined) return [resource];
    if ((live.resources[kind] ?? []).some((one) => one.app === undefined && one.key === key)) return [resource];
    return appsOf(apps, live, resources)
      .filter((name) => !gone.has(name) && !taken.has(`${kind}\n${name}\n${key}`))
      .map((name) => ({ ...resource, app: name, spec: { ...resource.spec, app: name } }));
  });
};
