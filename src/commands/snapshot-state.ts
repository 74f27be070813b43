/** The live state of a run's kinds as it is kept, and the recipe that plans back to it. */
import type { Secret } from '../apply/index.ts';
import {
  type DesiredOrder,
  type DesiredResource,
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Kind,
  type KindPolicy,
  type Live,
  type LiveResource,
  type Plan,
  pathText,
  type SensitiveField,
  UserError,
} from '../model/index.ts';
import type { Recipe } from './plan-portal.ts';

/** Everything live of the kinds that the plan is about; `ours` marks what the files described, or the plan deletes. */
export const snapshotOf = (plan: Plan, live: Live, secrets: readonly Secret[], encode: (value: Json, secrets: readonly Secret[]) => Json): JsonObject => {
  const kinds = [...new Set(plan.groups.map(({ kind }) => kind))].filter((kind) => !plan.observed.some((change) => change.kind === kind));
  const strangers = new Set(plan.unmanaged.map(({ kind, id }) => `${kind}\n${id}`));
  const entry = (resource: LiveResource): Json => ({
    kind: resource.kind,
    id: resource.id,
    key: resource.key,
    ...(resource.app === undefined ? {} : { app: resource.app }),
    ...(resource.position === undefined ? {} : { position: resource.position }),
    ours: !strangers.has(`${resource.kind}\n${resource.id}`),
    spec: resource.spec,
  });
  return {
    kinds,
    resources: encode(
      kinds.flatMap((kind) => (live.resources[kind] ?? []).map(entry)),
      secrets,
    ),
  };
};

interface Kept {
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  readonly app?: string;
  readonly ours: boolean;
  readonly spec: JsonObject;
}

const keptOf = (value: Json): Kept => {
  if (!isObject(value)) throw new UserError('the snapshot is not complete');
  const { kind, id, key, app, ours, spec } = value;
  if (typeof kind !== 'string' || typeof id !== 'string' || typeof key !== 'string' || typeof ours !== 'boolean' || !isObject(spec))
    throw new UserError('the snapshot is not complete');
  return { kind, id, key, ours, spec, ...(typeof app === 'string' ? { app } : {}) };
};

/** Fields whose stored text has an expression in it. */
const sensitiveIn = (stored: Json, path: readonly (string | number)[] = []): readonly SensitiveField[] => {
  if (typeof stored === 'string') return /(?<!\$)\$\{env:/.test(stored) ? [{ path: pathText(path), expression: stored }] : [];
  if (isList(stored)) {
    const inner = stored.flatMap((entry, index) => sensitiveIn(entry, [...path, index]));
    const texts = stored.every((entry) => typeof entry === 'string');
    return texts && inner.length > 0 ? [{ path: pathText(path), expression: inner.map(({ expression }) => expression).join(', ') }] : inner;
  }
  return isObject(stored) ? Object.entries(stored).flatMap(([key, entry]) => sensitiveIn(entry, [...path, key])) : [];
};

const listAt = (snapshot: JsonObject, key: string): readonly Json[] => {
  const list = snapshot[key];
  if (!isList(list)) throw new UserError('the snapshot is not complete');
  return list;
};

/**
 * The recipe that brings the portal back to a snapshot: what was ours then is
 * described as it was, with the ids it had; what was not ours keeps its place
 * in the order; what the run created goes.
 * @param snapshot as stored @param decoded the same with what the environment says now
 * @param created kind and id, on two lines, of what the run created
 */
export const recipeFromSnapshot = (options: {
  readonly snapshot: JsonObject;
  readonly decoded: JsonObject;
  readonly file: string;
  readonly portal: string;
  readonly kinds: readonly Kind[];
  readonly created: ReadonlySet<string>;
  /** As the project has them now: what is only observed is not written back either. */
  readonly policies: Readonly<Record<string, KindPolicy>>;
  readonly rest: Pick<Recipe, 'scope' | 'protect' | 'limits' | 'consent'>;
}): Recipe => {
  const origin = { file: options.file, line: 1, column: 1 };
  const stored = listAt(options.snapshot, 'resources');
  const kept = listAt(options.decoded, 'resources').map((value, index) => ({ one: keptOf(value), stored: stored[index] ?? null }));
  const orderOf = (name: string): boolean => options.kinds.find((kind) => kind.name === name)?.order !== undefined;
  const resources = kept
    .filter(({ one }) => one.ours)
    .map(({ one, stored: raw }): DesiredResource => {
      const shown = isObject(raw) && typeof raw['key'] === 'string' ? raw['key'] : one.key;
      return {
        kind: one.kind,
        key: shown,
        ...(shown === one.key ? {} : { secretKey: one.key }),
        ...(one.app === undefined ? {} : { app: one.app }),
        spec: one.spec,
        origin,
        references: [],
        previously: [],
        sensitive: isObject(raw) ? sensitiveIn(raw['spec'] ?? null) : [],
        liveId: one.id,
      };
    });
  const lists = [...new Map(kept.filter(({ one }) => orderOf(one.kind)).map(({ one: { kind, app = '' } }) => [`${kind}\n${app}`, { kind, app }])).values()];
  const orders = lists.map(({ kind, app }): DesiredOrder => {
    const there = kept.filter(({ one }) => one.kind === kind && (one.app ?? '') === app).map(({ one }) => one);
    return {
      kind,
      app,
      keys: there.map(({ key, id, ours }) => (ours ? key : `\u0000${id}`)),
      anchors: Object.fromEntries(there.flatMap(({ id, ours }, index) => (ours ? [] : [[id, index]]))),
      origin,
    };
  });
  const kinds = listAt(options.snapshot, 'kinds').filter((name) => typeof name === 'string');
  return {
    ...options.rest,
    desired: {
      portal: options.portal,
      kinds,
      resources,
      orders,
      policies: Object.fromEntries(
        kinds.map((name) => [name, { ...options.policies[name], mode: options.policies[name]?.mode ?? 'manage', unmanaged: 'keep' }]),
      ),
    },
    warnings: [],
    ownedIds: options.created,
  };
};
