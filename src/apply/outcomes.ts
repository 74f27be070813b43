/** What became of each change of a plan, gathered while it is carried out. */
import type { Address, Change, Outcome, OutcomeError } from '../model/index.ts';
import type { PlainChange } from './run-context.ts';

/** Writes down what became of a change. */
export type Note = (change: { readonly address: Address; readonly action: Change['action'] }, state: Outcome['state'], error?: OutcomeError) => void;

/** What tells changes apart: one address may be created and moved. */
export const keyOf = (change: { readonly address: Address; readonly action: string }): string => `${change.action}\n${change.address}`;
/** What tells ordered lists apart. */
export const listKey = (list: { readonly kind: string; readonly app?: string | undefined }): string => `${list.kind}\n${list.app ?? ''}`;

export const isPlain = (change: Change): change is PlainChange => change.action !== 'move';
