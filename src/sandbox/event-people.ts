/** Whom an event is about and who did it; shared by the files on events. */
import type { Json } from './json.ts';
import { nameOf } from './sample-chats.ts';
import { ownerOf, type PortalState } from './state.ts';

/** The content of an event. */
export interface Told {
  readonly id: string;
  readonly app: string | undefined;
  readonly entity: { readonly [key: string]: Json | undefined };
}

/** By name or id; the first when none is named. @throws Error, a sentence, when there is none */
export const found = <T extends { readonly id: string }>(rows: readonly T[], wanted: string | undefined, name: (row: T) => string, what: string): T => {
  const row = wanted === undefined ? rows[0] : rows.find((one) => one.id === wanted || name(one).toLowerCase() === wanted.toLowerCase());
  if (row !== undefined) return row;
  throw new Error(`there is no ${what}${wanted === undefined ? '' : ` "${wanted}"`}; there are ${rows.map(name).join(', ') || 'none'}`);
};

/** By name or id; the first when none is named. */
export const appFound = (state: PortalState, wanted: string | undefined): PortalState['apps'][number] => found(state.apps, wanted, (row) => row.name, 'app');

/** Who did it: the owner, in whose name every call is made. */
export const modifierOf = (state: PortalState): { readonly [key: string]: Json } => {
  const id = ownerOf(state);
  const email = state.operators.find((row) => row.id === id)?.email_id ?? '';
  return { type: 'operator', email_id: email, name: nameOf(state, id), id };
};
