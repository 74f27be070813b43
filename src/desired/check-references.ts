/** Names of other resources: those of kinds that the files describe are checked here, the others are left to whoever knows the portal. */
import { type DesiredResource, type Kind, type KindPolicy, type Reference, someOf } from '../model/index.ts';
import { type Described, nameOf } from './described.ts';
import { one, type Run } from './run.ts';

/**
 * Tells of names that no file describes, and gives the resources with the
 * references that are still open. Where a kind must be described in full, such
 * a name is an error; elsewhere the portal may have it, and a plan will tell.
 */
export const checkReferences = (
  resources: readonly DesiredResource[],
  described: readonly Described[],
  managed: ReadonlySet<string>,
  kinds: readonly Kind[],
  policies: Readonly<Record<string, KindPolicy>>,
  run: Run,
): readonly DesiredResource[] => {
  if (!kinds.some((kind) => managed.has(kind.name) && kind.refs.some((ref) => managed.has(ref.kind)))) return resources;
  // By what they are really called; what messages show of them stands beside it.
  const names = new Map<string, Map<string, string>>();
  for (const each of described) {
    const kind = kinds.find(({ name }) => name === each.kind);
    if (kind === undefined || each.realKey === undefined || each.state === 'elsewhere') continue;
    const known = names.get(each.kind) ?? new Map<string, string>();
    names.set(each.kind, known.set(each.realKey, nameOf(each, kind)));
  }
  const isDescribed = ({ kind, key }: Reference): boolean => names.get(kind)?.has(key) === true;
  const check = (reference: Reference): void => {
    const { kind, key, origin, expression } = reference;
    const known = names.get(kind) ?? new Map<string, string>();
    if (isDescribed(reference) || !run.complete) return;
    const whole = (policies[kind]?.unmanaged ?? 'keep') !== 'keep' && kinds.find(({ name }) => name === kind)?.hasBuiltIn !== true;
    const shown = [...known.values()];
    const near = expression === undefined ? run.suggest(key, shown) : undefined;
    const title = kinds.find(({ name }) => name === kind)?.title ?? kind;
    run.tell({
      severity: whole ? 'error' : 'warning',
      code: whole ? 'unknown-reference' : 'undescribed-reference',
      message: `the files describe no ${title} "${expression ?? key}"${whole ? '' : '; a plan will tell whether the portal has it'}`,
      origin,
      hint: near !== undefined ? `Did you mean "${near}"?` : shown.length === 0 ? `Describe ${one(title)} with this name.` : `They describe ${someOf(shown)}.`,
    });
  };
  return resources.map((resource) => {
    for (const reference of resource.references) if (managed.has(reference.kind)) check(reference);
    return { ...resource, references: resource.references.filter((reference) => !managed.has(reference.kind) || !isDescribed(reference)) };
  });
};
