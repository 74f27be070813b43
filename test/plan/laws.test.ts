/** Laws of the planner, over any world: no mocks, no network, no clock. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/kinds/index.ts';
import { isList, isObject, type Json, type Live, type Plan } from '../../src/model/index.ts';
import { makePlan } from '../../src/plan/index.ts';
import { recipeFrom } from '../support/harness.ts';
import { anyWorld, type World } from '../support/world.ts';
import { filesOf } from '../support/world-files.ts';
import { liveFrom, liveOf, rawOf } from '../support/world-live.ts';
import { drawFrom, penOf } from '../support/yaml.ts';
import { carriedOut, step } from './model.ts';

const hooks = 'https://hooks.harbour.test';
type Recipe = ReturnType<typeof recipeFrom>;

const planOf = (recipe: Recipe, live: Live, scope: Partial<Recipe['scope']> = {}): Plan =>
  makePlan({ ...recipe, scope: { ...recipe.scope, ...scope }, kinds, live, estimateSeconds: (calls) => calls * 2 });

const recipeOf = (world: World): Recipe => recipeFrom(filesOf(world, hooks));

const frozen = <T>(value: T, seen: Set<unknown> = new Set()): T => {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  for (const inner of Object.values(value)) frozen(inner, seen);
  return Object.freeze(value);
};

const world = anyWorld(9);
const runs = { numRuns: 120, endOnFailure: true } as const;

describe('laws of the plan', () => {
  it('gives no error for a world in which everything is well', () => {
    fc.assert(
      fc.property(world, (one) => {
        const plan = planOf(recipeOf(one), liveOf(one, hooks));
        expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      }),
      runs,
    );
  });

  it('is empty once it was carried out', () => {
    let busy = 0;
    fc.assert(
      fc.property(world, (one) => {
        const recipe = recipeOf(one);
        const live = liveOf(one, hooks);
        const plan = planOf(recipe, live);
        busy += plan.changes.length;
        const second = planOf(recipe, carriedOut(live, plan));
        expect(second.changes).toEqual([]);
        expect(second.summary).toEqual({ create: 0, update: 0, delete: 0, move: 0 });
        expect(second.cost.writes).toBe(0);
      }),
      runs,
    );
    expect(busy).toBeGreaterThan(100);
  });

  it('has the same bytes whatever order the service lists things in', () => {
    fc.assert(
      fc.property(world, fc.integer(), (one, seed) => {
        const recipe = recipeOf(one);
        const raw = rawOf(one, hooks);
        const { shuffled } = penOf(seed);
        expect(JSON.stringify(planOf(recipe, liveFrom(raw, shuffled)))).toBe(JSON.stringify(planOf(recipe, liveFrom(raw))));
      }),
      runs,
    );
  });

  it('has the same bytes whatever order the files are read in', () => {
    fc.assert(
      fc.property(world, (one) => {
        const { project, files } = filesOf(one, hooks);
        const live = liveOf(one, hooks);
        const straight = planOf(recipeFrom({ project, files }), live);
        const backward = planOf(recipeFrom({ project, files: [...files].reverse() }), live);
        expect(JSON.stringify(backward)).toBe(JSON.stringify(straight));
      }),
      runs,
    );
  });

  it('mutates neither files nor portal', () => {
    fc.assert(
      fc.property(world, (one) => {
        const recipe = frozen(recipeOf(one));
        const live = frozen(liveOf(one, hooks));
        expect(() => planOf(recipe, live)).not.toThrow();
      }),
      runs,
    );
  });

  it('never changes what no file describes, unless its kind says delete', () => {
    fc.assert(
      fc.property(world, (one) => {
        const plan = planOf(recipeOf(one), liveOf(one, hooks));
        const strangers = new Set(plan.unmanaged.map(({ id }) => id));
        expect(plan.changes.filter((change) => 'id' in change && strangers.has(change.id))).toEqual([]);
        for (const change of plan.changes.filter(({ action }) => action === 'delete')) {
          const policy =
            change.kind === 'webhooks'
              ? one.hooks.policy
              : change.kind === 'lead_scoring_rules'
                ? one.leads.policy
                : Object.entries(one.families).find(([name]) => name === change.kind)?.[1].policy;
          expect(policy).toBe('delete');
        }
        for (const list of plan.lists) {
          const fixed = (places: typeof list.before): readonly string[] => places.filter((place) => place.fixed).map(({ id }) => id ?? '');
          const gone = new Set(plan.changes.filter(({ action }) => action === 'delete').map((change) => ('id' in change ? change.id : '')));
          expect(fixed(list.after)).toEqual(fixed(list.before).filter((id) => !gone.has(id)));
        }
      }),
      runs,
    );
  });

  it('refers at each step to nothing that is not there by then', () => {
    fc.assert(
      fc.property(world, (one) => {
        const live = liveOf(one, hooks);
        const plan = planOf(recipeOf(one), live);
        const known = (kind: string): ReadonlySet<string> => new Set((live.resources[kind] ?? []).map(({ key }) => key));
        const namesIn = (value: Json | undefined): readonly string[] => (isList(value) ? value.map(String) : []);
        let now = live;
        for (const [index, change] of plan.changes.entries()) {
          // Throws where an update, a move or a delete is about something that is not there.
          now = step(now, change, String(8_000 + index));
          if (change.action !== 'create' && change.action !== 'update') continue;
          const { app, apps, route } = change.spec;
          if (typeof app === 'string') expect(known('apps')).toContain(app);
          expect(namesIn(apps).filter((name) => !known('apps').has(name))).toEqual([]);
          if (!isObject(route)) continue;
          expect(namesIn(route['departments']).filter((name) => !known('departments').has(name))).toEqual([]);
          expect(namesIn(route['operators']).filter((name) => !known('operators').has(name))).toEqual([]);
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });

  it('gives every new and every moved rule the place that the list shows', () => {
    fc.assert(
      fc.property(world, (one) => {
        const plan = planOf(recipeOf(one), liveOf(one, hooks));
        for (const change of plan.changes) {
          const list = plan.lists.find(({ kind, app }) => kind === change.kind && app === change.app);
          if (list === undefined) continue;
          if (change.action === 'create') expect(list.after[(change.place ?? 0) - 1]?.address).toBe(change.address);
          if (change.action === 'move') {
            expect(list.before[change.from - 1]?.id).toBe(change.id);
            expect(list.after[change.to - 1]?.id).toBe(change.id);
          }
        }
      }),
      runs,
    );
  });

  it('keeps to its targets, and what it leaves out is fixed where it stands', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 0, max: 2 ** 30 }), (one, seed) => {
        const recipe = recipeOf(one);
        const live = liveOf(one, hooks);
        const whole = planOf(recipe, live);
        // An address with * in it is a pattern.
        const plain = whole.changes.filter(({ address }) => !address.includes('*'));
        const chosen = plain[Math.floor(drawFrom(seed)() * plain.length)];
        if (chosen === undefined) return;
        const part = planOf(recipe, live, { targets: [chosen.address] });
        expect(new Set(part.changes.map(({ address }) => address))).toEqual(part.changes.length === 0 ? new Set() : new Set([chosen.address]));
        const rest = planOf(recipe, live, { excludes: [chosen.address] });
        expect(rest.changes.map(({ address }) => address)).not.toContain(chosen.address);
      }),
      runs,
    );
  });

  it('keeps its fingerprint while only what it does not touch differs', () => {
    let compared = 0;
    fc.assert(
      fc.property(world, (one) => {
        const recipe = recipeOf(one);
        const plan = planOf(recipe, liveOf(one, hooks));
        if (plan.changes.length === 0) return;
        const touched = new Set(plan.changes.map(({ kind }) => kind));
        if (touched.has('lead_score_decay') || one.decay.written !== undefined) return;
        compared += 1;
        const other = planOf(recipe, liveOf({ ...one, decay: { ...one.decay, live: 'weekly' } }, hooks));
        expect(other.fingerprint).toBe(plan.fingerprint);
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(5);
  });

  it('changes its fingerprint with every change that it would make', () => {
    fc.assert(
      fc.property(world, (one) => {
        const recipe = recipeOf(one);
        const live = liveOf(one, hooks);
        const plan = planOf(recipe, live);
        if (plan.changes.length === 0) return;
        for (const change of plan.changes.filter(({ address }) => !address.includes('*')).slice(0, 6)) {
          const without = planOf(recipe, live, { excludes: [change.address] });
          expect(without.changes).not.toContainEqual(change);
          expect(without.fingerprint).not.toBe(plan.fingerprint);
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });
});
