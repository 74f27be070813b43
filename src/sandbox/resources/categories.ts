/** What categories of canned responses and of articles share: unique names, a default one, an heir on delete. */
import { refuse } from '../refusal.ts';
import type { Call } from '../route.ts';
import { complain, type Spot, text } from '../spot.ts';

interface Category {
  readonly id: string;
  readonly name: string;
  readonly is_default: boolean;
}

export const nameOf = (spot: Spot): string => (text(spot).trim() === '' ? complain(spot, 'value', 'must not be empty') : text(spot));

export const onlyName = <C extends Pick<Category, 'id' | 'name'>>(row: C, rows: readonly C[], call: Call): void => {
  const rival = rows.some((other) => other.id !== row.id && other.name.toLowerCase() === row.name.toLowerCase());
  if (rival && call.switches['names-unique'] === 'yes') refuse(1014, { json_key: 'name' });
};

/** The rows without one, and the id of the heir whom `configure_to` must name; an heir of the default category becomes it. */
export const withoutCategory = <C extends Category>(rows: readonly C[], gone: C, call: Call): { readonly rows: C[]; readonly heir: string } => {
  const heir = call.query('configure_to') ?? refuse(1011, { param: 'configure_to' });
  if (gone.is_default && call.switches['default-category'] === 'kept') refuse(1026);
  if (!rows.some((row) => row.id === heir && row.id !== gone.id)) refuse(1019, { param: 'configure_to' });
  const left = rows.filter((row) => row.id !== gone.id);
  return { rows: gone.is_default ? left.map((row) => (row.id === heir ? { ...row, is_default: true } : row)) : left, heir };
};

/** The rows of a seed, of which exactly one is the default: the service brings it where the seed has none. */
export const withDefault = <C extends Category>(rows: readonly C[], brought: C): C[] => (rows.some((row) => row.is_default) ? [...rows] : [brought, ...rows]);
