/**
 * What a call that gives a rule a position may do to the others. The service
 * documents the call and not its effect (rules.md 8), so each reading is a
 * function from the list before to the list after; the one whose prediction
 * the next read confirms is used from then on.
 */

/** A rule in its family's list, with the place that the service reports. */
export interface Placed {
  readonly id: string;
  readonly app: string;
  readonly position: number;
}

/** One reading of the call. The two scopes say whose numbers are affected: all of the portal's rules, or the app's. */
export type Semantics = 'shift-portal' | 'shift-app' | 'assign' | 'swap-portal' | 'swap-app';

/** Most likely first (rules.md 10). */
export const allSemantics: readonly Semantics[] = ['shift-portal', 'shift-app', 'assign', 'swap-portal', 'swap-app'];

export const isShift = (semantics: Semantics): boolean => semantics === 'shift-portal' || semantics === 'shift-app';

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By position, then by id, so that ties always read the same. */
export const byPosition = (a: Placed, b: Placed): number => a.position - b.position || a.id.length - b.id.length || compareText(a.id, b.id);

const shift = (domain: readonly Placed[], id: string, position: number): ReadonlyMap<string, number> => {
  const sorted = [...domain].sort(byPosition);
  const slots = sorted.map((rule) => rule.position);
  const moved = sorted.filter((rule) => rule.id === id);
  const rest = sorted.filter((rule) => rule.id !== id);
  const found = slots.findIndex((slot) => slot >= position);
  rest.splice(found === -1 ? rest.length : found, 0, ...moved);
  return new Map(rest.map((rule, index) => [rule.id, slots[index] ?? rule.position]));
};

const swap = (domain: readonly Placed[], id: string, position: number): ReadonlyMap<string, number> => {
  const mover = domain.find((rule) => rule.id === id);
  const there = domain.find((rule) => rule.position === position && rule.id !== id);
  return new Map([[id, position], ...(there === undefined || mover === undefined ? [] : [[there.id, mover.position] as const])]);
};

/** The family's list after the rule was given that position, under one reading. */
export const predict = (semantics: Semantics, rules: readonly Placed[], id: string, position: number): readonly Placed[] => {
  const app = rules.find((rule) => rule.id === id)?.app;
  const ofApp = rules.filter((rule) => rule.app === app);
  const changed =
    semantics === 'assign'
      ? new Map([[id, position]])
      : semantics === 'shift-portal'
        ? shift(rules, id, position)
        : semantics === 'shift-app'
          ? shift(ofApp, id, position)
          : swap(semantics === 'swap-portal' ? rules : ofApp, id, position);
  return rules.map((rule) => ({ ...rule, position: changed.get(rule.id) ?? rule.position }));
};

/** The order within an app, ties marked: equal texts are equal orders. */
const orderText = (rules: readonly Placed[], app: string): string =>
  rules
    .filter((rule) => rule.app === app)
    .sort(byPosition)
    .map((rule, index, list) => `${index > 0 && list[index - 1]?.position === rule.position ? '=' : '<'}${rule.id}`)
    .join('');

const appsOf = (rules: readonly Placed[]): readonly string[] => [...new Set(rules.map((rule) => rule.app))];

export const sameOrder = (a: readonly Placed[], b: readonly Placed[]): boolean => appsOf([...a, ...b]).every((app) => orderText(a, app) === orderText(b, app));

/** Every rule at exactly the same place. */
export const samePlaces = (a: readonly Placed[], b: readonly Placed[]): boolean => {
  const places = new Map(b.map((rule) => [rule.id, rule.position]));
  return a.length === b.length && a.every((rule) => places.get(rule.id) === rule.position);
};

/** Which readings explain what was seen: those that foretold every number if there are such, else those that foretold the order. */
export const explaining = (
  candidates: readonly Semantics[],
  before: readonly Placed[],
  id: string,
  position: number,
  seen: readonly Placed[],
): { readonly alive: readonly Semantics[]; readonly exact: readonly Semantics[] } => {
  const foretold = candidates.map((semantics) => ({ semantics, after: predict(semantics, before, id, position) }));
  const exact = foretold.filter(({ after }) => samePlaces(after, seen)).map(({ semantics }) => semantics);
  const alike = foretold.filter(({ after }) => sameOrder(after, seen)).map(({ semantics }) => semantics);
  return { alive: exact.length > 0 ? exact : alike, exact };
};
