/** What became of each change of a plan, gathered while it is carried out. */
import { type Address, type Change, type Kind, type Outcome, type OutcomeError, partOf, switchFieldOf } from '../model/index.ts';
import type { PlainChange } from './run-context.ts';

/** Writes down what became of a change. */
export type Note = (change: { readonly address: Address; readonly action: Change['action'] }, state: Outcome['state'], error?: OutcomeError) => void;

/** What tells changes apart: one address may be created and moved. */
export const keyOf = (change: { readonly address: Address; readonly action: string }): string => `${change.action}\n${change.address}`;
/** What tells ordered lists apart. */
export const listKey = (list: { readonly kind: string; readonly app?: string | undefined }): string => `${list.kind}\n${list.app ?? ''}`;

export const isPlain = (change: Change): change is PlainChange => change.action !== 'move';

/** Whether a field is the one that a call of its own switches. */
export const isSwitch = (kind: Kind, path: string): boolean => partOf(kind, path) === 'enable';

/** Whether a change takes the call that switches: new ones begin the other way round. */
export const asksSwitch = (kind: Kind, change: Change): boolean => {
  const field = switchFieldOf(kind);
  if (change.action === 'create') return change.spec[field] === (field !== 'enabled');
  return change.action === 'update' && change.fields.some(({ path }) => isSwitch(kind, path));
};
