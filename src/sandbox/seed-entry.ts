/** Helpers for reading a seed: entries with names for ids, and complaints that a person can act on. */
import { isRecord } from './json.ts';
import { child, complain, elements, flag, has, id, isAbsent, keysOf, optional, type Spot, text } from './spot.ts';
import { afterId, byId, type PortalState, takeId } from './state.ts';

/** A seed or state file cannot be read: what is wrong, and in which entry. */
export class SeedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SeedError';
  }
}

/** @param origin what is being read, for messages */
export const seedSpot = (value: unknown, origin: string): Spot => ({
  value,
  path: '',
  fail: (problem, path, wanted) => {
    throw new SeedError(`${origin}: ${path === '' ? '' : `${path}: `}${wanted}${problem === 'absent' ? ' (it is missing)' : ''}`);
  },
});

/** The entries of a list; none when the list is left out. Complaints about an entry carry its name. */
export const seedList = (spot: Spot): readonly Spot[] =>
  isAbsent(spot)
    ? []
    : elements(spot).map((entry) => ({
        ...entry,
        fail: (problem, path, wanted) => entry.fail(problem, `${entry.path}${label(entry.value)}${path.slice(entry.path.length)}`, wanted),
      }));

const label = (value: unknown): string => {
  if (!isRecord(value)) return '';
  const name = [value['title'], value['name'], value['email'], value['email_id'], value['url'], value['ip']].find((known) => typeof known === 'string');
  return name === undefined ? '' : ` "${String(name)}"`;
};

export const knownKeys = (spot: Spot, keys: readonly string[]): void => {
  for (const key of keysOf(spot)) if (!keys.includes(key)) complain(child(spot, key), 'value', `is not a known key; the keys are ${keys.join(', ')}`);
};

/** The id that the entry brings, or the next free one. */
export const freshId = (entry: Spot, state: PortalState): { readonly id: string; readonly state: PortalState } => {
  if (!has(entry, 'id')) return takeId(state);
  const own = id(child(entry, 'id'));
  if (!/^\d+$/.test(own)) complain(child(entry, 'id'), 'value', 'must be digits');
  return { id: own, state: byId({ id: own }, { id: state.next_id }) < 0 ? state : { ...state, next_id: afterId(own) } };
};

/** The id of the row whose label the spot holds. @param what the rows are, for messages */
export const named = (spot: Spot, rows: readonly { readonly id: string; readonly label: string }[], what: string): string => {
  const name = text(spot);
  const found = rows.find((row) => row.label.toLowerCase() === name.toLowerCase());
  return found?.id ?? complain(spot, 'value', `there is no ${what} "${name}"; there are ${rows.map((row) => `"${row.label}"`).join(', ') || 'none'}`);
};

/** The first app when none is named. */
export const appNamed = (spot: Spot, state: PortalState): string =>
  isAbsent(spot)
    ? (state.apps[0]?.id ?? complain(spot, 'absent', 'there is no app'))
    : named(
        spot,
        state.apps.map((app) => ({ id: app.id, label: app.name })),
        'app',
      );

export const departmentNamed = (spot: Spot, state: PortalState): string =>
  named(
    spot,
    state.departments.map((row) => ({ id: row.id, label: row.name })),
    'department',
  );

export const operatorNamed = (spot: Spot, state: PortalState): string =>
  named(
    spot,
    state.operators.map((row) => ({ id: row.id, label: row.email_id })),
    'operator',
  );

/** The entry says that this operator owns the portal. */
export const isOwner = (entry: Spot): boolean => optional(child(entry, 'owner'), flag, optional(child(entry, 'is_owner'), flag, false));
