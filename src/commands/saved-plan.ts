/**
 * A plan that is kept and applied later. What is kept is the recipe, the
 * fingerprint of its changes, and the live content of all that they touch: at
 * apply everything is planned anew from the portal, and only if that gives the
 * very same changes, and nothing that they touch looks otherwise, they run.
 */
import { brokenSeals, conceal, decode, encode, readPlanFile, type Seal, type Secret, seal, writePlanFile } from '../apply/index.ts';
import { canonicalJson, isList, isObject, type Json, type JsonObject, type Live, type Plan, UserError } from '../model/index.ts';
import { diffSpecs, restrictPlan } from '../plan/index.ts';
import { planJson } from '../report/index.ts';
import type { Recipe } from './plan-portal.ts';

/** The live content of what a plan touches, as it was when the plan was made. */
export interface Touched {
  readonly resources: readonly { readonly kind: string; readonly id: string; readonly address: string; readonly spec: JsonObject }[];
  /** Addresses that the plan creates: nothing may be there. */
  readonly absent: readonly { readonly kind: string; readonly address: string; readonly app?: string; readonly key: string }[];
  readonly lists: readonly { readonly kind: string; readonly app: string; readonly ids: readonly string[]; readonly names: readonly string[] }[];
}

export interface SavedPlan {
  readonly portal: string;
  readonly place: string;
  readonly fingerprint: string;
  readonly addresses: readonly string[];
  readonly recipe: Recipe;
  readonly touched: Touched;
  /** The changes as they were shown. */
  readonly changes: readonly JsonObject[];
  /** What the environment gave. */
  readonly secrets: readonly Secret[];
}

const listOf = (live: Live, kind: string, app: string) => (live.resources[kind] ?? []).filter((resource) => resource.app === app);

const touchedBy = (plan: Plan, live: Live): Touched => {
  const byId = new Map(Object.entries(live.resources).flatMap(([kind, list]) => list.map((resource) => [`${kind}\n${resource.id}`, resource] as const)));
  const resources = plan.changes.flatMap((change) => {
    const resource = 'id' in change ? byId.get(`${change.kind}\n${change.id}`) : undefined;
    return resource === undefined ? [] : [{ kind: change.kind, id: resource.id, address: change.address, spec: resource.spec }];
  });
  const moving = plan.changes.filter((change) => change.action === 'move' || (change.action === 'create' && change.place !== undefined));
  const lists = [...new Map(moving.map(({ kind, app = '' }) => [`${kind}\n${app}`, { kind, app }])).values()].map(({ kind, app }) => {
    const there = listOf(live, kind, app);
    return { kind, app, ids: there.map(({ id }) => id), names: there.map(({ key }) => key) };
  });
  const absent = plan.changes.flatMap((change) =>
    change.action === 'create'
      ? [{ kind: change.kind, address: change.address, key: change.key, ...(change.app === undefined ? {} : { app: change.app }) }]
      : [],
  );
  return { resources: [...new Map(resources.map((one) => [`${one.kind}\n${one.id}`, one])).values()], absent, lists };
};

/** A JSON copy: what is undefined is left out, so that what is read back is what was stored. */
const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value));

/** Writes a plan with all that is needed to apply exactly it. Throws UserError. */
export const savePlan = async (
  path: string,
  options: {
    readonly plan: Plan;
    readonly recipe: Recipe;
    readonly live: Live;
    readonly place: string;
    readonly secrets: readonly Secret[];
    readonly salt: () => string;
  },
): Promise<void> => {
  const { plan, recipe, live, secrets } = options;
  const { warnings: _warnings, consent: _consent, ownedIds, ...kept } = recipe;
  await writePlanFile(path, {
    portal: plan.portal,
    place: options.place,
    fingerprint: plan.fingerprint,
    addresses: encode(
      plan.changes.map(({ address }) => address),
      secrets,
    ),
    environment: asJson(seal(secrets, options.salt)),
    shown: encode(asJson(planJson(plan)), secrets),
    recipe: encode(asJson({ ...kept, ...(ownedIds === undefined ? {} : { ownedIds: [...ownedIds] }) }), secrets),
    touched: encode(asJson(touchedBy(plan, live)), secrets),
  });
};

const isSeals = (value: unknown): value is readonly Seal[] =>
  isList(value) && value.every((one) => isObject(one) && typeof one['name'] === 'string' && typeof one['salt'] === 'string' && typeof one['hash'] === 'string');

// The checksum has been compared by then: the shape is the one that savePlan wrote.
const isStoredRecipe = (value: unknown): value is Omit<Recipe, 'warnings' | 'ownedIds'> & { readonly ownedIds?: readonly string[] } =>
  isObject(value) && isObject(value['desired']) && isObject(value['scope']);
const isTouched = (value: unknown): value is Touched => isObject(value) && isList(value['resources']) && isList(value['absent']) && isList(value['lists']);
const isTexts = (value: unknown): value is readonly string[] => isList(value) && value.every((one) => typeof one === 'string');

