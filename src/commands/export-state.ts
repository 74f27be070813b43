/** What the portal has beside what the files say, kind by kind: by the pairs that a plan makes. */
import type { KindState } from '../desired/index.ts';
import { kinds } from '../kinds/index.ts';
import { unnamedIn } from '../live/index.ts';
import {
  addressOf,
  type Base,
  canonicalJson,
  type Desired,
  type DesiredResource,
  type Diagnostic,
  type Kind,
  type Live,
  type LiveResource,
  pluralOf,
} from '../model/index.ts';
import { diffSpecs, expandEach, inScope, isTold, mergeSpec, type Pair, type Pairing, pair, type Scope } from '../plan/index.ts';

/** Several live ones that one address names: nothing can be said about either. */
export const twins = (kind: Kind, live: readonly LiveResource[]): readonly Diagnostic[] => {
  if (kind.identity.by === 'content' || kind.shape === 'singleton') return [];
  const byAddress = new Map<string, string[]>();
  for (const resource of live) byAddress.set(addressOf(resource), [...(byAddress.get(addressOf(resource)) ?? []), resource.id]);
  return [...byAddress].flatMap(([address, ids]): readonly Diagnostic[] =>
    ids.length === 1
      ? []
      : [
          {
            severity: 'error',
            code: 'ambiguous-live',
            message: `${ids.length} live ${pluralOf(kind.title)} answer to "${address}": ids ${ids.join(' and ')}`,
            address,
            hint: 'Rename or delete all but one of them in SalesIQ; which one is meant is never guessed.',
          },
        ],
  );
};

export interface StateInput {
  readonly desired: Desired;
  readonly live: Live;
  readonly base: Base | undefined;
  readonly scope: Scope;
  /** Names of the kinds to write. */
  readonly names: readonly string[];
}

const withoutApp = ({ app: _app, ...live }: LiveResource): LiveResource => {
  const { app: _name, ...spec } = live.spec;
  return { ...live, spec };
};

/**
 * Pairs of the files' own resources, where one that names no app was taken for
 * one in each: it stays one as long as the portal has it, alike, in each app.
 * Where it has not, the file no longer says what is live: it goes, and what is
 * there of it is written down by itself.
 */
const together = (described: readonly DesiredResource[], { pairs, left }: Pick<Pairing, 'pairs' | 'left'>): Pick<Pairing, 'pairs' | 'left'> => {
  const own = new Set(described);
  if (pairs.every(({ desired }) => own.has(desired))) return { pairs, left };
  const loose: LiveResource[] = [];
  const merged = described.flatMap((resource): readonly Pair[] => {
    const mine = pairs.filter(({ desired }) => desired === resource || desired.origin === resource.origin);
    if (mine.length === 1 && mine[0]?.desired === resource) return mine;
    const rows = mine.flatMap(({ live }) => (live === undefined ? [] : [withoutApp(live)]));
    const [first] = rows;
    if (first !== undefined && rows.length === mine.length && rows.every(({ spec }) => canonicalJson(spec) === canonicalJson(first.spec)))
      return [{ desired: resource, live: first }];
    loose.push(...mine.flatMap(({ live }) => live ?? []));
    return [{ desired: resource, live: undefined }];
  });
  return { pairs: merged, left: [...left, ...loose] };
};

/** Kinds with pairs, what is new and what is gone, and twins as errors. */
export const statesOf = ({
  desired,
  live,
  base,
  scope,
  names,
}: StateInput): { readonly states: readonly KindState[]; readonly diagnostics: readonly Diagnostic[] } => {
  const unnamed = unnamedIn(kinds, live);
  const diagnostics: Diagnostic[] = [];
  const states = kinds
    .filter(({ name }) => names.includes(name))
    .map((kind): KindState => {
      const there = (live.resources[kind.name] ?? []).filter(({ builtIn, retired }) => builtIn !== true && retired !== true);
      const described = desired.resources.filter((resource) => resource.kind === kind.name);
      const wanted = (resource: { readonly kind: string; readonly app?: string; readonly key: string }): boolean => inScope(scope, addressOf(resource));
      diagnostics.push(...twins(kind, there.filter(wanted)));
      const atBase = (base?.resources ?? []).filter((resource) => resource.kind === kind.name);
      // What no file describes is written down anyway, so content that differs may pair with any of it.
      const found = pair(kind, expandEach(described, kinds, live), there, expandEach(atBase, kinds, live), wanted);
      const { pairs, left } = together(described, found);
      const alone = kind.shape === 'singleton' && described.length === 0 ? there : left;
      return {
        kind,
        live: there,
        pairs: pairs.flatMap(({ desired: resource, live: partner }) =>
          partner === undefined || !wanted(resource) ? [] : [{ desired: resource, live: partner }],
        ),
        others: pairs.flatMap(({ desired: resource, live: partner }) =>
          partner === undefined || wanted(resource) ? [] : [{ desired: resource, live: partner }],
        ),
        gone: pairs.flatMap(({ desired: resource, live: partner }) => (partner === undefined && wanted(resource) ? [resource] : [])),
        added: alone.filter(wanted),
        unnamed: (resource) => unnamed(kind, resource),
        differs: (from, to) => diffSpecs(from, mergeSpec(from, to, kind.cleared)).some(({ path }) => isTold(kind, from, path)),
        isSame: (a, b) => diffSpecs({ value: a ?? null }, { value: b ?? null }).length === 0,
      };
    });
  return { states, diagnostics };
};
