/** A pure model of a portal: what a plan does to live state, if every step of it does what it says. Written apart from src/apply. */
import type { Change, Live, LiveResource, Plan } from '../../src/model/index.ts';

const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One step. Throws where the step is about something that is not there. */
export const step = (live: Live, change: Change, newId: string): Live => {
  const list = live.resources[change.kind] ?? [];
  const put = (next: readonly LiveResource[]): Live => ({ ...live, resources: { ...live.resources, [change.kind]: next } });
  if (change.action === 'create') {
    const { kind, app, spec } = change;
    const named = typeof spec['title'] === 'string' ? spec['title'] : typeof spec['url'] === 'string' ? `${String(spec['type'])} ${spec['url']}` : `#${newId}`;
    const bottom = Math.max(0, ...list.map(({ position }) => position ?? 0));
    return put([
      ...list,
      { kind, key: named, ...(app === undefined ? {} : { app }), spec, id: newId, raw: {}, ...(change.place === undefined ? {} : { position: bottom + 1 }) },
    ]);
  }
  const found = list.find(({ id }) => id === change.id);
  if (found === undefined) throw new Error(`${change.action} of ${change.kind} ${change.id}, which is not there`);
  if (change.action === 'delete') return put(list.filter((one) => one !== found));
  if (change.action === 'move') return live;
  const key = typeof change.spec['title'] === 'string' ? change.spec['title'] : found.key;
  return put(list.map((one) => (one === found ? { ...one, key, spec: change.spec } : one)));
};

/** The lists put in their order: the places of one app are dealt out anew. */
const placed = (live: Live, plan: Plan, made: ReadonlyMap<string, string>): Live => {
  const resources: Record<string, readonly LiveResource[]> = { ...live.resources };
  for (const { kind, app, after } of plan.lists) {
    const list = resources[kind] ?? [];
    const numbers = list
      .filter((one) => one.app === app)
      .map(({ position }) => position ?? 0)
      .sort((a, b) => a - b);
    const ids = after.map(({ id, address }) => id ?? made.get(address) ?? '');
    if (numbers.length !== ids.length) throw new Error(`the list of ${kind}/${app} has ${ids.length} places for ${numbers.length} rules`);
    resources[kind] = list.map((one) => {
      const at = ids.indexOf(one.id);
      return at < 0 ? one : { ...one, position: numbers[at] ?? 0 };
    });
  }
  return { ...live, resources };
};

const sorted = (live: Live): Live => ({
  ...live,
  resources: Object.fromEntries(
    Object.entries(live.resources).map(([kind, list]) => [
      kind,
      [...list].sort((a, b) =>
        a.position === undefined
          ? compare(a.key, b.key) || compareIds(a.id, b.id)
          : compare(a.app ?? '', b.app ?? '') || a.position - (b.position ?? 0) || compareIds(a.id, b.id),
      ),
    ]),
  ),
});

/** The portal after the whole plan. */
export const carriedOut = (live: Live, plan: Plan): Live => {
  const made = new Map<string, string>();
  let now = live;
  for (const [index, change] of plan.changes.entries()) {
    const newId = String(9_000 + index);
    if (change.action === 'create') made.set(change.address, newId);
    now = step(now, change, newId);
  }
  return sorted(placed(now, plan, made));
};
