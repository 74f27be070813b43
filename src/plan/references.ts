/** Names in the files that only the portal can confirm: each must be exactly one live resource. */
import { type DesiredResource, type Diagnostic, type Kind, type Live, type Lookup, pluralOf, type Reference, someOf, suggestion } from '../model/index.ts';

/**
 * @returns an error for each name that nothing or more than one thing carries, or that goes with this plan
 * @param described whether the plan will have created it by then
 * @param doomed ids that the plan deletes, as kind and id on two lines
 */
export const checkReferences = (
  resources: readonly DesiredResource[],
  kinds: readonly Kind[],
  live: Live,
  lookup: Lookup,
  described: (kind: string, key: string) => boolean,
  doomed: ReadonlySet<string>,
): readonly Diagnostic[] => {
  const titleOf = (name: string): string => kinds.find((kind) => kind.name === name)?.title ?? name;
  const keysOf = (name: string): readonly string[] => (live.resources[name] ?? []).filter(({ retired }) => retired !== true).map(({ key }) => key);

  const check = (reference: Reference): readonly Diagnostic[] => {
    const { kind, key, origin, expression } = reference;
    const named = expression ?? key;
    // A kind that is described in the files answers for its own names.
    if (described(kind, key)) return [];
    const ids = lookup(kind, key);
    const title = titleOf(kind);
    if (ids.length === 1)
      return doomed.has(`${kind}\n${ids[0] ?? ''}`)
        ? [
            {
              severity: 'error',
              code: 'deleted-reference',
              message: `the ${title} "${named}" is deleted by this plan, and this refers to it`,
              origin,
              hint: 'Take the name out here too, or keep what it names in the files.',
            },
          ]
        : [];
    if (ids.length > 1)
      return [
        {
          severity: 'error',
          code: 'ambiguous-reference',
          message: `${ids.length} live ${pluralOf(title)} are called "${named}": ids ${ids.join(' and ')}`,
          origin,
          hint: 'Rename all but one of them in SalesIQ; which one is meant is never guessed.',
        },
      ];
    const known = keysOf(kind);
    // What comes from the environment is not to be guessed at: a suggestion would give a part of it away.
    const near = expression === undefined ? suggestion(key, known) : undefined;
    return [
      {
        severity: 'error',
        code: 'unknown-reference',
        message: `there is no ${title} "${named}" in this portal`,
        origin,
        hint: `${near === undefined ? '' : `Did you mean "${near}"? `}${known.length === 0 ? `The portal has no ${title}.` : `It has ${someOf(known)}.`}`,
      },
    ];
  };
  return resources.flatMap((resource) => resource.references.flatMap(check));
};