/** Reads a plan back. Throws UserError for an edited file, another format, another portal, or an environment that says something else. */
export const loadPlan = async (
  path: string,
  options: { readonly portal: string; readonly place: string; readonly environment: Readonly<Record<string, string | undefined>> },
): Promise<SavedPlan> => {
  const stored = await readPlanFile(path);
  const { portal, place, fingerprint } = stored;
  if (portal !== options.portal || place !== options.place) {
    throw new UserError(
      `the plan ${path} is for the portal ${JSON.stringify(portal)} at ${JSON.stringify(place)}, not for ${options.portal} at ${options.place}`,
      {
        hint: 'Choose its portal with --portal, or make the plan anew for this one.',
      },
    );
  }
  const seals = stored['environment'];
  const broken = isSeals(seals) ? brokenSeals(seals, options.environment) : [];
  const secrets = isSeals(seals) ? seals.map(({ name }) => ({ name, value: options.environment[name] ?? '' })) : [];
  if (broken.length > 0)
    throw new UserError(`the plan ${path} was made with another value of ${broken.join(', ')}`, { hint: 'Set what it was made with, or make the plan anew.' });
  const recipe: unknown = decode(stored['recipe'] ?? null, options.environment);
  const touched: unknown = decode(stored['touched'] ?? null, options.environment);
  const shown = decode(stored['shown'] ?? null, options.environment);
  const changes = isObject(shown) && isList(shown['changes']) ? shown['changes'].filter(isObject) : [];
  const addresses: unknown = decode(stored['addresses'] ?? null, options.environment);
  if (!isStoredRecipe(recipe) || !isTouched(touched) || !isTexts(addresses) || typeof fingerprint !== 'string') {
    throw new UserError(`the plan ${path} is not complete`, { hint: 'Make the plan anew: salesiq-sync plan --out FILE.' });
  }
  const { ownedIds, ...rest } = recipe;
  return {
    portal,
    place,
    fingerprint,
    addresses,
    touched,
    changes,
    secrets,
    recipe: { ...rest, only: addresses, warnings: [], ...(ownedIds === undefined ? {} : { ownedIds: new Set(ownedIds) }) },
  };
};

const value = (one: Json | undefined): string => (one === undefined ? '(not set)' : JSON.stringify(one));

/** What the environment gives, and what stands in its place now, is not shown: the old one may be an old secret. */
const fieldText = (path: string, from: Json | undefined, to: Json | undefined, secrets: readonly Secret[]): string => {
  const both = [from ?? null, to ?? null];
  if (canonicalJson(conceal(both, secrets)) !== canonicalJson(both)) return `${path}, which the environment gives, is another`;
  return `${path} was ${value(from)} and is ${value(to)}`;
};

const nameOf = (change: JsonObject): string => `${String(change['action'])} ${String(change['address'])}`;
/** Without what may differ and means nothing: the place in the files, and numbers in lists. */
const meaningOf = ({ action, address, id, fields }: JsonObject): string => canonicalJson([action ?? null, address ?? null, id ?? null, fields ?? null]);

/** How two plans differ that should be one. */
const otherChanges = (before: readonly JsonObject[], plan: Plan): readonly string[] => {
  const list = planJson(plan)['changes'];
  const now = isList(list) ? list.filter(isObject) : [];
  const found = (among: readonly JsonObject[], change: JsonObject): JsonObject | undefined => among.find((one) => nameOf(one) === nameOf(change));
  const differing = [
    ...before.filter((change) => found(now, change) === undefined).map((change) => `${nameOf(change)} is not needed any more`),
    ...now.filter((change) => found(before, change) === undefined).map((change) => `${nameOf(change)} would be needed too`),
    ...before.flatMap((change) => {
      const other = found(now, change);
      return other === undefined || meaningOf(other) === meaningOf(change) ? [] : [`${nameOf(change)} would be another one`];
    }),
  ];
  return differing.length > 0 ? differing : ['the changes would not be the same any more'];
};

/** What has moved since the plan was made, as sentences; empty where the plan may run. */
export const staleness = (saved: SavedPlan, plan: Plan, live: Live): readonly string[] => {
  const { touched, secrets } = saved;
  const moved: string[] = [];
  for (const { kind, id, address, spec } of touched.resources) {
    const now = live.resources[kind]?.find((resource) => resource.id === id);
    if (now === undefined) moved.push(`${address} was deleted in SalesIQ`);
    else for (const { path, from, to } of diffSpecs(spec, now.spec)) moved.push(`${address}: ${fieldText(path, from, to, secrets)}`);
  }
  for (const { kind, address, app, key } of touched.absent) {
    if (live.resources[kind]?.some((resource) => resource.key === key && resource.app === app) === true) moved.push(`${address} is there already`);
  }
  for (const { kind, app, ids, names } of touched.lists) {
    const now = listOf(live, kind, app);
    if (canonicalJson(now.map(({ id }) => id)) !== canonicalJson(ids))
      moved.push(`the list ${kind}/${app} was ${names.join(', ')} and is ${now.map(({ key }) => key).join(', ')}`);
  }
  if (moved.length > 0) return moved;
  const now = restrictPlan(plan, saved.addresses);
  return now.fingerprint === saved.fingerprint ? [] : otherChanges(saved.changes, now);
};
