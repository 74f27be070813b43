/**
 * A resource that the files call by a new name is referred to by that name
 * everywhere in the files, while the portal still says the old one. That is no
 * difference in what refers to it: before anything is compared, the live state
 * and the base are told in the new names.
 */
import {
  type Base,
  type DesiredResource,
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Kind,
  type Live,
  type LiveResource,
  type RefRule,
} from '../model/index.ts';
import { pair } from './pair.ts';

/** Old key → new key, for one kind. */
type Names = ReadonlyMap<string, string>;

const stepsOf = (path: string): readonly string[] => path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));

const renamedAt = (value: Json | undefined, steps: readonly string[], names: Names): Json | undefined => {
  const [step, ...rest] = steps;
  if (step === undefined) return typeof value === 'string' ? (names.get(value) ?? value) : value;
  if (step === '[]') return isList(value) ? value.map((one) => renamedAt(one, rest, names) ?? one) : value;
  if (!isObject(value)) return value;
  const inner = renamedAt(value[step], rest, names);
  return inner === undefined || inner === value[step] ? value : { ...value, [step]: inner };
};

const specIn = (spec: JsonObject, kind: Kind, renamed: ReadonlyMap<string, Names>): JsonObject => {
  const affected = kind.refs.flatMap(({ path, kind: name }): readonly [RefRule['path'], Names][] => {
    const names = renamed.get(name);
    return names === undefined ? [] : [[path, names]];
  });
  if (affected.length === 0) return spec;
  const told = affected.reduce<Json>((value, [path, names]) => renamedAt(value, stepsOf(path), names) ?? value, spec);
  // A set may stand in another order under its new names: the kind knows.
  return isObject(told) ? kind.normalise(told) : spec;
};

const appIn = <T extends { readonly app?: string }>(resource: T, kind: Kind, renamed: ReadonlyMap<string, Names>): T => {
  const apps = kind.refs.find(({ path }) => path === 'app')?.kind;
  const name = apps === undefined || resource.app === undefined ? undefined : renamed.get(apps)?.get(resource.app);
  return name === undefined ? resource : { ...resource, app: name };
};

/** The names that change: of kinds that others refer to, by the pairs that the plan will make. */
const namesOf = (kinds: readonly Kind[], desired: readonly DesiredResource[], live: Live, base: Base | undefined): ReadonlyMap<string, Names> => {
  const referred = new Set(kinds.flatMap(({ refs }) => refs.map(({ kind }) => kind)));
  return new Map(
    kinds.flatMap((kind) => {
      const described = desired.filter((resource) => resource.kind === kind.name);
      if (!referred.has(kind.name) || described.length === 0 || kind.identity.by === 'content') return [];
      const there = live.resources[kind.name] ?? [];
      const atBase = (base?.resources ?? []).filter((resource) => resource.kind === kind.name);
      const changed = pair(kind, described, there, atBase, () => false).pairs.flatMap(({ desired: { key, secretKey }, live: found }) =>
        found === undefined || found.key === (secretKey ?? key) ? [] : [[found.key, secretKey ?? key] as const],
      );
      return changed.length === 0 ? [] : [[kind.name, new Map(changed)] as const];
    }),
  );
};

export interface Told {
  readonly live: Live;
  readonly base?: Base;
}

/** Live state and base in the names of the files. Keys of the renamed resources themselves stay: pairing is about them. */
export const inNewNames = (kinds: readonly Kind[], desired: readonly DesiredResource[], live: Live, base: Base | undefined): Told => {
  const renamed = namesOf(kinds, desired, live, base);
  if (renamed.size === 0) return { live, ...(base === undefined ? {} : { base }) };
  const kindOf = new Map(kinds.map((kind) => [kind.name, kind]));
  const told = <T extends { readonly kind: string; readonly app?: string; readonly spec: JsonObject }>(resource: T): T => {
    const kind = kindOf.get(resource.kind);
    return kind === undefined ? resource : appIn({ ...resource, spec: specIn(resource.spec, kind, renamed) }, kind, renamed);
  };
  const resources: Record<string, readonly LiveResource[]> = {};
  for (const [name, list] of Object.entries(live.resources)) resources[name] = list.map(told);
  return {
    live: { ...live, resources },
    ...(base === undefined
      ? {}
      : {
          base: {
            ...base,
            resources: base.resources.map(told),
            orders: base.orders.map((order) => {
              const kind = kindOf.get(order.kind);
              return kind === undefined ? order : appIn(order, kind, renamed);
            }),
          },
        }),
  };
};
